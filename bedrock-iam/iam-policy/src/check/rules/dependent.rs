//! Checks for actions that an allowed action also requires, and for resources required together.

use std::collections::BTreeSet;

use crate::check::Code;
use crate::check::rule::{DocumentView, Findings, Rule, StatementView};
use crate::document::Path;
use crate::{ActionRef, Effect};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::MISSING_DEPENDENT_ACTION,
        Code::MISSING_REQUIRED_RESOURCE,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let mut reported: BTreeSet<ActionRef> = BTreeSet::new();
    let statements = view.statements.iter();
    for statement in statements.filter(|it| it.allows() && !it.has_not_action()) {
        for action in statement.actions.iter().filter(|action| action.is_exact()) {
            for at in action.matched.iter().filter(|at| reported.insert(**at)) {
                let path = || statement.action_path(action);
                dependent(view, *at, path, findings);
                together(view, *at, statement, path, findings);
            }
        }
    }
}

/// Reports actions that an allowed action also requires and that no statement allows: its dependent
/// actions in the reference, without those that only certain uses need, and the actions that the
/// operation of the same name requires.
fn dependent(
    view: &DocumentView<'_>,
    at: ActionRef,
    path: impl Fn() -> Path,
    findings: &mut Findings,
) {
    let (service, facts) = view.catalog.action(at);
    let operation = facts.name.split_once(':').map_or("", |(_, name)| name);
    let needs = service.overlay.operation_needs.iter();
    let also = needs
        .filter(|row| row.operations.contains(&operation))
        .map(|row| row.action);
    let is_optional = |needed: &&str| {
        let mut rows = service.overlay.needed_only_with.iter();
        rows.any(|row| {
            row.action == *needed
                && (row.operations.is_empty() || row.operations.contains(&operation))
        })
    };
    let listed = facts.dependent_actions.unwrap_or_default().iter().copied();
    let missing: Vec<_> = listed
        .chain(also)
        .filter(|needed| !is_optional(needed))
        .filter(|needed| !view.covers(Effect::Allow, needed))
        .map(|needed| format!("`{needed}`"))
        .collect();
    if !missing.is_empty() {
        let message = format!(
            "`{}` also requires {}, which no statement allows",
            facts.name,
            missing.join(", ")
        );
        findings.add(Code::MISSING_DEPENDENT_ACTION, path(), message);
    }
}

/// Reports resource types that the action always requires, and that no statement allows it on.
fn together(
    view: &DocumentView<'_>,
    at: ActionRef,
    statement: &StatementView<'_>,
    path: impl Fn() -> Path,
    findings: &mut Findings,
) {
    let (service, facts) = view.catalog.action(at);
    // Whether a type that is required only with another one is missing depends on the purpose.
    let rows = service.overlay.needed_together.iter();
    let rows = rows.filter(|row| {
        row.operations.is_empty() && row.beside.is_empty() && row.actions.contains(&facts.name)
    });
    // The types of each set can replace each other.
    let needed: BTreeSet<BTreeSet<usize>> = rows
        .map(|row| {
            let names = [row.needs].into_iter().chain(row.or.iter().copied());
            names
                .filter_map(|name| service.find_resource_type(name))
                .collect()
        })
        .collect();
    if needed.is_empty() || statement.resources.is_empty() {
        return;
    }
    let allowing: Vec<_> = view
        .statements
        .iter()
        .filter(|it| it.allows() && it.covers(facts.name))
        .collect();
    let reached = |wanted: usize| {
        allowing.iter().any(|it| {
            let mut entries = it.resources.iter();
            it.has_not_resource()
                || it.resources.is_empty()
                || entries.any(|entry| entry.is_anything() || entry.is_of_type(at.service, wanted))
        })
    };
    // If no resource is of a type that the action supports, another rule reports it.
    if !allowing.iter().any(|it| view.can_use_any(at, it)) {
        return;
    }
    let lacking = needed
        .iter()
        .filter(|set| !set.iter().any(|it| reached(*it)));
    let lacking: Vec<_> = lacking
        .map(|set| {
            let names = set
                .iter()
                .map(|it| format!("`{}`", service.resource_types[*it].name));
            names.collect::<Vec<_>>().join(" or ")
        })
        .collect();
    if lacking.is_empty() {
        return;
    }
    let message = format!(
        "`{}` is authorized on several resources at once, but no resource here is of type {}",
        facts.name,
        lacking.join(", nor of type ")
    );
    findings.add(Code::MISSING_REQUIRED_RESOURCE, path(), message);
}
