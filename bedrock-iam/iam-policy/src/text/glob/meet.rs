//! Decides whether two patterns have a text in common.

use super::{Token, next_token};

/// The delimiters that are allowed in one place of an ARN.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rules {
    /// Whether `:` is allowed.
    pub colon: bool,
    /// Whether `/` is allowed.
    pub slash: bool,
    /// The ASCII character after the place, which is not allowed in it.
    pub delimiter: Option<u8>,
}

impl Rules {
    /// Rules that allow all delimiters.
    pub(crate) const LOOSE: Self = Self {
        colon: true,
        slash: true,
        delimiter: None,
    };

    /// Returns whether the byte is a delimiter that is not allowed in the place.
    pub(crate) const fn stops(self, byte: u8) -> bool {
        match byte {
            b':' => !self.colon,
            b'/' => !self.slash,
            _ => matches!(self.delimiter, Some(delimiter) if delimiter == byte),
        }
    }
}

/// The set of characters that a step matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    /// Any character.
    Any,
    /// Only this character.
    Only(char),
    /// An ASCII digit.
    Digit,
    /// Any character but the delimiters that these rules do not allow.
    Within(Rules),
}

impl Set {
    /// Returns whether both sets have a character in common.
    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Only(a), Self::Only(b)) => a == b,
            (Self::Only(char), Self::Digit) | (Self::Digit, Self::Only(char)) => {
                char.is_ascii_digit()
            }
            (Self::Only(char), Self::Within(rules)) | (Self::Within(rules), Self::Only(char)) => {
                !u8::try_from(char).is_ok_and(|byte| rules.stops(byte))
            }
            // Two sets of many characters always have one in common.
            _ => true,
        }
    }
}

/// A step of a pattern: characters of a set, once or any number of times.
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

/// Parses a pattern into steps.
pub(crate) fn steps(mut pattern: &str) -> Vec<Step> {
    let mut steps = Vec::with_capacity(pattern.len());
    while let Some((token, rest)) = next_token(pattern) {
        steps.push(match token {
            Token::Char(char) => Step::once(Set::Only(char)),
            Token::One => Step::once(Set::Any),
            Token::Any => Step::any_number(Set::Any),
        });
        pattern = rest;
    }
    steps
}

/// Returns whether some text matches both patterns.
///
/// Fills a table: an entry is true if the first `i` steps of one pattern and the first `j` steps of
/// the other have a text in common. One row is kept at a time, because an entry depends only on its
/// neighbors.
pub(crate) fn meet(left: &[Step], right: &[Step]) -> bool {
    // Text between two `*` can be in any step that repeats and takes its characters.
    if let [first, inner @ .., last] = left
        && [first, last]
            .iter()
            .all(|it| it.repeats && it.set == Set::Any)
        && right.iter().any(|step| {
            let takes = |it: &Step| it.repeats || it.set.meets(step.set);
            step.repeats && inner.iter().all(takes)
        })
    {
        return true;
    }
    /// Rows of this length need no allocation.
    const SHORT: usize = 64;
    let (mut short, mut long) = ([false; 2 * SHORT], Vec::new());
    let (mut row, mut next) = if right.len() < SHORT {
        short.split_at_mut(SHORT)
    } else {
        long.resize(2 * (right.len() + 1), false);
        long.split_at_mut(right.len() + 1)
    };
    row[0] = true;
    // the entries before it are false
    let mut first = 0;
    for i in 0..=left.len() {
        let begin = first;
        first = right.len() + 1;
        for j in begin..=right.len() {
            if !row[j] {
                continue;
            }
            let (a, b) = (left.get(i), right.get(j));
            // A repeating step can end here.
            if a.is_some_and(|a| a.repeats) {
                next[j] = true;
                first = first.min(j);
            }
            if b.is_some_and(|b| b.repeats) {
                row[j + 1] = true;
            }
            // Or both match the same character; a repeating step then continues.
            if let (Some(a), Some(b)) = (a, b)
                && a.set.meets(b.set)
            {
                match (a.repeats, b.repeats) {
                    (false, false) => {
                        next[j + 1] = true;
                        first = first.min(j + 1);
                    }
                    (false, true) => {
                        next[j] = true;
                        first = first.min(j);
                    }
                    (true, false) => row[j + 1] = true,
                    (true, true) => {}
                }
            }
        }
        if i == left.len() {
            break;
        }
        if first > right.len() {
            return false;
        }
        std::mem::swap(&mut row, &mut next);
        next.fill(false);
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
    fn patterns_with_a_common_text_meet() {
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
    fn many_wildcards_are_matched_quickly() {
        assert!(!met(&("*a".repeat(500) + "b"), &("a*".repeat(500) + "c")));
    }
}
