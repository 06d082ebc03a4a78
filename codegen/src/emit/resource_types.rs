//! Emits the table of resource types: `ResourceType`, and the ARN builders and `AnyArn` in `arn`.

use iam_policy::wire::ResourceType;

use super::render::{self, Entry, literal};
use super::{Module, Target, docs, ident, in_order};
use crate::error::{Result, quoted};
use crate::overlay::{Kind, Place};

pub(super) fn items(it: &Module<'_>) -> Result<Vec<String>> {
    let types = in_order(
        it.names
            .resource_types
            .iter()
            .map(|(name, variant)| (name.as_str(), variant)),
    );
    let (mut any, mut removed, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for (name, variant) in types {
        if it.service.resource_types.contains_key(name) {
            match it.deprecated_arn(name, "AnyArn")? {
                Some(deprecated) => removed.push(format!("{deprecated} {}", ident(variant)?)),
                None => any.push(ident(variant)?),
            }
        }
        let entry = entry(it, name)
            .map_err(|error| error.within(format!("resource type {}", quoted(name))))?;
        entries.push(entry);
    }
    let mut types = list("AnyArn", any);
    if !removed.is_empty() {
        types = format!("{types}, {}", list("removed", removed));
    }
    let head = [
        format!(
            "{}, {};",
            literal(&it.service.prefix),
            literal(&it.source.resource_type(""))
        ),
        format!("{types};"),
    ];
    let mut imports = "use super::{Action, ConditionKey};".to_owned();
    if !it.actions_on.is_empty() {
        imports.push_str(&docs::import("action"));
    }
    Ok(vec![
        imports,
        render::table(&it.path("resource_type_table"), &head, entries),
    ])
}

/// Formats a word and a list in braces, on as many lines as it needs.
fn list(word: &str, items: Vec<String>) -> String {
    if items.is_empty() {
        return format!("{word} {{}}");
    }
    let lines = render::wrapped_code("        ", "        ", &render::listed(items));
    format!("{word} {{\n{lines}    }}")
}

fn entry(it: &Module<'_>, name: &str) -> Result<Entry> {
    let variant = ident(&it.names.resource_types[name])?;
    let mut entry = Entry {
        docs: docs::resource_type(it, name),
        attribute: it.deprecated_variant(Kind::ResourceType, name)?,
        inner: it.deprecated_arn(name, "arn")?,
        name: variant,
        clauses: Vec::new(),
    };
    let anchor = it.anchor(name, |it, name| it.resource_type(name));
    entry.clauses.push(vec![match anchor == name {
        true => literal(name),
        false => format!("{} at {}", literal(name), literal(&anchor)),
    }]);
    let stated = it.stated_type(name);
    if let Some(known) = it.service.resource_types.get(name) {
        entry.clauses.push(arn(it, name, known, stated.is_none())?);
    }
    let keys = stated.into_iter().flat_map(|known| &known.condition_keys);
    entry.list("keys", it.condition_keys(keys)?);
    entry
        .clauses
        .extend(it.removed_clause(Kind::ResourceType, name)?);
    Ok(entry)
}

/// Emits the clause of a resource type's ARN: its format, and the fields for its placeholders.
fn arn(it: &Module<'_>, name: &str, known: &ResourceType, lost: bool) -> Result<Vec<String>> {
    let lost = if lost { "lost " } else { "" };
    let mut words = vec![format!("arn {lost}{}", literal(&known.arn))];
    let fields: Result<Vec<_>> = it
        .names
        .fields(name, &known.arn)?
        .into_iter()
        .map(|(placeholder, field)| {
            let field = ident(&field)?;
            let place = place(it, name, &placeholder, &known.arn);
            let place = place.map_or_else(String::new, |place| format!(" in {place}"));
            Ok(format!("{field} = {}{place}", literal(&placeholder)))
        })
        .collect();
    let fields = fields?;
    words.extend(render::braced(fields));
    if it.overlay.may_lack_region(name) {
        words.push("regionless".to_owned());
    }
    Ok(words)
}

/// Returns the place type of a placeholder; `None` for the strict default.
fn place(it: &Module<'_>, resource_type: &str, placeholder: &str, format: &str) -> Option<String> {
    // some pages write `{Name}` for `${Name}`
    let end = format.find(&format!("{{{placeholder}}}"))? + placeholder.len() + 2;
    let rules = it.formats.rules(format, end);
    // the placeholders of modules were reviewed: those that the overlay does not list are strict
    let place = match (it.options.target, it.options.overlay) {
        (Target::StandAlone { .. }, None) => Place::of(rules.colon, rules.slash),
        _ => it.overlay.place(resource_type, placeholder),
    };
    match place {
        Place::Colon => Some("Colon".to_owned()),
        Place::Slash => Some("Slash".to_owned()),
        Place::Path => Some("Path".to_owned()),
        // a strict value cannot contain the delimiter that ends it either: `+` in `${Id}+${Branch}`
        Place::Strict => {
            let sign = char::from(rules.delimiter?);
            Some(format!("Before<{sign:?}>"))
        }
    }
}
