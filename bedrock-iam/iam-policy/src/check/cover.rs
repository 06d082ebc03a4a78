//! An index that finds the patterns covering a text without trying every pattern.
//!
//! A pattern is indexed by one of its literal parts, the rarest among all patterns: each text that it
//! covers contains that part. A search hashes the parts of the text, and tries only the patterns that
//! share a part with it. ASCII case is ignored, which may add candidates and never loses one.

use std::borrow::Cow;
use std::cell::Cell;

/// Up to this many patterns are compared one by one, because an index would cost more than it
/// saves. The limit is lower in tests, so that their short lists use the index.
const FEW: usize = if cfg!(test) { 2 } else { 16 };

/// The length and hash of a literal part of a text.
type Part = (usize, u64);

/// An index of texts and patterns, each identified by a number that the caller chooses.
#[derive(Default)]
pub(super) struct Cover {
    /// Candidates for every text: patterns without a literal part, or too few to index.
    always: Vec<usize>,
    /// Texts and patterns, by their whole text.
    whole: Parts,
    /// Patterns, by a literal part that they begin with.
    prefixes: Parts,
    /// Patterns, by a literal part that they contain.
    inner: Parts,
}

/// The time that is left for a search, in bytes to compare.
///
/// The entries of a policy that IAM accepts need less than the whole: 32 KiB, each compared with all
/// others. Without a limit, a longer text could need the square of its length.
pub(super) struct Budget(Cell<usize>);

impl Default for Budget {
    fn default() -> Self {
        Self(Cell::new(1 << 26))
    }
}

impl Budget {
    /// Takes the time for a number of bytes. Returns whether it was left.
    pub(super) fn take(&self, bytes: usize) -> bool {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// Numbers by literal part.
#[derive(Default)]
struct Parts {
    /// Sorted.
    entries: Vec<(Part, usize)>,
    /// The lengths of the parts, sorted, each once.
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
    /// Indexes texts, each with its number. The flag is true for patterns, whose only wildcard is
    /// `*`, and false for texts that match only themselves.
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
        let (mut prefixes, mut inner, mut always) = (Vec::new(), Vec::new(), Vec::new());
        for (number, text, _) in patterns() {
            // Of equally rare parts, `min_by_key` takes the first: prefixes are faster to look up.
            match literals(text).min_by_key(|part| frequency(part_of(part))) {
                None => always.push(*number),
                Some(part) if text.starts_with(part) => prefixes.push((part_of(part), *number)),
                Some(part) => inner.push((part_of(part), *number)),
            }
        }
        Self {
            always,
            whole,
            prefixes: Parts::new(prefixes),
            inner: Parts::new(inner),
        }
    }

    fn always<'a>(texts: impl Iterator<Item = &'a (usize, &'a str, bool)>) -> Self {
        Self {
            always: texts.map(|(number, ..)| *number).collect(),
            ..Self::default()
        }
    }

    /// Returns the numbers, in ascending order, of the texts equal to `text` and of the patterns that
    /// may cover it: all that do, and some that do not.
    ///
    /// The time that the search takes is taken from `budget`; without it, nothing is found.
    pub(super) fn candidates(&self, text: &str, budget: &Budget) -> Cow<'_, [usize]> {
        let lengths = lengths_up_to(&self.inner.lengths, text.len()).len();
        if !budget.take(lengths.saturating_mul(text.len()).saturating_mul(32)) {
            return Cow::Borrowed(&[]);
        }
        if self.whole.entries.is_empty() {
            return Cow::Borrowed(&self.always);
        }
        let mut found = self.always.clone();
        found.extend(self.whole.of(part_of(text)));
        if !self.prefixes.entries.is_empty() || !self.inner.entries.is_empty() {
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
        for &length in lengths_up_to(&self.prefixes.lengths, text.len()) {
            look(&self.prefixes, 0, length);
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

/// Returns the literal parts of a pattern, between its wildcards.
fn literals(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('*').filter(|part| !part.is_empty())
}

fn part_of(text: &str) -> Part {
    (text.len(), hash(text))
}

/// Hashes a text, ignoring ASCII case.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0, next)
}

/// The base of the hash, a polynomial modulo 2^64. A collision only costs a comparison.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

const fn next(hash: u64, byte: u8) -> u64 {
    hash.wrapping_mul(BASE)
        .wrapping_add(byte.to_ascii_lowercase() as u64 + 1)
}

/// The hashes of all prefixes of a text; two of them give the hash of any part.
struct Hashes {
    prefixes: Vec<u64>,
    powers: Vec<u64>,
}

impl Hashes {
    fn of(text: &[u8]) -> Self {
        let (mut prefixes, mut powers) = (vec![0], vec![1_u64]);
        let (mut hash, mut power) = (0, 1_u64);
        for byte in text {
            hash = next(hash, *byte);
            power = power.wrapping_mul(BASE);
            prefixes.push(hash);
            powers.push(power);
        }
        Self { prefixes, powers }
    }

    fn of_part(&self, begin: usize, length: usize) -> u64 {
        let before = self.prefixes[begin].wrapping_mul(self.powers[length]);
        self.prefixes[begin + length].wrapping_sub(before)
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
            let candidates = cover.candidates(&text, &Budget::default());
            for (number, pattern) in patterns.iter().enumerate() {
                if glob::matches(&pattern.to_ascii_lowercase(), &text) {
                    prop_assert!(candidates.contains(&number), "{pattern} {text}");
                }
            }
        }
    }

    #[test]
    fn a_search_ends_with_the_budget() {
        let budget = Budget(Cell::new(100));
        let cover = cover(&["a*b".to_owned(), "c*d".to_owned(), "*e*".to_owned()]);
        assert_eq!(*cover.candidates("aeb", &budget), [0, 2]);
        assert!(!budget.take(100) && !budget.take(1), "the search took some");
        assert!(cover.candidates("aeb", &budget).is_empty());
    }

    #[test]
    fn patterns_that_share_no_part_are_not_candidates() {
        let texts: Vec<String> = (0..1000).map(|at| format!("shop:*Item{at:04}*")).collect();
        assert_eq!(
            *cover(&texts).candidates("shop:GetItem0007", &Budget::default()),
            [7]
        );
    }
}
