//! Two states of a service → what differs.
//!
//! Facts are compared, not bytes: the order in which a page lists what an operation needs, the values
//! of a context or the scenarios of an action is not a fact.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::{self, Action, AuthorizedAction, Operation, Scenario, Service};

use super::change::{
    Change, Differing, Entries, InEffect, Kind, Known, Needs, Replaced, Row, Rows, Scope, Table,
};
use super::states::keys_of;

/// What changed from one state of a service to another; either may be missing. Empty where the facts
/// are the same.
pub fn between(old: Option<&Service>, new: Option<&Service>) -> Vec<Change> {
    let whole = |kind| Change { row: None, kind };
    match (old, new) {
        (None, None) => Vec::new(),
        (None, Some(new)) => vec![whole(Kind::ServiceAppeared(known(&Box::new(new.clone()))))],
        (Some(old), None) => vec![whole(Kind::ServiceGone(known(&Box::new(old.clone()))))],
        (Some(old), Some(new)) => {
            let names = [
                replaced(&old.prefix, &new.prefix).map(Kind::PrefixChanged),
                replaced(&old.service, &new.service).map(Kind::ServiceNameChanged),
                replaced(&old.page, &new.page).map(Kind::PageChanged),
            ];
            let mut changes: Vec<_> = names.into_iter().flatten().map(whole).collect();
            changes.extend(tables(old, new));
            changes
        }
    }
}

fn tables(old: &Service, new: &Service) -> Vec<Change> {
    // how dependent actions are stated goes with the table of operations
    let restated = old.operations.is_empty() != new.operations.is_empty();
    let (needed, needs) = (needs(&old.operations), needs(&new.operations));
    let tables = [
        table(
            Table::Actions,
            Entries::Actions,
            (&old.actions, &new.actions),
            String::as_str,
            |_, states| match states {
                States::Old(facts) => vec![Kind::ActionRemoved(known(facts))],
                States::New(facts) => vec![Kind::ActionAdded(known(facts))],
                States::Both(old, new) => action(old, new, restated),
            },
        ),
        table(
            Table::ResourceTypes,
            Entries::ResourceTypes,
            (&old.resource_types, &new.resource_types),
            String::as_str,
            |_, states| match states {
                States::Old(facts) => vec![Kind::ResourceTypeRemoved(known(facts))],
                States::New(facts) => vec![Kind::ResourceTypeAdded(known(facts))],
                States::Both(old, new) => {
                    let arn = replaced(&old.arn, &new.arn).map(Kind::ArnChanged);
                    let keys = differing(&old.condition_keys, &new.condition_keys);
                    let keys = keys.map(Kind::ResourceTypeKeysChanged);
                    arn.into_iter().chain(keys).collect()
                }
            },
        ),
        table(
            Table::ConditionKeys,
            Entries::ConditionKeys,
            (&old.condition_keys, &new.condition_keys),
            String::as_str,
            |_, states| match states {
                States::Old(facts) => vec![Kind::ConditionKeyRemoved(known(facts))],
                States::New(facts) => vec![Kind::ConditionKeyAdded(known(facts))],
                States::Both(old, new) => {
                    let value_type = replaced(&old.value_type, &new.value_type);
                    value_type.map(Kind::KeyTypeChanged).into_iter().collect()
                }
            },
        ),
        table(
            Table::Operations,
            operations,
            (&needed, &needs),
            |(operation, _)| operation,
            |(_, sdk), states| {
                let all = |needs: &BTreeSet<AuthorizedAction>| Needs {
                    sdk: sdk.clone(),
                    needs: needs.iter().cloned().collect(),
                };
                match states {
                    States::Old(needs) => vec![Kind::OperationRemoved(all(needs))],
                    States::New(needs) => vec![Kind::OperationAdded(all(needs))],
                    States::Both(old, new) => {
                        let sdk = sdk.clone();
                        let changed = |needs| Kind::OperationChanged { sdk, needs };
                        differing(old, new).map(changed).into_iter().collect()
                    }
                }
            },
        ),
    ];
    tables.concat()
}

