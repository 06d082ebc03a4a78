//! Condition keys and operators by name and type.

use std::collections::BTreeSet;

use super::actions::facts_of;
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Change, Code, Severity, global, removed};
use crate::condition::{Family, Operator, SetOperator, Suits};
use crate::text::names::nearest;
use crate::{Catalog, ValueType};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::UNKNOWN_OPERATOR,
        Code::UNKNOWN_KEY,
        Code::REMOVED_NAME,
        Code::OPERATOR_TYPE,
        Code::MISSING_SET_OPERATOR,
        Code::NEEDLESS_SET_OPERATOR,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        unknown_operators(statement, findings);
        for comparison in &statement.comparisons {
            if !comparison.key.contains(':') {
                let message = format!(
                    "`{}` is no condition key, expected a prefix and a name such as `aws:SourceArn`",
                    comparison.key
                );
                findings.graded(
                    Code::UNKNOWN_KEY,
                    Severity::Warning,
                    statement.comparison_path(comparison),
                    message,
                );
            } else if statement.is_known() {
                known(view.catalog, statement, comparison, findings);
            }
        }
    }
}

fn unknown_operators(statement: &StatementView<'_>, findings: &mut Findings) {
    let operators = statement.source.condition.iter().flatten();
    for (written, _) in operators.filter(|(written, _)| Operator::parse(written).is_none()) {
        let near = Operator::near(written);
        let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let message = if written.to_ascii_lowercase().ends_with("nullifexists") {
            format!("`{written}` is no condition operator: `Null` has no form for absent keys")
        } else {
            format!("`{written}` is no condition operator{hint}")
        };
        let path = statement.path.member("Condition").member(written.clone());
        findings.add(Code::UNKNOWN_OPERATOR, path, message);
    }
}

/// What is known of a key by its name.
enum Named {
    /// Its type.
    OfType(ValueType),
    /// Nothing: it is another service's, or the facts tell no type or several.
    NotKnown,
    /// No key: those that there should be are `whose`, and this one is near.
    Unknown {
        whose: String,
        near: Option<&'static str>,
    },
}

fn named(catalog: &Catalog, key: &str) -> Named {
    if let Some(of) = global::find(catalog, key) {
        return Named::OfType(of);
    }
    let services = catalog.services();
    let rows = catalog.find_keys(key);
    let mut rows = rows
        .iter()
        .map(|at| &services[at.service].condition_keys[at.key])
        .filter(|row| row.removed.is_none())
        .peekable();
    if rows.peek().is_some() {
        let types: BTreeSet<ValueType> = rows.filter_map(|row| row.value_type).collect();
        return match (types.len(), types.first()) {
            (1, Some(of)) => Named::OfType(*of),
            _ => Named::NotKnown,
        };
    }
    let prefix = key.split_once(':').map_or(key, |(prefix, _)| prefix);
    if let Some((_, first)) = catalog.with_prefix(prefix).next() {
        let keys = catalog
            .with_prefix(prefix)
            .flat_map(|(_, service)| service.condition_keys);
        let keys = keys.filter(|row| row.removed.is_none());
        return Named::Unknown {
            whose: format!("no key of {} in {}", first.prefix, facts_of(first)),
            near: nearest(keys.map(|row| row.name), key),
        };
    }
    if prefix.eq_ignore_ascii_case("aws") && !catalog.global_keys().is_empty() {
        return Named::Unknown {
            whose: "none of the global keys".to_owned(),
            near: global::near(catalog, key),
        };
    }
    Named::NotKnown
}

fn known(
    catalog: &Catalog,
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    findings: &mut Findings,
) {
    let path = || statement.comparison_path(comparison);
    let of = match named(catalog, comparison.key) {
        Named::OfType(of) => of,
        Named::NotKnown => return,
        Named::Unknown { whose, near } => {
            if !removed::key(catalog, comparison.key, &path(), findings) {
                let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                let message = format!("`{}` is {whose}{hint}", comparison.key);
                findings.add(Code::UNKNOWN_KEY, path(), message);
            }
            return;
        }
    };
    let Some(operator) = comparison.operator else {
        return;
    };
    let family = operator.family();
    if !global::is_tag(comparison.key) && family.suits(of) == Suits::Not {
        let message = format!(
            "`{}` compares {:?} values, and `{}` is of type {of}",
            comparison.written, family, comparison.key
        );
        // Texts can be compared to anything; but addresses and dates have many spellings.
        let severity = if family == Family::String {
            Severity::Warning
        } else {
            Severity::Error
        };
        findings.graded(Code::OPERATOR_TYPE, severity, path(), message);
    }
    match operator.set {
        None if of.is_array() && family != Family::Null => {
            let message = format!(
                "a request has several values of `{}`, expected `ForAnyValue:{}` or `ForAllValues:{}`",
                comparison.key, comparison.written, comparison.written
            );
            findings.add(Code::MISSING_SET_OPERATOR, path(), message);
        }
        Some(set) if !of.is_array() => needless(statement, comparison, set, findings),
        _ => {}
    }
}

fn needless(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    set: SetOperator,
    findings: &mut Findings,
) {
    let bare = comparison
        .written
        .split_once(':')
        .map_or("", |(_, bare)| bare);
    let (severity, why) = match set {
        SetOperator::ForAllValues if statement.allows() => (
            Severity::SecurityWarning,
            "and `ForAllValues` holds where the key is absent",
        ),
        _ => (Severity::Suggestion, "so the set operator is not needed"),
    };
    let message = format!(
        "a request has one value of `{}`, {why}; expected `{bare}`",
        comparison.key
    );
    findings
        .graded(
            Code::NEEDLESS_SET_OPERATOR,
            severity,
            statement.comparison_path(comparison),
            message,
        )
        .fix_by(Change::Rename(bare.to_owned()));
}
