//! The old state with the names of the new one, where two names mean the same: so the facts of such
//! names are compared as well.

use std::collections::BTreeMap;

use iam_policy::wire::{Action, AuthorizedAction, Operation, Service};

use super::change::{Change, Kind, Scope};
use super::states::{same_key, type_of};
use crate::template;

/// Returns the old state with actions and condition keys as the new one spells them.
pub(super) fn respelled(old: &Service, new: &Service) -> Service {
    let mut respelled = old.clone();
    respelled.actions = rows(&old.actions, &new.actions, str::eq_ignore_ascii_case);
    // an action may spell a key in another way than the key's row
    respelled.condition_keys = rows(&old.condition_keys, &new.condition_keys, same_key);
    let names = |service: &Service| -> Vec<String> {
        let names = service.condition_key_names().into_iter();
        names.map(str::to_owned).collect()
    };
    let keys = spelling(&names(old), &names(new), same_key);
    for row in respelled.resource_types.values_mut() {
        replace(&mut row.condition_keys, &keys);
    }
    for (name, row) in &mut respelled.actions {
        replace(&mut row.condition_keys, &keys);
        let resources = row.resources.iter_mut().map(|it| &mut it.condition_keys);
        let scenarios = row.scenarios.iter_mut().map(|it| &mut it.condition_keys);
        for list in resources.chain(scenarios) {
            replace(list, &keys);
        }
        if let Some(now) = new.actions.get(name) {
            let needed = &mut row.dependent_actions;
            let spelling = spelling(needed, &now.dependent_actions, str::eq_ignore_ascii_case);
            replace(needed, &spelling);
        }
    }
    for row in &mut respelled.operations {
        let same = |it: &&Operation| (&it.operation, &it.sdk) == (&row.operation, &row.sdk);
        let now = new.operations.iter().filter(same);
        let now: Vec<_> = now.flat_map(|it| &it.actions).collect();
        for needed in row.actions.iter_mut().filter(|it| !now.contains(&&**it)) {
            if let Some(spelled) = now.iter().find(|it| plain(it) == plain(needed)) {
                needed.clone_from(spelled);
            }
        }
    }
    respelled
}

/// Returns the old state, each of whose actions names a resource type as the new state does, if both
/// types have the same ARNs and no other type of the action has.
pub(super) fn with_types_of(mut old: Service, new: &Service) -> Service {
    let known = old.clone();
    for (name, row) in &mut old.actions {
        let Some(now) = new.actions.get(name) else {
            continue;
        };
        let before = row.clone();
        let only = |these: &Action, those: &Action| -> Vec<String> {
            let those: Vec<_> = those.resources.iter().map(|it| &it.resource_type).collect();
            let names = these.resources.iter().map(|it| &it.resource_type);
            names.filter(|it| !those.contains(it)).cloned().collect()
        };
        let same = |from: &str, to: &str| {
            let types = type_of(Some(&known), from).zip(type_of(Some(new), to));
            types.is_some_and(|(from, to)| template::same_arns(&from.arn, &to.arn))
        };
        let types = spelling(&only(&before, now), &only(now, &before), same);
        for resource in &mut row.resources {
            if let Some(name) = types.get(&resource.resource_type) {
                resource.resource_type.clone_from(name);
            }
        }
        for required in row
            .scenarios
            .iter_mut()
            .flat_map(|it| &mut it.resource_types)
        {
            if let Some(name) = types.get(&required.resource_type) {
                required.resource_type.clone_from(name);
            }
        }
    }
    old
}

/// Returns the new names of old ones that are not among the new names; only of names that mean the
/// same as one other name.
fn spelling(
    old: &[String],
    new: &[String],
    same: impl Fn(&str, &str) -> bool,
) -> BTreeMap<String, String> {
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        let only = these.iter().filter(|name| !those.contains(name));
        only.cloned().collect()
    };
    let (lost, gained) = (only(old, new), only(new, old));
    let one = |from: &String| {
        let mut names = gained.iter().filter(|to| same(from, to));
        let to = names.next().filter(|_| names.next().is_none())?;
        let single = lost.iter().filter(|from| same(from, to)).count() == 1;
        single.then(|| (from.clone(), to.clone()))
    };
    lost.iter().filter_map(one).collect()
}

/// Returns old rows under their new names.
fn rows<T: Clone>(
    old: &BTreeMap<String, T>,
    new: &BTreeMap<String, T>,
    same: impl Fn(&str, &str) -> bool,
) -> BTreeMap<String, T> {
    let names = |rows: &BTreeMap<String, T>| rows.keys().cloned().collect::<Vec<_>>();
    let spelling = spelling(&names(old), &names(new), same);
    let rows = old.iter();
    rows.map(|(name, row)| (spelling.get(name).unwrap_or(name).clone(), row.clone()))
        .collect()
}

fn replace(names: &mut Vec<String>, spelling: &BTreeMap<String, String>) {
    for name in names.iter_mut() {
        if let Some(spelled) = spelling.get(name) {
            name.clone_from(spelled);
        }
    }
    names.sort();
    names.dedup();
}

/// Returns a required action in the form in which IAM compares it.
pub(super) fn plain(needed: &AuthorizedAction) -> (String, BTreeMap<String, Vec<String>>) {
    let context = needed.context.iter().map(|(key, values)| {
        let mut values = values.clone();
        values.sort();
        (key.to_ascii_lowercase(), values)
    });
    (needed.action.to_ascii_lowercase(), context.collect())
}

/// Whether two changes are the same, whatever the spelling of names in the facts of their rows.
pub(super) fn is_same(one: &Change, other: &Change) -> bool {
    use Kind::{ActionAdded, ActionRemoved, ConditionKeyAdded, ConditionKeyRemoved};
    use Kind::{OperationAdded, OperationRemoved, ResourceTypeAdded, ResourceTypeRemoved};
    use Kind::{ResourceTypesGained, ResourceTypesLost, ScopingGained, ScopingLost};
    let names = |scopes: &[Scope]| -> Vec<String> {
        let names = scopes.iter().map(|it| it.resource_type.clone());
        names.collect()
    };
    one.row == other.row
        && match (&one.kind, &other.kind) {
            (ActionAdded(_), ActionAdded(_))
            | (ActionRemoved(_), ActionRemoved(_))
            | (ResourceTypeAdded(_), ResourceTypeAdded(_))
            | (ResourceTypeRemoved(_), ResourceTypeRemoved(_))
            | (ConditionKeyAdded(_), ConditionKeyAdded(_))
            | (ConditionKeyRemoved(_), ConditionKeyRemoved(_)) => true,
            (OperationAdded(a), OperationAdded(b)) | (OperationRemoved(a), OperationRemoved(b)) => {
                a.sdk == b.sdk
            }
            (
                ScopingGained {
                    resource_types: a, ..
                },
                ScopingGained {
                    resource_types: b, ..
                },
            )
            | (
                ScopingLost {
                    resource_types: a, ..
                },
                ScopingLost {
                    resource_types: b, ..
                },
            )
            | (
                ResourceTypesGained { resource_types: a },
                ResourceTypesGained { resource_types: b },
            )
            | (ResourceTypesLost { resource_types: a }, ResourceTypesLost { resource_types: b }) => {
                names(a) == names(b)
            }
            (a, b) => a == b,
        }
}
