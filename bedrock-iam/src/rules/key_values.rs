//! Checks the values of condition keys that have only a few.
//!
//! Source for the types of API keys:
//! <https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html>, read on 2026-11-26.

use iam_policy::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use iam_policy::check::{Change, Code, Severity};
use iam_policy::words;

/// Condition keys, each with all its values.
const VALUES: &[(&str, &[&str])] = &[
    ("bedrock:BearerTokenType", &["LONG_TERM", "SHORT_TERM"]),
    (
        "bedrock-mantle:BearerTokenType",
        &["LONG_TERM", "SHORT_TERM"],
    ),
];

pub(super) const RULE: Rule = Rule {
    codes: &[Code::INVALID_VALUE],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        for comparison in &statement.comparisons {
            let mut keys = VALUES.iter();
            let row = keys.find(|(key, _)| key.eq_ignore_ascii_case(comparison.key));
            // another rule reports operators for other types
            let is_text = comparison.written.to_ascii_lowercase().contains("string");
            if let Some((_, values)) = row.filter(|_| is_text) {
                unknown(statement, comparison, values, findings);
            }
        }
    }
}

fn unknown(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    known: &[&str],
    findings: &mut Findings,
) {
    let ignores_case = comparison
        .written
        .to_ascii_lowercase()
        .contains("ignorecase");
    let is_known = |text: &str| {
        known
            .iter()
            .any(|it| *it == text || ignores_case && it.eq_ignore_ascii_case(text))
    };
    let values = comparison.values.as_slice().iter().enumerate();
    for (index, value) in values {
        // a pattern or a variable can be any of them
        let text = value.to_string();
        if text.contains(['*', '?', '$']) || is_known(&text) {
            continue;
        }
        let message = format!(
            "{} is not a value of `{}`; expected {}",
            words::code(&text),
            comparison.key,
            words::list(known, known.len()).replace(" and ", " or ")
        );
        let path = statement.value_path(comparison, index);
        let finding =
            findings.add_with_severity(Code::INVALID_VALUE, Severity::Warning, path, message);
        let meant = known.iter().find(|it| plain(it) == plain(&text));
        if let Some(meant) = meant {
            finding.set_fix(Change::Replace(vec![(*meant).to_owned()]));
        }
    }
}

/// Returns the letters of a value in lower case.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|char| char.to_ascii_lowercase()).collect()
}
