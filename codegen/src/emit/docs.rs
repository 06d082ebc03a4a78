//! Documentation, composed from facts: the reference's own sentences are not ours to publish.

use iam_policy::wire::{AccessLevel, Action};

use super::Module;
use super::render::wrapped;
use crate::global::GlobalKey;
use crate::overlay::Kind;

/// A name of the reference as code, safe in Markdown.
pub(super) fn code(name: &str) -> String {
    format!("`{}`", name.replace('`', "'"))
}

fn codes<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names.into_iter().map(code).collect::<Vec<_>>().join(", ")
}

/// An address as a link's target, safe in Markdown.
fn target(address: &str) -> String {
    let escape = |c: char| match c {
        '<' => "%3C".to_owned(),
        '>' => "%3E".to_owned(),
        c if c.is_whitespace() || c.is_control() => "%20".to_owned(),
        c => c.to_string(),
    };
    format!("<{}>", address.chars().map(escape).collect::<String>())
}

/// A sentence of the reference as text in Markdown: no sign of it means anything there.
fn described(text: Option<&String>) -> String {
    let escape = |c: char| match c {
        c if c.is_control() => " ".to_owned(),
        c if c.is_ascii_punctuation()
            && !matches!(
                c,
                ',' | '.' | '\'' | ';' | ':' | '-' | '/' | '?' | '!' | '%'
            ) =>
        {
            format!("\\{c}")
        }
        c => c.to_string(),
    };
    text.map_or_else(String::new, |text| text.chars().map(escape).collect())
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

/// A service's name as text in Markdown.
fn service_name(it: &Module<'_>) -> String {
    it.service
        .service
        .chars()
        .filter(|c| !matches!(c, '<' | '>' | '[' | ']' | '`' | '\\'))
        .collect()
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
            "{} actions, {} resource types, {} condition keys, {} API operations, from the [reference]({}).",
            it.count(Kind::Action),
            it.count(Kind::ResourceType),
            it.count(Kind::ConditionKey),
            it.count(Kind::Operation),
            target(&it.source.address())
        ),
    ])
}

pub(super) fn file(what: &str, it: &Module<'_>) -> Vec<String> {
    vec![format!("{what} of {}.", service_name(it))]
}

pub(super) fn on_file(it: &Module<'_>) -> Vec<String> {
    paragraphs([
        format!(
            "Which actions of {} go with which resource types, and which condition keys with the two.",
            service_name(it)
        ),
        "A trait for each action is implemented by the resource types that it supports, a trait for \
         each set of keys names those in effect. They hold what the compiler says where one is missing."
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
        "; a permission only, no operation of its own"
    } else {
        ""
    };
    let resources: Vec<_> = action
        .resources
        .iter()
        .map(|resource| {
            let star = if resource.required { "\\*" } else { "" };
            let keys = resource.condition_keys.iter().map(String::as_str);
            match resource.condition_keys.is_empty() {
                true => format!("{}{star}", code(&resource.resource_type)),
                false => format!("{}{star} ({})", code(&resource.resource_type), codes(keys)),
            }
        })
        .collect();
    let listed = |what: &str, names: &[&str]| {
        if names.is_empty() {
            String::new()
        } else {
            format!("{what}: {}.", codes(names.iter().copied()))
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
            "Resource: `*` only.".to_owned()
        } else {
            format!("Resource types: {}.", resources.join(", "))
        },
        listed("Condition keys", &keys),
        listed("Needs besides", &dependent),
        listed("Needed by the operations", operations),
        format!("[Reference]({}){api}", target(&it.source.action(name))),
    ])
}

/// The documentation of the module of global keys.
pub(super) fn global_file() -> Vec<String> {
    paragraphs([
        "The global condition keys: in effect in the requests of every service.".to_owned(),
        "Three of them, [`request_tag`], [`resource_tag`] and [`TAG_KEYS`], are in effect only where \
         a service's page says so; a module's `key` has the same ones. Some of the others are in a \
         request only if the caller, the network or the service puts them there: a condition with \
         a negated operator, or one with `if_exists`, also holds where the key is absent."
            .to_owned(),
        format!("[Reference]({})", target(GLOBAL_KEYS)),
    ])
}

/// The documentation of the file of what is known beyond the reference.
pub(super) fn overlay_file(it: &Module<'_>) -> Vec<String> {
    vec![format!(
        "What is known of {} beyond the reference.",
        service_name(it)
    )]
}

/// The documentation of the file of sensitive actions.
pub(super) fn sensitive_file() -> Vec<String> {
    vec![
        "Actions of services without a module that do more harm than their access level shows."
            .to_owned(),
    ]
}

const GLOBAL_KEYS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";

/// The documentation of a global key.
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
        format!("[Reference]({})", target(&it.source.resource_type(name))),
    ])
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
        format!("[Reference]({})", target(&it.source.condition_key(name))),
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
            .map_or_else(String::new, |sdk| format!(" of {}", code(sdk)));
        let needed = row.actions.iter().map(|needed| needed.action.as_str());
        lines.push(format!("Needs{client}: {}.", codes(needed)));
    }
    lines.push(format!("[Reference]({})", target(&it.source.operations())));
    paragraphs(lines)
}
