//! Matching of IAM's wildcards: `*` for any text, `?` for any one character.
//!
//! Matching is case-sensitive. `${*}`, `${?}` and `${$}` match the characters themselves, as in IAM.
//! Any other `${…}` is a policy variable; its value is not known here, so it matches any text.
//! Nothing recurses, and the time is at most proportional to the product of the two lengths.

mod automaton;
mod meet;

use std::borrow::Cow;

pub(crate) use automaton::Automaton;
pub use meet::Rules;
pub(crate) use meet::{Set, Step, meet, steps};

/// A step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// Matches this character.
    Char(char),
    /// Matches any one character.
    One,
    /// Matches any text, including the empty one.
    Any,
}

/// Splits a pattern after its first step; `None` if it is empty.
pub(crate) fn next_token(pattern: &str) -> Option<(Token, &str)> {
    let mut chars = pattern.chars();
    let first = chars.next()?;
    let token = match first {
        '*' => Token::Any,
        '?' => Token::One,
        '$' => match variable(pattern) {
            Some((inside, rest)) => {
                let token = match inside {
                    "*" => Token::Char('*'),
                    "?" => Token::Char('?'),
                    "$" => Token::Char('$'),
                    _ => Token::Any,
                };
                return Some((token, rest));
            }
            None => Token::Char('$'),
        },
        other => Token::Char(other),
    };
    Some((token, chars.as_str()))
}

/// Returns whether a pattern has neither wildcards nor variables, so that it matches only itself.
pub(crate) fn is_plain(pattern: &str) -> bool {
    !pattern
        .bytes()
        .any(|byte| matches!(byte, b'*' | b'?' | b'$'))
}

/// Returns the only text that a pattern matches; `None` if it has a wildcard or a variable.
pub(crate) fn literal(mut pattern: &str) -> Option<String> {
    let mut text = String::with_capacity(pattern.len());
    while let Some((token, rest)) = next_token(pattern) {
        let Token::Char(char) = token else {
            return None;
        };
        text.push(char);
        pattern = rest;
    }
    Some(text)
}

/// Returns whether a pattern has a wildcard, apart from those that `${*}` and `${?}` escape.
pub(crate) fn has_wildcard(mut pattern: &str) -> bool {
    while let Some(at) = pattern.find(['*', '?', '$']) {
        let rest = &pattern[at..];
        if !rest.starts_with('$') {
            return true;
        }
        pattern = variable(rest).map_or(&rest[1..], |(_, after)| after);
    }
    false
}

/// A `${…}` in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Braces<'a> {
    /// The offset of `$`.
    pub(crate) start: usize,
    /// The text between the braces; `None` if the brace is not closed.
    pub(crate) inside: Option<&'a str>,
}

/// Returns every `${…}` of a text, from left to right.
pub(crate) fn braces(text: &str) -> impl Iterator<Item = Braces<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        // most texts have no `$`
        let mut dollars = text.get(at..)?.match_indices('$');
        let (start, _) = dollars.find(|(dollar, _)| text[at + dollar..].starts_with("${"))?;
        let start = at + start;
        let inside = variable(&text[start..]).map(|(inside, _)| inside);
        at = inside.map_or(text.len(), |inside| start + inside.len() + 3);
        Some(Braces { start, inside })
    })
}

/// Splits off the `${…}` at the start of a text: returns its contents, and the rest of the text.
fn variable(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("${")?.split_once('}')
}

/// Returns the pattern with at most two `*` in a row: it matches the same, in less time.
pub(crate) fn without_runs(pattern: &str) -> Cow<'_, str> {
    if !pattern.contains("***") {
        return Cow::Borrowed(pattern);
    }
    let mut shorter = String::new();
    for char in pattern.chars() {
        if char != '*' || !shorter.ends_with("**") {
            shorter.push(char);
        }
    }
    Cow::Owned(shorter)
}

/// Returns whether the pattern matches the whole text.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut pattern, mut at) = (pattern, 0);
    // For backtracking: the pattern after the last `*`, and the end of the text that `*` matched.
    let mut retry: Option<(&str, usize)> = None;
    loop {
        // Plain bytes first: most of a pattern is plain.
        let plain = pattern.bytes().zip(&bytes[at..]);
        let same = plain
            .take_while(|(a, b)| a == *b && !matches!(a, b'*' | b'?' | b'$'))
            .count();
        at += same;
        let rest = &pattern.as_bytes()[same..];
        if rest.is_empty() && at == bytes.len() {
            return true;
        }
        // At any other byte, the two differ.
        let next = match rest.first() {
            Some(b'*' | b'?' | b'$') => next_token(&pattern[same..]),
            _ => None,
        };
        match next {
            Some((Token::Any, "")) => return true,
            Some((Token::Any, after)) => {
                retry = Some((after, at));
                pattern = after;
                continue;
            }
            Some((Token::One, after)) if at < bytes.len() => {
                at = next_boundary(bytes, at);
                pattern = after;
                continue;
            }
            Some((Token::Char(wanted), after))
                if text.get(at..).is_some_and(|rest| rest.starts_with(wanted)) =>
            {
                at += wanted.len_utf8();
                pattern = after;
                continue;
            }
            _ => {}
        }
        // Only the last `*` has to be retried: it can match any text that an earlier one could.
        let Some((after, end)) = retry else {
            return false;
        };
        if end == bytes.len() {
            return false;
        }
        at = match after.as_bytes()[0] {
            b'*' | b'?' | b'$' => next_boundary(bytes, end),
            // at the next byte like the first one that has to match
            first => match bytes[end + 1..].iter().position(|byte| *byte == first) {
                Some(skipped) => end + 1 + skipped,
                None => return false,
            },
        };
        retry = Some((after, at));
        pattern = after;
    }
}

