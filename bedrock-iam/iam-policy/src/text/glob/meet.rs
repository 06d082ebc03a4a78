//! Whether some text matches two patterns at once.

use super::{Token, next_token};

/// The delimiters that a place can and can't hold.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rules {
    /// Whether it holds `:`.
    pub colon: bool,
    /// Whether it holds `/`.
    pub slash: bool,
    /// The ASCII character that follows the place and so can't stand in it.
    pub delimiter: Option<u8>,
}

impl Rules {
    /// Everything but what no place can hold.
    pub(crate) const LOOSE: Self = Self {
        colon: true,
        slash: true,
        delimiter: None,
    };

    /// Whether the byte parts an ARN here, so that it can't stand in the place.
    pub(crate) const fn stops(self, byte: u8) -> bool {
        match byte {
            b':' => !self.colon,
            b'/' => !self.slash,
            _ => matches!(self.delimiter, Some(delimiter) if delimiter == byte),
        }
    }
}

/// The characters that a step takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    /// Any character.
    Any,
    /// Just this one.
    Only(char),
    /// A digit.
    Digit,
    /// Any but those that part an ARN under these rules.
    Within(Rules),
}

impl Set {
    /// Whether some character is in both.
    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Only(a), Self::Only(b)) => a == b,
            (Self::Only(char), Self::Digit) | (Self::Digit, Self::Only(char)) => {
                char.is_ascii_digit()
            }
            (Self::Only(char), Self::Within(rules)) | (Self::Within(rules), Self::Only(char)) => {
                !u8::try_from(char).is_ok_and(|byte| rules.stops(byte))
            }
            // Two sets of many characters always share one.
            _ => true,
        }
    }
}

/// A step of a pattern: characters of a set, once, or any number of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) set: Set,
    pub(crate) repeats: bool,
}

impl Step {
    pub(crate) const fn once(set: Set) -> Self {
        Self {
            set,
            repeats: false,
        }
    }

    pub(crate) const fn any_number(set: Set) -> Self {
        Self { set, repeats: true }
    }
}

/// The steps of a pattern.
pub(crate) fn steps(mut pattern: &str) -> Vec<Step> {
    let mut steps = Vec::with_capacity(pattern.len());
    while let Some((token, rest)) = next_token(pattern) {
        steps.push(match token {
            Token::Char(char) => Step::once(Set::Only(char)),
            Token::One => Step::once(Set::Any),
            Token::Many => Step::any_number(Set::Any),
        });
        pattern = rest;
    }
    steps
}

/// Whether some text is what both say.
///
/// A table over the two: an entry tells whether the first steps of one and of the other can have
/// taken the same text. One row is enough, for each entry needs only its neighbours.
pub(crate) fn meet(left: &[Step], right: &[Step]) -> bool {
    let mut row = vec![false; right.len() + 1];
    row[0] = true;
    for i in 0..=left.len() {
        let mut next = vec![false; right.len() + 1];
        for j in 0..=right.len() {
            if !row[j] {
                continue;
            }
            let (a, b) = (left.get(i), right.get(j));
            // A step that repeats may end here.
            if a.is_some_and(|a| a.repeats) {
                next[j] = true;
            }
            if b.is_some_and(|b| b.repeats) {
                row[j + 1] = true;
            }
            // Or both take the same character; a step that repeats then stays.
            if let (Some(a), Some(b)) = (a, b)
                && a.set.meets(b.set)
            {
                match (a.repeats, b.repeats) {
                    (false, false) => next[j + 1] = true,
                    (false, true) => next[j] = true,
                    (true, false) => row[j + 1] = true,
                    (true, true) => {}
                }
            }
        }
        if i == left.len() {
            break;
        }
        row = next;
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(left: &str, right: &str) -> bool {
        meet(&steps(left), &steps(right))
    }

    #[test]
    fn patterns_meet_or_not() {
        for (left, right) in [
            ("", ""),
            ("a*", "*b"),
            ("*", ""),
            ("a?c", "?b?"),
            ("*a*b*", "*b*a*"),
            ("é", "?"),
        ] {
            assert!(met(left, right) && met(right, left), "{left} {right}");
        }
        for (left, right) in [
            ("", "?"),
            ("a*", "b*"),
            ("?", "??"),
            ("*a", "*b"),
            ("a*b", "a"),
            ("${*}", "a"),
        ] {
            assert!(!met(left, right) && !met(right, left), "{left} {right}");
        }
    }

    #[test]
    fn many_stars_take_no_time() {
        assert!(!met(&("*a".repeat(500) + "b"), &("a*".repeat(500) + "c")));
    }
}
