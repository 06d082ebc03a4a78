//! Checks that a policy has the elements of its kind, and only those.
//!
//! Sources, read on 2026-11-26:
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
//! - <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html>
//! - <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>
//! - <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html>

use crate::aws::policy_kind::{CHANGES_KEY_POLICY, key_policy_refuses};
use crate::aws::resource_control;
use crate::check::rule::{ActionEntry, DocumentView, Findings, Rule, StatementView};
use crate::check::{Change, Code, Finding, Severity};
use crate::document::Path;
use crate::{ActionRef, PolicyKind};

use super::prefixes::is_prefix;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::UNSUPPORTED_ELEMENT,
        Code::MISSING_ELEMENT,
        Code::UNSUPPORTED_ENTRY,
        Code::UNMANAGEABLE_KEY,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        elements(view.kind, statement, findings);
        match view.kind {
            PolicyKind::ResourceControl => resource_control(statement, findings),
            PolicyKind::KmsKey => key(statement, findings),
            _ => {}
        }
    }
    match view.kind {
        PolicyKind::ResourceControl => out_of_reach(view, findings),
        PolicyKind::KmsKey => unmanageable(view, findings),
        _ => {}
    }
}

/// Reports denied actions to which resource control policies never apply.
fn out_of_reach(view: &DocumentView<'_>, findings: &mut Findings) {
    let denying = view
        .statements
        .iter()
        .filter(|it| it.denies() && !it.has_not_action());
    let entries: Vec<_> = denying
        .flat_map(|it| it.actions.iter().map(move |action| (it, action)))
        .collect();
    let none_applies = !entries.iter().any(|(_, it)| is_reached(view, it));
    let (severity, effect) = match none_applies {
        true => (Severity::Error, "so the policy has no effect"),
        false => (Severity::Warning, "so the entry has no effect"),
    };
    for (statement, action) in entries {
        // another rule reports services that do not exist
        let is_service = action
            .prefix()
            .is_some_and(|it| is_prefix(view.catalog, it) || view.catalog.prefixes().is_none());
        if is_service && !is_reached(view, action) {
            let message = format!(
                "`{}` is not an action to which resource control policies apply, as of {}, {effect}",
                action.text,
                resource_control::DATE
            );
            let path = statement.action_path(action);
            findings.add_with_severity(Code::UNSUPPORTED_ENTRY, severity, path, message);
        }
    }
}

/// Returns whether resource control policies can apply to an action that an entry matches.
fn is_reached(view: &DocumentView<'_>, entry: &ActionEntry<'_>) -> bool {
    let Some((prefix, name)) = entry.text.split_once(':') else {
        return entry.is_everything();
    };
    let applies = |at: &ActionRef| {
        let name = view.action(*at).name;
        let (_, bare) = name.split_once(':').unwrap_or(("", name));
        resource_control::applies(prefix, bare)
    };
    prefix.contains(['*', '?'])
        || match entry.matched.is_empty() {
            true => resource_control::applies(prefix, name),
            false => entry.matched.iter().any(applies),
        }
}

/// Reports a key policy by which nobody can change it.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>.
fn unmanageable(view: &DocumentView<'_>, findings: &mut Findings) {
    let mut allowing = view.statements.iter().filter(|it| it.allows());
    let is_managed = allowing.any(|it| {
        let mut principals = it.principals();
        it.covers(CHANGES_KEY_POLICY) && principals.any(|named| !named.is("Service"))
    });
    if is_managed || view.statements.is_empty() {
        return;
    }
    // guides print single statements, to be added to a key policy
    let severity = match view.statements.len() {
        1 => Severity::Suggestion,
        _ => Severity::Warning,
    };
    let message = format!(
        "no statement allows `{CHANGES_KEY_POLICY}`, so the key can become unmanageable; unless these statements \
         are a part of a key policy, allow it to the account of the key"
    );
    findings.add_with_severity(Code::UNMANAGEABLE_KEY, severity, Path::DOCUMENT, message);
}

