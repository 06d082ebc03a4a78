//! The fewest patterns with a wildcard at their end.

use std::ops::Range;

use super::{Service, is_word_start, word_starts};
use crate::facts::Named;

/// A run of names: all of them by their beginning, or one by its name.
#[derive(Clone, Debug)]
pub(super) struct Prefix {
    pub(super) run: Range<usize>,
    /// How much of the names stands before the wildcard; `None` for a name as it is.
    end: Option<usize>,
}

impl Prefix {
    pub(super) fn text(&self, known: &[Named]) -> String {
        let name = &known[self.run.start].name;
        match self.end {
            Some(end) => format!("{}*", &name[..end]),
            None => name.to_string(),
        }
    }

    pub(super) fn len(&self, known: &[Named]) -> usize {
        let name = &known[self.run.start].name;
        self.end.map_or(name.len(), |end| end + 1)
    }
}

/// The widest runs of names with a common beginning that are all wanted, in order.
///
/// Each wanted name lies in exactly one of them, and no prefix pattern can cover two without
/// covering an unwanted name: so there can't be fewer.
pub(super) fn widest(service: &Service<'_>, whole_words: bool) -> Vec<Prefix> {
    let Service { known, members, .. } = *service;
    let mut found = Vec::new();
    // The stack replaces recursion.
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
        // Backwards, for what is pushed last is looked at first.
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

/// How many bytes the names of a run begin with in common: sorted, so the ends tell.
fn common_prefix(known: &[Named], run: &Range<usize>) -> usize {
    let (first, last) = (
        known[run.start].lower.as_bytes(),
        known[run.end - 1].lower.as_bytes(),
    );
    first.iter().zip(last).take_while(|(a, b)| a == b).count()
}

/// Where the wildcard of a run's pattern can stand that cuts no word and follows two words.
fn at_word(service: &Service<'_>, run: &Range<usize>, common: usize) -> Option<usize> {
    let Service { known, begin, .. } = *service;
    let name = &known[run.start].name;
    let words = word_starts(name, begin).chain([name.len()]);
    let ends: Vec<usize> = words.take_while(|end| *end <= common).collect();
    // The first end is the name's beginning, the second is behind one word.
    ends.into_iter().skip(2).rev().find(|end| {
        let mut names = known[run.clone()].iter().map(|action| &action.name);
        names.all(|name| *end == name.len() || is_word_start(name, begin, *end))
            && alone(known, run, *end)
    })
}

/// Whether no name outside a run begins like it.
fn alone(known: &[Named], run: &Range<usize>, end: usize) -> bool {
    let begin = &known[run.start].lower[..end];
    let like =
        |action: Option<&Named>| action.is_some_and(|action| action.lower.starts_with(begin));
    !like(run.start.checked_sub(1).and_then(|at| known.get(at))) && !like(known.get(run.end))
}
