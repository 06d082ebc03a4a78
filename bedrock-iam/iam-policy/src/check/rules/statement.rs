//! Checks for statements that may grant more than they seem to, without facts about services.

use crate::PolicyKind;
use crate::check::rule::{DocumentView, Findings, Rule, StatementView};
use crate::check::{Code, global};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::ALLOW_NOT_ACTION,
        Code::ALLOW_NOT_PRINCIPAL,
        Code::NOT_ACTION_SERVICE_KEY,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        // a control policy only leaves what other policies allow
        let is_control = matches!(
            view.kind,
            PolicyKind::ServiceControl | PolicyKind::ResourceControl
        );
        if statement.allows() && statement.has_not_action() && !is_control {
            let message = "`Allow` with `NotAction` grants every action except those listed, \
                           including actions of future services and features";
            let path = statement.path.member("NotAction");
            findings.add(Code::ALLOW_NOT_ACTION, path, message);
        }
        if statement.allows() && statement.source.not_principal.is_some() {
            let message = "`Allow` with `NotPrincipal` grants access to everyone except those listed, \
                           including anonymous callers";
            let path = statement.path.member("NotPrincipal");
            findings.add(Code::ALLOW_NOT_PRINCIPAL, path, message);
        }
        if statement.has_not_action() {
            not_action_keys(view, statement, findings);
        }
    }
}

/// Reports keys of one service: requests of other services, which `NotAction` matches as well, do not
/// have them.
fn not_action_keys(
    view: &DocumentView<'_>,
    statement: &StatementView<'_>,
    findings: &mut Findings,
) {
    for comparison in &statement.comparisons {
        if comparison.key.contains(':')
            && global::find(view.catalog, comparison.key).is_none()
            && !global::begins(comparison.key, "aws:")
        {
            let message = format!(
                "`{}` is a condition key of one service, but `NotAction` matches actions of all other \
                 services, whose requests do not have it",
                comparison.key
            );
            findings.add(
                Code::NOT_ACTION_SERVICE_KEY,
                statement.comparison_path(comparison),
                message,
            );
        }
    }
}
