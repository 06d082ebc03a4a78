//! What actions there are.

use std::fmt;
use std::sync::LazyLock;

use super::ActionPattern;

/// The actions that are known: what wildcards can stand for.
///
/// [`enabled`](Self::enabled) has those of the service modules that the crate was built with; others
/// are made from any list of names, such as those of another service's generated crate.
#[derive(Clone)]
pub struct Catalogue {
    /// By the name in lower case, none twice.
    actions: Vec<Known>,
}

/// An action of a catalogue.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Known {
    pub(super) lower: Box<str>,
    pub(super) name: Box<str>,
}

impl Catalogue {
    /// A catalogue of these actions, each with its prefix; of names that differ in case alone the
    /// first counts. What is no action's name, such as a pattern, is left out.
    pub fn new<'a>(actions: impl IntoIterator<Item = &'a str>) -> Self {
        let known = |name: &str| {
            let pattern = ActionPattern::parse(name).ok()?;
            pattern.is_exact().then_some(Known {
                lower: pattern.lower,
                name: pattern.text,
            })
        };
        let mut actions: Vec<_> = actions.into_iter().filter_map(known).collect();
        actions.sort_by(|a, b| a.lower.cmp(&b.lower));
        actions.dedup_by(|a, b| a.lower == b.lower);
        Self { actions }
    }

    /// The actions of every service module that the crate was built with.
    pub fn enabled() -> &'static Self {
        static ENABLED: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::new(enabled()));
        &ENABLED
    }

    /// How many actions it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.actions.len()
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// Every action, by name, case ignored.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.actions.iter().map(|action| &*action.name)
    }

    /// The action of a name in any case, as the catalogue writes it.
    #[must_use]
    pub fn find(&self, action: &str) -> Option<&str> {
        self.position(action)
            .map(|index| &*self.actions[index].name)
    }

    pub(super) fn position(&self, action: &str) -> Option<usize> {
        let lower = |byte: &u8| byte.to_ascii_lowercase();
        self.actions
            .binary_search_by(|known| known.lower.bytes().cmp(action.as_bytes().iter().map(lower)))
            .ok()
    }

    pub(super) fn known(&self) -> &[Known] {
        &self.actions
    }

    /// Where the actions stand that begin with a text in lower case.
    pub(super) fn beginning_with(&self, lower: &str) -> std::ops::Range<usize> {
        let begin = self.actions.partition_point(|known| *known.lower < *lower);
        let rest = &self.actions[begin..];
        begin..begin + rest.partition_point(|known| known.lower.starts_with(lower))
    }
}

fn enabled() -> Vec<&'static str> {
    #[allow(
        unused_mut,
        reason = "without a service module there is nothing to add"
    )]
    let mut names = Vec::new();
    #[cfg(feature = "bedrock")]
    names.extend(
        crate::bedrock::Action::ALL
            .iter()
            .map(|action| action.as_str()),
    );
    #[cfg(feature = "bedrock-agentcore")]
    names.extend(
        crate::bedrock_agentcore::Action::ALL
            .iter()
            .map(|action| action.as_str()),
    );
    #[cfg(feature = "bedrock-mantle")]
    names.extend(
        crate::bedrock_mantle::Action::ALL
            .iter()
            .map(|action| action.as_str()),
    );
    #[cfg(feature = "bedrock-websearch")]
    names.extend(
        crate::bedrock_websearch::Action::ALL
            .iter()
            .map(|action| action.as_str()),
    );
    names
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a> FromIterator<&'a str> for Catalogue {
    fn from_iter<I: IntoIterator<Item = &'a str>>(actions: I) -> Self {
        Self::new(actions)
    }
}
