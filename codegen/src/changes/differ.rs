//! Comparison of two states of a service.
//!
//! Facts are compared, not bytes: the order of an operation's required actions, of the values of a
//! context and of an action's scenarios is not a fact.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::json;

use super::change::{AllFacts, Change, Differing, InEffect, Kind, Needs, Replaced, Row, Rows};
use super::change::{Scope, Table};
use super::states::{States, keys_of};
use iam_policy::wire::{AccessLevel, Action, Operation, Scenario, Service};

/// Compares two states of a service, of which either may be missing. Returns an empty list if the
/// facts are the same.
pub fn between(old: Option<&Service>, new: Option<&Service>) -> Vec<Change> {
    let whole = |kind| Change { row: None, kind };
    match (old, new) {
        (None, None) => Vec::new(),
        (None, Some(new)) => vec![whole(Kind::ServiceAppeared(all_facts(&Box::new(
            new.clone(),
        ))))],
        (Some(old), None) => vec![whole(Kind::ServiceGone(all_facts(&Box::new(old.clone()))))],
        (Some(old), Some(new)) => {
            let names = [
                replaced(&old.prefix, &new.prefix).map(Kind::PrefixChanged),
                replaced(&old.service, &new.service).map(Kind::ServiceNameChanged),
                replaced(&old.page, &new.page).map(Kind::PageChanged),
            ];
            let names = names.into_iter().flatten().map(whole);
            names.chain(tables(old, new)).collect()
        }
    }
}

fn tables(old: &Service, new: &Service) -> Vec<Change> {
    let states = States {
        old: Some(old),
        new: Some(new),
    };
    // a page with a table of operations states dependent actions in another form
    let restated = old.operations.is_empty() != new.operations.is_empty();
    let needs = |it: &Operation| Needs {
        sdk: it.sdk.clone(),
        needs: it.actions.clone(),
    };
    let tables = [
        table(
            Table::Actions,
            (&old.actions, &new.actions),
            |it| Kind::ActionRemoved(all_facts(it)),
            |it| Kind::ActionAdded(all_facts(it)),
            |name, before, now| action(name, before, now, restated.then_some(states)),
        ),
        table(
            Table::ResourceTypes,
            (&old.resource_types, &new.resource_types),
            |it| Kind::ResourceTypeRemoved(all_facts(it)),
            |it| Kind::ResourceTypeAdded(all_facts(it)),
            |_, old, new| {
                let arn = replaced(&old.arn, &new.arn).map(Kind::ArnChanged);
                let keys = differing(&old.condition_keys, &new.condition_keys);
                let keys = keys.map(Kind::ResourceTypeKeysChanged);
                arn.into_iter().chain(keys).collect()
            },
        ),
        table(
            Table::ConditionKeys,
            (&old.condition_keys, &new.condition_keys),
            |it| Kind::ConditionKeyRemoved(all_facts(it)),
            |it| Kind::ConditionKeyAdded(all_facts(it)),
            |_, old, new| {
                let value_type = replaced(&old.value_type, &new.value_type);
                Vec::from_iter(value_type.map(Kind::KeyTypeChanged))
            },
        ),
        table(
            Table::Operations,
            (&operations(old), &operations(new)),
            |it| Kind::OperationRemoved(needs(it)),
            |it| Kind::OperationAdded(needs(it)),
            |_, old, new| {
                let sdk = new.sdk.clone();
                let changed = |needs| Kind::OperationChanged { sdk, needs };
                Vec::from_iter(differing(&old.actions, &new.actions).map(changed))
            },
        ),
    ];
    tables.concat()
}

