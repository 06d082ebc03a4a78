//! Emits the table of API operations.

use iam_policy::wire::{AuthorizedAction, Operation};

use super::render::{self, Entry, literal};
use super::{Module, docs, ident, in_order};
use crate::error::Result;
use crate::overlay::Kind;

pub(super) fn items(it: &Module<'_>) -> Result<Vec<String>> {
    let operations = in_order(
        it.names
            .operations
            .iter()
            .map(|(name, variant)| (name.as_str(), variant)),
    );
    let entries: Result<Vec<_>> = operations
        .into_iter()
        .map(|(name, variant)| entry(it, name, variant))
        .collect();
    let head = [format!("{};", literal(&it.service.prefix))];
    Ok(vec![render::table(
        &it.path("operation_table"),
        &head,
        entries?,
    )])
}

fn entry(it: &Module<'_>, name: &str, variant: &str) -> Result<Entry> {
    let variant = ident(variant)?;
    let mut entry = Entry {
        docs: docs::operation(it, name),
        attribute: it.deprecated_variant(Kind::Operation, name)?,
        inner: None,
        name: variant.clone(),
        clauses: Vec::new(),
    };
    if variant != name {
        entry.clauses.push(vec![format!("named {}", literal(name))]);
    }
    let rows = it.service.operations.iter();
    let rows: Vec<_> = rows.filter(|row| row.operation == name).collect();
    for rows in rows.chunk_by(|one, other| one.sdk == other.sdk) {
        entry.clauses.push(needed(rows));
    }
    entry
        .clauses
        .extend(it.removed_clause(Kind::Operation, name)?);
    Ok(entry)
}

/// Emits the actions that an operation of one SDK client needs.
fn needed(rows: &[&Operation]) -> Vec<String> {
    let client = rows.first().and_then(|row| row.sdk.as_deref());
    let client = client.map_or_else(String::new, literal);
    let actions = rows.iter().flat_map(|row| &row.actions).map(required);
    let mut words = render::listed(actions);
    match words.first_mut() {
        Some(first) => first.insert_str(0, &format!("{client}: ")),
        None => words.push(format!("{client}:")),
    }
    words
}

fn required(needed: &AuthorizedAction) -> String {
    let mut text = literal(&needed.action);
    for (key, values) in &needed.context {
        let values: Vec<_> = values.iter().map(|value| literal(value)).collect();
        text.push_str(&format!(" when {} = [{}]", literal(key), values.join(", ")));
    }
    text
}
