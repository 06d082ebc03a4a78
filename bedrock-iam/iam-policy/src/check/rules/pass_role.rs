//! Checks for `iam:PassRole` on every role.

use crate::PolicyKind;
use crate::aws::pass_role::{ACTION, EVERY_ROLE, PASSED_TO, SERVICE};
use crate::check::rule::{ActionEntry, DocumentView, Findings, ResourceEntry, Rule, StatementView};
use crate::check::{Code, Severity};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::PASS_ROLE_ON_EVERY_ROLE],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    // Such policies only limit what others allow.
    let limits = [PolicyKind::ServiceControl, PolicyKind::ResourceControl];
    if limits.contains(&view.kind) {
        return;
    }
    for statement in &view.statements {
        if statement.allows() && !statement.has_not_action() {
            of_statement(view, statement, findings);
        }
    }
}

fn of_statement(view: &DocumentView<'_>, statement: &StatementView<'_>, findings: &mut Findings) {
    // Every action in a boundary or session policy is the usual way to limit only by denials.
    let is_meant =
        |entry: &ActionEntry<'_>| !entry.is_everything() || view.kind == PolicyKind::Identity;
    let passes = |entry: &&ActionEntry<'_>| is_meant(entry) && entry.matches(ACTION);
    if statement.has_not_resource() {
        let Some(action) = statement.actions.iter().find(passes) else {
            return;
        };
        let message = format!(
            "`{}` with `NotResource` allows passing every role that is not listed to a service; list the roles in `Resource`",
            action.text
        );
        let path = statement.path.member("NotResource");
        findings.add(Code::PASS_ROLE_ON_EVERY_ROLE, path, message);
        return;
    }
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
