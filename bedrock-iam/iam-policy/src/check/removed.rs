//! Findings about names that were removed from the reference. They are more helpful than reporting
//! the names as unknown.

use super::Code;
use super::rule::{ActionEntry, Findings};
use crate::document::Path;
use crate::{ArnPattern, Catalog, RemovedFacts};

/// Returns the end of a message about a removed name: since when, and its replacement.
fn since(removed: RemovedFacts, replacement: impl Fn(usize) -> &'static str) -> String {
    let instead = match removed.replaced_by {
        Some(other) => format!("; use `{}`", replacement(usize::from(other))),
        None => String::new(),
    };
    format!(
        "has not been in the reference since {}{instead}",
        removed.date
    )
}

/// Reports an entry that matches no current action but matches a removed one.
///
/// Returns whether it reported the entry.
pub(super) fn action(
    catalog: &Catalog,
    action: &ActionEntry<'_>,
    path: &Path,
    findings: &mut Findings,
) -> bool {
    let (Some(pattern), Some(prefix)) = (&action.pattern, action.prefix()) else {
        return false;
    };
    let mut rows = catalog
        .with_prefix(prefix)
        .flat_map(|(_, service)| service.actions.iter().map(move |row| (service, row)));
    let found = rows.find_map(|(service, row)| {
        let removed = row.removed.filter(|_| pattern.matches(row.name))?;
        Some((row.name, since(removed, |at| service.actions[at].name)))
    });
    let Some((name, since)) = found else {
        return false;
    };
    let message = if action.is_exact() {
        format!("`{name}` {since}")
    } else {
        format!(
            "`{}` matches no current action; `{name}` {since}",
            action.text
        )
    };
    findings.add(Code::REMOVED_NAME, path.clone(), message);
    true
}

/// Reports a condition key if it was removed. Returns whether it was.
pub(super) fn key(catalog: &Catalog, key: &str, path: &Path, findings: &mut Findings) -> bool {
    let found = catalog.find_keys(key).into_iter().find_map(|at| {
        let keys = catalog.services()[at.service].condition_keys;
        let removed = keys[at.key].removed?;
        Some(since(removed, |at| keys[at].name))
    });
    let Some(since) = found else {
        return false;
    };
    findings.add(Code::REMOVED_NAME, path.clone(), format!("`{key}` {since}"));
    true
}

/// Reports an ARN if it matches a removed resource type. Returns whether it does.
pub(super) fn resource_type(
    catalog: &Catalog,
    arn: &ArnPattern,
    path: &Path,
    findings: &mut Findings,
) -> bool {
    let found = catalog.removed_resource_types(arn).first().and_then(|at| {
        let types = catalog.services()[at.service].resource_types;
        let row = &types[at.resource_type];
        Some((row.name, since(row.removed?, |at| types[at].name)))
    });
    let Some((name, since)) = found else {
        return false;
    };
    let message = format!("`{arn}` is an ARN of the resource type `{name}`, which {since}");
    findings.add(Code::REMOVED_NAME, path.clone(), message);
    true
}
