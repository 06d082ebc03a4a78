//! Checks that condition keys are in the requests of the statement's actions on its resources.

use std::collections::HashMap;

use crate::aws::assume_role::{ASSUMING, WITHIN_ASSUMING};
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView, quoted};
use crate::check::{Code, Severity, global};
use crate::{ActionRef, KeyRef, PairFacts, ResourceTypeRef};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::DEAD_CONDITION,
        Code::OPEN_CONDITION,
        Code::VACUOUS_CONDITION,
    ],
    check,
};

/// Whether a key is in the requests of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum InEffect {
    Never,
    Maybe,
    Always,
}

/// The actions of a statement whose requests do not have a key.
struct Without<'a> {
    actions: Vec<&'a str>,
    /// Whether the statement has other actions.
    has_others: bool,
}

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        // `NotAction` matches nearly everything, including services without facts.
        if !statement.is_known() || statement.has_not_action() || statement.effect.is_none() {
            continue;
        }
        let mut known = HashMap::new();
        for comparison in &statement.comparisons {
            if let Some(keys) = keys_of(view, statement, comparison.key) {
                let without = known
                    .entry(keys)
                    .or_insert_with_key(|keys| without(view, statement, keys));
                judge(statement, comparison, without, findings);
            }
        }
    }
}

/// Returns whether no request that the statement is about has the key.
pub(super) fn is_never(view: &DocumentView<'_>, statement: &StatementView<'_>, key: &str) -> bool {
    let is_judged = statement.is_known() && !statement.has_not_action();
    let keys = keys_of(view, statement, key).filter(|_| is_judged);
    keys.is_some_and(|keys| {
        let without = without(view, statement, &keys);
        !without.has_others && !without.actions.is_empty()
    })
}

/// Returns the services' entries of a key; `None` if the key is in every request or not known.
fn keys_of(
    view: &DocumentView<'_>,
    statement: &StatementView<'_>,
    key: &str,
) -> Option<Vec<KeyRef>> {
    let catalog = view.catalog;
    let follows_action = global::follows_action(key);
    if !follows_action && global::find(catalog, key).is_some() {
        return None;
    }
    let services = catalog.services();
    let mut rows = catalog.find_keys(key);
    rows.retain(|at| {
        let row = &services[at.service].condition_keys[at.key];
        row.removed.is_none()
    });
    let (prefix, _) = key.split_once(':')?;
    // Without facts, an action of another service may have that service's key.
    let is_relevant =
        follows_action || statement.is_all_known() || catalog.with_prefix(prefix).next().is_some();
    (is_relevant && !rows.is_empty()).then_some(rows)
}

/// Returns whether a key can be in the requests of an action for the resources of the statement.
pub(super) fn can_have(
    view: &DocumentView<'_>,
    at: ActionRef,
    statement: &StatementView<'_>,
    key: &str,
) -> bool {
    let keys = keys_of(view, statement, key);
    keys.is_none_or(|keys| in_effect(view, at, statement, &keys) != InEffect::Never)
}

fn without<'a>(
    view: &DocumentView<'_>,
    statement: &StatementView<'a>,
    keys: &[KeyRef],
) -> Without<'a> {
    let mut without = Without {
        actions: Vec::new(),
        has_others: false,
    };
    for action in &statement.actions {
        // A wildcard counts only if no action that it matches has the key.
        let never = |at: &ActionRef| in_effect(view, *at, statement, keys) == InEffect::Never;
        if !action.matched.is_empty() && action.matched.iter().all(never) {
            without.actions.push(action.text);
        } else {
            without.has_others = true;
        }
    }
    without
}