/// A row in the states that have it.
enum States<'a, T> {
    Old(&'a T),
    New(&'a T),
    Both(&'a T, &'a T),
}

/// Compares two tables: as a whole where one of them is empty, else row by row.
fn table<K: Ord + Clone, T: Clone>(
    table: Table,
    entries: fn(BTreeMap<K, T>) -> Entries,
    (old, new): (&BTreeMap<K, T>, &BTreeMap<K, T>),
    name: fn(&K) -> &str,
    row: impl Fn(&K, States<'_, T>) -> Vec<Kind>,
) -> Vec<Change> {
    let whole = |kind: fn(Rows) -> Kind, rows: &BTreeMap<K, T>| {
        let (count, entries) = (rows.len(), entries(rows.clone()));
        let kind = kind(Rows {
            table,
            count,
            entries,
        });
        vec![Change { row: None, kind }]
    };
    match (old.is_empty(), new.is_empty()) {
        (true, true) => return Vec::new(),
        (true, false) => return whole(Kind::TableAppeared, new),
        (false, true) => return whole(Kind::TableGone, old),
        (false, false) => {}
    }
    let mut changes = Vec::new();
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let kinds = match (old.get(key), new.get(key)) {
            (Some(old), Some(new)) => row(key, States::Both(old, new)),
            (Some(old), None) => row(key, States::Old(old)),
            (None, Some(new)) => row(key, States::New(new)),
            (None, None) => Vec::new(),
        };
        changes.extend(kinds.into_iter().map(|kind| {
            let name = name(key).to_owned();
            let row = Some(Row { table, name });
            Change { row, kind }
        }));
    }
    changes
}

fn known<T: Clone>(facts: &T) -> Known<T> {
    Known {
        facts: facts.clone(),
    }
}

fn replaced<T: PartialEq + Clone>(old: &T, new: &T) -> Option<Replaced<T>> {
    let (old, new) = (old.clone(), new.clone());
    (old != new).then_some(Replaced { old, new })
}

fn differing<'a, T: Ord + Clone + 'a>(
    old: impl IntoIterator<Item = &'a T>,
    new: impl IntoIterator<Item = &'a T>,
) -> Option<Differing<T>> {
    let old: BTreeSet<_> = old.into_iter().collect();
    let new: BTreeSet<_> = new.into_iter().collect();
    let gained: Vec<T> = new.difference(&old).map(|it| (*it).clone()).collect();
    let lost: Vec<T> = old.difference(&new).map(|it| (*it).clone()).collect();
    (!gained.is_empty() || !lost.is_empty()).then_some(Differing { gained, lost })
}

/// What operations of SDK clients need; rows that stand twice are one.
type OperationNeeds = BTreeMap<(String, Option<String>), BTreeSet<AuthorizedAction>>;

fn needs(operations: &[Operation]) -> OperationNeeds {
    let mut needs = OperationNeeds::new();
    for row in operations {
        let name = (row.operation.clone(), row.sdk.clone());
        let needs = needs.entry(name).or_default();
        needs.extend(row.actions.iter().cloned().map(|mut needed| {
            for values in needed.context.values_mut() {
                values.sort();
                values.dedup();
            }
            needed
        }));
    }
    needs
}

fn operations(needs: OperationNeeds) -> Entries {
    let row = |((operation, sdk), actions): (_, BTreeSet<_>)| Operation {
        operation,
        sdk,
        actions: actions.into_iter().collect(),
    };
    Entries::Operations(needs.into_iter().map(row).collect())
}

/// What changed of an action that is in both states; `restated` says whether the table of operations
/// appeared or was removed.
fn action(old: &Action, new: &Action, restated: bool) -> Vec<Kind> {
    let mut kinds = scopes(old, new);
    let levels = differing(&old.access_levels, &new.access_levels);
    kinds.extend(levels.map(Kind::AccessLevelsChanged));
    let actions = differing(&old.dependent_actions, &new.dependent_actions);
    kinds.extend(actions.map(|actions| Kind::DependentActionsChanged { actions, restated }));
    if old.permission_only != new.permission_only {
        let permission_only = new.permission_only;
        kinds.push(Kind::PermissionOnlyChanged { permission_only });
    }
    kinds.extend(scenarios(&old.scenarios, &new.scenarios).map(Kind::ScenariosChanged));
    kinds.extend(replaced(&old.api, &new.api).map(Kind::ApiLinkChanged));
    kinds
}

/// The keys in effect for an action and whether it requires the resource type, by resource type.
type ByType<'a> = BTreeMap<&'a str, (bool, BTreeSet<&'a str>)>;

fn by_type(action: &Action) -> ByType<'_> {
    let mut by_type = ByType::new();
    for resource in &action.resources {
        let own = action.condition_keys.iter().chain(&resource.condition_keys);
        let (required, keys) = by_type.entry(&resource.resource_type).or_default();
        *required |= resource.required;
        keys.extend(own.map(String::as_str));
    }
    by_type
}

fn owned<'a>(names: impl IntoIterator<Item = &'a &'a str>) -> Vec<String> {
    names.into_iter().map(|&name| name.to_owned()).collect()
}

