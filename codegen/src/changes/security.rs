//! What of a change touches security.
//!
//! The question is always that of somebody who wrote a policy before: does it allow more now, or deny
//! less?

use std::collections::BTreeSet;

use super::change::{Change, Scope};
use super::finding::{Mark, MarkKind};
use super::suspicion;
use super::table::Entries;
use super::words::{Sides, code, few, levels, most_power};
use crate::model::{AccessLevel, Action, Service};
use crate::sensitive::Sensitive;
use crate::template;

/// The marks of a change, the gravest first.
pub(super) fn marks(change: &Change, sides: Sides<'_>, sensitive: &Sensitive) -> Vec<Mark> {
    let mut marks = match change {
        Change::ServiceAppeared { facts } => appeared(&facts.actions, sides, sensitive),
        Change::TableAppeared {
            entries: Entries::Actions(actions),
            ..
        } => appeared(actions, sides, sensitive),
        Change::ActionAdded { action, facts } => new_action(action, facts, sides, sensitive),
        Change::PrefixChanged { old, .. } => guard_lost(format!(
            "a Deny that names {} stops nothing any more",
            code(&format!("{old}:…"))
        )),
        Change::AccessLevelsChanged { action, gained, .. } => more_power(action, gained, sides),
        Change::ScopingLost { .. } => {
            guard_lost("a Deny that names ARNs no longer matches: it has to name `*`".to_owned())
        }
        Change::ResourceTypesLost { resource_types, .. } => guard_lost(format!(
            "a Deny on ARNs of {} no longer matches",
            few(&type_names(resource_types))
        )),
        Change::ResourceTypesGained {
            action,
            resource_types,
        } => more_resources(action, resource_types, sides, sensitive),
        Change::KeyLost { .. } => guard_lost("conditions on it no longer guard".to_owned()),
        Change::ConditionKeyRemoved { condition_key, .. } => vanished(condition_key, sides),
        Change::ArnChanged { old, new, .. } if !template::same_arns(old, new) => {
            guard_lost("a Deny that names ARNs of the old form no longer matches".to_owned())
        }
        Change::DependentActionsChanged {
            lost,
            restated: false,
            ..
        } if !lost.is_empty() => vec![Mark {
            kind: MarkKind::Broader,
            why: format!(
                "{} {} no longer asked for",
                few(lost),
                super::words::is_are(lost.len())
            ),
        }],
        Change::OperationChanged {
            operation,
            sdk,
            lost,
            ..
        } => no_longer_needed(operation, sdk.as_deref(), lost, sides),
        _ => Vec::new(),
    };
    marks.sort();
    marks.dedup();
    marks
}

fn guard_lost(why: String) -> Vec<Mark> {
    vec![Mark {
        kind: MarkKind::GuardLost,
        why,
    }]
}

fn type_names(scopes: &[Scope]) -> Vec<&str> {
    scopes
        .iter()
        .map(|scope| scope.resource_type.as_str())
        .collect()
}

/// The marks of actions that came together, each said of the actions it applies to.
fn appeared<'a>(
    actions: impl IntoIterator<Item = (&'a String, &'a Action)>,
    sides: Sides<'_>,
    sensitive: &Sensitive,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (name, facts) in actions {
        let of_action = new_action(name, facts, sides, sensitive);
        marks.extend(of_action.into_iter().map(|mark| Mark {
            why: format!("{} {}", code(&sides.full(name)), mark.why),
            ..mark
        }));
    }
    marks
}

fn new_action(name: &str, facts: &Action, sides: Sides<'_>, sensitive: &Sensitive) -> Vec<Mark> {
    let mut marks = Vec::new();
    if facts
        .access_levels
        .contains(&AccessLevel::PermissionsManagement)
    {
        marks.push(Mark {
            kind: MarkKind::PermissionsManagement,
            why: "grants or changes permissions".to_owned(),
        });
    }
    if let Some(reason) = sensitive.reason(&sides.full(name)) {
        marks.push(Mark {
            kind: MarkKind::Sensitive,
            why: reason.why.clone(),
        });
    } else if let (true, Some(why)) = (marks.is_empty(), suspicion::of(name)) {
        marks.push(Mark {
            kind: MarkKind::Suspected,
            why: why.to_owned(),
        });
    }
    marks
}