fn judge(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    without: &Without<'_>,
    findings: &mut Findings,
) {
    let Some(is_true) = comparison.is_true_without_key() else {
        return;
    };
    if without.actions.is_empty() {
        return;
    }
    let names = quoted(&without.actions);
    let key = comparison.key;
    let absent = format!("`{key}` is never in a request for {names}");
    let actions = if without.actions.len() == 1 {
        "the action"
    } else {
        "the actions"
    };
    let no_effect = if without.has_others {
        ""
    } else {
        " and has no effect"
    };
    let is_set = comparison
        .operator
        .is_some_and(|operator| operator.set.is_some());
    let is_alone = statement.comparisons.len() == 1;
    let (code, message) = match (statement.allows(), is_true) {
        (true, false) => (
            Code::DEAD_CONDITION,
            format!("{absent}, so the statement does not allow {actions}{no_effect}"),
        ),
        (false, false) => (
            Code::OPEN_CONDITION,
            format!("{absent}, so the statement does not deny {actions}{no_effect}"),
        ),
        // `Null` and `…IfExists` state the intended result for an absent key, and set operators do if
        // some of the requests can have it.
        _ if is_null_or_if_exists(comparison) || is_set && without.has_others => return,
        (true, true) => (
            Code::VACUOUS_CONDITION,
            format!("{absent}, so the condition is always true and does not limit {actions}"),
        ),
        (false, true) if is_alone => (
            Code::VACUOUS_CONDITION,
            format!(
                "{absent}, so the condition is always true and the statement always denies {actions}"
            ),
        ),
        (false, true) => (
            Code::VACUOUS_CONDITION,
            format!(
                "{absent}, so this condition is always true and the statement denies {actions} whenever \
                 its other conditions are true"
            ),
        ),
    };
    let severity = if code == Code::DEAD_CONDITION && !without.has_others {
        Severity::Error
    } else {
        code.severity()
    };
    let path = statement.comparison_path(comparison);
    findings.add_with_severity(code, severity, path, message);
}

fn is_null_or_if_exists(comparison: &KeyComparison<'_>) -> bool {
    let operator = comparison.operator;
    comparison.is_null() || operator.is_some_and(|operator| operator.if_exists)
}

/// Returns whether a key is in the requests in which an action is authorized on the resources of the statement.
fn in_effect(
    view: &DocumentView<'_>,
    at: ActionRef,
    statement: &StatementView<'_>,
    keys: &[KeyRef],
) -> InEffect {
    let own = in_own_requests(view, at, statement, keys);
    if own != InEffect::Never || !WITHIN_ASSUMING.contains(&view.action(at).name) {
        return own;
    }
    let assuming = ASSUMING.iter().flat_map(|name| view.catalog.rows(name));
    let mut others = assuming.map(|at| in_own_requests(view, *at, statement, keys));
    match others.any(|it| it != InEffect::Never) {
        true => InEffect::Maybe,
        false => InEffect::Never,
    }
}

/// Returns whether a key is in the requests for an action on the resources of the statement.
fn in_own_requests(
    view: &DocumentView<'_>,
    at: ActionRef,
    statement: &StatementView<'_>,
    keys: &[KeyRef],
) -> InEffect {
    let row = keys.binary_search_by_key(&at.service, |key| key.service);
    let Some(key) = row.ok().and_then(|row| u16::try_from(keys[row].key).ok()) else {
        return InEffect::Never;
    };
    let (service, facts) = view.catalog.action(at);
    if facts.condition_keys.contains(&key) {
        return InEffect::Always;
    }
    let has = |pair: &PairFacts| {
        let of_type = &service.resource_types[usize::from(pair.resource_type)];
        pair.condition_keys.contains(&key) || of_type.condition_keys.contains(&key)
    };
    let over = |types: Option<&[ResourceTypeRef]>| {
        let meant = |pair: &&PairFacts| {
            let wanted = ResourceTypeRef {
                service: at.service,
                resource_type: usize::from(pair.resource_type),
            };
            types.is_none_or(|types| types.binary_search(&wanted).is_ok())
        };
        let pairs = facts.resources.iter().filter(meant);
        let (with, without) = pairs.fold((false, false), |(with, without), pair| {
            let has = has(pair);
            (with || has, without || !has)
        });
        match (with, without) {
            (true, false) => InEffect::Always,
            (true, true) => InEffect::Maybe,
            _ => InEffect::Never,
        }
    };
    // The resources of `NotResource` can be of any type.
    if statement.has_not_resource() {
        return over(None);
    }
    let usable = view.usable_types(at, statement).map(over);
    // If no resource fits, another rule reports it.
    usable.max().unwrap_or_else(|| over(None))
}
