//! Checks the names and types of condition keys and operators.

use std::collections::{BTreeSet, HashMap};

use super::actions::{MOST, facts_of, of_service};
use crate::aws::assume_role::has_several_values;
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Change, Code, Finding, Severity, global, removed};
use crate::condition::{Comparison, Family, Operator, SetOperator, Suits};
use crate::text::words::with_article;
use crate::{Catalog, Service, ValueType};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::UNKNOWN_OPERATOR,
        Code::UNKNOWN_KEY,
        Code::DUPLICATE_KEY,
        Code::REMOVED_NAME,
        Code::OPERATOR_TYPE,
        Code::MISSING_SET_OPERATOR,
        Code::NEEDLESS_SET_OPERATOR,
    ],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let mut without = 0;
    for statement in &view.statements {
        unknown_operators(statement, findings);
        same_keys(statement, findings);
        for comparison in &statement.comparisons {
            if comparison.key.contains(':') {
                known(view.catalog, statement, comparison, findings);
            } else {
                without += 1;
                let near = (without <= MOST).then(|| global::near(view.catalog, comparison.key));
                without_prefix(
                    view.catalog,
                    statement,
                    comparison,
                    near.flatten(),
                    findings,
                );
            }
        }
    }
}

fn without_prefix(
    catalog: &Catalog,
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    near: Option<&str>,
    findings: &mut Findings,
) {
    let message = format!(
        "`{}` is not a condition key; expected a prefix, a colon and a name, such as `{}`",
        comparison.key,
        near.unwrap_or("aws:SourceArn")
    );
    let path = statement.comparison_path(comparison);
    let finding = findings.add_with_severity(Code::UNKNOWN_KEY, Severity::Error, path, message);
    if let Some(near) = near.filter(|it| !it.contains('$')) {
        rename(catalog, statement, comparison, near, finding);
    }
}

/// Sets a fix that renames a key, if the operator applies to the new one and is not used with it.
fn rename(
    catalog: &Catalog,
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    name: &str,
    finding: &mut Finding,
) {
    let operator = comparison.operator;
    let applies = operator.is_some_and(|operator| {
        let of = type_of(catalog, name);
        !statement.compares(operator, name)
            && of.is_some_and(|of| {
                let is_set = operator.set.is_some();
                operator.family() == Family::Null
                    || operator.family().suits(of) == Suits::Meant && of.is_array() == is_set
            })
    });
    if applies {
        finding.set_fix(Change::Rename(name.to_owned()));
    }
}

/// Reports keys that are compared twice with an operator, in different letter case.
fn same_keys(statement: &StatementView<'_>, findings: &mut Findings) {
    let mut seen: HashMap<String, HashMap<String, &str>> = HashMap::new();
    let operators = statement
        .comparisons
        .chunk_by(|a, b| a.written == b.written);
    for of_operator in operators {
        let operator = of_operator[0].written.to_ascii_lowercase();
        let seen = seen.entry(operator).or_default();
        for comparison in of_operator {
            let key = comparison.key.to_ascii_lowercase();
            if let Some(first) = seen.insert(key, comparison.key) {
                let message = format!(
                    "`{}` and `{first}` are the same key, because IAM ignores the case of keys; \
                     expected one of them, with a list of values",
                    comparison.key
                );
                let path = statement.comparison_path(comparison);
                findings.add(Code::DUPLICATE_KEY, path, message);
            }
        }
    }
}

fn unknown_operators(statement: &StatementView<'_>, findings: &mut Findings) {
    let operators = statement.source.condition.iter().flatten();
    for (written, keys) in operators.filter(|(written, _)| Operator::parse(written).is_none()) {
        let near = Operator::near(written);
        let message = match near {
            Some(near) if near.family() == Family::Null => {
                format!("`{written}` is not a condition operator: `Null` has no other form")
            }
            Some(near) => {
                format!("`{written}` is not a condition operator; did you mean `{near}`?")
            }
            None => format!("`{written}` is not a condition operator"),
        };
        let mut path = statement.path.member("Condition").member(written.clone());
        if let Some((key, _)) = keys.first() {
            path = path.member(key.clone());
        }
        let finding = findings.add(Code::UNKNOWN_OPERATOR, path, message);
        finding.fix = near.and_then(|near| statement.rename_operator(written, near));
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

fn look_up(catalog: &Catalog, key: &str, family: Option<Family>) -> Lookup {
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
            near: global::similar(
                &keys
                    .map(|row| (row.name, row.value_type))
                    .collect::<Vec<_>>(),
                key,
                family,
            ),
        };
    }
    if prefix.eq_ignore_ascii_case("aws") && !catalog.global_keys().is_empty() {
        return Lookup::Unknown {
            expected: "a global condition key".to_owned(),
            source: None,
            near: { global::similar(&global::names(catalog), key, family) },
        };
    }
    Lookup::Undecided
}

