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
        let mut values = comparison.values.as_slice().iter();
        let wrong = values.find_map(|value| {
            let text = Scalar::as_str(value)?;
            (!meet(&steps(text), &pattern)).then_some(text)
        });
        if names.key == PASSED_TO {
            principals(statement, comparison, findings);
        }
        if let Some(text) = wrong {
            let message = format!(
                "`{text}` is not a value of `{}`; expected {}",
                comparison.key, names.expected
            );
            let path = statement.comparison_path(comparison);
            findings.add_with_severity(Code::INVALID_VALUE, Severity::Warning, path, message);
        }
    }
}

/// Reports names that are similar to those of service principals.
fn principals(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
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
            .add_with_severity(Code::INVALID_VALUE, Severity::Warning, path, message)
            .set_fix(Change::Replace(vec![meant]));
    }
}
