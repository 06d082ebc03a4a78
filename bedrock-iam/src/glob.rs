//! Texts with IAM's wildcards: `*` for any text, `?` for any one character.
//!
//! Case counts. `${*}`, `${?}` and `${$}` stand for the characters themselves, as IAM has them.
//! Any other `${…}` is a policy variable, whose value is not known here: it counts as `*`.
//! Nothing here recurses, and no input takes more than the product of the two lengths.

mod meet;

pub(crate) use meet::{Set, Step, meet, steps};

/// What one step of a pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// This character.
    Char(char),
    /// Any one character.
    One,
    /// Any text, the empty one included.
    Many,
}

/// The first step of a pattern, and the rest of it.
pub(crate) fn next_token(pattern: &str) -> Option<(Token, &str)> {
    let mut chars = pattern.chars();
    let first = chars.next()?;
    let token = match first {
        '*' => Token::Many,
        '?' => Token::One,
        '$' => match variable(pattern) {
            Some((inside, rest)) => {
                let token = match inside {
                    "*" => Token::Char('*'),
                    "?" => Token::Char('?'),
                    "$" => Token::Char('$'),
                    _ => Token::Many,
                };
                return Some((token, rest));
            }
            None => Token::Char('$'),
        },
        other => Token::Char(other),
    };
    Some((token, chars.as_str()))
}

/// The inside of the `${…}` that the text begins with, and what follows it.
fn variable(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("${")?.split_once('}')
}

/// Whether the text is what the pattern says, from end to end.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let (mut pattern, mut text) = (pattern, text);
    // Where the last `*` may take one character more: what follows it, and what it left.
    let mut retry: Option<(&str, &str)> = None;
    loop {
        let mut chars = text.chars();
        let fits = match (next_token(pattern), chars.next()) {
            (Some((Token::Many, rest)), _) => {
                retry = Some((rest, text));
                pattern = rest;
                continue;
            }
            (None, None) => return true,
            (Some((Token::One, rest)), Some(_)) => Some(rest),
            (Some((Token::Char(wanted), rest)), Some(found)) if wanted == found => Some(rest),
            _ => None,
        };
        if let Some(rest) = fits {
            (pattern, text) = (rest, chars.as_str());
            continue;
        }
        // Only the last `*` need be tried again: what an earlier one could take, it can as well.
        let Some((after, left)) = retry else {
            return false;
        };
        let mut left = left.chars();
        if left.next().is_none() {
            return false;
        }
        retry = Some((after, left.as_str()));
        (pattern, text) = (after, left.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
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
    fn many_stars_take_no_time() {
        let pattern = "*a".repeat(500) + "b";
        assert!(!matches(&pattern, &"a".repeat(5_000)));
    }
}
