//! Emits `OVERLAY`, facts that the reference does not list and that are used at run time, and
//! `SENSITIVE`, the sensitive actions of services without a module.

use std::collections::BTreeMap;

use super::render::{self, File, listed, literal, wrapped_code};
use super::{Module, SNAPSHOTS, docs};
use crate::error::Result;
use crate::overlay::{
    DependentActions, NeededOnlyWith, NeededTogether, OperationNeed, Sensitive, SensitiveActions,
    Sibling, UnstatedResource,
};

/// Emits the overlay; no item if it has no facts that are used at run time.
pub(super) fn items(it: &Module<'_>) -> Vec<String> {
    let (rt, overlay) = (it.rt.as_str(), it.overlay);
    let not_keys = overlay.not_keys.iter().map(|entry| {
        let instead = entry.instead.as_ref();
        let instead = instead.map_or("None".to_owned(), |it| format!("Some({})", literal(it)));
        let fields = [("key", literal(&entry.key)), ("instead", instead)];
        row(rt, "NotKey", &fields, &entry.why, &entry.source)
    });
    let not_prefixes = overlay.not_prefixes.iter().map(|entry| {
        let fields = [
            ("name", literal(&entry.name)),
            ("prefix", literal(&it.service.prefix)),
        ];
        row(rt, "NotPrefix", &fields, &entry.why, &entry.source)
    });
    let other_pages = overlay.other_pages.iter().flat_map(|it| &it.pages);
    let other_pages = other_pages.map(|page| format!("        {},\n", literal(page)));
    let lists: [(&str, String); 9] = [
        (
            "fixed_resources",
            overlay
                .unstated_resources
                .iter()
                .filter_map(|it| fixed(rt, it))
                .collect(),
        ),
        (
            "operation_needs",
            overlay
                .operation_needs
                .iter()
                .map(|it| needs(rt, it))
                .chain(overlay.dependent_actions.iter().map(|it| dependent(rt, it)))
                .collect(),
        ),
        (
            "needed_only_with",
            overlay
                .needed_only_with
                .iter()
                .map(|it| only_with(rt, it))
                .collect(),
        ),
        (
            "needed_together",
            overlay
                .needed_together
                .iter()
                .map(|it| together(rt, it))
                .collect(),
        ),
        (
            "siblings",
            overlay.siblings.iter().map(|it| sibling(rt, it)).collect(),
        ),
        (
            "sensitive_actions",
            overlay
                .sensitive_actions
                .iter()
                .map(|it| sensitive_actions(rt, it))
                .collect(),
        ),
        ("not_keys", not_keys.collect()),
        ("not_prefixes", not_prefixes.collect()),
        ("other_pages", other_pages.collect()),
    ];
    let mut text = String::new();
    let stated = lists.iter().filter(|(_, rows)| !rows.is_empty());
    for (name, rows) in stated.clone() {
        text.push_str(&format!("    {name}: &[\n{rows}    ],\n"));
    }
    if text.is_empty() {
        return Vec::new();
    }
    if stated.count() < lists.len() {
        text.push_str(&format!("    ..*{rt}::Overlay::NONE\n"));
    }
    vec![format!(
        "pub(super) static OVERLAY: {rt}::Overlay = {rt}::Overlay {{\n{text}}};\n"
    )]
}

/// Emits a row: its fields on as many lines as they need, then the reason and the source on one line
/// each.
fn row(rt: &str, name: &str, fields: &[(&str, String)], why: &str, source: &str) -> String {
    let fields = fields
        .iter()
        .map(|(name, value)| format!("{name}: {value},"));
    let head = wrapped_code(
        &format!("        {rt}::{name} {{ "),
        "            ",
        &fields.collect::<Vec<_>>(),
    );
    format!(
        "{head}            why: {},\n            source: {} }},\n",
        literal(why),
        literal(source)
    )
}

fn list<'n>(names: impl IntoIterator<Item = &'n String>) -> String {
    let names = names.into_iter().map(|name| literal(name));
    format!("&[{}]", listed(names).join(" "))
}

/// Emits a row for each dependent action: the need of the operation of the action's name.
fn dependent(rt: &str, it: &DependentActions) -> String {
    let operation = it.action.split_once(':').map(|(_, name)| name.to_owned());
    needs(
        rt,
        &OperationNeed {
            operations: operation.into_iter().collect(),
            actions: it.dependent_actions.clone(),
            context: BTreeMap::new(),
            why: it.why.clone(),
            source: it.source.clone(),
            unverified: it.unverified,
        },
    )
}

/// Emits a row for each action of an entry.
fn needs(rt: &str, it: &OperationNeed) -> String {
    let context = it.context.iter().map(|(key, values)| {
        format!(
            "{rt}::ContextEntry {{ key: {}, values: {} }}",
            literal(key),
            list(values)
        )
    });
    let context = format!("&[{}]", listed(context).join(" "));
    let one = |action: &String| {
        let fields = [
            ("operations", list(&it.operations)),
            ("action", literal(action)),
            ("context", context.clone()),
        ];
        row(rt, "OperationNeed", &fields, &it.why, &it.source)
    };
    it.actions.iter().map(one).collect()
}

fn only_with(rt: &str, it: &NeededOnlyWith) -> String {
    let fields = [
        ("action", literal(&it.action)),
        ("usage", literal(&it.r#use)),
        ("operations", list(&it.operations)),
        ("when", literal(&it.when)),
    ];
    row(rt, "UseNeed", &fields, &it.why, &it.source)
}

fn fixed(rt: &str, it: &UnstatedResource) -> Option<String> {
    let fields = [
        ("actions", list(&it.actions)),
        ("resource", literal(it.resource.as_ref()?)),
    ];
    Some(row(rt, "FixedResource", &fields, &it.why, &it.source))
}

fn together(rt: &str, it: &NeededTogether) -> String {
    let fields = [
        ("actions", list(&it.actions)),
        ("operations", list(&it.operations)),
        ("beside", list(&it.beside)),
        ("needs", literal(&it.needs)),
        ("or", list(&it.or)),
    ];
    row(rt, "Together", &fields, &it.why, &it.source)
}

fn sibling(rt: &str, it: &Sibling) -> String {
    let fields = [
        ("action", literal(&it.action)),
        ("sibling", literal(&it.sibling)),
        ("how", literal(&it.why)),
    ];
    row(rt, "Sibling", &fields, &it.why, &it.source)
}

fn sensitive_actions(rt: &str, it: &SensitiveActions) -> String {
    let fields = [("actions", list(&it.actions))];
    row(rt, "SensitiveActions", &fields, &it.why, &it.source)
}

/// Emits the table of sensitive actions of services without a module.
///
/// # Errors
/// Returns an error if the text contains characters that change its direction.
pub fn sensitive(list: &Sensitive) -> Result<File> {
    let doc = "/// The actions, each with the reason and the page that states it.";
    let rows: String = list
        .reasons()
        .iter()
        .map(|it| sensitive_actions("crate", it))
        .collect();
    let table = format!("{doc}\npub static SENSITIVE: &[crate::SensitiveActions] = &[\n{rows}];\n");
    render::file(SNAPSHOTS, "sensitive.rs", &docs::sensitive_file(), [table])
}
