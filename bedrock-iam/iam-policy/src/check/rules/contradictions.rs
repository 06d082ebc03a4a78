//! Checks for conditions of one statement that are never true together, and for conditions that are
//! always true.
//!
//! Of set operators, which compare each value of a key by itself, only the presence of the key is judged.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, Severity};
use crate::condition::grammar::{self, Network};
use crate::condition::{Comparison, Family, Operator, SetOperator};
use crate::text::glob::{self, Set, Step};
use crate::{AccountId, ArnPattern};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::CONTRADICTORY_CONDITION, Code::CONDITION_ALWAYS_TRUE],
    check,
};

/// The keys whose values are the time of the request.
const TIMES: &[&str] = &["aws:CurrentTime", "aws:EpochTime"];

/// Keys that every request has, from
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>, read on
/// 2026-11-26.
const ALWAYS: &[&str] = &[
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:PrincipalAccount",
    "aws:PrincipalType",
    "aws:RequestedRegion",
    "aws:SecureTransport",
];

/// A comparison of a key.
#[derive(Clone, Copy)]
struct Test<'a> {
    comparison: &'a KeyComparison<'a>,
    operator: Operator,
}

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        let mut by_key: BTreeMap<String, Vec<Test<'_>>> = BTreeMap::new();
        for comparison in &statement.comparisons {
            // `ForAllValues` also holds for requests without the key
            let judged = comparison
                .operator
                .filter(|operator| operator.set != Some(SetOperator::ForAllValues));
            if let Some(operator) = judged {
                let test = Test {
                    comparison,
                    operator,
                };
                let key = comparison.key.to_ascii_lowercase();
                by_key.entry(key).or_default().push(test);
            }
        }
        other_account(statement, findings);
        let now = view.today.map(|day| day.seconds());
        for tests in by_key.values() {
            together(statement, tests, findings);
            for test in tests {
                alone(statement, *test, findings);
                if let Some(now) = now {
                    dated(statement, *test, now, findings);
                }
            }
        }
    }
}

/// Reports comparisons of one key that are never true together.
fn together(statement: &StatementView<'_>, tests: &[Test<'_>], findings: &mut Findings) {
    let without_key = |test: &Test<'_>| test.comparison.is_true_without_key() == Some(true);
    if tests.len() < 2 || tests.iter().all(without_key) {
        return;
    }
    for (at, test) in tests.iter().enumerate().take(MOST_TESTS) {
        let mut earlier = tests[..at].iter();
        if let Some(other) = earlier.find(|other| excludes(**other, *test)) {
            contradictory(statement, *other, *test, findings);
            return;
        }
    }
    let bounds = tests.iter().filter_map(|test| Some((test, bounds(*test)?)));
    let bounds: Vec<(&Test<'_>, Bounds)> = bounds.collect();
    let lower = bounds
        .iter()
        .max_by(|(_, a), (_, b)| a.least.total_cmp(&b.least));
    let upper = bounds
        .iter()
        .min_by(|(_, a), (_, b)| a.most.total_cmp(&b.most));
    if let (Some((test, lower)), Some((other, upper))) = (lower, upper)
        && (lower.least > upper.most
            || lower.least == upper.most && (lower.is_open || upper.is_open))
    {
        contradictory(statement, **other, **test, findings);
    }
}

fn contradictory(
    statement: &StatementView<'_>,
    one: Test<'_>,
    other: Test<'_>,
    findings: &mut Findings,
) {
    let message = format!(
        "`{}` and `{}` are never both true for `{}`, so the statement never applies",
        one.comparison.written, other.comparison.written, other.comparison.key
    );
    never(statement, other.comparison, message, findings);
}

fn never(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    message: String,
    findings: &mut Findings,
) {
    let severity = if statement.denies() {
        Severity::SecurityWarning
    } else {
        Severity::Error
    };
    let path = statement.comparison_path(comparison);
    findings.add_with_severity(Code::CONTRADICTORY_CONDITION, severity, path, message);
}

/// Reports ARNs of principals that are not in the account of the principal.
fn other_account(statement: &StatementView<'_>, findings: &mut Findings) {
    let keys = ("aws:PrincipalAccount", "aws:PrincipalArn");
    if let Some(found) = accounts_differ(statement, keys) {
        let message = format!(
            "the principal has the account `{}` here, but another one in `{}`, so the statement never applies",
            found.account, keys.0
        );
        never(statement, found.arn, message, findings);
    }
}

/// A comparison with ARNs, none of which has an account that another key requires.
pub(super) struct OtherAccount<'s> {
    pub(super) arn: &'s KeyComparison<'s>,
    /// The account of one of the ARNs.
    pub(super) account: String,
}

