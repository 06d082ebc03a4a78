//! JSON's own words for the errors of its parser.

use super::words::{visible, with_article};

/// The parts of a parser's message.
pub(crate) struct Mismatch {
    /// The invalid value.
    pub(crate) found: String,
    /// The expected value, if the message states it.
    pub(crate) expected: Option<String>,
}

/// Splits a parser's message, which may contain `expected …` and ends with the line and column.
///
/// Types have JSON's names: serde's `sequence` is a list, and its `map` an object.
pub(crate) fn mismatch(error: &serde_json::Error) -> Mismatch {
    // the parser repeats names as they are, line ends included
    let message = visible(&error.to_string()).into_owned();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let message = message.strip_suffix(&place).unwrap_or(&message);
    let parts = message
        .split_once(", expected ")
        .or_else(|| message.split_once("; expected "));
    let (found, expected) = match parts {
        Some((found, expected)) => (found, Some(expected)),
        None => match message.strip_prefix("expected ") {
            Some(sign) => ("text that is not JSON", Some(sign)),
            None => (message, None),
        },
    };
    if expected.is_none() && error.is_syntax() {
        return Mismatch {
            found: format!("text that is not JSON ({message})"),
            expected: None,
        };
    }
    let found = if let Some(name) = found.strip_prefix("missing field ") {
        format!("no {name}")
    } else if let Some(kind) = found.strip_prefix("invalid type: ") {
        match kind {
            "null" => kind.to_owned(),
            _ => with_article(word(kind)),
        }
    } else {
        // our own errors are sentences: `Look` is not an access level of IAM; found `Sid` twice
        let found = found.strip_prefix("found ").unwrap_or(found);
        found.replacen("` is not ", "`, which is not ", 1)
    };
    let expected = expected.map(|it| match it.strip_prefix("a ") {
        Some(kind) => with_article(word(kind)),
        None => it.to_owned(),
    });
    Mismatch { found, expected }
}

/// Returns JSON's word for a type that serde names differently.
fn word(kind: &str) -> &str {
    match kind {
        "sequence" => "list",
        "map" => "object",
        _ => kind,
    }
}
