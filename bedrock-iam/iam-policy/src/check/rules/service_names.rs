//! Checks for values that are not names of services, of condition keys that have no other values.

use crate::aws::pass_role::PASSED_TO;
use crate::aws::service_name::KEYS;
use crate::aws::service_principal;
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Change, Code, Severity};
use crate::condition::Family;
use crate::document::Scalar;
use crate::text::glob::{meet, steps};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::INVALID_VALUE],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        of_statement(statement, findings);
    }
}

fn of_statement(statement: &StatementView<'_>, findings: &mut Findings) {
    for comparison in &statement.comparisons {
        let operator = comparison.operator;
        if operator.is_none_or(|operator| operator.family() != Family::String) {
            continue;
        }
        let mut keys = KEYS.iter();
        let Some(names) = keys.find(|it| it.key.eq_ignore_ascii_case(comparison.key)) else {
            continue;
        };
        let pattern = steps(names.pattern);
        let fits = |text: &str| meet(&steps(text), &pattern);
        let of_principals = names.key == PASSED_TO;
        let can_be =
            |text: &str| fits(text) && !(of_principals && service_principal::is_endpoint(text));
        let values = comparison.values.as_slice();
        let mut values = values.iter().filter_map(Scalar::as_str).peekable();
        let wrong = values.clone().find(|text| !fits(text));
        let is_never_true = statement.allows()
            && comparison.requires_value()
            && values.peek().is_some()
            && !values.any(can_be);
        let severity = match is_never_true {
            true => Severity::Error,
            false => Severity::Warning,
        };
        if of_principals {
            principals(statement, comparison, severity, findings);
        }
        if let Some(text) = wrong {
            let message = format!(
                "`{text}` is not a value of `{}`; expected {}",
                comparison.key, names.expected
            );
            let path = statement.comparison_path(comparison);
            findings.add_with_severity(Code::INVALID_VALUE, severity, path, message);
        }
    }
}

/// Reports names that are similar to those of service principals.
fn principals(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    severity: Severity,
    findings: &mut Findings,
) {
    for (index, text) in comparison.texts() {
        let meant = service_principal::meant(&text);
        // another finding is about a text of another form
        if text.contains(['*', '?', '$'])
            || *meant == *text
            || !service_principal::looks_like(&text)
        {
            continue;
        }
        let message =
            format!("`{text}` is not the name of a service principal; did you mean `{meant}`?");
        let path = statement.value_path(comparison, index);
        let meant = meant.clone().into_owned();
        findings
            .add_with_severity(Code::INVALID_VALUE, severity, path, message)
            .set_fix(Change::Replace(vec![meant]));
    }
}
