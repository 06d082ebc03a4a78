//! Patterns for a set of actions: as few as can be, and not one action too many.

use std::collections::BTreeMap;

use super::catalogue::Known;
use super::{ActionPattern, ActionSet};

/// Shortens a set of actions to patterns that match exactly it, and no other action that the
/// catalogue knows.
///
/// First come as few prefix patterns as can be (`bedrock:Get*`); then those that an infix
/// (`bedrock:*Tags*`) replaces at less length are replaced. What comes out is held against the set
/// once more before it is returned.
#[derive(Clone, Copy, Debug)]
pub struct Minimize<'a> {
    set: &'a ActionSet<'a>,
    whole_words: bool,
    infix: bool,
}

impl<'a> Minimize<'a> {
    pub(super) const fn of(set: &'a ActionSet<'a>) -> Self {
        Self {
            set,
            whole_words: false,
            infix: true,
        }
    }

    /// Keeps distance from names that may come later: a wildcard stands only where a word of the
    /// name begins, and only behind two words at least, so that `bedrock:CreateAgent*` may come
    /// out and `bedrock:Create*` or `bedrock:CreateAg*` may not. No infix patterns.
    #[must_use]
    pub const fn keeping_distance(mut self) -> Self {
        self.whole_words = true;
        self.infix = false;
        self
    }

    /// Prefix patterns only.
    #[must_use]
    pub const fn prefixes_only(mut self) -> Self {
        self.infix = false;
        self
    }

    /// The patterns, by name.
    #[must_use]
    pub fn patterns(&self) -> Vec<ActionPattern> {
        let known = self.set.catalogue.known();
        let mut found = Vec::new();
        for service in services(known) {
            let members = &self.set.members[service.clone()];
            if members.contains(&true) {
                found.extend(self.of_service(&known[service], members));
            }
        }
        let patterns: Option<Vec<_>> = found
            .iter()
            .map(|text| ActionPattern::parse(text).ok())
            .collect();
        match patterns {
            Some(patterns) if self.is_exact(&patterns) => patterns,
            // a name that no pattern can be made of stands for itself
            _ => self
                .set
                .iter()
                .filter_map(|action| ActionPattern::parse(action).ok())
                .collect(),
        }
    }

    fn is_exact(&self, patterns: &[ActionPattern]) -> bool {
        ActionSet::matching(self.set.catalogue, patterns).members == self.set.members
    }

    fn of_service(&self, known: &[Known], members: &[bool]) -> Vec<String> {
        let mut prefixes = Vec::new();
        let begin = known[0].lower.find(':').map_or(0, |at| at + 1);
        self.descend(known, members, begin, &mut prefixes);
        if self.infix && prefixes.len() > 1 {
            return infixes(known, members, begin, prefixes);
        }
        prefixes
            .into_iter()
            .map(|pattern| pattern.text(known))
            .collect()
    }

    /// Finds the widest runs of names with a common beginning that are all in the set.
    fn descend(&self, known: &[Known], members: &[bool], depth: usize, found: &mut Vec<Prefix>) {
        // a run, and how much of its names is common; the stack replaces recursion
        let mut open = vec![(0..known.len(), depth)];
        while let Some((run, depth)) = open.pop() {
            let wanted = members[run.clone()]
                .iter()
                .filter(|member| **member)
                .count();
            if wanted == 0 {
                continue;
            }
            if wanted == run.len() && run.len() > 1 {
                let common = common_prefix(known, &run);
                if let Some(end) = self.wildcard_at(known, &run, common, depth) {
                    found.push(Prefix {
                        run,
                        end: Some(end),
                    });
                    continue;
                }
            }
            if run.len() == 1 {
                found.push(Prefix { run, end: None });
                continue;
            }
            let common = common_prefix(known, &run).max(depth);
            let mut begin = run.start;
            let mut parts = Vec::new();
            while begin < run.end {
                let next = known[begin].lower.as_bytes().get(common).copied();
                let same = known[begin..run.end]
                    .partition_point(|action| action.lower.as_bytes().get(common).copied() <= next);
                parts.push((begin..begin + same, common + 1));
                begin += same;
            }
            open.extend(parts.into_iter().rev());
        }
        found.sort_by_key(|prefix| prefix.run.start);
    }

