//! Checks for actions with the same effect, of which a policy allows or denies only some.

use crate::check::rule::{ActionEntry, DocumentView, Findings, Rule, StatementView};
use crate::check::{Code, Severity};
use crate::{Effect, Sibling};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::FORGOTTEN_SIBLING],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in view.statements.iter().filter(|it| !it.has_not_action()) {
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
    let (Some(effect), Some(first)) = (statement.effect, family.first()) else {
        return;
    };
    let missing = |row: &&&Sibling| {
        (statement.denies() || row.in_allow)
            && view.catalog.may_exist(row.sibling)
            && !view.covers(effect, row.sibling)
    };
    let missing = family.iter().filter(missing);
    let parts: Vec<_> = missing
        .map(|row| format!("`{}` ({})", row.sibling, row.how))
        .collect();
    if parts.is_empty() {
        return;
    }
    let (name, parts) = (first.action, parts.join(", "));
    let (severity, message) = match effect {
        Effect::Deny => (
            Severity::SecurityWarning,
            format!("`{name}` is denied, but the same is still possible with {parts}"),
        ),
        Effect::Allow => (
            Severity::Suggestion,
            format!("`{name}` is allowed, but not {parts}"),
        ),
    };
    findings.add_with_severity(
        Code::FORGOTTEN_SIBLING,
        severity,
        statement.action_path(action),
        message,
    );
}
