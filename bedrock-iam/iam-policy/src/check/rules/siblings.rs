//! Checks for actions with the same effect, of which a policy denies only some.

use crate::check::Code;
use crate::check::rule::{ActionEntry, DocumentView, Findings, Rule, StatementView};
use crate::{Effect, PolicyKind, Sibling};

use super::in_effect;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::FORGOTTEN_SIBLING],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let denying = view.statements.iter().filter(|it| it.denies());
    for statement in denying.filter(|it| !it.has_not_action()) {
        for action in statement.actions.iter().filter(|action| action.is_exact()) {
            let family = view.catalog.siblings(action.text);
            forgotten(view, statement, action, family, findings);
        }
    }
}

fn forgotten(
    view: &DocumentView<'_>,
    statement: &StatementView<'_>,
    action: &ActionEntry<'_>,
    family: &[&Sibling],
    findings: &mut Findings,
) {
    let open = family.iter().filter(|row| {
        is_allowed(view, row.sibling)
            && !view.covers(Effect::Deny, row.sibling)
            && could_be_denied_here(view, statement, row.sibling)
    });
    let parts: Vec<_> = open
        .map(|row| format!("`{}` ({})", row.sibling, row.how))
        .collect();
    if parts.is_empty() {
        return;
    }
    let message = format!(
        "`{}` is denied, but the same is still possible with {}",
        family.first().map_or(action.text, |row| row.action),
        parts.join(", ")
    );
    findings.add(
        Code::FORGOTTEN_SIBLING,
        statement.action_path(action),
        message,
    );
}

/// Returns whether something allows an action: a statement of the document, or, since a control policy
/// only limits what others allow, a policy that is not here.
fn is_allowed(view: &DocumentView<'_>, action: &str) -> bool {
    let limits = [PolicyKind::ServiceControl, PolicyKind::ResourceControl];
    view.catalog.may_exist(action)
        && (limits.contains(&view.kind) || view.covers(Effect::Allow, action))
}

/// Returns whether the statement could also deny an action: the action applies to one of its resources,
/// and its requests can have the keys of the conditions. A guardrail that model invocations require is
/// not a condition for batch jobs, for example.
fn could_be_denied_here(
    view: &DocumentView<'_>,
    statement: &StatementView<'_>,
    action: &str,
) -> bool {
    let rows = view.catalog.rows(action);
    if rows.is_empty() {
        let mut resources = statement.resources.iter();
        return statement.comparisons.is_empty() && resources.any(|entry| entry.is_anything());
    }
    rows.iter().any(|at| {
        let mut keys = statement.comparisons.iter();
        (statement.has_not_resource() || view.can_use_any(*at, statement))
            && keys.all(|it| in_effect::can_have(view, *at, statement, it.key))
    })
}
