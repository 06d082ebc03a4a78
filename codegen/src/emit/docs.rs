//! Documentation of emitted items. It is made from facts, because the reference's sentences are
//! AWS's copyrighted text.

use iam_policy::wire::{AccessLevel, Action};

use super::Module;
use super::render::wrapped;
use crate::escape::{code, markdown, target};
use crate::global::GlobalKey;
use crate::overlay::Kind;
use crate::words::counted;

fn codes<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

/// Formats a sentence of the reference as plain text in Markdown.
fn described(text: Option<&String>) -> String {
    text.map_or_else(String::new, |text| markdown(text))
}

/// Joins paragraphs, a blank line between any two.
pub(super) fn paragraphs(paragraphs: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs
        .into_iter()
        .filter(|paragraph| !paragraph.is_empty())
    {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrapped(&paragraph));
    }
    lines
}

/// Formats a link to an item of the module in Markdown. The path resolves both from an enum and from
/// the module next to it, because [`import`] brings the linked module into scope there.
fn link(name: &str, path: &str) -> String {
    format!("[{}](super::{path})", code(name))
}

/// Emits the import of a module that is used only by links in the documentation.
pub(super) fn import(module: &str) -> String {
    format!(
        "\n#[allow(unused_imports, reason = \"for links in the documentation\")]\nuse super::{module};"
    )
}

/// Formats a service's name as text in Markdown.
fn service_name(it: &Module<'_>) -> String {
    markdown(&it.service.service)
}

pub(super) fn module(it: &Module<'_>) -> Vec<String> {
    let service = it.service;
    paragraphs([
        format!(
            "{}: the actions, resource types and condition keys of {}.",
            service_name(it),
            code(&format!("{}:*", service.prefix))
        ),
        format!(
            "[`action`], [`arn`] and [`key`] have the types for statements; [`Action`], [`ResourceType`], \
             [`ConditionKey`] and [`Operation`] have the facts: {}, {}, {} and {} in the [reference]({}).",
            counted(it.count(Kind::Action), "action"),
            counted(it.count(Kind::ResourceType), "resource type"),
            counted(it.count(Kind::ConditionKey), "condition key"),
            operations(it),
            target(&it.source.address())
        ),
    ])
}

/// Counts the API operations, with a link to their table in the reference.
fn operations(it: &Module<'_>) -> String {
    match it.count(Kind::Operation) {
        0 => counted(0, "API operation"),
        count => format!(
            "[{}]({})",
            counted(count, "API operation"),
            target(&it.source.operations())
        ),
    }
}

pub(super) fn file(rows: &str, it: &Module<'_>) -> Vec<String> {
    vec![format!("{rows} of {}.", service_name(it))]
}

pub(super) fn on_file(it: &Module<'_>) -> Vec<String> {
    paragraphs([
        format!(
            "The resource types that each action of {} supports, and the condition keys in effect.",
            service_name(it)
        ),
        "Each action has a trait, which its resource types implement; each set of condition keys has a \
         trait, which is implemented for the keys in it. The traits have the compiler's messages for \
         missing implementations."
            .to_owned(),
    ])
}

fn levels(action: &Action) -> String {
    let levels: Vec<_> = action
        .access_levels
        .iter()
        .copied()
        .map(AccessLevel::as_str)
        .collect();
    if levels.is_empty() {
        "no access level".to_owned()
    } else {
        levels.join(", ")
    }
}

pub(super) fn action(it: &Module<'_>, name: &str, action: &Action) -> Vec<String> {
    let full = format!("{}:{name}", it.service.prefix);
    let permission_only = if action.permission_only {
        "; only a permission, without an API operation of its name"
    } else {
        ""
    };
    let resources: Vec<_> = action
        .resources
        .iter()
        .map(|resource| {
            let star = if resource.required { "\\*" } else { "" };
            let keys = resource.condition_keys.iter().map(String::as_str);
            let name = &resource.resource_type;
            let of = match it.names.resource_types.get(name) {
                Some(builder) if it.has_builder(name) => link(name, &format!("arn::{builder}")),
                _ => code(name),
            };
            match resource.condition_keys.is_empty() {
                true => format!("{of}{star}"),
                false => format!("{of}{star} ({})", codes(keys)),
            }
        })
        .collect();
    let required = action.resources.iter().any(|resource| resource.required);
    let required = if required { " (\\* required)" } else { "" };
    let listed = |label: &str, names: &[&str]| {
        if names.is_empty() {
            String::new()
        } else {
            format!("{label}: {}.", codes(names.iter().copied()))
        }
    };
    let keys: Vec<_> = action.condition_keys.iter().map(String::as_str).collect();
    let dependent: Vec<_> = action
        .dependent_actions
        .iter()
        .map(String::as_str)
        .collect();
    let operations = it
        .operations_of
        .get(name)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let api = action
        .api
        .as_ref()
        .map_or_else(String::new, |api| format!(" [API]({})", target(api)));
    paragraphs([
        format!("{}: {}{permission_only}.", code(&full), levels(action)),
        described(it.options.descriptions.and_then(|it| it.actions.get(name))),
        if resources.is_empty() {
            "Resource types: none, only `*`.".to_owned()
        } else {
            format!("Resource types{required}: {}.", resources.join(", "))
        },
        together(it, &full),
        listed("Condition keys", &keys),
        listed("Dependent actions", &dependent),
        listed("API operations", operations),
        format!("[Reference]({}){api}", target(&it.source.action(name))),
    ])
}

