//! Checks for `iam:PassRole` on every role.

use crate::aws::pass_role::{ACTION, EVERY_ROLE, PASSED_TO, SERVICE};
use crate::check::rule::{ActionEntry, DocumentView, Findings, ResourceEntry, Rule, StatementView};
use crate::check::{Code, Severity};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::PASS_ROLE_ON_EVERY_ROLE],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        if statement.allows() && !statement.has_not_action() && !statement.has_not_resource() {
            of_statement(statement, findings);
        }
    }
}

fn of_statement(statement: &StatementView<'_>, findings: &mut Findings) {
    // A statement that allows every action is not specifically about passing roles.
    let passes = |entry: &&ActionEntry<'_>| !entry.is_everything() && entry.matches(ACTION);
    let every = |entry: &&ResourceEntry<'_>| {
        entry.pattern.as_ref().is_some_and(|pattern| {
            [SERVICE, "*"].contains(&pattern.service()) && EVERY_ROLE.contains(&pattern.resource())
        })
    };
    let (Some(action), Some(resource)) = (
        statement.actions.iter().find(passes),
        statement.resources.iter().find(every),
    ) else {
        return;
    };
    // A condition may limit the roles, for example by their tags.
    let (severity, hint) = if statement.comparisons.is_empty() {
        (
            Severity::SecurityWarning,
            format!("list the roles, and limit the services with `{PASSED_TO}`"),
        )
    } else {
        (Severity::Warning, "list the roles".to_owned())
    };
    let message = format!(
        "`{}` on `{}` allows passing any role to a service; {hint}",
        action.text, resource.text
    );
    findings.add_with_severity(
        Code::PASS_ROLE_ON_EVERY_ROLE,
        severity,
        statement.resource_path(resource),
        message,
    );
}