/// Returns whether a pattern of names, such as `s3:Get*`, matches the whole name. ASCII case is ignored, and
/// `$` is a plain character.
pub(crate) fn matches_name(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    // most patterns are names, which are compared faster as a whole
    if pattern.eq_ignore_ascii_case(name) {
        return true;
    }
    let (mut next, mut at) = (0, 0);
    // As in `matches`: the pattern after the last `*`, and the end of the name that `*` matched.
    let mut retry: Option<(usize, usize)> = None;
    loop {
        let plain = pattern[next..].iter().zip(&name[at..]);
        let same = plain
            .take_while(|(a, b)| a.eq_ignore_ascii_case(b) && !matches!(a, b'*' | b'?'))
            .count();
        next += same;
        at += same;
        match pattern.get(next) {
            None if at == name.len() => return true,
            Some(b'*') if next + 1 == pattern.len() => return true,
            Some(b'*') => {
                next += 1;
                retry = Some((next, at));
                continue;
            }
            Some(b'?') if at < name.len() => {
                next += 1;
                at = next_boundary(name, at);
                continue;
            }
            _ => {}
        }
        let Some((after, end)) = retry.filter(|(_, end)| *end < name.len()) else {
            return false;
        };
        next = after;
        at = next_boundary(name, end);
        retry = Some((next, at));
    }
}

/// Returns the offset of the character after the one at `at`.
fn next_boundary(bytes: &[u8], at: usize) -> usize {
    let follows = |byte: &&u8| **byte & 0xc0 == 0x80;
    at + 1 + bytes[at + 1..].iter().take_while(follows).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_and_variables_match() {
        for (pattern, text) in [
            ("", ""),
            ("*", ""),
            ("**", "abc"),
            ("a*c", "abcbc"),
            ("a?c", "aéc"),
            ("*.opus-*", "eu.opus-4"),
            ("${*}", "*"),
            ("a${?}", "a?"),
            ("${$}", "$"),
            ("x-${aws:username}-y", "x-me-y"),
            ("$", "$"),
            ("${a", "${a"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("", "a"),
            ("?", ""),
            ("?", "ab"),
            ("a*c", "acb"),
            ("${*}", "a"),
            ("A", "a"),
            ("*a", "ab"),
            ("?", "*a"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn runs_of_wildcards_are_shortened() {
        for (pattern, shorter) in [
            ("", ""),
            ("*", "*"),
            ("a**b", "a**b"),
            ("***é****?*", "**é**?*"),
            ("${***}", "${**}"),
        ] {
            assert_eq!(without_runs(pattern), shorter);
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig {
            failure_persistence: None,
            ..Default::default()
        })]

        #[test]
        fn a_text_matches_if_it_meets_the_pattern(pattern in "[abé*?]{0,8}", text in "[abéè]{0,8}") {
            let met = meet(&steps(&pattern), &steps(&text));
            proptest::prop_assert_eq!(matches(&pattern, &text), met);
        }
    }

    #[test]
    fn many_wildcards_are_matched_quickly() {
        let pattern = "*a".repeat(500) + "b";
        assert!(!matches(&pattern, &"a".repeat(5_000)));
        assert!(!matches_name(&pattern, &"a".repeat(5_000)));
    }

    #[test]
    fn names_match_in_any_case_and_without_variables() {
        for (pattern, name, expected) in [
            ("s3:get*", "S3:GetObject", true),
            ("S3:*ob?ECT", "s3:PutObject", true),
            ("*", "", true),
            ("**", "a", true),
            ("*a*b", "xaxbxb", true),
            ("a?", "a\u{e9}", true),
            ("${*}", "${a}", true),
            ("${*}", "*", false),
            ("?", "", false),
            ("a", "ab", false),
            ("ab", "a", false),
            ("*a*b", "xbxa", false),
        ] {
            assert_eq!(matches_name(pattern, name), expected, "{pattern} {name}");
        }
    }
}
