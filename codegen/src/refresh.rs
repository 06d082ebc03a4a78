//! Checks on a re-read page before it is accepted: a comparison with the committed snapshot and,
//! for a localized page, with the English page.

mod drift;

use std::collections::BTreeSet;

use iam_policy::wire::Service;

use crate::error::quoted;

pub use drift::{Change, Drift, Localized, Names, drift};

/// Lists suspicious losses compared with the committed snapshot: more than a fifth of a table, a whole
/// table, or the prefix.
pub fn losses(committed: &Service, read: &Service) -> Vec<String> {
    let operations = |service: &Service| names(service.operations.iter().map(|it| &it.operation));
    let mut losses = Vec::new();
    if committed.prefix != read.prefix {
        // with another prefix, all actions have other names
        losses.push(format!(
            "its prefix {} (now {})",
            quoted(&committed.prefix),
            quoted(&read.prefix)
        ));
    }
    let mut check =
        |table: &str, before: BTreeSet<String>, after: BTreeSet<String>, by_share: bool| {
            let lost: Vec<_> = before.difference(&after).collect();
            let all = !before.is_empty() && after.is_empty();
            if all {
                losses.push(format!("all {} {table}", before.len()));
            } else if by_share && lost.len() * 5 > before.len() {
                let some: Vec<_> = lost
                    .iter()
                    .take(3)
                    .map(|name| format!("`{name}`"))
                    .collect();
                let more = if lost.len() > some.len() { ", …" } else { "" };
                losses.push(format!(
                    "{} of {} {table} ({}{more})",
                    lost.len(),
                    before.len(),
                    some.join(", ")
                ));
            }
        };
    check(
        "actions",
        names(committed.actions.keys()),
        names(read.actions.keys()),
        true,
    );
    check(
        "resource types",
        names(committed.resource_types.keys()),
        names(read.resource_types.keys()),
        true,
    );
    check(
        "condition keys",
        names(committed.condition_keys.keys()),
        names(read.condition_keys.keys()),
        true,
    );
    check("operations", operations(committed), operations(read), false);
    losses
}

fn names<'a>(names: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    names.cloned().collect()
}