    /// Where the wildcard of a run's pattern goes: behind what its names have in common, or where a
    /// word begins.
    fn wildcard_at(
        &self,
        known: &[Known],
        run: &std::ops::Range<usize>,
        common: usize,
        depth: usize,
    ) -> Option<usize> {
        if !self.whole_words {
            return Some(common);
        }
        let begin = known[0].lower.find(':').map_or(0, |at| at + 1);
        let name = &known[run.start].name;
        let words = word_starts(name, begin);
        let end = words
            .iter()
            .copied()
            .chain([name.len()])
            .rfind(|end| *end <= common)?;
        // at least two words before it, and no name outside the run
        let enough = words.iter().filter(|start| **start < end).count() >= 2;
        (enough && end >= depth.saturating_sub(1) && alone(known, run, end)).then_some(end)
    }
}

/// Whether no name outside a run begins like it.
fn alone(known: &[Known], run: &std::ops::Range<usize>, end: usize) -> bool {
    let begin = &known[run.start].lower[..end];
    let like = |index: usize| {
        known
            .get(index)
            .is_some_and(|action| action.lower.starts_with(begin))
    };
    !(run.start > 0 && like(run.start - 1) || like(run.end))
}

/// A run of names: all of them by their beginning, or one by its name.
#[derive(Clone, Debug)]
struct Prefix {
    run: std::ops::Range<usize>,
    end: Option<usize>,
}

impl Prefix {
    fn text(&self, known: &[Known]) -> String {
        let name = &known[self.run.start].name;
        match self.end {
            Some(end) => format!("{}*", &name[..end]),
            None => name.to_string(),
        }
    }

    fn len(&self, known: &[Known]) -> usize {
        self.end
            .map_or(known[self.run.start].name.len(), |end| end + 1)
    }
}

