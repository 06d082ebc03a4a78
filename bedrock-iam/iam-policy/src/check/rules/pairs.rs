//! Actions against the resources beside them.

use std::collections::BTreeSet;

use crate::ResourceTypeRef;
use crate::check::Code;
use crate::check::rule::{DocumentView, Findings, Rule, StatementView};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ACTION_WITHOUT_RESOURCE, Code::RESOURCE_WITHOUT_ACTION],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let statements = view
        .statements
        .iter()
        .filter(|it| !it.has_not_action() && !it.has_not_resource() && !it.resources.is_empty());
    for statement in statements {
        actions(view, statement, findings);
        if statement.is_all_known() && statement.actions.iter().all(|it| !it.matched.is_empty()) {
            resources(view, statement, findings);
        }
    }
}

fn actions(view: &DocumentView<'_>, statement: &StatementView<'_>, findings: &mut Findings) {
    if statement.resources.iter().any(|entry| entry.is_odd) {
        return;
    }
    let effect = if statement.denies() {
        "denies"
    } else {
        "allows"
    };
    for action in &statement.actions {
        let Some(&first) = action.matched.first() else {
            continue;
        };
        // An action list or a wildcard is wrong only where nothing in it can match.
        let mut matched = action.matched.iter();
        if matched.any(|at| view.can_use_any(*at, statement)) {
            continue;
        }
        let (service, facts) = view.catalog.action(first);
        let expected = if facts.resources.is_empty() {
            "expected `*`, for it is not authorized on single resources".to_owned()
        } else {
            let types = facts.resources.iter();
            let names =
                types.map(|pair| service.resource_types[usize::from(pair.resource_type)].name);
            let names: Vec<_> = names.collect();
            format!("expected `*` or an ARN of {}", names.join(", "))
        };
        let message = format!(
            "the statement {effect} nothing by `{}`: none of its resources is one of the action's, {expected}",
            action.text
        );
        findings.add(
            Code::ACTION_WITHOUT_RESOURCE,
            statement.action_path(action),
            message,
        );
    }
}

fn resources(view: &DocumentView<'_>, statement: &StatementView<'_>, findings: &mut Findings) {
    // Many entries are of the same types.
    let mut known: BTreeSet<(&[ResourceTypeRef], bool)> = BTreeSet::new();
    let mut unused: BTreeSet<(&[ResourceTypeRef], bool)> = BTreeSet::new();
    for entry in &statement.resources {
        if entry.is_anything() || entry.is_odd {
            continue;
        }
        let key = (&*entry.types, entry.is_vague());
        if known.insert(key) {
            let mut matched = statement.actions.iter().flat_map(|it| it.matched.iter());
            if !matched.any(|at| view.can_use(*at, entry)) {
                unused.insert(key);
            }
        }
        if unused.contains(&key) {
            let message = format!(
                "none of the statement's actions is authorized on `{}`",
                entry.text
            );
            findings.add(
                Code::RESOURCE_WITHOUT_ACTION,
                statement.resource_path(entry),
                message,
            );
        }
    }
}
