//! ARNs in a text: wrapped over lines, quoted, masked, cut.

/// The most bytes of an ARN that is searched before a word. The longest resources have 2048.
const LONGEST: usize = 4096;

/// Returns the ARN, or `*`, at the start of a text, given the position of what follows it, if known.
///
/// A bare name and an elided text such as `...` are not ARNs.
pub(super) fn at_start(text: &str, end: Option<usize>) -> Option<String> {
    let text = text.trim_start();
    if let Some(quoted) = text.strip_prefix(['"', '\'']) {
        let mark = if text.starts_with('"') { '"' } else { '\'' };
        let inside = quoted.split(mark).next().unwrap_or_default();
        // Spaces can be in the name of an object, line breaks can't.
        let joined: String = inside.split('\n').map(str::trim).collect();
        return accepted(&joined);
    }
    let within = match end {
        Some(end) if words(&text[..end]) <= MOST_PARTS => joined(&text[..end]),
        _ => first_token(text),
    };
    accepted(within.split(['"', '\'']).next().unwrap_or_default())
}

/// The number of parts into which an ARN is wrapped at most; more words are prose.
const MOST_PARTS: usize = 6;

/// Returns the ARN at the end of a text, such as the principal before "is not authorized".
pub(super) fn at_end(text: &str) -> Option<String> {
    let mut from = text.len().saturating_sub(LONGEST);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let text = &text[from..];
    let start = text.rfind("arn:")?;
    let found = text[start..].trim_end_matches([' ', '\n', '"', '\'']);
    // no other words between the ARN and the end
    let arn = joined(found);
    let is_last =
        found.len() < 2000 && arn == joined_with(found, "", "") && !arn.contains(['"', '(']);
    accepted(&arn).filter(|_| is_last)
}

/// Returns the number of words outside of masks such as `<user name>`.
fn words(text: &str) -> usize {
    joined_with(text, " ", " ")
        .split(' ')
        .filter(|it| !it.is_empty())
        .count()
}

/// Returns the parts of an ARN that is wrapped over lines, or broken after a separator, as one word.
fn joined(text: &str) -> String {
    let spaced = joined_with(text, " ", "\n");
    let mut arn = String::new();
    for word in spaced.split_inclusive([' ', '\n']) {
        let part = word.trim_end();
        arn.push_str(part);
        let goes_on = word.ends_with('\n') || part.is_empty() || part.ends_with([':', '/', '-']);
        if !goes_on {
            break;
        }
    }
    arn
}

/// Returns the text with its spaces and line breaks replaced, except in masks such as `<user name>`.
fn joined_with(text: &str, space: &str, line: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_mask = false;
    for (at, char) in text.char_indices() {
        match char {
            '<' => in_mask = is_mask(&text[at..]),
            '>' => in_mask = false,
            _ => {}
        }
        match char {
            ' ' | '\n' if in_mask => out.push('\u{a0}'),
            ' ' => out.push_str(space),
            '\n' => out.push_str(line),
            _ => out.push(char),
        }
    }
    out
}

/// Returns whether a text starts with a mask in angle brackets.
fn is_mask(text: &str) -> bool {
    let mut bytes = text.bytes().take(41);
    let end = bytes.position(|it| b">:/\"".contains(&it));
    end.is_some_and(|at| text[at..].starts_with('>'))
}

/// Returns the first word; the next one as well while the ARN is obviously not complete.
fn first_token(text: &str) -> String {
    let mut token = String::new();
    let shown = joined_with(&text[..boundary(text, LONGEST + 1)], " ", " ");
    for word in shown.split(' ').filter(|it| !it.is_empty()) {
        let is_incomplete = !token.is_empty()
            && token.starts_with("arn:")
            && (token.matches(':').count() < 5 || token.ends_with([':', '/', '-']))
            && !token.ends_with("...");
        if !token.is_empty() && !is_incomplete {
            break;
        }
        token.push_str(word);
    }
    token
}

/// Returns the last boundary of characters up to a position.
pub(super) fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Returns an ARN or `*` without the punctuation after it; `None` for any other text.
fn accepted(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let mut text = text.replace('\u{a0}', " ");
    if let Some(at) = text.find("(Service:").or_else(|| text.find("</")) {
        text.truncate(at);
    }
    let mut text = text.trim();
    loop {
        let rest = match text.strip_suffix('.') {
            Some(rest) if !rest.ends_with('.') => rest,
            _ => text.trim_end_matches([',', ';', '|', '\\']),
        };
        let rest = closing(rest);
        if rest == text {
            break;
        }
        text = rest;
    }
    let is_arn = text
        .strip_prefix("arn:")
        .is_some_and(|rest| rest.contains(':'));
    (is_arn || text == "*").then(|| text.to_owned())
}

/// Removes a closing bracket that nothing opens.
fn closing(text: &str) -> &str {
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')] {
        if let Some(rest) = text.strip_suffix(close)
            && rest.matches(open).count() <= rest.matches(close).count()
        {
            return rest;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_end_where_the_sentence_goes_on() {
        for (text, end, arn) in [
            ("arn:aws:s3:::a. Then", None, Some("arn:aws:s3:::a")),
            ("arn:aws:s3:::a/... with", None, Some("arn:aws:s3:::a/...")),
            (
                "\"arn:aws:s3:::a/my file\n.txt\" with",
                None,
                Some("arn:aws:s3:::a/my file.txt"),
            ),
            (
                "arn:aws:sqs:eu-west-1:\n  1:queue rest",
                None,
                Some("arn:aws:sqs:eu-west-1:1:queue"),
            ),
            (
                "arn:aws:iam::<the account>:role/x) and",
                None,
                Some("arn:aws:iam::<the account>:role/x"),
            ),
            (
                "arn:aws:iam::{a}:role/{b} and",
                None,
                Some("arn:aws:iam::{a}:role/{b}"),
            ),
            (
                "arn:aws:a:b:c:d/ e f because",
                Some(20),
                Some("arn:aws:a:b:c:d/e"),
            ),
            ("*\nbecause", None, Some("*")),
            ("role voclabs", None, None),
            ("...", None, None),
            ("", None, None),
        ] {
            assert_eq!(at_start(text, end).as_deref(), arn, "{text}");
        }
        for (text, arn) in [
            (
                "x arn:aws:sts::1:assumed-role/ A/b ",
                Some("arn:aws:sts::1:assumed-role/A/b"),
            ),
            (
                "arn:aws:sts::1:assumed-role/a/b wrote that this other caller has access and",
                None,
            ),
            ("nobody", None),
        ] {
            assert_eq!(at_end(text).as_deref(), arn, "{text}");
        }
    }
}
