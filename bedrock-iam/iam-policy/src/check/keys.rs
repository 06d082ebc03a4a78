//! Condition keys and operators by name and type.

use super::finding::{Change, Findings};
use super::operator::{self, Kind, Set};
use super::service::services;
use super::view::{Comparison, View};
use super::{Code, Severity, global, removed};
use crate::ValueType;

pub(super) fn check(view: &View<'_>, findings: &mut Findings) {
    unknown_operators(view, findings);
    for comparison in &view.comparisons {
        if !comparison.key.contains(':') {
            let message = format!(
                "`{}` is no condition key, expected a prefix and a name such as `aws:SourceArn`",
                comparison.key
            );
            findings.graded(
                Code::UnknownKey,
                Severity::Warning,
                comparison.path(view),
                message,
            );
        } else if view.is_ours() {
            known(view, comparison, findings);
        }
    }
}

fn unknown_operators(view: &View<'_>, findings: &mut Findings) {
    let operators = view.source.condition.iter().flatten();
    for (written, _) in
        operators.filter(|(written, _)| operator::Operator::parse(written).is_none())
    {
        let near = operator::near(written);
        let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let message = if written.to_ascii_lowercase().ends_with("nullifexists") {
            format!("`{written}` is no condition operator: `Null` has no form for absent keys")
        } else {
            format!("`{written}` is no condition operator{hint}")
        };
        findings.add(
            Code::UnknownOperator,
            format!("{}.Condition.{written}", view.path),
            message,
        );
    }
}

/// The type of a key that the enabled modules or the global list know: `Err` for an unknown key,
/// `Ok(None)` for one whose type nothing tells.
fn type_of(key: &str) -> Result<Option<ValueType>, Option<&'static str>> {
    if let Some(of) = global::find(key) {
        return Ok(Some(of));
    }
    let (prefix, _) = key.split_once(':').unwrap_or((key, ""));
    for service in services() {
        if let Some(index) = (service.find_key)(key) {
            return Ok(service.keys[index].1);
        }
    }
    if let Some(service) = services()
        .iter()
        .find(|of| of.prefix.eq_ignore_ascii_case(prefix))
    {
        return Err((service.near_key)(key));
    }
    if prefix.eq_ignore_ascii_case("aws") {
        return Err(global::near(key));
    }
    // Another service's: not ours to judge.
    Ok(None)
}

fn known(view: &View<'_>, comparison: &Comparison<'_>, findings: &mut Findings) {
    let path = || comparison.path(view);
    let of = match type_of(comparison.key) {
        Ok(Some(of)) => of,
        Ok(None) => return,
        Err(_) if removed::key(services(), comparison.key, &path(), findings) => return,
        Err(near) => {
            let service = services().iter().find(|of| {
                comparison
                    .key
                    .get(..of.prefix.len())
                    .is_some_and(|begin| begin.eq_ignore_ascii_case(of.prefix))
                    && comparison.key.as_bytes().get(of.prefix.len()) == Some(&b':')
            });
            let place = service.map_or_else(
                || "of the global keys".to_owned(),
                |of| {
                    format!(
                        "key of {} in the snapshot of {}",
                        of.prefix, of.snapshot.address
                    )
                },
            );
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            let message = format!("`{}` is no {place}{hint}", comparison.key);
            let message = message.replace("is no of the", "is none of the");
            findings.add(Code::UnknownKey, path(), message);
            return;
        }
    };
    let Some(operator) = comparison.operator else {
        return;
    };
    if operator.kind != Kind::Null && !global::is_tag(comparison.key) && !suits(operator.kind, of) {
        let message = format!(
            "`{}` compares {:?} values, and `{}` is of type {of}",
            comparison.written, operator.kind, comparison.key
        );
        // Texts can be compared to anything; but addresses and dates have many spellings.
        let severity = if operator.kind == Kind::String {
            Severity::Warning
        } else {
            Severity::Error
        };
        findings.graded(Code::OperatorType, severity, path(), message);
    }
    match operator.set {
        None if of.is_array() && operator.kind != Kind::Null => {
            let message = format!(
                "a request has several values of `{}`, expected `ForAnyValue:{}` or `ForAllValues:{}`",
                comparison.key, comparison.written, comparison.written
            );
            findings.add(Code::MissingSetOperator, path(), message);
        }
        Some(set) if !of.is_array() => needless(view, comparison, set, findings),
        _ => {}
    }
}

/// Whether an operator of this kind can compare values of the type.
fn suits(kind: Kind, of: ValueType) -> bool {
    use ValueType as V;
    match kind {
        Kind::Null => true,
        Kind::String => !matches!(
            of,
            V::IpAddress | V::ArrayOfIpAddress | V::Date | V::ArrayOfDate
        ),
        Kind::Arn => matches!(of, V::Arn | V::ArrayOfArn | V::String | V::ArrayOfString),
        Kind::Numeric => matches!(of, V::Numeric | V::ArrayOfNumeric | V::Date),
        Kind::Date => matches!(of, V::Date | V::ArrayOfDate),
        Kind::Bool => matches!(of, V::Bool | V::ArrayOfBool),
        Kind::IpAddress => matches!(of, V::IpAddress | V::ArrayOfIpAddress),
        Kind::Binary => matches!(of, V::Binary | V::ArrayOfBinary),
    }
}

fn needless(view: &View<'_>, comparison: &Comparison<'_>, set: Set, findings: &mut Findings) {
    let bare = comparison
        .written
        .split_once(':')
        .map_or("", |(_, bare)| bare);
    let (severity, why) = match set {
        Set::ForAllValues if view.allows() => (
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
            Code::NeedlessSetOperator,
            severity,
            comparison.path(view),
            message,
        )
        .fix(Change::Rename(bare.to_owned()));
}
