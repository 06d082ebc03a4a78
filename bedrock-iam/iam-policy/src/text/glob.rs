//! Texts with IAM's wildcards: `*` for any text, `?` for any one character.
//!
//! Case counts. `${*}`, `${?}` and `${$}` stand for the characters themselves, as IAM has them.
//! Any other `${…}` is a policy variable, whose value is not known here: it counts as `*`.
//! Nothing here recurses, and no input takes more than the product of the two lengths.

mod meet;

pub use meet::Rules;
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

/// Whether a pattern holds nothing special: it matches itself alone.
pub(crate) fn is_plain(pattern: &str) -> bool {
    !pattern
        .bytes()
        .any(|byte| matches!(byte, b'*' | b'?' | b'$'))
}

/// The inside of the `${…}` that the text begins with, and what follows it.
fn variable(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("${")?.split_once('}')
}

/// Whether the text is what the pattern says, from end to end.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut pattern, mut at) = (pattern, 0);
    // Where the last `*` may take one character more: what follows it, and where it ended.
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
        // Within a character the two differ, for a wildcard begins one.
        let next = pattern.get(same..).and_then(next_token);
        match next {
            Some((Token::Many, "")) => return true,
            Some((Token::Many, after)) => {
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
        // Only the last `*` need be tried again: what an earlier one could take, it can as well.
        let Some((after, end)) = retry else {
            return false;
        };
        if end == bytes.len() {
            return false;
        }
        at = next_boundary(bytes, end);
        retry = Some((after, at));
        pattern = after;
    }
}

/// Where the character after the one at this offset begins.
fn next_boundary(bytes: &[u8], at: usize) -> usize {
    let follows = |byte: &&u8| **byte & 0xc0 == 0x80;
    at + 1 + bytes[at + 1..].iter().take_while(follows).count()
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
