//! What whole statements grant that their authors may not see; this needs no facts of a service.

use super::finding::Findings;
use super::operator::Kind;
use super::view::View;
use super::{Code, Severity, global};

pub(super) fn check(view: &View<'_>, findings: &mut Findings) {
    if view.allows() && view.has_not_action() {
        let message = "an `Allow` with `NotAction` grants every action but those named, \
                       those of services and features to come included";
        findings.add(
            Code::AllowNotAction,
            format!("{}.NotAction", view.path),
            message.to_owned(),
        );
    }
    if view.allows() && view.source.not_principal.is_some() {
        let message = "an `Allow` with `NotPrincipal` grants to everybody but those named, anonymous callers included";
        findings.add(
            Code::AllowNotPrincipal,
            format!("{}.NotPrincipal", view.path),
            message.to_owned(),
        );
    }
    if view.has_not_action() {
        not_action_keys(view, findings);
    }
    if view.allows() && !view.has_not_action() && !view.has_not_resource() {
        pass_role(view, findings);
    }
}

/// A service's key is in no request of another service, and `NotAction` matches all of them.
fn not_action_keys(view: &View<'_>, findings: &mut Findings) {
    for comparison in &view.comparisons {
        if comparison.key.contains(':')
            && global::find(comparison.key).is_none()
            && !begins_with_aws(comparison.key)
        {
            let message = format!(
                "`{}` is a key of one service, and the statement is about all services but what `NotAction` names: \
                 it is absent from their requests",
                comparison.key
            );
            findings.add(Code::NotActionServiceKey, comparison.path(view), message);
        }
    }
}

fn begins_with_aws(key: &str) -> bool {
    key.get(..4)
        .is_some_and(|begin| begin.eq_ignore_ascii_case("aws:"))
}

/// `iam:PassRole` on every role.
///
/// By <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>: name the roles,
/// and the services that they may be handed to.
fn pass_role(view: &View<'_>, findings: &mut Findings) {
    const PASS_ROLE: &str = "iam:PassRole";
    let passes = |text: &str| {
        text.get(..4)
            .is_some_and(|prefix| prefix.eq_ignore_ascii_case("iam:"))
    };
    let named = view.actions.iter().find(|action| {
        passes(action.text)
            && action
                .pattern
                .as_ref()
                .is_some_and(|pattern| pattern.matches(PASS_ROLE))
    });
    let every = |text: &str| {
        text == "*" || {
            let mut fields = text.splitn(6, ':').skip(2);
            let iam = matches!(fields.next(), Some("iam" | "*"));
            iam && matches!(fields.nth(2), Some("*" | "role/*" | "role*"))
        }
    };
    let (Some(action), Some(place)) =
        (named, view.resources.iter().find(|place| every(place.text)))
    else {
        return;
    };
    let limited = view.comparisons.iter().any(|comparison| {
        let key = comparison.key;
        let limits = key.eq_ignore_ascii_case("iam:PassedToService")
            || key.eq_ignore_ascii_case("iam:AssociatedResourceArn");
        limits
            && comparison
                .operator
                .is_some_and(|operator| operator.kind != Kind::Null && !operator.negated)
            && comparison.holds_without_key() == Some(false)
    });
    // Some other condition may single roles out, by their tags for one.
    let (severity, hint) = if limited || !view.comparisons.is_empty() {
        (Severity::Warning, "name the roles")
    } else {
        (
            Severity::SecurityWarning,
            "name the roles, and the services by `iam:PassedToService`",
        )
    };
    let message = format!(
        "`{}` on `{}` hands any role to a service; {hint}",
        action.text, place.text
    );
    findings.graded(
        Code::PassRoleOnEveryRole,
        severity,
        view.resource_path(place.index),
        message,
    );
}
