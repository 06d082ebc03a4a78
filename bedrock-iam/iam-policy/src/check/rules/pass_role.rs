//! Checks for `iam:PassRole` on every role.

use crate::PolicyKind;
use crate::aws::pass_role::{
    ACTION, EVERY_ROLE, PASSED_TO, SERVICE, SERVICE_SUFFIXES, UNRELATED_SERVICES,
};
use crate::check::rule::{
    ActionEntry, DocumentView, Findings, KeyComparison, ResourceEntry, Rule, StatementView,
};
use crate::check::{Code, Severity};
use crate::condition::Operator;
use crate::text::glob;

use super::resources::may_span_fields;

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
    let every = |entry: &&ResourceEntry<'_>| match &entry.pattern {
        Some(pattern) => {
            [SERVICE, "*"].contains(&pattern.service()) && EVERY_ROLE.contains(&pattern.resource())
        }
        None => spans_every_role(entry.text),
    };
    let (Some(action), Some(resource)) = (
        statement.actions.iter().find(passes),
        statement.resources.iter().find(every),
    ) else {
        return;
    };
    // The tags of a role are not a reliable limit, and other conditions do not limit the services.
    let limits_services = |it: &KeyComparison<'_>| names_services(it, PASSED_TO);
    let (severity, hint) = match statement.comparisons.iter().any(limits_services) {
        true => (Severity::Warning, "list the roles".to_owned()),
        false => (
            Severity::SecurityWarning,
            format!("list the roles, and limit the services with `{PASSED_TO}`"),
        ),
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

/// Returns whether a comparison is on this key and true only for the services that its values name.
pub(super) fn names_services(comparison: &KeyComparison<'_>, key: &str) -> bool {
    let has_wildcards = |operator: Operator| operator.comparison.like().is_none();
    let is_pattern = comparison.operator.is_some_and(has_wildcards);
    let is_every = |text: &str| {
        let mut suffixes = SERVICE_SUFFIXES.iter();
        let matches = |name: &&str, suffix: &&str| glob::matches(text, &format!("{name}{suffix}"));
        suffixes.any(|suffix| UNRELATED_SERVICES.iter().all(|name| matches(name, suffix)))
    };
    let mut texts = comparison.texts();
    comparison.is_on(key)
        && comparison.requires_value()
        && !texts.any(|(_, text)| is_pattern && is_every(&text))
}

/// Returns whether a text with fewer than six fields matches every role of an account, as `arn:aws:iam::*` does.
pub(super) fn spans_every_role(text: &str) -> bool {
    let fields: Vec<&str> = text.split(':').collect();
    let can_be = |index: usize, value: &str| {
        let mut field = fields.get(index).into_iter();
        field.all(|field| glob::matches(field, value))
    };
    may_span_fields(text) && can_be(2, SERVICE) && can_be(3, "")
}