/// Compares the accounts that a statement requires in one key with those of the ARNs that it requires in
/// another one.
pub(super) fn accounts_differ<'s>(
    statement: &'s StatementView<'_>,
    (account_key, arn_key): (&str, &str),
) -> Option<OtherAccount<'s>> {
    let required = |key: &str| {
        let mut comparisons = statement.comparisons.iter();
        comparisons.find(|it| it.is_on(key) && it.requires_value())
    };
    let arn = required(arn_key)?;
    let accounts: BTreeSet<&str> = required(account_key)?.values.texts().collect();
    let of_arns: BTreeSet<String> = arn.values.texts().map(account_of).collect::<Option<_>>()?;
    let is_plain = accounts.iter().all(|it| AccountId::find(it).is_some());
    let is_shared = of_arns.iter().any(|it| accounts.contains(it.as_str()));
    if !is_plain || accounts.is_empty() || is_shared {
        return None;
    }
    let account = of_arns.into_iter().next()?;
    Some(OtherAccount { arn, account })
}

/// Returns the account of an ARN, if it is one.
fn account_of(arn: &str) -> Option<String> {
    let pattern = ArnPattern::parse(arn).ok()?;
    let account = AccountId::find(pattern.account())?;
    Some(account.to_string())
}

/// The number of tests of one key that are compared with each other.
const MOST_TESTS: usize = 32;

/// The length up to which the values of two tests are compared: the time is proportional to the product
/// of their lengths.
const LONGEST: usize = 8_192;

fn is_large(one: Test<'_>, other: Test<'_>) -> bool {
    let length = |test: Test<'_>| -> usize {
        let texts = test.comparison.texts();
        texts.map(|(_, text)| text.len()).sum()
    };
    length(one) > LONGEST || length(other) > LONGEST
}

/// Returns whether no value of the key fulfills both tests. Of those that compare with bounds, only
/// equal values are judged.
fn excludes(one: Test<'_>, other: Test<'_>) -> bool {
    let is_null = |test: Test<'_>| test.operator.family() == Family::Null;
    // the same key in another letter case, which another rule reports
    if one.operator == other.operator || is_large(one, other) {
        return false;
    }
    match (is_null(one), is_null(other)) {
        (true, true) => false,
        (true, false) => null_excludes(one, other),
        (false, true) => null_excludes(other, one),
        (false, false) if one.operator.set.is_some() || other.operator.set.is_some() => false,
        (false, false) => match (one.operator.is_negated(), other.operator.is_negated()) {
            (false, false) => apart(one, other),
            (false, true) => within(one, other),
            (true, false) => within(other, one),
            (true, true) => false,
        },
    }
}

/// Returns whether a test of presence and another test are never both true.
fn null_excludes(null: Test<'_>, other: Test<'_>) -> bool {
    let is_absent = null.comparison.has_value("true") && !null.comparison.has_value("false");
    is_absent && other.comparison.is_true_without_key() == Some(false)
}

