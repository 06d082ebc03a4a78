//! Values that their operator can't compare; this needs no facts of a service.

use crate::check::Code;
use crate::check::operator::Kind;
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
            .find_map(|value| match value {
                Scalar::Text(text) if text.contains("${") => None,
                Scalar::Text(text) => {
                    expected(operator.kind, text).map(|expected| (text.as_str(), expected))
                }
                _ => None,
            });
        if let Some((text, expected)) = wrong {
            let message = format!(
                "`{text}` can't be compared by `{}`, expected {expected}",
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

/// What a value of this kind looks like, if the text does not.
fn expected(kind: Kind, text: &str) -> Option<&'static str> {
    let truth = text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
    match kind {
        Kind::Null | Kind::Bool if !truth => Some("`true` or `false`"),
        Kind::Numeric if text.trim().parse::<f64>().is_err() => Some("a number"),
        Kind::IpAddress if !is_range(text) => {
            Some("an IP address or a range such as `192.0.2.0/24`")
        }
        Kind::Date if !text.starts_with(|char: char| char.is_ascii_digit()) => {
            Some("a date such as `2026-01-31T00:00:00Z`, or seconds since 1970")
        }
        _ => None,
    }
}

fn is_range(text: &str) -> bool {
    let (address, bits) = text.split_once('/').unwrap_or((text, "0"));
    let most = match address.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(_)) => 32,
        Ok(std::net::IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    bits.parse::<u8>().is_ok_and(|bits| bits <= most)
}
