//! Checks for statements that give access to everyone.

use crate::aws::callers::{self, LEAST_OF_ID, Limit};
use crate::check::principals::PrincipalEntry;
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, Severity};
use crate::condition::Operator;
use crate::{ArnPattern, PolicyKind};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::OPEN_TO_EVERYONE],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    if !view.kind.has_principals() || !view.grants() {
        return;
    }
    for statement in &view.statements {
        let anyone = statement
            .allowed_principals()
            .find(PrincipalEntry::is_anyone);
        if let Some(anyone) = anyone
            && !statement.comparisons.iter().any(limits_callers)
        {
            report(view.kind, statement, &anyone, findings);
        }
    }
}

fn report(
    kind: PolicyKind,
    statement: &StatementView<'_>,
    anyone: &PrincipalEntry<'_>,
    findings: &mut Findings,
) {
    let has_condition = !statement.comparisons.is_empty();
    let severity = match kind {
        PolicyKind::Trust if !has_condition => Severity::Error,
        PolicyKind::Resource if may_be_of_endpoint(statement) => Severity::Suggestion,
        _ => Severity::SecurityWarning,
    };
    let what = match kind {
        PolicyKind::Trust => "lets everyone in every account assume the role",
        _ => "gives access to everyone in every account",
    };
    let but = match has_condition {
        true => ", and no condition limits the callers",
        false => "",
    };
    let unless = match severity {
        Severity::Suggestion => ", unless this is the policy of a VPC endpoint",
        _ => "",
    };
    let message = format!(
        "`*` {what}{but}{unless}; name the principals, or add a condition such as `aws:PrincipalOrgID`"
    );
    let path = statement.principal_path(anyone);
    findings.add_with_severity(Code::OPEN_TO_EVERYONE, severity, path, message);
}

/// Returns whether the statement can be of a VPC endpoint's policy, which limits what its callers may do.
fn may_be_of_endpoint(statement: &StatementView<'_>) -> bool {
    let is_relative = |prefix: &str| callers::STAR_IS_RESOURCE.contains(&prefix);
    // AWS owns these, and gives them no policy.
    let is_owned_by_aws = |pattern: &ArnPattern| {
        let service = pattern.plain_service();
        pattern.account().is_empty() && !service.is_none_or(callers::has_no_account)
    };
    !statement.resources.is_empty()
        && statement
            .resources
            .iter()
            .all(|it| it.is_everything() || it.pattern.as_ref().is_some_and(is_owned_by_aws))
        && !statement
            .actions
            .iter()
            .any(|it| it.prefix().is_some_and(is_relative))
}

/// Returns whether a comparison limits who calls.
fn limits_callers(comparison: &KeyComparison<'_>) -> bool {
    callers::limit_of_caller(comparison.key).is_some_and(|limit| limits(comparison, limit))
}

/// Returns whether each value of a comparison limits the requests in this way.
pub(super) fn limits(comparison: &KeyComparison<'_>, limit: Limit) -> bool {
    let values = comparison.values.as_slice();
    let has_wildcards = |operator: Operator| operator.comparison.like().is_none();
    let is_pattern = comparison.operator.is_some_and(has_wildcards);
    comparison.requires_value()
        && !values.is_empty()
        && values.iter().all(|value| {
            let text = value.to_string();
            let wildcard = text.find(['*', '?']).filter(|_| is_pattern);
            match limit {
                Limit::Account => wildcard.is_none() && !text.is_empty(),
                Limit::Id => wildcard.is_none_or(|at| at >= LEAST_OF_ID) && !text.is_empty(),
                Limit::Value => !text.starts_with(['*', '?']) && !text.is_empty(),
                Limit::Arn => limits_arn(&text),
                Limit::Network => !is_everywhere(&text),
            }
        })
}

/// Returns whether a pattern of ARNs has an account, or is of a service whose ARNs have none and names a
/// resource.
fn limits_arn(text: &str) -> bool {
    let Ok(pattern) = ArnPattern::parse(text) else {
        return !text.contains(['*', '?']) && !text.is_empty();
    };
    let is_named = |field: &str| !field.is_empty() && !field.starts_with(['*', '?']);
    let account = pattern.account();
    !account.is_empty() && !account.contains(['*', '?'])
        || pattern.plain_service().is_some_and(callers::has_no_account)
            && is_named(pattern.resource())
}

/// Returns whether a network is so large that it does not limit the callers.
fn is_everywhere(network: &str) -> bool {
    let bits = network.split_once('/').map(|(_, bits)| bits.parse());
    matches!(bits, Some(Ok(0..=1_u8)))
}