/// Returns whether two tests that are true for equal values have no value in common.
fn apart(one: Test<'_>, other: Test<'_>) -> bool {
    let texts = |test: Test<'_>| -> Vec<String> {
        let texts = test.comparison.texts();
        texts.map(|(_, text)| text.into_owned()).collect()
    };
    let (left, right) = (texts(one), texts(other));
    let compared = |test: Test<'_>| test.operator.family();
    match (compared(one), compared(other)) {
        (Family::String | Family::Arn, Family::String | Family::Arn) => {
            let ignores_case = ignores_case(one) || ignores_case(other);
            let steps = |test, texts: &[String]| -> Vec<Vec<Step>> {
                let texts = texts.iter();
                texts.map(|text| steps(test, text, ignores_case)).collect()
            };
            let (left, right) = (steps(one, &left), steps(other, &right));
            !left.iter().any(|a| right.iter().any(|b| glob::meet(a, b)))
        }
        (Family::Bool, Family::Bool) => !left
            .iter()
            .any(|a| right.iter().any(|b| a.eq_ignore_ascii_case(b))),
        (Family::IpAddress, Family::IpAddress) => {
            let networks = |texts: &[String]| -> Option<Vec<Network>> {
                texts.iter().map(|text| Network::parse(text)).collect()
            };
            let (Some(left), Some(right)) = (networks(&left), networks(&right)) else {
                return false;
            };
            let meet = |a: Network, b: Network| a.contains(b) || b.contains(a);
            !left.iter().any(|a| right.iter().any(|b| meet(*a, *b)))
        }
        _ => false,
    }
}

/// Returns whether all values of the first test are among those that the second, a negated one,
/// excludes.
fn within(one: Test<'_>, negated: Test<'_>) -> bool {
    let mut values = one.comparison.texts().peekable();
    if values.peek().is_none() {
        return false;
    }
    let family = one.operator.family();
    match (family, negated.operator.family()) {
        (Family::String | Family::Arn, Family::String | Family::Arn) => values.all(|(_, text)| {
            let mut excluded = negated.comparison.texts();
            excluded.any(|(_, pattern)| covers(negated, &pattern, one, &text))
        }),
        (Family::IpAddress, Family::IpAddress) => values.all(|(_, text)| {
            let mut excluded = negated.comparison.texts();
            excluded.any(|(_, wide)| {
                let networks = (Network::parse(&wide), Network::parse(&text));
                matches!(networks, (Some(wide), Some(narrow)) if wide.contains(narrow))
            })
        }),
        (Family::Numeric | Family::Date, _)
            if matches!(
                one.operator.comparison,
                Comparison::NumericEquals | Comparison::DateEquals
            ) =>
        {
            values.all(|(_, text)| {
                let value = point(family, &text);
                let mut excluded = negated.comparison.texts();
                excluded.any(|(_, other)| {
                    let other = point(negated.operator.family(), &other);
                    value.is_some() && value == other
                })
            })
        }
        _ => false,
    }
}

/// Returns whether a value that a negated test excludes contains everything that a value of the other
/// test matches.
fn covers(negated: Test<'_>, wide: &str, one: Test<'_>, narrow: &str) -> bool {
    if ignores_case(one) && !ignores_case(negated) {
        return false;
    }
    let lower;
    let (wide, narrow) = if ignores_case(negated) {
        lower = (wide.to_ascii_lowercase(), narrow.to_ascii_lowercase());
        (lower.0.as_str(), lower.1.as_str())
    } else {
        (wide, narrow)
    };
    let has_wildcards = |test: Test<'_>| test.operator.comparison.like().is_none();
    if wide == narrow && has_wildcards(negated) == has_wildcards(one) {
        return true;
    }
    // a variable can have any value
    if wide.contains("${") || narrow.contains("${") {
        return false;
    }
    // the wildcards of the narrower text count as plain characters, which a `*` matches, but not a `?`
    let is_text = !has_wildcards(one) || glob::is_plain(narrow);
    match has_wildcards(negated) {
        true => (is_text || !wide.contains('?')) && glob::matches(wide, narrow),
        false => is_text && wide == narrow,
    }
}

fn ignores_case(test: Test<'_>) -> bool {
    matches!(
        test.operator.comparison,
        Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase
    )
}

/// Returns the steps of a value. Without wildcards, `*` and `?` are plain characters.
fn steps(test: Test<'_>, text: &str, ignores_case: bool) -> Vec<Step> {
    let lower = ignores_case.then(|| text.to_ascii_lowercase());
    let text = lower.as_deref().unwrap_or(text);
    if test.operator.comparison.like().is_some() && !text.contains("${") {
        return text
            .chars()
            .map(|char| Step::once(Set::Only(char)))
            .collect();
    }
    glob::steps(text)
}

