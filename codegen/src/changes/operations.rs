//! Comparing the operations of a service with what they were.

use std::collections::{BTreeMap, BTreeSet};

use super::change::Change;
use super::compare::{gained_and_lost, whole};
use super::table::Entries;
use crate::model::{AuthorizedAction, Operation};

/// What an operation of an SDK client needs; rows that stand twice are one.
type Needs = BTreeMap<(String, Option<String>), BTreeSet<AuthorizedAction>>;

pub(super) fn compare(old: &[Operation], new: &[Operation]) -> Vec<Change> {
    let (old, new) = (needs(old), needs(new));
    if old.is_empty() || new.is_empty() {
        return whole(entries(&old), entries(&new)).into_iter().collect();
    }
    let mut changes = Vec::new();
    for ((operation, sdk), before) in &old {
        let (operation, sdk) = (operation.clone(), sdk.clone());
        let Some(now) = new.get(&(operation.clone(), sdk.clone())) else {
            let needs = before.iter().cloned().collect();
            changes.push(Change::OperationRemoved {
                operation,
                sdk,
                needs,
            });
            continue;
        };
        let (gained, lost) = gained_and_lost(before, now);
        if !gained.is_empty() || !lost.is_empty() {
            changes.push(Change::OperationChanged {
                operation,
                sdk,
                gained,
                lost,
            });
        }
    }
    let added = new.into_iter().filter(|(name, _)| !old.contains_key(name));
    changes.extend(added.map(|((operation, sdk), now)| Change::OperationAdded {
        operation,
        sdk,
        needs: now.into_iter().collect(),
    }));
    changes
}

fn needs(operations: &[Operation]) -> Needs {
    let mut needs = Needs::new();
    for row in operations {
        let name = (row.operation.clone(), row.sdk.clone());
        needs
            .entry(name)
            .or_default()
            .extend(row.actions.iter().map(plain));
    }
    needs
}

/// An action that is needed, the values of its context in order.
fn plain(needed: &AuthorizedAction) -> AuthorizedAction {
    let mut plain = needed.clone();
    for values in plain.context.values_mut() {
        values.sort();
        values.dedup();
    }
    plain
}

fn entries(needs: &Needs) -> Entries {
    let rows = needs.iter().map(|((operation, sdk), actions)| Operation {
        operation: operation.clone(),
        sdk: sdk.clone(),
        actions: actions.iter().cloned().collect(),
    });
    Entries::Operations(rows.collect())
}
