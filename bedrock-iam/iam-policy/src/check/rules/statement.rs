//! Checks for statements that may grant more than they seem to, without facts about services.

use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, global};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::ALLOW_NOT_ACTION,
        Code::ALLOW_NOT_PRINCIPAL,
        Code::NOT_ACTION_SERVICE_KEY,
        Code::NOT_ACTION_TAG_KEY,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        if statement.allows() && statement.has_not_action() && view.grants() {
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
            not_action_tags(statement, findings);
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

/// Reports the keys of tags in a Deny with `NotAction`: it does not deny actions whose requests and
/// resources have no tags.
fn not_action_tags(statement: &StatementView<'_>, findings: &mut Findings) {
    let is_open = |it: &&KeyComparison<'_>| {
        global::follows_action(it.key) && it.is_true_without_key() == Some(false) && !it.is_null()
    };
    let found = statement.comparisons.iter().find(is_open);
    if let Some(comparison) = found.filter(|_| statement.denies()) {
        let message = format!(
            "`NotAction` also matches actions whose requests never have `{}`, which the statement does not \
             deny; expected `Action`, with actions that have the key",
            comparison.key
        );
        let path = statement.comparison_path(comparison);
        findings.add(Code::NOT_ACTION_TAG_KEY, path, message);
    }
}