/// Describes the resource types that an action always needs together; empty if it needs only one.
fn together(it: &Module<'_>, action: &str) -> String {
    let rows = it.overlay.needed_together.iter();
    let rows = rows.filter(|row| {
        row.operations.is_empty()
            && row.beside.is_empty()
            && row.actions.iter().any(|one| one == action)
    });
    let types: Vec<_> = rows
        .map(|row| {
            let names = [&row.needs].into_iter().chain(&row.or);
            names
                .map(|name| code(name))
                .collect::<Vec<_>>()
                .join(" or ")
        })
        .collect();
    match types.as_slice() {
        [] | [_] => String::new(),
        types => format!(
            "A request is authorized on several resources at once: a statement needs ARNs of {}.",
            types.join(" and of ")
        ),
    }
}

/// Returns the documentation of the module of global keys.
pub(super) fn global_file() -> Vec<String> {
    paragraphs([
        "Global condition keys, which are in effect for the actions of every service.".to_owned(),
        "Three of them, [`request_tag`], [`resource_tag`] and [`TAG_KEYS`], are in effect only for the \
         actions for which the service's page lists them; a service's module `key` has the same keys. \
         Some of the others are in a request only if the caller, the network or the service sets \
         them: a condition with a negated operator, or one with `if_exists`, also matches if the key \
         is absent."
            .to_owned(),
        format!("[Reference]({})", target(GLOBAL_KEYS)),
    ])
}

/// Returns the documentation of the file of facts that the reference does not list.
pub(super) fn overlay_file(it: &Module<'_>) -> Vec<String> {
    vec![format!(
        "Facts about {} that the reference does not list.",
        service_name(it)
    )]
}

/// Returns the documentation of the file of service prefixes.
pub(super) fn prefixes_file() -> Vec<String> {
    vec!["The service prefixes that AWS has, with or without a module.".to_owned()]
}

/// Returns the documentation of the file of sensitive actions.
pub(super) fn sensitive_file() -> Vec<String> {
    vec![
        "Actions of services without a module that are more sensitive than their access levels show."
            .to_owned(),
    ]
}

const GLOBAL_KEYS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";

/// Returns the documentation of a global key.
pub(super) fn global_key(name: &str, key: &GlobalKey) -> Vec<String> {
    paragraphs([format!(
        "{}: {}, a property of the {}.",
        code(name),
        code(&key.value_type),
        key.category
    )])
}

pub(super) fn resource_type(it: &Module<'_>, name: &str) -> Vec<String> {
    let known = it.stated_type(name);
    let keys: Vec<_> = known
        .into_iter()
        .flat_map(|known| &known.condition_keys)
        .map(String::as_str)
        .collect();
    paragraphs([
        match known {
            Some(known) => format!("{}: {}.", code(name), code(&known.arn)),
            None => format!(
                "{}: named by an action, without an ARN in the reference.",
                code(name)
            ),
        },
        if keys.is_empty() {
            String::new()
        } else {
            format!("Condition keys: {}.", codes(keys))
        },
        actions_on(it, name),
        format!("[Reference]({})", target(&it.source.resource_type(name))),
    ])
}

/// Returns links to the actions that can be scoped to a resource type.
fn actions_on(it: &Module<'_>, resource_type: &str) -> String {
    let Some(actions) = it.actions_on.get(resource_type) else {
        return String::new();
    };
    let links = actions
        .iter()
        .map(|name| match it.names.actions.get(*name) {
            Some(action) => link(name, &format!("action::{action}")),
            None => code(name),
        });
    format!("Actions: {}.", links.collect::<Vec<_>>().join(", "))
}

pub(super) fn condition_key(it: &Module<'_>, name: &str) -> Vec<String> {
    let known = it.service.condition_keys.get(name);
    paragraphs([
        match known {
            Some(known) => format!("{}: {}.", code(name), code(&known.value_type)),
            None => format!(
                "{}: named by an action, without a type in the reference.",
                code(name)
            ),
        },
        described(
            it.options
                .descriptions
                .and_then(|it| it.condition_keys.get(name)),
        ),
        format!(
            "[Reference]({})",
            target(&it.source.condition_key(it.stated_key(name)))
        ),
    ])
}

pub(super) fn operation(it: &Module<'_>, name: &str) -> Vec<String> {
    let rows = it
        .service
        .operations
        .iter()
        .filter(|row| row.operation == name);
    let mut lines = vec![format!("{}.", code(name))];
    for row in rows {
        let client = row
            .sdk
            .as_ref()
            .map_or_else(String::new, |sdk| format!(" with SDK client {}", code(sdk)));
        let needed = row.actions.iter().map(|needed| needed.action.as_str());
        lines.push(format!("Actions{client}: {}.", codes(needed)));
    }
    paragraphs(lines)
}
