//! Minimization of a set of actions to few patterns that match exactly the set.

mod infix;
mod prefix;

use std::ops::Range;

use super::{ActionPattern, ActionSet};
use crate::facts::ActionEntry;

/// Minimizes a set of actions to patterns that match no other action of the catalog.
///
/// The algorithm finds the fewest prefix patterns (`bedrock:Get*`), then replaces several of them
/// with an infix pattern (`bedrock:*Tags*`) where that is shorter. The result is checked against
/// the set before it is returned.
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

    /// Uses only narrow patterns, which are less likely to match actions that are added later.
    ///
    /// A wildcard is placed only after at least two whole words: `bedrock:CreateAgent*` is
    /// possible, `bedrock:Create*` and `bedrock:CreateAg*` are not. Infix patterns are not used.
    #[must_use]
    pub const fn keeping_distance(mut self) -> Self {
        self.whole_words = true;
        self.infix = false;
        self
    }

    /// Uses only prefix patterns.
    #[must_use]
    pub const fn prefixes_only(mut self) -> Self {
        self.infix = false;
        self
    }

    /// Returns the patterns, sorted by name.
    #[must_use]
    pub fn patterns(&self) -> Vec<ActionPattern> {
        let known = self.set.catalog.known();
        let mut texts = Vec::new();
        for run in services(known) {
            let members = &self.set.members[run.clone()];
            if members.contains(&true) {
                texts.extend(self.of_service(&known[run], members));
            }
        }
        let patterns: Vec<_> = texts
            .iter()
            .filter_map(|text| ActionPattern::parse(text).ok())
            .collect();
        let again = ActionSet::matching(self.set.catalog, &patterns);
        if again.members == self.set.members {
            return patterns;
        }
        // Not reachable as far as we know; a list of names is always correct.
        let names = self.set.iter();
        names
            .filter_map(|action| ActionPattern::parse(action).ok())
            .collect()
    }

    /// Returns the patterns for the wanted actions of one service.
    fn of_service(&self, known: &[ActionEntry], members: &[bool]) -> Vec<String> {
        let service = Service::new(known, members);
        let prefixes = prefix::widest(&service, self.whole_words);
        if self.infix && prefixes.len() > 1 {
            return infix::shorter(&service, &prefixes);
        }
        prefixes.iter().map(|prefix| prefix.text(known)).collect()
    }
}

/// The actions of one service, and which of them are wanted.
struct Service<'a> {
    known: &'a [ActionEntry],
    members: &'a [bool],
    /// The offset of their names, after the service's prefix and colon.
    begin: usize,
}

impl<'a> Service<'a> {
    fn new(known: &'a [ActionEntry], members: &'a [bool]) -> Self {
        let first = known.first().map_or("", |action| &*action.lower);
        Self {
            known,
            members,
            begin: first.find(':').map_or(0, |at| at + 1),
        }
    }
}

/// Returns the range of each service's actions.
fn services(known: &[ActionEntry]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut begin = 0;
    while let Some(first) = known.get(begin) {
        let prefix = &first.lower[..first.lower.find(':').map_or(0, |at| at + 1)];
        let size = known[begin..].partition_point(|action| action.lower.starts_with(prefix));
        runs.push(begin..begin + size);
        begin += size;
    }
    runs
}

/// Returns the offsets of a name's words, from `begin` on: `CreateAgentAlias` has three words.
fn word_starts(name: &str, begin: usize) -> impl Iterator<Item = usize> + '_ {
    (begin..name.len()).filter(move |at| is_word_start(name, begin, *at))
}

fn is_word_start(name: &str, begin: usize, at: usize) -> bool {
    let bytes = name.as_bytes();
    let before = if at > begin { bytes[at - 1] } else { b'-' };
    let starts = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    matches!(before, b'-' | b'_') || starts(bytes[at]) && !starts(before)
}