fn elements(kind: PolicyKind, statement: &StatementView<'_>, findings: &mut Findings) {
    let source = statement.source;
    let principals = [
        ("Principal", source.principal.is_some()),
        ("NotPrincipal", source.not_principal.is_some()),
    ];
    if kind.has_principals() {
        if source.not_principal.is_some() && !kind.has_not_principal() {
            unsupported(
                kind,
                statement,
                "NotPrincipal",
                "expected `Principal`",
                findings,
            );
        }
        if kind == PolicyKind::Trust {
            let resources = [
                ("Resource", source.resource.is_some()),
                ("NotResource", source.not_resource.is_some()),
            ];
            for (name, _) in resources.into_iter().filter(|(_, is_there)| *is_there) {
                unsupported(
                    kind,
                    statement,
                    name,
                    "its resource is the role that it belongs to",
                    findings,
                )
                .set_fix(Change::Remove);
            }
        }
        if principals.iter().all(|(_, is_there)| !is_there) {
            let message = format!(
                "found no `Principal`; expected one, because {} states who has access",
                kind.with_article()
            );
            findings.add(Code::MISSING_ELEMENT, statement.path.clone(), message);
        }
        return;
    }
    for (name, _) in principals.into_iter().filter(|(_, is_there)| *is_there) {
        let why = match kind {
            PolicyKind::ServiceControl => {
                "it applies to all principals of the accounts that it is attached to; limit it with a \
                 condition on `aws:PrincipalArn`"
            }
            _ => {
                "its principals are those that it is attached to (a trust policy or a resource-based policy \
                 names them)"
            }
        };
        unsupported(kind, statement, name, why, findings);
    }
}

fn unsupported<'a>(
    kind: PolicyKind,
    statement: &StatementView<'_>,
    name: &'static str,
    why: &str,
    findings: &'a mut Findings,
) -> &'a mut Finding {
    let message = format!("`{name}` is not valid in {}; {why}", kind.with_article());
    let path = statement.path.member(name);
    findings.add(Code::UNSUPPORTED_ELEMENT, path, message)
}

fn resource_control(statement: &StatementView<'_>, findings: &mut Findings) {
    let kind = PolicyKind::ResourceControl;
    if statement.source.not_action.is_some() {
        unsupported(kind, statement, "NotAction", "expected `Action`", findings);
    }
    if let Some(named) = statement.principals().find(|it| !it.is_anyone()) {
        let message = format!(
            "`{}` is not valid as a principal in {}; expected `*` (limit the statement with a condition on \
             `aws:PrincipalArn`)",
            named.text,
            kind.with_article()
        );
        let path = statement.principal_path(&named);
        findings.add(Code::UNSUPPORTED_ENTRY, path, message);
    }
    let everything = |list: Option<&crate::document::List>| {
        list.is_some_and(|list| list.texts().any(|text| text == "*"))
    };
    // The policy that AWS attaches itself, `RCPFullAWSAccess`.
    let is_default = everything(statement.source.action.as_ref())
        && everything(statement.source.resource.as_ref())
        && statement.source.condition.is_none();
    if statement.allows() && !is_default {
        let message = "`Allow` is not valid in a resource control policy, which can only deny; expected `Deny`";
        let path = statement.path.member("Effect");
        findings.add(Code::UNSUPPORTED_ELEMENT, path, message);
    }
}

fn key(statement: &StatementView<'_>, findings: &mut Findings) {
    for action in statement.actions.iter().filter(|it| !it.is_everything()) {
        if let Some(expected) = action.prefix().and_then(key_policy_refuses) {
            let message = format!(
                "`{}` is not valid in a key policy; expected {expected}",
                action.text
            );
            let path = statement.action_path(action);
            findings.add(Code::UNSUPPORTED_ENTRY, path, message);
        }
    }
    for resource in &statement.resources {
        let service = resource.pattern.as_ref().and_then(|it| it.plain_service());
        if service.and_then(key_policy_refuses).is_some() {
            let message = format!(
                "`{}` is not valid in a key policy, whose resource is the key itself; expected `*`",
                resource.text
            );
            let path = statement.resource_path(resource);
            findings.add(Code::UNSUPPORTED_ENTRY, path, message);
        }
    }
}
