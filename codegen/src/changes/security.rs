//! What of a change touches security.
//!
//! The question is always that of somebody who wrote a policy before: does it allow more now, or deny
//! less?

use super::calls::Needs;
use super::change::{Change, Scope};
use super::finding::{Mark, MarkKind};
use super::same;
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
        Change::ActionAdded { action, facts } => {
            let mut marks = new_action(action, facts, sides, sensitive);
            // of another spelling nothing is new that the action was before
            if let Some((name, before)) = same::action(sides.old, action)
                .and_then(|name| Some((name, action_of(sides.old, name)?)))
            {
                let known = new_action(name, before, sides, sensitive);
                marks.retain(|mark| !known.contains(mark));
            }
            marks
        }
        Change::PrefixChanged { old, .. } => guard_lost(format!(
            "a Deny that names {} stops nothing any more",
            code(&format!("{old}:…"))
        )),
        Change::AccessLevelsChanged { action, gained, .. } => more_power(action, gained, sides),
        Change::ScopingLost { .. } => {
            guard_lost("a Deny that names ARNs no longer matches: it has to name `*`".to_owned())
        }
        Change::ResourceTypesLost {
            action,
            resource_types,
        } => match same::lost_scopes(action, resource_types, sides).as_slice() {
            [] => Vec::new(),
            types => guard_lost(format!(
                "a Deny on ARNs of {} no longer matches",
                few(types)
            )),
        },
        Change::RequiredChanged {
            resource_type,
            required: false,
            ..
        } => guard_lost(format!(
            "a Deny on ARNs of {} may no longer stop every call",
            code(resource_type)
        )),
        Change::ResourceTypesGained {
            action,
            resource_types,
        } => more_resources(action, resource_types, sides, sensitive),
        Change::KeyLost { .. } | Change::ConditionKeyRemoved { .. }
            if same::said(change, sides).is_some() =>
        {
            Vec::new()
        }
        Change::KeyLost { .. } => guard_lost("conditions on it no longer guard".to_owned()),
        Change::ConditionKeyRemoved { condition_key, .. } => vanished([condition_key], sides),
        Change::TableGone {
            entries: Entries::ConditionKeys(keys),
            ..
        } => vanished(keys.keys(), sides),
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
            gained,
        } => match Needs::of((operation, sdk.as_deref()), gained, lost, sides).lost() {
            [] => Vec::new(),
            lost => guard_lost(format!("a Deny of {} no longer stops it", few(lost))),
        },
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
        why: format!("may do more than before, by its level {}", levels(gained)),
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
    let mut reached = same::gained_scopes(name, gained, sides);
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

/// Keys that are in effect for no action now: whether they were before, the reference need not have
/// said.
fn vanished<'a>(keys: impl IntoIterator<Item = &'a String>, sides: Sides<'_>) -> Vec<Mark> {
    let vanished: Vec<_> = keys
        .into_iter()
        .filter(|key| same::users(sides.new, key).is_empty())
        .collect();
    match vanished.as_slice() {
        [] => Vec::new(),
        [_] => guard_lost("conditions on it no longer guard anything".to_owned()),
        many => guard_lost(format!(
            "conditions on {} no longer guard anything",
            few(many)
        )),
    }
}
