//! Comparing two states of a service, table by table.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Change;
use super::table::{Entries, Table};
use super::{actions, operations};
use crate::model::{ConditionKey, ResourceType, Service};

/// What changed from one state of a service to another, in an order of its own; either state may be
/// missing. Empty where the facts are the same.
pub fn between(old: Option<&Service>, new: Option<&Service>) -> Vec<Change> {
    let mut changes = match (old, new) {
        (None, None) => Vec::new(),
        (None, Some(new)) => vec![Change::ServiceAppeared {
            facts: Box::new(new.clone()),
        }],
        (Some(old), None) => vec![Change::ServiceGone {
            facts: Box::new(old.clone()),
        }],
        (Some(old), Some(new)) => compare(old, new),
    };
    // stable: what one kind of change says of one row stays in the order it was found in
    changes.sort_by(|a, b| (a.rank(), a.subject()).cmp(&(b.rank(), b.subject())));
    changes
}

fn compare(old: &Service, new: &Service) -> Vec<Change> {
    let mut changes = service(old, new);
    let operations = operations::compare(&old.operations, &new.operations);
    // how dependent actions are stated goes with the table of operations
    let restated = old.operations.is_empty() != new.operations.is_empty();
    let entries = Entries::Actions;
    rows(
        &old.actions,
        &new.actions,
        entries,
        &mut changes,
        |row| match row {
            Row::Added(action, facts) => vec![Change::ActionAdded { action, facts }],
            Row::Removed(action, facts) => vec![Change::ActionRemoved { action, facts }],
            Row::Both(name, old, new) => actions::compare(name, old, new, restated),
        },
    );
    let entries = Entries::ResourceTypes;
    rows(
        &old.resource_types,
        &new.resource_types,
        entries,
        &mut changes,
        |row| match row {
            Row::Added(resource_type, facts) => {
                vec![Change::ResourceTypeAdded {
                    resource_type,
                    facts,
                }]
            }
            Row::Removed(resource_type, facts) => {
                vec![Change::ResourceTypeRemoved {
                    resource_type,
                    facts,
                }]
            }
            Row::Both(name, old, new) => resource_type(name, old, new),
        },
    );
    let entries = Entries::ConditionKeys;
    rows(
        &old.condition_keys,
        &new.condition_keys,
        entries,
        &mut changes,
        |row| match row {
            Row::Added(condition_key, facts) => {
                vec![Change::ConditionKeyAdded {
                    condition_key,
                    facts,
                }]
            }
            Row::Removed(condition_key, facts) => {
                vec![Change::ConditionKeyRemoved {
                    condition_key,
                    facts,
                }]
            }
            Row::Both(name, old, new) => condition_key(name, old, new),
        },
    );
    changes.extend(operations);
    changes
}

/// A row of a table, as the two states have it.
enum Row<'a, T> {
    Added(String, T),
    Removed(String, T),
    Both(&'a str, &'a T, &'a T),
}

/// Compares two tables: as a whole where one of them is empty, else row by row.
fn rows<'a, T: Clone>(
    old: &'a BTreeMap<String, T>,
    new: &'a BTreeMap<String, T>,
    entries: fn(BTreeMap<String, T>) -> Entries,
    changes: &mut Vec<Change>,
    mut row: impl FnMut(Row<'a, T>) -> Vec<Change>,
) {
    if old.is_empty() || new.is_empty() {
        changes.extend(whole(entries(old.clone()), entries(new.clone())));
        return;
    }
    for (name, facts) in old {
        changes.extend(match new.get(name) {
            None => row(Row::Removed(name.clone(), facts.clone())),
            Some(now) => row(Row::Both(name, facts, now)),
        });
    }
    for (name, facts) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        changes.extend(row(Row::Added(name.clone(), facts.clone())));
    }
}

/// A table that appeared or went as a whole.
pub(super) fn whole(old: Entries, new: Entries) -> Option<Change> {
    let table: Table = old.table();
    match (old.names().len(), new.names().len()) {
        (0, 0) => None,
        (0, count) => Some(Change::TableAppeared {
            table,
            count,
            entries: new,
        }),
        (count, _) => Some(Change::TableGone {
            table,
            count,
            entries: old,
        }),
    }
}

fn service(old: &Service, new: &Service) -> Vec<Change> {
    let differs = |old: &String, new: &String| (old != new).then(|| (old.clone(), new.clone()));
    let prefix = differs(&old.prefix, &new.prefix);
    let name = differs(&old.service, &new.service);
    let page = differs(&old.page, &new.page);
    prefix
        .map(|(old, new)| Change::PrefixChanged { old, new })
        .into_iter()
        .chain(name.map(|(old, new)| Change::ServiceNameChanged { old, new }))
        .chain(page.map(|(old, new)| Change::PageChanged { old, new }))
        .collect()
}

fn resource_type(name: &str, old: &ResourceType, new: &ResourceType) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.arn != new.arn {
        changes.push(Change::ArnChanged {
            resource_type: name.to_owned(),
            old: old.arn.clone(),
            new: new.arn.clone(),
        });
    }
    let (gained, lost) = gained_and_lost(&old.condition_keys, &new.condition_keys);
    if !gained.is_empty() || !lost.is_empty() {
        changes.push(Change::ResourceTypeKeysChanged {
            resource_type: name.to_owned(),
            gained,
            lost,
        });
    }
    changes
}

fn condition_key(name: &str, old: &ConditionKey, new: &ConditionKey) -> Vec<Change> {
    if old.value_type == new.value_type {
        return Vec::new();
    }
    vec![Change::KeyTypeChanged {
        condition_key: name.to_owned(),
        old: old.value_type.clone(),
        new: new.value_type.clone(),
    }]
}

/// What is only in the new list, and what is only in the old one; sorted, each once.
pub(super) fn gained_and_lost<'a, T: Ord + Clone + 'a>(
    old: impl IntoIterator<Item = &'a T>,
    new: impl IntoIterator<Item = &'a T>,
) -> (Vec<T>, Vec<T>) {
    let (old, new): (BTreeSet<_>, BTreeSet<_>) =
        (old.into_iter().collect(), new.into_iter().collect());
    let only = |these: &BTreeSet<&T>, those: &BTreeSet<&T>| {
        these.difference(those).map(|it| (*it).clone()).collect()
    };
    (only(&new, &old), only(&old, &new))
}
