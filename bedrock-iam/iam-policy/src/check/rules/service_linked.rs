//! Checks for the creation of service-linked roles of any service.

use crate::aws::pass_role::SERVICE;
use crate::aws::service_linked::{CREATE, SERVICE_NAME, UNRELATED_ROLES};
use crate::check::Code;
use crate::check::rule::{
    ActionEntry, DocumentView, Findings, KeyComparison, ResourceEntry, Rule, StatementView,
};
use crate::text::glob;

use super::pass_role::{names_services, spans_every_role};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ANY_SERVICE_LINKED_ROLE],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    if !view.grants() {
        return;
    }
    for statement in &view.statements {
        if statement.allows() && !statement.has_not_action() {
            of_statement(statement, findings);
        }
    }
}

fn of_statement(statement: &StatementView<'_>, findings: &mut Findings) {
    // another rule reports what `iam:*` grants
    let is_whole = |entry: &ActionEntry<'_>| entry.is_everything() || entry.text.ends_with(":*");
    let creates = |entry: &&ActionEntry<'_>| !is_whole(entry) && entry.matches(CREATE);
    let Some(action) = statement.actions.iter().find(creates) else {
        return;
    };
    let is_limited = |it: &KeyComparison<'_>| names_services(it, SERVICE_NAME);
    if statement.comparisons.iter().any(is_limited) {
        return;
    }
    let (path, on) = if statement.has_not_resource() {
        (
            statement.path.member("NotResource"),
            "with `NotResource`".to_owned(),
        )
    } else if let Some(resource) = statement.resources.iter().find(is_any_role) {
        (
            statement.resource_path(resource),
            format!("on `{}`", resource.text),
        )
    } else {
        return;
    };
    let example = UNRELATED_ROLES[0];
    let message = format!(
        "`{}` {on} allows creating the service-linked role of any service; name the service in the ARN, as in \
         `{example}`, or with `{SERVICE_NAME}`",
        action.text
    );
    findings.add(Code::ANY_SERVICE_LINKED_ROLE, path, message);
}

/// Returns whether an entry matches service-linked roles of services that have nothing in common.
fn is_any_role(entry: &&ResourceEntry<'_>) -> bool {
    match &entry.pattern {
        Some(pattern) => {
            let mut roles = UNRELATED_ROLES.iter();
            glob::matches(pattern.service(), SERVICE)
                && roles.all(|role| glob::matches(pattern.resource(), role))
        }
        None => spans_every_role(entry.text),
    }
}
