//! The fewest prefix patterns for a set of actions.

use std::ops::Range;

use super::{Service, is_word_start, word_starts};
use crate::facts::ActionEntry;

/// A pattern for a range of names: their common prefix, or the name of a single one.
#[derive(Clone, Debug)]
pub(super) struct Prefix {
    pub(super) run: Range<usize>,
    /// The length of the text before the wildcard; `None` for a pattern without one.
    end: Option<usize>,
}

impl Prefix {
    pub(super) fn text(&self, known: &[ActionEntry]) -> String {
        let name = &known[self.run.start].name;
        match self.end {
            Some(end) => format!("{}*", &name[..end]),
            None => name.to_string(),
        }
    }

    pub(super) fn len(&self, known: &[ActionEntry]) -> usize {
        let name = &known[self.run.start].name;
        self.end.map_or(name.len(), |end| end + 1)
    }
}

/// Returns the widest prefix patterns that match only wanted names, in order.
///
/// Each wanted name is in exactly one range, and a prefix pattern that covered two ranges would
/// match an unwanted name: so these are the fewest.
pub(super) fn widest(service: &Service<'_>, whole_words: bool) -> Vec<Prefix> {
    let Service { known, members, .. } = *service;
    let mut found = Vec::new();
    // A stack instead of recursion.
    let mut open = Vec::from([Range {
        start: 0,
        end: known.len(),
    }]);
    while let Some(run) = open.pop() {
        let wanted = members[run.clone()]
            .iter()
            .filter(|wanted| **wanted)
            .count();
        if wanted == 0 {
            continue;
        }
        if run.len() == 1 {
            found.push(Prefix { run, end: None });
            continue;
        }
        let common = common_prefix(known, &run).max(service.begin);
        if wanted == run.len() {
            let end = if whole_words {
                at_word(service, &run, common)
            } else {
                Some(common)
            };
            if end.is_some() {
                found.push(Prefix { run, end });
                continue;
            }
        }
        let next = |index: usize| known[index].lower.as_bytes().get(common).copied();
        let mut end = run.end;
        // In reverse, because the last range pushed is the first one popped.
        while end > run.start {
            let byte = next(end - 1);
            let size = (run.start..end)
                .rev()
                .take_while(|index| next(*index) == byte)
                .count();
            open.push(end - size..end);
            end -= size;
        }
    }
    found
}

/// Returns the length of the common prefix of a range of names; as they are sorted, that of its
/// first and last.
fn common_prefix(known: &[ActionEntry], run: &Range<usize>) -> usize {
    let (first, last) = (
        known[run.start].lower.as_bytes(),
        known[run.end - 1].lower.as_bytes(),
    );
    first.iter().zip(last).take_while(|(a, b)| a == b).count()
}

/// Returns the last offset for a wildcard that is between words, after at least two of them.
fn at_word(service: &Service<'_>, run: &Range<usize>, common: usize) -> Option<usize> {
    let Service { known, begin, .. } = *service;
    let name = &known[run.start].name;
    let words = word_starts(name, begin).chain([name.len()]);
    let ends: Vec<usize> = words.take_while(|end| *end <= common).collect();
    // The first end is the beginning of the name, the second is after one word.
    ends.into_iter().skip(2).rev().find(|end| {
        let mut names = known[run.clone()].iter().map(|action| &action.name);
        names.all(|name| *end == name.len() || is_word_start(name, begin, *end))
            && alone(known, run, *end)
    })
}

/// Returns whether no name outside the range has its prefix.
fn alone(known: &[ActionEntry], run: &Range<usize>, end: usize) -> bool {
    let begin = &known[run.start].lower[..end];
    let like =
        |action: Option<&ActionEntry>| action.is_some_and(|action| action.lower.starts_with(begin));
    !like(run.start.checked_sub(1).and_then(|at| known.get(at))) && !like(known.get(run.end))
}
