//! Names that were removed from the reference: known still, and better reported so than as unknown.

use super::Code;
use super::rule::{ActionEntry, Findings};
use crate::document::Path;
use crate::{ArnPattern, Catalog, RemovedFacts};

/// What is said of a removed name behind the words that name it.
fn since(removed: RemovedFacts, replacement: impl Fn(usize) -> &'static str) -> String {
    let instead = match removed.replaced_by {
        Some(other) => format!("; use `{}`", replacement(usize::from(other))),
        None => String::new(),
    };
    format!("no longer in the reference since {}{instead}", removed.date)
}

/// An action that matches none of today: whether it is one that was removed.
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
        format!("`{name}` is {since}")
    } else {
        format!(
            "`{}` matches no action of today; `{name}` is {since}",
            action.text
        )
    };
    findings.add(Code::REMOVED_NAME, path.clone(), message);
    true
}

/// A condition key that no service has today: whether it is one that was removed.
pub(super) fn key(catalog: &Catalog, key: &str, path: &Path, findings: &mut Findings) -> bool {
    let found = catalog.find_keys(key).into_iter().find_map(|at| {
        let keys = catalog.services()[at.service].condition_keys;
        let removed = keys[at.key].removed?;
        Some(since(removed, |at| keys[at].name))
    });
    let Some(since) = found else {
        return false;
    };
    findings.add(
        Code::REMOVED_NAME,
        path.clone(),
        format!("`{key}` is {since}"),
    );
    true
}

/// An ARN of no type of today: whether it is of one that was removed.
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
    let message = format!("`{arn}` is an ARN of the resource type `{name}`, {since}");
    findings.add(Code::REMOVED_NAME, path.clone(), message);
    true
}
