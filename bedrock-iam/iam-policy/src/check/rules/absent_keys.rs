//! Checks for conditions whose result for requests without the key is probably not intended.
//!
//! See <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
//! on `IfExists`, and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html> on the
//! requests that have a key.

use std::collections::{HashMap, HashSet};

use crate::aws::optional_keys::OPTIONAL_KEYS;
use crate::check::cover::Budget;
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, Severity, global};
use crate::condition::{Comparison, Operator};
use crate::text::glob;

use super::in_effect::is_never;

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
    let budget = Budget::default();
    let denying = denying(view);
    for statement in &view.statements {
        let requires = |it: &&KeyComparison<'_>| it.is_true_without_key() == Some(false);
        let required = statement.comparisons.iter().filter(requires);
        let required: HashSet<String> = required.map(|it| it.key.to_ascii_lowercase()).collect();
        let mut never = HashMap::new();
        for comparison in &statement.comparisons {
            let Some(operator) = comparison.operator else {
                continue;
            };
            if statement.denies() {
                not_denied(statement, comparison, operator, findings);
            } else if statement.allows()
                && operator.if_exists
                && !operator.is_negated()
                && !required.contains(&comparison.key.to_ascii_lowercase())
                && let Some(absent) = absent(view, statement, comparison.key, &mut never)
                && !is_denied_without(&denying, statement, comparison.key, &budget)
            {
                allowed(statement, comparison, operator, absent, findings);
            }
        }
    }
}

/// The requests without a key, and the severity of allowing them.
type Absent = (&'static str, Severity);

/// Returns which requests lack a key that limits who can use a statement, or how.
fn absent(
    view: &DocumentView<'_>,
    statement: &StatementView<'_>,
    key: &str,
    never: &mut HashMap<&'static str, bool>,
) -> Option<Absent> {
    let is_same = |row: &str| match row.ends_with('/') {
        true => global::begins(key, row),
        false => key.eq_ignore_ascii_case(row),
    };
    let usual = Code::ABSENT_KEY_ALLOWED.severity();
    if let Some((_, lacking)) = CALLERS.iter().find(|(row, _)| is_same(row)) {
        return Some((lacking, usual));
    }
    let row = OPTIONAL_KEYS.iter().find(|it| is_same(it.key))?;
    let is_never = *never
        .entry(row.key)
        .or_insert_with(|| is_never(view, statement, key));
    let severity = match row.is_safeguard {
        true => Severity::SecurityWarning,
        false => usual,
    };
    (!is_never).then_some((row.lacking, severity))
}

fn allowed(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    operator: Operator,
    (lacking, severity): Absent,
    findings: &mut Findings,
) {
    let plain = Operator {
        if_exists: false,
        ..operator
    };
    let message = format!(
        "`{}` is also true for requests without `{}`, so the statement allows {lacking}; expected `{plain}`",
        comparison.written, comparison.key
    );
    let path = statement.comparison_path(comparison);
    findings.add_with_severity(Code::ABSENT_KEY_ALLOWED, severity, path, message);
}

/// The statements that deny requests without a key, whatever else they have, by the key in lower case.
type Denying<'v> = HashMap<String, Vec<&'v StatementView<'v>>>;

fn denying<'v>(view: &'v DocumentView<'v>) -> Denying<'v> {
    let mut denying = Denying::new();
    for statement in view.statements.iter().filter(|it| it.denies()) {
        let mut tests = statement.comparisons.iter();
        if let Some(first) = statement.comparisons.first()
            && tests.all(|it| it.is_on(first.key) && it.is_true_without_key() == Some(true))
            && !statement.has_not_resource()
        {
            let of_key = denying.entry(first.key.to_ascii_lowercase());
            of_key.or_default().push(statement);
        }
    }
    denying
}

/// Returns whether another statement denies everything that a statement allows if the request lacks the key.
fn is_denied_without(
    denying: &Denying<'_>,
    allowing: &StatementView<'_>,
    key: &str,
    budget: &Budget,
) -> bool {
    /// The time of a comparison, as of a text of this length.
    const COMPARISON: usize = 64;
    let of_key = denying.get(&key.to_ascii_lowercase());
    let mut within_budget = of_key.into_iter().flatten().take_while(|it| {
        let pairs = 1
            + it.actions.len() * allowing.actions.len()
            + it.resources.len() * allowing.resources.len();
        budget.take(pairs.saturating_mul(COMPARISON))
    });
    within_budget.any(|it| {
        let mut actions = allowing.actions.iter();
        let mut resources = allowing.resources.iter();
        actions.all(|action| it.covers(action.text))
            && resources.all(|entry| covers_resource(it, entry.text))
    })
}

fn covers_resource(statement: &StatementView<'_>, text: &str) -> bool {
    let mut entries = statement.resources.iter();
    entries.any(|it| glob::matches(it.text, text))
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