/// The runs of one service's actions each.
fn services(known: &[Known]) -> Vec<std::ops::Range<usize>> {
    let prefix = |action: &Known| {
        action
            .lower
            .split(':')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let mut runs = Vec::new();
    let mut begin = 0;
    for index in 1..=known.len() {
        if index == known.len() || prefix(&known[index]) != prefix(&known[begin]) {
            runs.push(begin..index);
            begin = index;
        }
    }
    runs
}

/// How many bytes the names of a run begin with in common: sorted, so the ends tell.
fn common_prefix(known: &[Known], run: &std::ops::Range<usize>) -> usize {
    let (first, last) = (
        known[run.start].lower.as_bytes(),
        known[run.end - 1].lower.as_bytes(),
    );
    first.iter().zip(last).take_while(|(a, b)| a == b).count()
}

/// Where the words of a name begin: `CreateAgentAlias` has three.
fn word_starts(name: &str, begin: usize) -> Vec<usize> {
    let bytes = name.as_bytes();
    let starts = |at: &usize| {
        let (here, before) = (bytes[*at], if *at > begin { bytes[*at - 1] } else { b'-' });
        here.is_ascii_uppercase() && !before.is_ascii_uppercase()
            || before == b'-'
            || before == b'_'
    };
    (begin..bytes.len()).filter(starts).collect()
}

/// Replaces prefix patterns by patterns with a wildcard in the middle, where those are shorter.
fn infixes(known: &[Known], members: &[bool], begin: usize, prefixes: Vec<Prefix>) -> Vec<String> {
    let owner = owners(&prefixes, known.len());
    let mut left: Vec<bool> = vec![true; prefixes.len()];
    let mut chosen: Vec<String> = Vec::new();
    loop {
        let mut best: Option<(usize, Candidate)> = None;
        for candidate in candidates(known, members, begin, &owner, &left) {
            let replaced: usize = candidate
                .owners
                .iter()
                .map(|index| prefixes[*index].len(known) + 3)
                .sum();
            let saved = replaced.saturating_sub(candidate.text.len() + 3);
            let better = best.as_ref().is_none_or(|(most, other)| {
                (saved, std::cmp::Reverse(&candidate.text))
                    > (*most, std::cmp::Reverse(&other.text))
            });
            if saved > 0 && candidate.owners.len() > 1 && better {
                best = Some((saved, candidate));
            }
        }
        let Some((_, candidate)) = best else {
            break;
        };
        candidate
            .owners
            .iter()
            .for_each(|index| left[*index] = false);
        chosen.push(candidate.text);
    }
    let kept = prefixes
        .iter()
        .zip(&left)
        .filter(|(_, left)| **left)
        .map(|(prefix, _)| prefix.text(known));
    chosen.extend(kept);
    chosen.sort_by_key(|text| text.to_ascii_lowercase());
    chosen
}

/// Which prefix pattern each action belongs to.
fn owners(prefixes: &[Prefix], actions: usize) -> Vec<Option<usize>> {
    let mut owner = vec![None; actions];
    for (index, prefix) in prefixes.iter().enumerate() {
        owner[prefix.run.clone()].fill(Some(index));
    }
    owner
}

/// A pattern `head*tail` or `head*word*`, and the prefix patterns that it covers whole.
struct Candidate {
    text: String,
    owners: Vec<usize>,
}

/// Patterns that match wanted names only, made of words that wanted names have: `Get*Policy`,
/// `*Tags*`.
fn candidates(
    known: &[Known],
    members: &[bool],
    begin: usize,
    owner: &[Option<usize>],
    left: &[bool],
) -> Vec<Candidate> {
    let mut groups: BTreeMap<(&str, &str, bool), Vec<usize>> = BTreeMap::new();
    let open = |index: &usize| owner[*index].is_some_and(|owner| left[owner]);
    for index in (0..known.len()).filter(|index| members[*index] && open(index)) {
        let name = &*known[index].name;
        let words = word_starts(name, begin);
        let first = words.get(1).copied().unwrap_or(name.len());
        for (at, start) in words.iter().enumerate().skip(1) {
            let end = words.get(at + 1).copied().unwrap_or(name.len());
            for head in [begin, first] {
                if head <= *start {
                    groups
                        .entry((&name[..head], &name[*start..], false))
                        .or_default()
                        .push(index);
                    groups
                        .entry((&name[..head], &name[*start..end], true))
                        .or_default()
                        .push(index);
                }
            }
        }
    }
    let mut found = Vec::new();
    for ((head, tail, open_end), matched) in groups {
        if matched.len() < 2 {
            continue;
        }
        let text = format!("{head}*{tail}{}", if open_end { "*" } else { "" });
        let Some(owners) = covered(known, members, &text, owner, left) else {
            continue;
        };
        found.push(Candidate { text, owners });
    }
    found
}

/// The prefix patterns that a pattern covers whole, if it matches wanted names only.
fn covered(
    known: &[Known],
    members: &[bool],
    text: &str,
    owner: &[Option<usize>],
    left: &[bool],
) -> Option<Vec<usize>> {
    let pattern = ActionPattern::parse(text).ok()?;
    let lower = &pattern.lower[pattern.head..];
    let mut matched: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, action) in known.iter().enumerate() {
        let begins = action.lower.starts_with(&pattern.lower[..pattern.head]);
        if begins && crate::glob::matches(lower, &action.lower[pattern.head..]) {
            if !members[index] {
                return None;
            }
            *matched.entry(owner[index]?).or_default() += 1;
        }
    }
    let size = |wanted: usize| owner.iter().filter(|owner| **owner == Some(wanted)).count();
    let whole = matched
        .into_iter()
        .filter(|(index, count)| left[*index] && size(*index) == *count);
    Some(whole.map(|(index, _)| index).collect())
}
