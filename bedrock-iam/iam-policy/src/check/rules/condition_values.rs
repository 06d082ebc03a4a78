//! Checks for values that their condition operator can't compare, without facts about services.

use crate::check::Code;
use crate::check::rule::{DocumentView, Findings, Rule, StatementView};
use crate::document::Scalar;

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
        let Some(operator) = comparison.operator else {
            continue;
        };
        let wrong = comparison
            .values
            .as_slice()
            .iter()
            .filter_map(Scalar::as_str)
            .find_map(|text| Some((text, operator.family().refuses(text)?)));
        if let Some((text, expected)) = wrong {
            let message = format!(
                "`{text}` can't be compared with `{}`; expected {expected}",
                comparison.written
            );
            findings.add(
                Code::INVALID_VALUE,
                statement.comparison_path(comparison),
                message,
            );
        }
    }
}
