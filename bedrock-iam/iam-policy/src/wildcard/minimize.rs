//! Patterns for a set of actions: as few as can be, and not one action too many.

mod infix;
mod prefix;

use std::ops::Range;

use super::{ActionPattern, ActionSet};
use crate::facts::Named;

/// Shortens a set of actions to patterns that match exactly it, and no other action that the
/// catalog knows.
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

    /// Keeps distance from names that may come later: a wildcard stands only where a word of each
    /// name begins or the name ends, and only behind two words at least, so that
    /// `bedrock:CreateAgent*` may come out and `bedrock:Create*` or `bedrock:CreateAg*` may not. No
    /// infix patterns.
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
        // Never seen: but a list of names is right whatever happens.
        let names = self.set.iter();
        names
            .filter_map(|action| ActionPattern::parse(action).ok())
            .collect()
    }

    /// The patterns for the wanted ones among one service's actions.
    fn of_service(&self, known: &[Named], members: &[bool]) -> Vec<String> {
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
    known: &'a [Named],
    members: &'a [bool],
    /// Where their names begin: behind the service's prefix and its colon.
    begin: usize,
}

impl<'a> Service<'a> {
    fn new(known: &'a [Named], members: &'a [bool]) -> Self {
        let first = known.first().map_or("", |action| &*action.lower);
        Self {
            known,
            members,
            begin: first.find(':').map_or(0, |at| at + 1),
        }
    }
}

/// The runs of one service's actions each.
fn services(known: &[Named]) -> Vec<Range<usize>> {
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

/// Where the words of a name begin, from a place on: `CreateAgentAlias` has three.
fn word_starts(name: &str, begin: usize) -> impl Iterator<Item = usize> + '_ {
    (begin..name.len()).filter(move |at| is_word_start(name, begin, *at))
}

fn is_word_start(name: &str, begin: usize, at: usize) -> bool {
    let bytes = name.as_bytes();
    let before = if at > begin { bytes[at - 1] } else { b'-' };
    let starts = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    matches!(before, b'-' | b'_') || starts(bytes[at]) && !starts(before)
}