/// The numbers or times for which a test can be true.
struct Bounds {
    least: f64,
    most: f64,
    /// Whether the bounds are excluded.
    is_open: bool,
}

fn point(family: Family, text: &str) -> Option<f64> {
    match family {
        Family::Numeric => grammar::number(text),
        #[allow(clippy::cast_precision_loss, reason = "years are far below the limit")]
        Family::Date => grammar::seconds(text).map(|seconds| seconds as f64),
        _ => None,
    }
}

/// Returns the bounds of a test; `None` if it has none, or a value that is invalid.
fn bounds(test: Test<'_>) -> Option<Bounds> {
    if test.operator.set.is_some() {
        return None;
    }
    let family = test.operator.family();
    let values = test.comparison.texts();
    let values: Option<Vec<f64>> = values.map(|(_, text)| point(family, &text)).collect();
    let values = values.filter(|values| !values.is_empty())?;
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (least, most, is_open) = match test.operator.comparison {
        Comparison::NumericEquals | Comparison::DateEquals => (least, most, false),
        Comparison::NumericLessThan | Comparison::DateLessThan => (f64::NEG_INFINITY, most, true),
        Comparison::NumericLessThanEquals | Comparison::DateLessThanEquals => {
            (f64::NEG_INFINITY, most, false)
        }
        Comparison::NumericGreaterThan | Comparison::DateGreaterThan => {
            (least, f64::INFINITY, true)
        }
        Comparison::NumericGreaterThanEquals | Comparison::DateGreaterThanEquals => {
            (least, f64::INFINITY, false)
        }
        _ => return None,
    };
    Some(Bounds {
        least,
        most,
        is_open,
    })
}

/// Reports a pattern that matches every value, on a key that every request has, or with `IfExists`. On
/// other keys, such a pattern tests whether the request has the key.
fn alone(statement: &StatementView<'_>, test: Test<'_>, findings: &mut Findings) {
    let Test {
        comparison,
        operator,
    } = test;
    let is_pattern = operator.set.is_none()
        && matches!(operator.family(), Family::String | Family::Arn)
        && operator.comparison.like().is_none();
    let mut texts = comparison.texts();
    let every = texts.find(|(_, text)| !text.is_empty() && text.trim_matches('*').is_empty());
    let mut always = ALWAYS.iter();
    let is_always =
        operator.if_exists || always.any(|key| key.eq_ignore_ascii_case(comparison.key));
    let Some((_, text)) = every.filter(|_| is_pattern && is_always && !operator.is_negated())
    else {
        return;
    };
    let message = format!(
        "`{text}` matches every value of `{}`, so the condition is always true",
        comparison.key
    );
    let path = statement.comparison_path(comparison);
    findings.add(Code::CONDITION_ALWAYS_TRUE, path, message);
}

/// Reports a comparison of the time whose result does not change any more.
fn dated(statement: &StatementView<'_>, test: Test<'_>, now: i64, findings: &mut Findings) {
    let key = test.comparison.key;
    if !TIMES.iter().any(|time| time.eq_ignore_ascii_case(key)) {
        return;
    }
    let Some(bounds) = bounds(test) else {
        return;
    };
    #[allow(clippy::cast_precision_loss, reason = "years are far below the limit")]
    let now = now as f64;
    let report = |findings: &mut Findings, code, effect: &str| {
        let message = format!(
            "the time that `{}` compares `{key}` with has passed, so {effect}",
            test.comparison.written
        );
        let path = statement.comparison_path(test.comparison);
        findings.add_with_severity(code, Severity::Suggestion, path, message);
    };
    if bounds.most < now {
        let effect = "the statement no longer applies";
        report(findings, Code::CONTRADICTORY_CONDITION, effect);
    } else if bounds.least < now && bounds.most == f64::INFINITY {
        let effect = "the condition is always true";
        report(findings, Code::CONDITION_ALWAYS_TRUE, effect);
    }
}
