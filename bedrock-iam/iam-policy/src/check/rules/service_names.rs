//! Checks for values that are not names of services, of condition keys that have no other values.

use crate::aws::service_name::KEYS;
use crate::check::rule::{DocumentView, Findings, Rule, StatementView};
use crate::check::{Code, Severity};
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
