//! Checks for condition values that another value of the same condition makes redundant.
//!
//! Texts beside a pattern that matches them, such as `home/` and `home/*`, are usual and not reported.

use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Change, Code};
use crate::condition::grammar::{self, Network};
use crate::condition::{Comparison, Family, Operator};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::REDUNDANT_ENTRY],
    check,
};

/// The number of values up to which each is compared with each other one. The time is quadratic.
const MOST: usize = 64;

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        for comparison in &statement.comparisons {
            if let Some(operator) = comparison.operator {
                values(statement, comparison, operator, findings);
            }
        }
    }
}

fn values(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    operator: Operator,
    findings: &mut Findings,
) {
    let texts: Vec<_> = comparison.texts().collect();
    if texts.len() < 2 || texts.len() > MOST {
        return;
    }
    for (index, text) in &texts {
        let wide = texts.iter().find(|(other, wide)| {
            other != index
                && covers(operator, wide, text)
                // of two that cover each other, the first is kept
                && (other < index || !covers(operator, text, wide))
        });
        if let Some((_, wide)) = wide {
            let message = if wide == text {
                format!("`{text}` is listed twice")
            } else {
                format!(
                    "`{text}` is redundant: with `{wide}`, it does not change the result of `{}`",
                    comparison.written
                )
            };
            let path = statement.value_path(comparison, *index);
            let finding = findings.add(Code::REDUNDANT_ENTRY, path, message);
            finding.set_fix(Change::Remove);
        }
    }
}

/// Returns whether a condition with the first value has the same result with the second one added.
fn covers(operator: Operator, wide: &str, narrow: &str) -> bool {
    if wide == narrow {
        return true;
    }
    let bound = |ordered: fn(f64, f64) -> bool| {
        let numbers = (number(operator, wide), number(operator, narrow));
        matches!(numbers, (Some(wide), Some(narrow)) if ordered(narrow, wide))
    };
    match operator.comparison {
        Comparison::NumericLessThan
        | Comparison::NumericLessThanEquals
        | Comparison::DateLessThan
        | Comparison::DateLessThanEquals => bound(|narrow, wide| narrow <= wide),
        Comparison::NumericGreaterThan
        | Comparison::NumericGreaterThanEquals
        | Comparison::DateGreaterThan
        | Comparison::DateGreaterThanEquals => bound(|narrow, wide| narrow >= wide),
        Comparison::IpAddress | Comparison::NotIpAddress => {
            let networks = (Network::parse(wide), Network::parse(narrow));
            matches!(networks, (Some(wide), Some(narrow)) if wide.contains(narrow))
        }
        Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase => {
            wide.eq_ignore_ascii_case(narrow)
        }
        _ => false,
    }
}

fn number(operator: Operator, text: &str) -> Option<f64> {
    match operator.family() {
        Family::Numeric => grammar::number(text),
        #[allow(clippy::cast_precision_loss, reason = "years are far below the limit")]
        Family::Date => grammar::seconds(text).map(|seconds| seconds as f64),
        _ => None,
    }
}
