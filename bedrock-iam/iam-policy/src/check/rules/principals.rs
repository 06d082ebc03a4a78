//! Checks the form of principals, and the names of service principals.

use std::collections::HashSet;

use crate::PolicyKind;
use crate::aws::principal::{self, PrincipalFault};
use crate::aws::service_principal::{self, NameFault};
use crate::check::principals::PrincipalEntry;
use crate::check::rule::{DocumentView, Findings, Rule, StatementView};
use crate::check::{Change, Code, Severity};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::INVALID_PRINCIPAL,
        Code::DELETED_PRINCIPAL,
        Code::UNKNOWN_SERVICE_PRINCIPAL,
        Code::UNSUPPORTED_ENTRY,
        Code::NOT_PRINCIPAL_WITHOUT_ACCOUNT,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    if !view.kind.has_principals() {
        return;
    }
    for statement in &view.statements {
        if statement.denies() && view.kind.has_not_principal() {
            without_account(statement, findings);
        }
        for entry in statement.principals() {
            let kind = entry.kind.unwrap_or_default();
            if kind == "Federated" && view.kind != PolicyKind::Trust {
                if view.kind != PolicyKind::ResourceControl {
                    federated(view.kind, statement, &entry, findings);
                }
                continue;
            }
            match principal::fault(kind, entry.text) {
                None | Some(PrincipalFault::Form(_)) if kind == "Service" => {
                    service(statement, &entry, findings);
                }
                None => {}
                Some(PrincipalFault::Form(expected)) => {
                    invalid(statement, &entry, expected, findings);
                }
                Some(PrincipalFault::OtherKind(kind)) => {
                    invalid(statement, &entry, &format!("it under `{kind}`"), findings);
                }
                Some(PrincipalFault::Deleted) => {
                    let message = format!(
                        "`{}` is the id of a user or role that was deleted; remove it, or write the ARN of the new one",
                        entry.text
                    );
                    let path = statement.principal_path(&entry);
                    findings.add(Code::DELETED_PRINCIPAL, path, message);
                }
            }
        }
    }
}

/// Reports principals that a Deny leaves out, if it does not leave out what AWS compares first: their
/// account, and of a session its role.
fn without_account(statement: &StatementView<'_>, findings: &mut Findings) {
    let except: Vec<_> = statement
        .principals()
        .filter(|it| it.element == "NotPrincipal" && it.is("AWS"))
        .collect();
    let listed: HashSet<_> = except
        .iter()
        .map(|it| principal::without_form(it.text))
        .collect();
    for entry in &except {
        let before = principal::compared_before(entry.text);
        let mut before = before.iter();
        if let Some(missing) = before.find(|it| !listed.contains(&principal::without_form(it))) {
            let message = format!(
                "AWS may deny access to `{}` too, because it may compare `{missing}` first, which is not listed; \
                 list it, or use `Principal` with a condition on `aws:PrincipalArn` instead",
                entry.text
            );
            let path = statement.principal_path(entry);
            findings.add(Code::NOT_PRINCIPAL_WITHOUT_ACCOUNT, path, message);
        }
    }
}

fn invalid(
    statement: &StatementView<'_>,
    entry: &PrincipalEntry<'_>,
    expected: &str,
    findings: &mut Findings,
) {
    let message = format!(
        "`{}` is not valid as a principal of the kind `{}`; expected {expected}",
        entry.text,
        entry.kind.unwrap_or("*")
    );
    let path = statement.principal_path(entry);
    findings.add(Code::INVALID_PRINCIPAL, path, message);
}

fn service(statement: &StatementView<'_>, entry: &PrincipalEntry<'_>, findings: &mut Findings) {
    let text = entry.text;
    let Some(fault) = service_principal::fault(text) else {
        return;
    };
    let code = Code::UNKNOWN_SERVICE_PRINCIPAL;
    let (code, severity, message, meant) = match fault {
        NameFault::Form { meant } => (
            Code::INVALID_PRINCIPAL,
            Severity::Error,
            format!(
                "`{text}` is not the name of a service principal; expected one such as \
                 `lambda.amazonaws.com`, without wildcards"
            ),
            meant,
        ),
        NameFault::Regional { meant } => (
            code,
            code.severity(),
            format!("`{text}` has a region, which this service principal does not have"),
            Some(meant),
        ),
        NameFault::Endpoint { meant } => (
            code,
            match is_never_allowed(statement) {
                true => Severity::Error,
                false => code.severity(),
            },
            format!("`{text}` is the name of an endpoint, not of a service principal"),
            Some(meant),
        ),
        NameFault::Similar { meant } => (
            code,
            code.severity(),
            format!("`{text}` is not a known service principal"),
            Some(meant),
        ),
        NameFault::Unknown => (
            code,
            Severity::Suggestion,
            format!(
                "`{text}` is not a known service principal; it may be newer than the list of this version"
            ),
            None,
        ),
    };
    let path = statement.principal_path(entry);
    let finding = findings.add_with_severity(code, severity, path, message);
    if let Some(meant) = meant {
        let is_there = statement
            .principals()
            .any(|it| it.is("Service") && it.text == meant);
        finding.set_fix(match is_there {
            true => Change::Remove,
            false => Change::Replace(vec![meant]),
        });
    }
}

/// Returns whether an `Allow` statement has only principals that are names of endpoints, so that it allows
/// nothing.
fn is_never_allowed(statement: &StatementView<'_>) -> bool {
    let mut principals = statement.allowed_principals().peekable();
    principals.peek().is_some()
        && principals.all(|it| it.is("Service") && service_principal::is_endpoint(it.text))
}

fn federated(
    kind: PolicyKind,
    statement: &StatementView<'_>,
    entry: &PrincipalEntry<'_>,
    findings: &mut Findings,
) {
    let message = format!(
        "`Federated` is not valid in {}; expected {}",
        kind.with_article(),
        principal::ROLE_OF_IDENTITY
    );
    let path = statement.principal_path(entry);
    findings.add(Code::UNSUPPORTED_ENTRY, path, message);
}
