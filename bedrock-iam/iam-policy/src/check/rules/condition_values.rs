//! Checks for condition values that are never equal to a value of their key.

use crate::arn::site::{Region, regions};
use crate::aws::assume_role::is_plain_subject;
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, Severity};
use crate::condition::Family;
use crate::condition::grammar::{self, Refusal};
use crate::document::Scalar;
use crate::text::names::nearest;
use crate::text::words::with_article;
use crate::words::code;
use crate::{ArnPattern, Catalog, ValueType};

use super::keys::type_of;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::INVALID_VALUE,
        Code::WILDCARD_WITHOUT_LIKE,
        Code::MIXED_VALUES,
        Code::ARN_ACCOUNT,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        for comparison in &statement.comparisons {
            refused(view, statement, comparison, findings);
            similar_regions(statement, comparison, findings);
            both_truths(statement, comparison, findings);
            mixed(statement, comparison, findings);
        }
    }
}

fn refused(
    view: &DocumentView<'_>,
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    findings: &mut Findings,
) {
    let Some(operator) = comparison.operator else {
        return;
    };
    let of = type_of(view.catalog, comparison.key);
    let refusal = |text: &str| grammar::refusal(comparison.key, of, operator.comparison, text);
    let all: Vec<_> = comparison
        .texts()
        .map(|(_, text)| (refusal(&text), text))
        .collect();
    let is_of_arns = of.is_some_and(|of| of.single() == ValueType::Arn);
    let lacks = |text: &str| {
        is_of_arns
            .then(|| lacks_account(view.catalog, text))
            .flatten()
    };
    let lacking: Vec<_> = all.iter().map(|(_, text)| lacks(text)).collect();
    let mut faults = all.iter().zip(&lacking);
    let none_is_equal = faults.all(|((refusal, _), lacks)| refusal.is_some() || lacks.is_some());
    let severity_of_one = match none_is_equal {
        true => Severity::Error,
        false => Severity::Warning,
    };
    let expected = match operator.comparison.like() {
        Some(_) => "one",
        None => "one or `*`",
    };
    for ((index, text), type_name) in comparison.texts().zip(lacking) {
        if let Some(type_name) = type_name {
            let message = format!(
                "{} has no account id; expected {expected}, because {} belongs to an account",
                code(&text),
                with_article(type_name)
            );
            let path = statement.value_path(comparison, index);
            findings.add_with_severity(Code::ARN_ACCOUNT, severity_of_one, path, message);
        }
    }
    let form = all.iter().find_map(|(refusal, text)| match refusal {
        Some(Refusal::Form(expected)) => Some((expected, text)),
        _ => None,
    });
    if let Some((expected, text)) = form {
        let message = format!(
            "{} can't be compared with `{}`; expected {expected}",
            code(text),
            comparison.written
        );
        let severity = if none_is_equal || operator.family() != Family::String {
            Severity::Error
        } else {
            Severity::Warning
        };
        let path = statement.comparison_path(comparison);
        findings.add_with_severity(Code::INVALID_VALUE, severity, path, message);
    }
    let mut wildcards = all.iter();
    let wildcard = wildcards.find(|(refusal, _)| *refusal == Some(Refusal::Wildcard));
    if let Some((_, text)) = wildcard {
        let is_never_equal = none_is_equal && has_plain_values(comparison.key, of);
        wildcard_without_like(statement, comparison, text, is_never_equal, findings);
    }
}

/// Returns the resource type of an ARN that lacks the account id of the type, and so is the ARN of no resource.
fn lacks_account(catalog: &Catalog, text: &str) -> Option<&'static str> {
    let arn = ArnPattern::parse(text).ok()?;
    let is_known = |arn: &ArnPattern| catalog.resource_types(arn, &[]).first().copied();
    if !arn.account().is_empty() || arn.plain_service().is_none() || is_known(&arn).is_some() {
        return None;
    }
    let found = is_known(&arn.with_account("*"))?;
    let service = catalog.services()[found.service];
    Some(service.resource_types[found.resource_type].name)
}

/// Reports a region that is similar to a known one. Other regions may be newer.
fn similar_regions(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    findings: &mut Findings,
) {
    if !comparison.key.eq_ignore_ascii_case("aws:RequestedRegion") {
        return;
    }
    for (index, text) in comparison.texts() {
        let unknown = Region::parse(&text).ok();
        if unknown.is_none_or(|region| region.partition().is_some()) {
            continue;
        }
        if let Some(near) = nearest(regions::all().map(|(_, name)| name), &text) {
            let message = format!("`{text}` is not a known region; did you mean `{near}`?");
            let path = statement.value_path(comparison, index);
            findings.add_with_severity(Code::INVALID_VALUE, Severity::Warning, path, message);
        }
    }
}

/// Returns whether no value of the key has a `*` or `?`.
fn has_plain_values(key: &str, of: Option<ValueType>) -> bool {
    let types = [
        ValueType::Arn,
        ValueType::Bool,
        ValueType::Date,
        ValueType::IpAddress,
        ValueType::Numeric,
    ];
    of.is_some_and(|of| types.contains(&of.single()))
        || grammar::has_form(key)
        || is_plain_subject(key)
}

fn wildcard_without_like(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    text: &str,
    is_never_equal: bool,
    findings: &mut Findings,
) {
    let Some(like) = comparison.operator.and_then(|operator| operator.like()) else {
        return;
    };
    let is_any = text.trim_start_matches('*').is_empty();
    let hint = if is_any {
        format!("`\"Null\": {{\"{}\": \"false\"}}`", comparison.key)
    } else {
        format!("`{like}`")
    };
    let message = format!(
        "`{}` compares the wildcards of {} as plain characters; expected {hint}",
        comparison.written,
        code(text)
    );
    let severity = if is_never_equal {
        Severity::Error
    } else {
        Severity::Warning
    };
    let path = statement.comparison_path(comparison);
    let finding = findings.add_with_severity(Code::WILDCARD_WITHOUT_LIKE, severity, path, message);
    let ignores_case = comparison
        .written
        .to_ascii_lowercase()
        .contains("ignorecase");
    if !is_any && !ignores_case {
        finding.fix = statement.rename_operator(comparison.written, like);
    }
}

/// Reports `true` and `false` as values of one condition, which is then no test of the key.
fn both_truths(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    findings: &mut Findings,
) {
    let family = comparison.operator.map(|operator| operator.family());
    let is_truth = matches!(family, Some(Family::Bool | Family::Null));
    if is_truth && comparison.has_value("true") && comparison.has_value("false") {
        let message = format!(
            "`{}` has both `true` and `false` for `{}`, so its value does not matter; expected one of them",
            comparison.written, comparison.key
        );
        findings.add(
            Code::INVALID_VALUE,
            statement.comparison_path(comparison),
            message,
        );
    }
}

fn mixed(statement: &StatementView<'_>, comparison: &KeyComparison<'_>, findings: &mut Findings) {
    let values = comparison.values.as_slice();
    let strings = values.iter().filter_map(Scalar::as_str).count();
    if strings > 0 && strings < values.len() {
        let message = format!(
            "the values of `{}` are strings and numbers or booleans; expected only strings",
            comparison.key
        );
        findings.add(
            Code::MIXED_VALUES,
            statement.comparison_path(comparison),
            message,
        );
    }
}
