//! Which of many patterns cover a text, without a look at each of them.
//!
//! A pattern is kept by a literal part of it, the rarest among all patterns: a text that it covers
//! contains that part. So a search looks at the parts of the text, by their hashes, and then only at
//! patterns that share one with it. ASCII case is ignored, which costs candidates and loses none.

use std::borrow::Cow;

/// Up to so many are compared one by one: an index would cost more than it saves. Tests have short
/// lists and are about the index.
const FEW: usize = if cfg!(test) { 2 } else { 16 };

/// A literal part of a text: its length and hash.
type Part = (usize, u64);

/// Texts and patterns, each with the number that it was given.
#[derive(Default)]
pub(super) struct Cover {
    /// Those that are a candidate for each text: patterns without a literal part, or few.
    always: Vec<usize>,
    /// By the whole text.
    whole: Parts,
    /// Patterns, by what they begin with.
    heads: Parts,
    /// Patterns, by what they contain.
    inner: Parts,
}

/// Numbers by parts.
#[derive(Default)]
struct Parts {
    /// In ascending order.
    entries: Vec<(Part, usize)>,
    /// In ascending order.
    lengths: Vec<usize>,
}

impl Parts {
    fn new(mut entries: Vec<(Part, usize)>) -> Self {
        entries.sort_unstable();
        let mut lengths: Vec<usize> = entries.iter().map(|((length, _), _)| *length).collect();
        lengths.dedup();
        Self { entries, lengths }
    }

    fn of(&self, part: Part) -> impl Iterator<Item = usize> {
        let begin = self.entries.partition_point(|(other, _)| *other < part);
        let rest = self.entries[begin..].iter();
        rest.take_while(move |(other, _)| *other == part)
            .map(|(_, number)| *number)
    }
}

impl Cover {
    /// Takes texts, each with its number. A wildcard in them is `*`; the flag is false for texts that
    /// stand for themselves alone.
    pub(super) fn new(texts: &[(usize, &str, bool)]) -> Self {
        if texts.len() <= FEW {
            return Self::always(texts.iter());
        }
        let patterns = || texts.iter().filter(|(.., is_pattern)| *is_pattern);
        let whole = texts
            .iter()
            .map(|(number, text, _)| (part_of(text), *number));
        let whole = Parts::new(whole.collect());
        if patterns().count() <= FEW {
            let always = Self::always(patterns());
            return Self { whole, ..always };
        }
        let mut parts: Vec<Part> = patterns()
            .flat_map(|(_, text, _)| literals(text).map(part_of))
            .collect();
        parts.sort_unstable();
        let frequency = |part: Part| {
            parts.partition_point(|other| *other <= part)
                - parts.partition_point(|other| *other < part)
        };
        let (mut heads, mut inner, mut always) = (Vec::new(), Vec::new(), Vec::new());
        for (number, text, _) in patterns() {
            // Of parts that are as rare the first: a head is found sooner.
            match literals(text).min_by_key(|part| frequency(part_of(part))) {
                None => always.push(*number),
                Some(part) if text.starts_with(part) => heads.push((part_of(part), *number)),
                Some(part) => inner.push((part_of(part), *number)),
            }
        }
        Self {
            always,
            whole,
            heads: Parts::new(heads),
            inner: Parts::new(inner),
        }
    }

    fn always<'a>(texts: impl Iterator<Item = &'a (usize, &'a str, bool)>) -> Self {
        Self {
            always: texts.map(|(number, ..)| *number).collect(),
            ..Self::default()
        }
    }

    /// The numbers, in ascending order, of texts that are the text, and of patterns that may cover
    /// it: all that do, and some more.
    pub(super) fn candidates(&self, text: &str) -> Cow<'_, [usize]> {
        if self.whole.entries.is_empty() {
            return Cow::Borrowed(&self.always);
        }
        let mut found = self.always.clone();
        found.extend(self.whole.of(part_of(text)));
        if !self.heads.entries.is_empty() || !self.inner.entries.is_empty() {
            self.by_parts(text, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found.into()
    }

    fn by_parts(&self, text: &str, found: &mut Vec<usize>) {
        let hashes = Hashes::of(text.as_bytes());
        let mut look = |parts: &Parts, begin, length| {
            found.extend(parts.of((length, hashes.of_part(begin, length))));
        };
        for &length in lengths_up_to(&self.heads.lengths, text.len()) {
            look(&self.heads, 0, length);
        }
        for &length in lengths_up_to(&self.inner.lengths, text.len()) {
            for begin in 0..=text.len() - length {
                look(&self.inner, begin, length);
            }
        }
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
    (text.len(), hash(text))
}

/// A hash of a text that ignores ASCII case.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0, next)
}

/// A polynomial in this base, in arithmetic modulo 2^64: parts with one hash that differ cost a
/// comparison and no more.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

const fn next(hash: u64, byte: u8) -> u64 {
    hash.wrapping_mul(BASE)
        .wrapping_add(byte.to_ascii_lowercase() as u64 + 1)
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

    fn cover(texts: &[String]) -> Cover {
        let texts = texts.iter().enumerate();
        let texts: Vec<_> = texts
            .map(|(number, text)| (number, &**text, text.contains('*')))
            .collect();
        Cover::new(&texts)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_pattern_that_covers_a_text_is_a_candidate(
            patterns in prop::collection::vec("[abAB*]{0,6}", 0..12),
            text in "[ab]{0,8}",
        ) {
            let cover = cover(&patterns);
            let candidates = cover.candidates(&text);
            for (number, pattern) in patterns.iter().enumerate() {
                if glob::matches(&pattern.to_ascii_lowercase(), &text) {
                    prop_assert!(candidates.contains(&number), "{pattern} {text}");
                }
            }
        }
    }

    #[test]
    fn other_patterns_are_not_looked_at() {
        let texts: Vec<String> = (0..1000).map(|at| format!("shop:*Item{at:04}*")).collect();
        assert_eq!(*cover(&texts).candidates("shop:GetItem0007"), [7]);
    }
}
