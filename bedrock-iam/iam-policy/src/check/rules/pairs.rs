//! Checks that each action applies to a resource of its statement, and the reverse.

use std::collections::BTreeSet;

use crate::ResourceTypeRef;
use crate::check::rule::{ActionEntry, DocumentView, Findings, Rule, StatementView};
use crate::check::{Code, Severity};
use crate::words;

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
    let mut resources = statement.resources.iter();
    if resources.any(|entry| entry.is_of_unknown_type) {
        return;
    }
    let effect = if statement.denies() { "deny" } else { "allow" };
    // A wildcard counts only if no action that it matches applies.
    let is_unused = |action: &&ActionEntry<'_>| {
        let mut matched = action.matched.iter();
        !action.matched.is_empty() && !matched.any(|at| view.can_use_any(*at, statement))
    };
    let unused: Vec<&ActionEntry<'_>> = statement.actions.iter().filter(is_unused).collect();
    // A page may omit the resource types of an action.
    let has_types = |action: &&ActionEntry<'_>| {
        let mut matched = action.matched.iter();
        matched.any(|at| !view.action(*at).resources.is_empty())
    };
    let allows_nothing = statement.allows()
        && unused.len() == statement.actions.len()
        && unused.iter().all(has_types);
    let severity = if allows_nothing {
        Severity::Error
    } else {
        Severity::Warning
    };
    for action in unused {
        let Some(&first) = action.matched.first() else {
            continue;
        };
        let (service, facts) = view.catalog.action(first);
        let expected = if let Some(resource) = view.fixed_resource(first) {
            format!("expected `*` or a pattern that matches `{resource}`, its only resource")
        } else if facts.resources.is_empty() {
            "expected `*`, because it does not support resource-level permissions".to_owned()
        } else {
            let types = facts.resources.iter();
            let names =
                types.map(|pair| service.resource_types[usize::from(pair.resource_type)].name);
            let names: Vec<_> = names.collect();
            let types = if names.len() == 1 {
                "type"
            } else {
                "one of the types"
            };
            let names = words::list(&names, names.len());
            format!("expected `*` or an ARN of {types} {names}")
        };
        let message = format!(
            "`{}` does not apply to any of the statement's resources, so the statement does not {effect} it; {expected}",
            action.text
        );
        let path = statement.action_path(action);
        findings.add_with_severity(Code::ACTION_WITHOUT_RESOURCE, severity, path, message);
    }
}

fn resources(view: &DocumentView<'_>, statement: &StatementView<'_>, findings: &mut Findings) {
    // Entries often have the same types, which are checked once.
    let mut known: BTreeSet<(&[ResourceTypeRef], bool, bool)> = BTreeSet::new();
    let mut unused: BTreeSet<(&[ResourceTypeRef], bool, bool)> = BTreeSet::new();
    let matched = || statement.actions.iter().flat_map(|it| it.matched.iter());
    let fixed: BTreeSet<_> = matched()
        .filter_map(|at| Some((view.catalog.action(*at).0.prefix, view.fixed_resource(*at)?)))
        .collect();
    for entry in &statement.resources {
        if entry.is_anything() || entry.is_of_unknown_type {
            continue;
        }
        let fits_fixed = fixed
            .iter()
            .any(|(service, resource)| entry.matches_resource(service, resource));
        let key = (&*entry.types, entry.fits_untyped(), fits_fixed);
        if known.insert(key) && !matched().any(|at| view.can_use(*at, entry)) {
            unused.insert(key);
        }
        if unused.contains(&key) {
            let message = format!(
                "none of the statement's actions applies to `{}`",
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
