//! What whole statements grant that their authors may not see; this needs no facts of a service.

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
        if statement.allows() && statement.has_not_action() {
            let message = "an `Allow` with `NotAction` grants every action but those named, \
                           those of services and features to come included";
            let path = statement.path.member("NotAction");
            findings.add(Code::ALLOW_NOT_ACTION, path, message);
        }
        if statement.allows() && statement.source.not_principal.is_some() {
            let message = "an `Allow` with `NotPrincipal` grants to everybody but those named, anonymous callers included";
            let path = statement.path.member("NotPrincipal");
            findings.add(Code::ALLOW_NOT_PRINCIPAL, path, message);
        }
        if statement.has_not_action() {
            not_action_keys(view, statement, findings);
        }
    }
}

/// A service's key is in no request of another service, and `NotAction` matches all of them.
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
                "`{}` is a key of one service, and the statement is about all services but what `NotAction` names: \
                 it is absent from their requests",
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