/// The resource types that one state has and the other lacks.
fn only(these: &ByType<'_>, those: &ByType<'_>) -> Vec<Scope> {
    let only = these.iter().filter(|(name, _)| !those.contains_key(*name));
    let scope = |(name, (required, keys)): (&&str, &(bool, BTreeSet<&str>))| Scope {
        resource_type: (*name).to_owned(),
        required: *required,
        condition_keys: owned(keys),
    };
    only.map(scope).collect()
}

fn scopes(old: &Action, new: &Action) -> Vec<Kind> {
    let (before, now) = (by_type(old), by_type(new));
    let (gained, lost) = (only(&now, &before), only(&before, &now));
    let mut kinds = Vec::new();
    match (before.is_empty(), now.is_empty()) {
        (true, false) => kinds.push(Kind::ScopingGained {
            resource_types: gained,
            condition_keys_before: old.condition_keys.clone(),
        }),
        (false, true) => kinds.push(Kind::ScopingLost {
            resource_types: lost,
            condition_keys_now: new.condition_keys.clone(),
        }),
        _ => {
            let lost = (!lost.is_empty()).then_some(lost);
            kinds.extend(lost.map(|resource_types| Kind::ResourceTypesLost { resource_types }));
            let gained = (!gained.is_empty()).then_some(gained);
            kinds.extend(gained.map(|resource_types| Kind::ResourceTypesGained { resource_types }));
        }
    }
    for (name, (was, _)) in &before {
        if let Some((required, _)) = now.get(name).filter(|(required, _)| required != was) {
            kinds.push(Kind::RequiredChanged {
                resource_type: (*name).to_owned(),
                required: *required,
            });
        }
    }
    kinds.extend(keys(old, new, &before, &now));
    kinds
}

/// The keys in effect for an action on any of its resource types; its own where it has none.
fn anywhere(action: &Action) -> BTreeSet<&str> {
    keys_of(action).collect()
}

/// The keys that came into effect or no longer are, apart from what resource types brought or took.
fn keys(old: &Action, new: &Action, before: &ByType<'_>, now: &ByType<'_>) -> Vec<Kind> {
    let (any_before, any_now) = (anywhere(old), anywhere(new));
    // an action that has no resource type on one side has no pair in common: its keys are compared
    // as a whole
    let whole = before.is_empty() || now.is_empty();
    let differing = |key: &str, these: &ByType<'_>, those: &ByType<'_>| -> Vec<String> {
        let pairs = these.iter().filter(|(_, (_, keys))| keys.contains(key));
        let differing = pairs.filter(|(name, _)| match those.get(*name) {
            Some((_, keys)) => !keys.contains(key),
            None => whole,
        });
        differing.map(|(name, _)| (*name).to_owned()).collect()
    };
    let mut kinds = Vec::new();
    for key in any_before.union(&any_now) {
        let (had, has) = (any_before.contains(key), any_now.contains(key));
        if whole && had == has {
            continue;
        }
        let in_effect = |on, everywhere| InEffect {
            condition_key: (*key).to_owned(),
            on,
            everywhere,
        };
        let on = differing(key, before, now);
        if whole && had || !on.is_empty() {
            kinds.push(Kind::KeyLost(in_effect(on, !has)));
        }
        let on = differing(key, now, before);
        if whole && has || !on.is_empty() {
            let everywhere = !had && now.values().all(|(_, keys)| keys.contains(key));
            kinds.push(Kind::KeyGained(in_effect(on, everywhere)));
        }
    }
    kinds
}

/// Scenarios are not ordered by the model: by their JSON, what they list in order too.
fn scenarios(old: &[Scenario], new: &[Scenario]) -> Option<Differing<Scenario>> {
    let plain = |scenarios: &[Scenario]| -> BTreeMap<String, Scenario> {
        let plain = scenarios.iter().cloned().map(|mut scenario| {
            scenario.condition_keys.sort();
            scenario.condition_keys.dedup();
            let types = &mut scenario.resource_types;
            types.sort_by(|a, b| {
                (&a.resource_type, a.required).cmp(&(&b.resource_type, b.required))
            });
            types.dedup();
            (wire::to_json(&scenario), scenario)
        });
        plain.collect()
    };
    let (old, new) = (plain(old), plain(new));
    let of = |keys: Vec<String>, from: &BTreeMap<String, Scenario>| {
        keys.iter()
            .filter_map(|key| from.get(key).cloned())
            .collect()
    };
    differing(old.keys(), new.keys()).map(|Differing { gained, lost }| Differing {
        gained: of(gained, &new),
        lost: of(lost, &old),
    })
}