/// Whether an action is one that a person would want to know more about: by the list, by its level,
/// or by its name.
pub(super) fn grave(name: &str, facts: &Action, sides: Sides<'_>, sensitive: &Sensitive) -> bool {
    !new_action(name, facts, sides, sensitive).is_empty()
}

fn action_of<'a>(service: Option<&'a Service>, name: &str) -> Option<&'a Action> {
    service?.actions.get(name)
}

fn more_power(name: &str, gained: &[AccessLevel], sides: Sides<'_>) -> Vec<Mark> {
    let before = action_of(sides.old, name).map(|action| most_power(&action.access_levels));
    if gained.contains(&AccessLevel::PermissionsManagement) {
        return vec![Mark {
            kind: MarkKind::PermissionsManagement,
            why: "grants or changes permissions now".to_owned(),
        }];
    }
    // of an action whose level was not known, reading is no news
    let before = before.filter(|power| *power > 0).unwrap_or(2);
    if most_power(gained) <= before {
        return Vec::new();
    }
    vec![Mark {
        kind: MarkKind::Broader,
        why: format!("does more than it did, by its level {}", levels(gained)),
    }]
}

/// Resource types that were there before are reached now; new ones only if the action is grave, for
/// nobody has resources of them yet.
fn more_resources(
    name: &str,
    gained: &[Scope],
    sides: Sides<'_>,
    sensitive: &Sensitive,
) -> Vec<Mark> {
    let known = |name: &str| {
        sides
            .old
            .is_some_and(|it| it.resource_types.contains_key(name))
    };
    let grave =
        action_of(sides.new, name).is_some_and(|facts| grave(name, facts, sides, sensitive));
    let mut reached = type_names(gained);
    reached.retain(|resource_type| grave || known(resource_type));
    if reached.is_empty() {
        return Vec::new();
    }
    let why = if reached.iter().any(|name| known(name)) {
        reached.retain(|name| known(name));
        format!("people may have resources of {} already", few(&reached))
    } else {
        format!("a sensitive action reaches {} too", few(&reached))
    };
    vec![Mark {
        kind: MarkKind::Broader,
        why,
    }]
}

/// A key that was in effect somewhere and is nowhere now.
fn vanished(key: &str, sides: Sides<'_>) -> Vec<Mark> {
    let used =
        |service: Option<&Service>| service.is_some_and(|it| keys_in_effect(it).contains(key));
    if used(sides.old) && !used(sides.new) {
        return guard_lost("conditions on it no longer guard anything".to_owned());
    }
    Vec::new()
}

fn keys_in_effect(service: &Service) -> BTreeSet<&str> {
    let keys = service.actions.values().flat_map(|action| {
        let of_resources = action.resources.iter().flat_map(|it| &it.condition_keys);
        action.condition_keys.iter().chain(of_resources)
    });
    keys.map(String::as_str).collect()
}

fn no_longer_needed(
    operation: &str,
    sdk: Option<&str>,
    lost: &[crate::model::AuthorizedAction],
    sides: Sides<'_>,
) -> Vec<Mark> {
    let rows = sides.new.into_iter().flat_map(|it| &it.operations);
    let rows = rows.filter(|row| row.operation == operation && row.sdk.as_deref() == sdk);
    let still: BTreeSet<_> = rows
        .flat_map(|row| &row.actions)
        .map(|it| it.action.as_str())
        .collect();
    let mut gone: Vec<_> = lost.iter().map(|needed| needed.action.as_str()).collect();
    gone.retain(|action| !still.contains(action));
    gone.dedup();
    if gone.is_empty() {
        return Vec::new();
    }
    guard_lost(format!("a Deny of {} no longer stops it", few(&gone)))
}