/// Reports a key that does not exist.
fn unknown(
    catalog: &Catalog,
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    (expected, source, near): (&str, Option<&'static Service>, Option<&'static str>),
    findings: &mut Findings,
) {
    let key = comparison.key;
    let mut message = format!("`{key}` is not {expected}");
    let mistaken = source.and_then(|it| {
        let mut keys = it.overlay.not_keys.iter();
        keys.find(|it| it.key.eq_ignore_ascii_case(key))
    });
    let near = mistaken.map_or(near, |it| it.instead);
    message += &match (near, mistaken, source) {
        _ if key.ends_with('/') => "; expected the key of a tag after the slash".to_owned(),
        (Some(near), ..) => format!("; did you mean `{near}`?"),
        (None, Some(mistaken), _) => format!(": {}", mistaken.why),
        (None, None, Some(source)) => format!(" in {}; it may be newer", facts_of(source)),
        (None, None, None) => String::new(),
    };
    // the list of global keys is complete; a key of a service may be newer than the facts
    let severity = if near.is_some() || mistaken.is_some() || source.is_none() {
        Severity::Error
    } else {
        Severity::Warning
    };
    let path = statement.comparison_path(comparison);
    let finding = findings.add_with_severity(Code::UNKNOWN_KEY, severity, path, message);
    let tag = || key.split_once('/').map(|(_, tag)| tag);
    let name = near.and_then(|near| match near.split_once("${") {
        None => Some(near.to_owned()),
        Some((begin, _)) => Some(format!("{begin}{}", tag().filter(|tag| !tag.is_empty())?)),
    });
    if let Some(name) = name {
        rename(catalog, statement, comparison, &name, finding);
    }
}

/// Returns the type of a key's values, if the facts state one.
pub(super) fn type_of(catalog: &Catalog, key: &str) -> Option<ValueType> {
    match look_up(catalog, key, None) {
        Lookup::OfType(of) => Some(of),
        Lookup::Undecided | Lookup::Unknown { .. } => None,
    }
}

/// Returns the most similar name, if there is one, of a key that certainly does not exist.
pub(super) fn unknown_key(catalog: &Catalog, key: &str) -> Option<Option<&'static str>> {
    match look_up(catalog, key, None) {
        // a key of a service may be newer than the facts
        Lookup::Unknown { near, source, .. } if near.is_some() || source.is_none() => Some(near),
        _ => None,
    }
}

fn known(
    catalog: &Catalog,
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    findings: &mut Findings,
) {
    let path = || statement.comparison_path(comparison);
    let family = comparison.operator.map(Operator::family);
    let of = match look_up(catalog, comparison.key, family) {
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
            unknown(
                catalog,
                statement,
                comparison,
                (&expected, source, near),
                findings,
            );
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
    } else if !global::is_tag(comparison.key) && family.suits(of) == Suits::Works {
        other_form(statement, comparison, of, findings);
    }
    match operator.set {
        Some(_) if family == Family::Null => null_of_set(statement, comparison, findings),
        None if of.is_array() && family != Family::Null => {
            let message = format!(
                "`{}` can have several values in a request; expected `ForAnyValue:{}` or `ForAllValues:{}`",
                comparison.key, comparison.written, comparison.written
            );
            findings.add(Code::MISSING_SET_OPERATOR, path(), message);
        }
        Some(_) if has_several_values(comparison.key) => {}
        Some(set) if !of.is_array() => needless(statement, comparison, set, findings),
        _ => {}
    }
}

/// Reports a value that the key can't have, although strings can be compared with its values.
fn other_form(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    of: ValueType,
    findings: &mut Findings,
) {
    let Some(family) = Family::meant_for(of) else {
        return;
    };
    let wrong = comparison
        .texts()
        .find_map(|(_, text)| Some((family.refuses(&text)?, text)));
    if let Some((expected, text)) = wrong.filter(|(_, text)| !text.contains("${")) {
        let message = format!(
            "`{text}` is not a value of `{}`, which is of type {of}; expected {expected}",
            comparison.key
        );
        let path = statement.comparison_path(comparison);
        findings.add_with_severity(Code::OPERATOR_TYPE, Severity::Warning, path, message);
    }
}

fn null_of_set(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    findings: &mut Findings,
) {
    let message = format!(
        "`{}` does not test whether the request has `{}`; expected `Null`",
        comparison.written, comparison.key
    );
    let path = statement.comparison_path(comparison);
    let code = Code::NEEDLESS_SET_OPERATOR;
    let finding = findings.add_with_severity(code, Severity::Suggestion, path, message);
    let null = Operator::new(None, Comparison::Null);
    finding.fix = statement.rename_operator(comparison.written, null);
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
    let path = statement.comparison_path(comparison);
    let code = Code::NEEDLESS_SET_OPERATOR;
    let finding = findings.add_with_severity(code, severity, path, message);
    let bare = Operator::parse(bare);
    finding.fix = bare.and_then(|bare| statement.rename_operator(comparison.written, bare));
}
