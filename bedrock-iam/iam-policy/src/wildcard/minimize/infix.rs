//! Infix patterns, where they are shorter than the prefix patterns that they replace.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::prefix::Prefix;
use super::{Service, word_starts};

/// The length of a list entry in addition to its text: two quotes and a comma.
const AROUND: usize = 3;

/// `head*tail`, or `head*word*`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shape<'a> {
    head: &'a str,
    word: &'a str,
    open_end: bool,
}

impl Shape<'_> {
    fn matches(&self, lower: &str) -> bool {
        let rest = lower.strip_prefix(self.head);
        rest.is_some_and(|rest| {
            if self.open_end {
                rest.contains(self.word)
            } else {
                rest.ends_with(self.word)
            }
        })
    }

    const fn len(&self) -> usize {
        self.head.len() + 1 + self.word.len() + self.open_end as usize
    }
}

/// A pattern that matches only wanted names, and the prefix patterns that it can replace.
struct Candidate<'a> {
    shape: Shape<'a>,
    /// Head and word as spelled in the names.
    written: (&'a str, &'a str),
    owners: Vec<usize>,
}

impl Candidate<'_> {
    fn text(&self) -> String {
        let (head, word) = self.written;
        format!(
            "{head}*{word}{}",
            if self.shape.open_end { "*" } else { "" }
        )
    }
}

/// Replaces prefix patterns with shorter infix patterns, each time with the one that saves most.
pub(super) fn shorter(service: &Service<'_>, prefixes: &[Prefix]) -> Vec<String> {
    let known = service.known;
    let candidates = candidates(service, prefixes);
    let mut left = vec![true; prefixes.len()];
    let mut texts = Vec::new();
    loop {
        let replaced = |candidate: &Candidate<'_>| -> (usize, usize) {
            let owners = candidate.owners.iter().filter(|owner| left[**owner]);
            owners.fold((0, 0), |(count, length), owner| {
                (count + 1, length + prefixes[*owner].len(known) + AROUND)
            })
        };
        let saving = |candidate: &Candidate<'_>| -> Option<usize> {
            let (count, length) = replaced(candidate);
            let saved = length.checked_sub(candidate.shape.len() + AROUND)?;
            (count > 1 && saved > 0).then_some(saved)
        };
        let best = candidates
            .iter()
            .filter_map(|candidate| Some((saving(candidate)?, Reverse(candidate.shape), candidate)))
            .max_by_key(|(saved, shape, _)| (*saved, *shape));
        let Some((_, _, candidate)) = best else {
            break;
        };
        texts.push(candidate.text());
        for owner in &candidate.owners {
            left[*owner] = false;
        }
    }
    let kept = prefixes.iter().zip(&left).filter(|(_, left)| **left);
    texts.extend(kept.map(|(prefix, _)| prefix.text(known)));
    texts.sort_by_key(|text| text.to_ascii_lowercase());
    texts
}

/// Returns patterns made of the words of wanted names, such as `Get*Policy` and `*Tags*`, that do
/// not match an unwanted name.
fn candidates<'a>(service: &Service<'a>, prefixes: &[Prefix]) -> Vec<Candidate<'a>> {
    let known = service.known;
    let mut shapes: BTreeMap<Shape<'a>, ((&'a str, &'a str), usize)> = BTreeMap::new();
    for prefix in prefixes {
        // A replacement must match all names of the prefix pattern, so the first one's shapes
        // suffice.
        for (shape, written) in shapes_of(service, prefix.run.start) {
            let mut others = known[prefix.run.clone()].iter().skip(1);
            if others.all(|action| shape.matches(&action.lower)) {
                shapes.entry(shape).or_insert((written, 0)).1 += 1;
            }
        }
    }
    let unwanted: Vec<&str> = known
        .iter()
        .zip(service.members)
        .filter(|(_, wanted)| !**wanted)
        .map(|(action, _)| &*action.lower)
        .collect();
    let several = shapes.into_iter().filter(|(_, (_, count))| *count > 1);
    several
        .filter(|(shape, _)| !unwanted.iter().any(|lower| shape.matches(lower)))
        .map(|(shape, (written, _))| {
            let whole = |prefix: &Prefix| {
                known[prefix.run.clone()]
                    .iter()
                    .all(|action| shape.matches(&action.lower))
            };
            let owners = (0..prefixes.len())
                .filter(|index| whole(&prefixes[*index]))
                .collect();
            Candidate {
                shape,
                written,
                owners,
            }
        })
        .collect()
}

/// Returns the shapes made of a name's words, each in lower case and as spelled.
fn shapes_of<'a>(
    service: &Service<'a>,
    index: usize,
) -> impl Iterator<Item = (Shape<'a>, (&'a str, &'a str))> {
    let begin = service.begin;
    let (lower, name) = (&*service.known[index].lower, &*service.known[index].name);
    let mut ends: Vec<usize> = word_starts(name, begin).collect();
    ends.push(name.len());
    let first = ends.get(1).copied().unwrap_or(name.len());
    let starts = 1..ends.len() - 1;
    starts.flat_map(move |at| {
        let start = ends[at];
        let word = (start, ends[at + 1], true);
        let tail = (start, name.len(), false);
        [word, tail]
            .into_iter()
            .flat_map(move |(start, end, open_end)| {
                [begin, first].map(|head| {
                    let shape = Shape {
                        head: &lower[..head],
                        word: &lower[start..end],
                        open_end,
                    };
                    (shape, (&name[..head], &name[start..end]))
                })
            })
    })
}
