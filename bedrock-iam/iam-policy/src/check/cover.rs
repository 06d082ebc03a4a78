//! Which of many patterns cover a text, without a look at each of them.
//!
//! A pattern is kept by a literal part of it, the rarest among all patterns: a text that it covers
//! holds that part. So a search looks at the parts of the text, by their hashes, and then only at
//! patterns that share one with it.

use std::collections::HashMap;

/// A literal part of a pattern: its length and hash.
type Part = (usize, u64);

/// The patterns, each by a number that it is given.
#[derive(Default)]
pub(super) struct Cover {
    /// By the text itself.
    exact: HashMap<Box<str>, Vec<usize>>,
    /// Those that are known by what they begin with.
    heads: Parts,
    /// Those that are known by what they hold.
    inner: Parts,
    /// Those without a literal part.
    all: Vec<usize>,
}

#[derive(Default)]
struct Parts {
    /// In ascending order.
    lengths: Vec<usize>,
    by_part: HashMap<Part, Vec<usize>>,
}

impl Parts {
    fn add(&mut self, part: Part, number: usize) {
        self.by_part.entry(part).or_default().push(number);
    }

    fn sort(&mut self) {
        self.lengths = self.by_part.keys().map(|(length, _)| *length).collect();
        self.lengths.sort_unstable();
        self.lengths.dedup();
    }
}

impl Cover {
    /// Indexes texts, each with its number. A wildcard in them is `*`; `is_pattern` is false for
    /// texts that stand for themselves alone.
    pub(super) fn new<'a>(texts: impl Iterator<Item = (usize, &'a str, bool)> + Clone) -> Self {
        let mut it = Self::default();
        let mut frequency: HashMap<Part, usize> = HashMap::new();
        let patterns = || texts.clone().filter(|(.., is_pattern)| *is_pattern);
        for (_, text, _) in patterns() {
            for part in literals(text) {
                *frequency.entry(part_of(part)).or_default() += 1;
            }
        }
        for (number, text, _) in texts.clone() {
            match it.exact.get_mut(text) {
                Some(numbers) => numbers.push(number),
                None => {
                    it.exact.insert(text.into(), vec![number]);
                }
            }
        }
        for (number, text, _) in patterns() {
            // Of parts that are as rare the first: a head is found sooner.
            let rarest = literals(text).min_by_key(|part| frequency.get(&part_of(part)).copied());
            match rarest {
                None => it.all.push(number),
                Some(part) if text.starts_with(part) => it.heads.add(part_of(part), number),
                Some(part) => it.inner.add(part_of(part), number),
            }
        }
        it.heads.sort();
        it.inner.sort();
        it
    }

    /// The numbers of texts that are the text, and of patterns that may cover it: all that do, and
    /// some more.
    pub(super) fn candidates(&self, text: &str) -> Vec<usize> {
        let mut found = self.all.clone();
        found.extend(self.exact.get(text).into_iter().flatten());
        let hashes = Hashes::of(text.as_bytes());
        let mut look = |parts: &Parts, begin, length| {
            let part = (length, hashes.of_part(begin, length));
            found.extend(parts.by_part.get(&part).into_iter().flatten());
        };
        for &length in lengths_up_to(&self.heads.lengths, text.len()) {
            look(&self.heads, 0, length);
        }
        for &length in lengths_up_to(&self.inner.lengths, text.len()) {
            for begin in 0..=text.len() - length {
                look(&self.inner, begin, length);
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn lengths_up_to(lengths: &[usize], most: usize) -> &[usize] {
    &lengths[..lengths.partition_point(|length| *length <= most)]
}

/// What stands between a pattern's wildcards.
fn literals(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('*').filter(|part| !part.is_empty())
}

fn part_of(text: &str) -> Part {
    let hash = text.bytes().fold(0, next);
    (text.len(), hash)
}

/// A polynomial in this base, in arithmetic modulo 2^64: parts with one hash that differ cost a
/// comparison and no more.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

const fn next(hash: u64, byte: u8) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(byte as u64 + 1)
}

/// The hashes of all that a text begins with, so that the hash of any part takes two of them.
struct Hashes {
    heads: Vec<u64>,
    powers: Vec<u64>,
}

impl Hashes {
    fn of(text: &[u8]) -> Self {
        let (mut heads, mut powers) = (vec![0], vec![1_u64]);
        let (mut hash, mut power) = (0, 1_u64);
        for byte in text {
            hash = next(hash, *byte);
            power = power.wrapping_mul(BASE);
            heads.push(hash);
            powers.push(power);
        }
        Self { heads, powers }
    }

    fn of_part(&self, begin: usize, length: usize) -> u64 {
        let before = self.heads[begin].wrapping_mul(self.powers[length]);
        self.heads[begin + length].wrapping_sub(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::glob;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_pattern_that_covers_a_text_is_a_candidate(
            patterns in prop::collection::vec("[ab*]{0,6}", 0..12),
            text in "[ab]{0,8}",
        ) {
            let texts = patterns.iter().enumerate();
            let cover = Cover::new(texts.map(|(number, text)| (number, &**text, text.contains('*'))));
            let candidates = cover.candidates(&text);
            for (number, pattern) in patterns.iter().enumerate() {
                if glob::matches(pattern, &text) {
                    prop_assert!(candidates.contains(&number), "{pattern} {text}");
                }
            }
        }
    }

    #[test]
    fn other_patterns_are_not_looked_at() {
        let texts: Vec<String> = (0..1000).map(|at| format!("shop:*Item{at:04}*")).collect();
        let numbered = texts.iter().enumerate();
        let cover = Cover::new(numbered.map(|(number, text)| (number, &**text, true)));
        assert_eq!(cover.candidates("shop:GetItem0007"), [7]);
    }
}
