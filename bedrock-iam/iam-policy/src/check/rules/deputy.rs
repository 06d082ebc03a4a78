//! Checks for services that anyone can use against the resource: the confused deputy problem.

use crate::aws::assume_role::LIMITED_BY_SOURCE;
use crate::aws::callers::{
    self, ONLY_DESCRIBE, REFERER, SOURCE_ACCOUNT, SOURCE_ARN, SOURCE_SERVICES, WITHOUT_SOURCE,
};
use crate::aws::service_principal;
use crate::check::principals::PrincipalEntry;
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, Severity};
use crate::{ArnPattern, PolicyKind};

use super::anyone::limits;
use super::contradictions::accounts_differ;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::CONFUSED_DEPUTY, Code::SOURCE_MISMATCH],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        mismatch(statement, findings);
        other_service(statement, findings);
        if view.kind.has_principals() && view.grants() {
            source(view.kind, statement, findings);
        }
    }
}

/// Reports an `Allow` for a service without a condition on the resource that it calls for.
fn source(kind: PolicyKind, statement: &StatementView<'_>, findings: &mut Findings) {
    let is_trust = kind == PolicyKind::Trust;
    let can_be_limited = |it: &PrincipalEntry<'_>| match is_trust {
        true => LIMITED_BY_SOURCE.contains(&&*service_principal::meant(it.text)),
        false => !WITHOUT_SOURCE.contains(&it.text),
    };
    let mut services = statement.allowed_principals().filter(|it| it.is("Service"));
    let Some(service) = services.find(can_be_limited) else {
        return;
    };
    let limits_source = |it: &KeyComparison<'_>| {
        callers::limit_of_source(it.key).is_some_and(|limit| limits(it, limit))
    };
    if statement.comparisons.iter().any(limits_source) {
        return;
    }
    let on = |key: &str| statement.comparisons.iter().find(|it| it.is_on(key));
    let hint = "add a condition on `aws:SourceAccount` or `aws:SourceArn`";
    if let Some(referer) = on(REFERER).filter(|it| it.requires_value()) {
        let message = format!(
            "`{}` is the address of a web page, which a caller can choose; {hint} instead",
            referer.key
        );
        let path = statement.comparison_path(referer);
        findings.add_with_severity(Code::CONFUSED_DEPUTY, Severity::Suggestion, path, message);
        return;
    }
    let (path, but) = match on(SOURCE_ARN).or_else(|| on(SOURCE_ACCOUNT)) {
        Some(wide) => (
            statement.comparison_path(wide),
            format!(", because `{}` does not name an account here", wide.key),
        ),
        None => (statement.path.clone(), String::new()),
    };
    let mut actions = statement.actions.iter();
    let only_describes = actions.all(|it| ONLY_DESCRIBE.contains(&it.text));
    let severity = match is_trust || only_describes {
        true => Severity::Suggestion,
        false => Severity::SecurityWarning,
    };
    let what = match is_trust {
        true => "assume the role",
        false => "use the resource",
    };
    let message = format!(
        "`{}` may {what} for any customer of the service{but}; {hint}",
        service.text
    );
    findings.add_with_severity(Code::CONFUSED_DEPUTY, severity, path, message);
}

/// Reports an account and an ARN of a source that never belong together.
fn mismatch(statement: &StatementView<'_>, findings: &mut Findings) {
    if let Some(found) = accounts_differ(statement, (SOURCE_ACCOUNT, SOURCE_ARN)) {
        let message = format!(
            "the source has the account `{}` here, but another one in `{SOURCE_ACCOUNT}`, so no request matches \
             both; expected the same account",
            found.account
        );
        let path = statement.comparison_path(found.arn);
        findings.add(Code::SOURCE_MISMATCH, path, message);
    }
}

/// Reports ARNs of a source that the service never calls for.
fn other_service(statement: &StatementView<'_>, findings: &mut Findings) {
    let services: Option<Vec<_>> = statement
        .allowed_principals()
        .map(|it| SOURCE_SERVICES.iter().find(|(name, _)| it.text == *name))
        .collect();
    let Some(services) = services.filter(|it| !it.is_empty()) else {
        return;
    };
    let arns = statement
        .comparisons
        .iter()
        .filter(|it| it.is_on(SOURCE_ARN) && it.requires_value());
    for arn in arns {
        let fields: Option<Vec<_>> = arn
            .values
            .texts()
            .map(|text| Some(ArnPattern::parse(text).ok()?.plain_service()?.to_owned()))
            .collect();
        let Some(fields) = fields.filter(|it| !it.is_empty()) else {
            continue;
        };
        if !services
            .iter()
            .any(|(_, service)| fields.iter().any(|it| it == service))
        {
            let message = format!(
                "`{}` never calls for a resource of `{}`; expected an ARN of `{}`",
                services[0].0, fields[0], services[0].1
            );
            let path = statement.comparison_path(arn);
            findings.add_with_severity(Code::SOURCE_MISMATCH, Severity::Warning, path, message);
        }
    }
}
