//! Checks for conditions whose result for requests without the key is probably not intended.
//!
//! See <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
//! on `IfExists`, and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html> on the
//! requests that have a key.

use std::collections::HashSet;

use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, global};
use crate::condition::{Comparison, Operator};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ABSENT_KEY_ALLOWED, Code::ABSENT_KEY_NOT_DENIED],
    check,
};

/// The global keys that show who makes a request, or from where, and the requests that lack them.
const CALLERS: &[(&str, &str)] = &[
    ("aws:SourceVpce", "requests from the internet"),
    ("aws:SourceVpc", "requests from the internet"),
    ("aws:SourceVpcArn", "requests from the internet"),
    ("aws:VpcSourceIp", "requests from the internet"),
    ("aws:SourceIp", "requests through a VPC endpoint"),
    ("aws:VpceAccount", "requests from the internet"),
    ("aws:VpceOrgID", "requests from the internet"),
    (
        "aws:PrincipalOrgID",
        "principals outside of an organization",
    ),
    (
        "aws:PrincipalOrgPaths",
        "principals outside of an organization",
    ),
    (
        "aws:MultiFactorAuthPresent",
        "requests with long-term credentials",
    ),
    (
        "aws:MultiFactorAuthAge",
        "requests without multi-factor authentication",
    ),
    ("aws:FederatedProvider", "principals that are not federated"),
    ("aws:SourceIdentity", "sessions without a source identity"),
    ("aws:PrincipalTag/", "principals without the tag"),
];

/// The keys that long-term credentials lack.
const FACTORS: &[&str] = &["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"];

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        let requires = |it: &&KeyComparison<'_>| it.is_true_without_key() == Some(false);
        let required = statement.comparisons.iter().filter(requires);
        let required: HashSet<String> = required.map(|it| it.key.to_ascii_lowercase()).collect();
        for comparison in &statement.comparisons {
            if let Some(operator) = comparison.operator {
                if statement.allows() {
                    allowed(statement, comparison, operator, &required, findings);
                } else if statement.denies() {
                    not_denied(statement, comparison, operator, findings);
                }
            }
        }
    }
}

fn allowed(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    operator: Operator,
    required: &HashSet<String>,
    findings: &mut Findings,
) {
    let is_same = |key: &str| match key.ends_with('/') {
        true => global::begins(comparison.key, key),
        false => comparison.key.eq_ignore_ascii_case(key),
    };
    let lacking = CALLERS.iter().find(|(key, _)| is_same(key));
    let Some((_, lacking)) = lacking.filter(|_| operator.if_exists && !operator.is_negated())
    else {
        return;
    };
    if required.contains(&comparison.key.to_ascii_lowercase()) {
        return;
    }
    let plain = Operator {
        if_exists: false,
        ..operator
    };
    let message = format!(
        "`{}` is also true for requests without `{}`, so the statement allows {lacking}; expected `{plain}`",
        comparison.written, comparison.key
    );
    let path = statement.comparison_path(comparison);
    findings.add(Code::ABSENT_KEY_ALLOWED, path, message);
}

fn not_denied(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    operator: Operator,
    findings: &mut Findings,
) {
    let is_factor = FACTORS
        .iter()
        .any(|key| comparison.key.eq_ignore_ascii_case(key));
    // a Deny of requests with multi-factor authentication is not meant for others
    let is_meant = match operator.comparison {
        Comparison::Bool => comparison.has_value("false"),
        Comparison::NumericGreaterThan | Comparison::NumericGreaterThanEquals => true,
        _ => false,
    };
    if !is_factor || !is_meant || operator.if_exists || operator.set.is_some() {
        return;
    }
    let message = format!(
        "requests with long-term credentials do not have `{}`, so the statement does not deny them; \
         expected `{}IfExists`",
        comparison.key, comparison.written
    );
    let path = statement.comparison_path(comparison);
    findings.add(Code::ABSENT_KEY_NOT_DENIED, path, message);
}
