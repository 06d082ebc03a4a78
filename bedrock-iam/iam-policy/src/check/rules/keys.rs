//! Checks the names and types of condition keys and operators.

use std::collections::BTreeSet;

use super::actions::{facts_of, of_service};
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Change, Code, Severity, global, removed};
use crate::condition::{Family, Operator, SetOperator, Suits};
use crate::text::names::nearest;
use crate::text::words::with_article;
use crate::{Catalog, Service, ValueType};

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
                    "`{}` is not a condition key; expected a prefix, a colon and a name, such as \
                     `aws:SourceArn`",
                    comparison.key
                );
                findings.add_with_severity(
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
            format!("`{written}` is not a condition operator: `Null` has no `IfExists` form")
        } else {
            format!("`{written}` is not a condition operator{hint}")
        };
        let path = statement.path.member("Condition").member(written.clone());
        findings.add(Code::UNKNOWN_OPERATOR, path, message);
    }
}

/// The result of looking up a key.
enum Lookup {
    /// A key with one type.
    OfType(ValueType),
    /// A key of a service without facts, or a key with several types or an unknown one.
    Undecided,
    /// Not a key: `expected` describes the keys with its prefix, `source` is a service that has such
    /// keys, `near` is the most similar one.
    Unknown {
        expected: String,
        source: Option<&'static Service>,
        near: Option<&'static str>,
    },
}

fn look_up(catalog: &Catalog, key: &str) -> Lookup {
    if let Some(of) = global::find(catalog, key) {
        return Lookup::OfType(of);
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
            (1, Some(of)) => Lookup::OfType(*of),
            _ => Lookup::Undecided,
        };
    }
    let prefix = key.split_once(':').map_or(key, |(prefix, _)| prefix);
    if let Some((_, first)) = catalog.with_prefix(prefix).next() {
        if !catalog.is_complete(prefix) {
            return Lookup::Undecided;
        }
        let keys = catalog
            .with_prefix(prefix)
            .flat_map(|(_, service)| service.condition_keys);
        let keys = keys.filter(|row| row.removed.is_none());
        let kind = with_article(&of_service(catalog, first.prefix, "condition key"));
        return Lookup::Unknown {
            expected: kind,
            source: Some(first),
            near: nearest(keys.map(|row| row.name), key),
        };
    }
    if prefix.eq_ignore_ascii_case("aws") && !catalog.global_keys().is_empty() {
        return Lookup::Unknown {
            expected: "a global condition key".to_owned(),
            source: None,
            near: global::near(catalog, key),
        };
    }
    Lookup::Undecided
}

fn known(
    catalog: &Catalog,
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    findings: &mut Findings,
) {
    let path = || statement.comparison_path(comparison);
    let of = match look_up(catalog, comparison.key) {
        Lookup::OfType(of) => of,
        Lookup::Undecided => return,
        Lookup::Unknown {
            expected,
            source,
            near,
        } => {
            if removed::key(catalog, comparison.key, &path(), findings) {
                return;
            }
            let mut message = format!("`{}` is not {expected}", comparison.key);
            message += &match (near, source) {
                (Some(near), _) => format!("; did you mean `{near}`?"),
                (None, Some(source)) => format!(" in {}; it may be newer", facts_of(source)),
                (None, None) => String::new(),
            };
            findings.add(Code::UNKNOWN_KEY, path(), message);
            return;
        }
    };
    let Some(operator) = comparison.operator else {
        return;
    };
    let family = operator.family();
    if !global::is_tag(comparison.key) && family.suits(of) == Suits::Not {
        let message = format!(
            "`{}` compares {:?} values, but `{}` is of type {of}",
            comparison.written, family, comparison.key
        );
        // Any value can be compared as a string, but addresses and dates have many spellings.
        let severity = if family == Family::String {
            Severity::Warning
        } else {
            Severity::Error
        };
        findings.add_with_severity(Code::OPERATOR_TYPE, severity, path(), message);
    }
    match operator.set {
        None if of.is_array() && family != Family::Null => {
            let message = format!(
                "`{}` can have several values in a request; expected `ForAnyValue:{}` or `ForAllValues:{}`",
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
            "and `ForAllValues` is also true if the key is absent",
        ),
        _ => (Severity::Suggestion, "so the set operator is not needed"),
    };
    let message = format!(
        "`{}` has a single value in a request, {why}; expected `{bare}`",
        comparison.key
    );
    findings
        .add_with_severity(
            Code::NEEDLESS_SET_OPERATOR,
            severity,
            statement.comparison_path(comparison),
            message,
        )
        .set_fix(Change::Rename(bare.to_owned()));
}
