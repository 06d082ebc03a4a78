//! Comparing an action with what it was.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Scope};
use super::compare::gained_and_lost;
use crate::model::{Action, Scenario};

/// What changed of an action; `restated` says whether the table of operations appeared or went.
pub(super) fn compare(name: &str, old: &Action, new: &Action, restated: bool) -> Vec<Change> {
    let action = || name.to_owned();
    let mut changes = Vec::new();
    let (gained, lost) = gained_and_lost(&old.access_levels, &new.access_levels);
    if !gained.is_empty() || !lost.is_empty() {
        changes.push(Change::AccessLevelsChanged {
            action: action(),
            gained,
            lost,
        });
    }
    changes.extend(resources(name, old, new));
    let (gained, lost) = gained_and_lost(&old.dependent_actions, &new.dependent_actions);
    if !gained.is_empty() || !lost.is_empty() {
        changes.push(Change::DependentActionsChanged {
            action: action(),
            gained,
            lost,
            restated,
        });
    }
    if old.permission_only != new.permission_only {
        changes.push(Change::PermissionOnlyChanged {
            action: action(),
            permission_only: new.permission_only,
        });
    }
    changes.extend(scenarios(name, &old.scenarios, &new.scenarios));
    if old.api != new.api {
        changes.push(Change::ApiLinkChanged {
            action: action(),
            old: old.api.clone(),
            new: new.api.clone(),
        });
    }
    changes
}

/// The keys in effect for an action, by resource type.
type InEffect<'a> = BTreeMap<&'a str, (bool, BTreeSet<&'a str>)>;

fn in_effect(action: &Action) -> InEffect<'_> {
    let mut by_type = InEffect::new();
    for resource in &action.resources {
        let own = action.condition_keys.iter().chain(&resource.condition_keys);
        let (required, keys) = by_type.entry(&resource.resource_type).or_default();
        *required |= resource.required;
        keys.extend(own.map(String::as_str));
    }
    by_type
}

/// The keys in effect for an action on any of its resource types; its own where it has none.
fn anywhere(action: &Action) -> BTreeSet<&str> {
    let of_resources = action.resources.iter().flat_map(|it| &it.condition_keys);
    let own = action.condition_keys.iter().chain(of_resources);
    own.map(String::as_str).collect()
}

fn owned(keys: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    keys.into_iter()
        .map(|key| key.as_ref().to_owned())
        .collect()
}

/// The resource types that one state has and the other lacks.
fn only<'a>(these: &InEffect<'a>, those: &InEffect<'a>) -> Vec<Scope> {
    let only = these.iter().filter(|(name, _)| !those.contains_key(*name));
    only.map(|(name, (required, keys))| Scope {
        resource_type: (*name).to_owned(),
        required: *required,
        condition_keys: owned(keys),
    })
    .collect()
}

fn resources(name: &str, old: &Action, new: &Action) -> Vec<Change> {
    let action = name.to_owned();
    let (before, now) = (in_effect(old), in_effect(new));
    let (gained, lost) = (only(&now, &before), only(&before, &now));
    let mut changes = Vec::new();
    match (before.is_empty(), now.is_empty()) {
        (true, false) => changes.push(Change::ScopingGained {
            action,
            resource_types: gained,
            condition_keys_before: owned(&old.condition_keys),
        }),
        (false, true) => changes.push(Change::ScopingLost {
            action,
            resource_types: lost,
            condition_keys_now: owned(&new.condition_keys),
        }),
        _ => {
            if !lost.is_empty() {
                changes.push(Change::ResourceTypesLost {
                    action: action.clone(),
                    resource_types: lost,
                });
            }
            if !gained.is_empty() {
                changes.push(Change::ResourceTypesGained {
                    action,
                    resource_types: gained,
                });
            }
        }
    }
    for (resource_type, (was, _)) in &before {
        if let Some((required, _)) = now.get(resource_type)
            && was != required
        {
            changes.push(Change::RequiredChanged {
                action: name.to_owned(),
                resource_type: (*resource_type).to_owned(),
                required: *required,
            });
        }
    }
    changes.extend(keys(name, old, new, &before, &now));
    changes
}

/// The keys that came into effect or went out of it, apart from what resource types brought or took.
fn keys(
    name: &str,
    old: &Action,
    new: &Action,
    before: &InEffect<'_>,
    now: &InEffect<'_>,
) -> Vec<Change> {
    let (any_before, any_now) = (anywhere(old), anywhere(new));
    // an action that has no resource type on one side has no pair in common: its keys are compared
    // as a whole
    let whole = before.is_empty() || now.is_empty();
    let differing = |key: &str, these: &InEffect<'_>, those: &InEffect<'_>| -> Vec<String> {
        let pairs = these.iter().filter(|(_, (_, keys))| keys.contains(key));
        let differing = pairs.filter(|(name, _)| match those.get(*name) {
            Some((_, keys)) => !keys.contains(key),
            None => whole,
        });
        owned(differing.map(|(name, _)| name))
    };
    let mut changes = Vec::new();
    for key in any_before.union(&any_now) {
        let (had, has) = (any_before.contains(key), any_now.contains(key));
        if whole && had == has {
            continue;
        }
        let on = differing(key, before, now);
        if whole && had || !on.is_empty() {
            changes.push(Change::KeyLost {
                action: name.to_owned(),
                condition_key: (*key).to_owned(),
                on,
                everywhere: !has,
            });
        }
        let on = differing(key, now, before);
        if whole && has || !on.is_empty() {
            let everywhere = !had && now.values().all(|(_, keys)| keys.contains(key));
            changes.push(Change::KeyGained {
                action: name.to_owned(),
                condition_key: (*key).to_owned(),
                on,
                everywhere,
            });
        }
    }
    changes
}

fn scenarios(name: &str, old: &[Scenario], new: &[Scenario]) -> Option<Change> {
    let sorted =
        |scenarios: &[Scenario]| -> Vec<Scenario> { scenarios.iter().map(plain).collect() };
    let (old, new) = (sorted(old), sorted(new));
    let only = |these: &[Scenario], those: &[Scenario]| -> Vec<Scenario> {
        let mut only: Vec<_> = these
            .iter()
            .filter(|it| !those.contains(it))
            .cloned()
            .collect();
        only.sort_by_cached_key(crate::model::to_json);
        only.dedup();
        only
    };
    let (gained, lost) = (only(&new, &old), only(&old, &new));
    (!gained.is_empty() || !lost.is_empty()).then(|| Change::ScenariosChanged {
        action: name.to_owned(),
        gained,
        lost,
    })
}

/// A scenario in an order that does not depend on the page's.
fn plain(scenario: &Scenario) -> Scenario {
    let mut plain = scenario.clone();
    plain.condition_keys.sort();
    plain.condition_keys.dedup();
    plain
        .resource_types
        .sort_by(|a, b| (&a.resource_type, a.required).cmp(&(&b.resource_type, b.required)));
    plain.resource_types.dedup();
    plain
}