/// Compares two tables: as a whole if one of them is empty, otherwise row by row. A key of the
/// tables begins with a line that contains the name of the row.
fn table<T: Serialize>(
    table: Table,
    (old, new): (&BTreeMap<String, T>, &BTreeMap<String, T>),
    removed: impl Fn(&T) -> Kind,
    added: impl Fn(&T) -> Kind,
    changed: impl Fn(&str, &T, &T) -> Vec<Kind>,
) -> Vec<Change> {
    let whole = |kind: fn(Rows) -> Kind, rows: &BTreeMap<String, T>| {
        let entries = match table {
            Table::Operations => rows.values().map(|row| json!(row)).collect(),
            _ => json!(rows),
        };
        let count = rows.len();
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
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let of_row = |key: &String| {
        let name = key.lines().next().unwrap_or_default().to_owned();
        let row = Row { table, name };
        let kinds = match (old.get(key), new.get(key)) {
            (Some(old), Some(new)) => changed(&row.name, old, new),
            (old, new) => old.map(&removed).or(new.map(&added)).into_iter().collect(),
        };
        let row = |kind| Change {
            row: Some(row.clone()),
            kind,
        };
        kinds.into_iter().map(row).collect::<Vec<_>>()
    };
    keys.into_iter().flat_map(of_row).collect()
}

fn all_facts<T: Clone>(facts: &T) -> AllFacts<T> {
    AllFacts {
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
    let gained: Vec<T> = new.difference(&old).copied().cloned().collect();
    let lost: Vec<T> = old.difference(&new).copied().cloned().collect();
    (!gained.is_empty() || !lost.is_empty()).then_some(Differing { gained, lost })
}

/// Sorts a list in which order and repetition are not facts.
fn sort<T: Ord>(list: &mut Vec<T>) {
    list.sort();
    list.dedup();
}

/// Returns operations by name and, in a second line, SDK client; merges repeated rows.
fn operations(service: &Service) -> BTreeMap<String, Operation> {
    let mut operations: BTreeMap<String, Operation> = BTreeMap::new();
    for row in &service.operations {
        let key = [Some(row.operation.as_str()), row.sdk.as_deref()];
        let key: Vec<_> = key.into_iter().flatten().collect();
        let known = operations.entry(key.join("\n"));
        let known = known.or_insert_with(|| Operation {
            actions: Vec::new(),
            ..row.clone()
        });
        known.actions.extend_from_slice(&row.actions);
    }
    for needed in operations.values_mut().map(|it| &mut it.actions) {
        let contexts = needed.iter_mut().flat_map(|it| it.context.values_mut());
        contexts.for_each(sort);
        sort(needed);
    }
    operations
}

/// Separates the dependent actions of an action of which only the form changed.
fn by_form(actions: Differing<String>, name: &str, states: States<'_>) -> [Differing<String>; 2] {
    let form = |state| move |needed: &String| states.is_form(name, needed, state);
    let gained: (Vec<_>, Vec<_>) = actions.gained.into_iter().partition(form(states.old));
    let lost: (Vec<_>, Vec<_>) = actions.lost.into_iter().partition(form(states.new));
    [(gained.0, lost.0), (gained.1, lost.1)].map(|(gained, lost)| Differing { gained, lost })
}

/// Whether access levels differ only because the layout changed: the classic one states one level for
/// each action, the current one also `Write` for actions that tag or manage permissions.
fn is_restated(levels: &Differing<AccessLevel>, old: &Action, new: &Action) -> bool {
    use AccessLevel::{PermissionsManagement, Tagging, Write};
    let (differing, fewer) = match levels.lost.as_slice() {
        [] => (levels.gained.as_slice(), old),
        lost if levels.gained.is_empty() => (lost, new),
        _ => return false,
    };
    let stated = Vec::from_iter(&fewer.access_levels);
    differing == [Write] && matches!(stated.as_slice(), [Tagging | PermissionsManagement])
}

/// Compares the facts of an action; with the states if the table of operations was added or removed.
fn action(name: &str, old: &Action, new: &Action, states: Option<States<'_>>) -> Vec<Kind> {
    let restated = states.is_some();
    let mut kinds = scopes(old, new);
    let levels = differing(&old.access_levels, &new.access_levels);
    kinds.extend(levels.map(|levels| Kind::AccessLevelsChanged {
        restated: restated && is_restated(&levels, old, new),
        levels,
    }));
    let actions = differing(&old.dependent_actions, &new.dependent_actions);
    let actions = actions.into_iter().flat_map(|it| match states {
        Some(states) => by_form(it, name, states).to_vec(),
        None => vec![it],
    });
    for actions in actions.filter(|it| !(it.gained.is_empty() && it.lost.is_empty())) {
        kinds.push(Kind::DependentActionsChanged { actions, restated });
    }
    if old.permission_only != new.permission_only {
        let permission_only = new.permission_only;
        kinds.push(Kind::PermissionOnlyChanged { permission_only });
    }
    let [before, now] = [old, new].map(|it| {
        let scenarios = it.scenarios.iter().cloned();
        let scenarios = scenarios.map(|mut scenario: Scenario| {
            sort(&mut scenario.condition_keys);
            sort(&mut scenario.resource_types);
            scenario
        });
        scenarios.collect::<Vec<_>>()
    });
    kinds.extend(differing(&before, &now).map(Kind::ScenariosChanged));
    kinds.extend(replaced(&old.api, &new.api).map(Kind::ApiLinkChanged));
    kinds
}

/// For each resource type of an action, whether it is required, and the condition keys in effect.
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

/// Returns the resource types that only the first state has.
fn only(these: &ByType<'_>, those: &ByType<'_>) -> Vec<Scope> {
    let only = these.iter().filter(|(name, _)| !those.contains_key(*name));
    let scope = |(name, (required, keys)): (&&str, &(bool, BTreeSet<&str>))| Scope {
        resource_type: (*name).to_owned(),
        required: *required,
        condition_keys: keys.iter().map(|&key| key.to_owned()).collect(),
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
            let some = |types: Vec<Scope>| (!types.is_empty()).then_some(types);
            kinds.extend(
                some(lost).map(|resource_types| Kind::ResourceTypesLost { resource_types }),
            );
            let gained = some(gained);
            kinds.extend(gained.map(|resource_types| Kind::ResourceTypesGained { resource_types }));
        }
    }
    let pairs = before.iter().zip(before.keys().map(|name| now.get(name)));
    kinds.extend(pairs.filter_map(|((name, (was, _)), now)| {
        let (required, resource_type) = (now?.0, (*name).to_owned());
        (required != *was).then_some(Kind::RequiredChanged {
            resource_type,
            required,
        })
    }));
    kinds.extend(keys(old, new, &before, &now));
    kinds
}

/// Returns changes of the keys in effect, except those of added or removed resource types.
fn keys(old: &Action, new: &Action, before: &ByType<'_>, now: &ByType<'_>) -> Vec<Kind> {
    let [any_before, any_now] = [old, new].map(|it| keys_of(it).collect::<BTreeSet<_>>());
    // if the action has no resource types in one state, no pair is in both: compare all keys
    // together
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
