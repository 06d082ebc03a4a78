//! Condition keys against the pairs of actions and resources: in whose requests they are.

use super::Code;
use super::finding::Findings;
use super::global;
use super::service::{Bits, Known, services};
use super::view::{Comparison, Place, View};

/// Whether a key is in the requests of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum InEffect {
    Never,
    Maybe,
    Always,
}

pub(super) fn check(view: &View<'_>, findings: &mut Findings) {
    // What `NotAction` matches is nearly everything, and is no list of pairs.
    if !view.is_ours() || view.has_not_action() || view.effect.is_none() {
        return;
    }
    for comparison in &view.comparisons {
        if let Some(keys) = keys_of(view, comparison.key) {
            judge(view, comparison, &keys, findings);
        }
    }
}

/// The key's number in each module; none where it is in effect everywhere or is not known at all.
fn keys_of(view: &View<'_>, key: &str) -> Option<Vec<Bits>> {
    if global::find(key).is_some() && !global::follows_action(key) {
        return None;
    }
    let numbers: Vec<Bits> = services()
        .iter()
        .map(|of| (of.find_key)(key).map_or(0, |index| 1 << index))
        .collect();
    // A key of another service can belong to another service's action beside ours.
    let known = numbers.iter().any(|bits| *bits != 0);
    let (prefix, _) = key.split_once(':')?;
    let of_ours = services()
        .iter()
        .any(|of| of.prefix.eq_ignore_ascii_case(prefix));
    (known && (of_ours || view.is_ours_alone() || global::follows_action(key))).then_some(numbers)
}

fn judge(view: &View<'_>, comparison: &Comparison<'_>, keys: &[Bits], findings: &mut Findings) {
    let Some(holds) = comparison.holds_without_key() else {
        return;
    };
    let mut dead: Vec<&str> = Vec::new();
    let mut any_left = false;
    for action in &view.actions {
        if action.matched.is_empty() {
            any_left = true;
            continue;
        }
        // A wildcard counts only where nothing that it matches has the key.
        let never = |known: &Known| in_effect(*known, view, keys[known.service]) == InEffect::Never;
        if action.matched.iter().all(never) {
            dead.push(action.text);
        } else {
            any_left = true;
        }
    }
    if dead.is_empty() {
        return;
    }
    let names = list(&dead);
    let key = comparison.key;
    let absent = format!("`{key}` is in no request of {names}");
    let else_dead = if any_left {
        ""
    } else {
        ", so the statement has no effect"
    };
    let (code, message) = match (view.allows(), holds) {
        (true, false) => (
            Code::DeadCondition,
            format!("{absent}: not allowed by this statement{else_dead}"),
        ),
        (false, false) => (
            Code::OpenCondition,
            format!("{absent}: not denied by this statement{else_dead}"),
        ),
        // `…IfExists` and `Null` say what is meant where the key is absent.
        _ if is_deliberate(comparison) => return,
        (true, true) => (
            Code::VacuousCondition,
            format!("{absent}: allowed whatever the condition says"),
        ),
        (false, true) => (
            Code::VacuousCondition,
            format!("{absent}: always denied by this statement"),
        ),
    };
    findings.add(code, comparison.path(view), message);
}

fn is_deliberate(comparison: &Comparison<'_>) -> bool {
    comparison.is_null()
        || comparison
            .operator
            .is_some_and(|operator| operator.if_exists || operator.set.is_some())
}

/// Whether a key is in an action's requests, over the resources that the statement has for it.
fn in_effect(known: Known, view: &View<'_>, key: Bits) -> InEffect {
    let facts = known.facts();
    if facts.keys & key != 0 {
        return InEffect::Always;
    }
    let pair = |place: Option<&Place<'_>>| {
        let types = place.map_or(facts.types, |place| {
            place.types(known.service) & facts.types
        });
        let pairs = facts
            .resources
            .iter()
            .filter(|(index, _)| types >> index & 1 == 1);
        let (with, without) = pairs.fold((false, false), |(with, without), (_, keys)| {
            let has = keys & key != 0;
            (with || has, without || !has)
        });
        match (with, without) {
            (true, false) => InEffect::Always,
            (true, true) => InEffect::Maybe,
            _ => InEffect::Never,
        }
    };
    let usable = view.resources_of(known).map(|place| {
        // What is not said where is anywhere.
        let anywhere = view.has_not_resource() || place.pattern.is_none() || place.is_everything();
        pair((!anywhere).then_some(place))
    });
    // Without a resource that fits, another finding says so.
    usable.max().unwrap_or_else(|| pair(None))
}

/// Some of the names, and how many more there are.
pub(super) fn list(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<_> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = names.len().saturating_sub(SHOWN);
    match more {
        0 => shown.join(", "),
        _ => format!("{} and {more} more", shown.join(", ")),
    }
}
