//! Sets of actions of one catalogue.

use std::fmt;

use super::{ActionPattern, Catalogue, Minimize};

/// A set of actions that a catalogue knows.
///
/// ```
/// # #[cfg(feature = "bedrock")] {
/// use bedrock_iam::{ActionSet, Catalogue};
///
/// let known = Catalogue::enabled();
/// let reading = ActionSet::matching(known, &["bedrock:Get*".parse()?, "bedrock:List*".parse()?]);
/// let without_agents = reading.difference(&ActionSet::matching(known, &["bedrock:*Agent*".parse()?]));
/// let patterns = without_agents.minimize().patterns();
/// assert_eq!(ActionSet::matching(known, &patterns), without_agents);
/// # }
/// # Ok::<(), bedrock_iam::ActionPatternError>(())
/// ```
#[derive(Clone)]
pub struct ActionSet<'c> {
    pub(super) catalogue: &'c Catalogue,
    /// For each action of the catalogue whether it is in the set.
    pub(super) members: Vec<bool>,
}

impl<'c> ActionSet<'c> {
    /// The empty set.
    #[must_use]
    pub fn none(catalogue: &'c Catalogue) -> Self {
        Self {
            catalogue,
            members: vec![false; catalogue.len()],
        }
    }

    /// The actions that any of the patterns matches.
    #[must_use]
    pub fn matching(catalogue: &'c Catalogue, patterns: &[ActionPattern]) -> Self {
        let mut set = Self::none(catalogue);
        for index in patterns
            .iter()
            .flat_map(|pattern| pattern.positions(catalogue))
        {
            set.members[index] = true;
        }
        set
    }

    /// Adds an action, named in any case; whether the catalogue knows it.
    pub fn insert(&mut self, action: &str) -> bool {
        let position = self.catalogue.position(action);
        if let Some(index) = position {
            self.members[index] = true;
        }
        position.is_some()
    }

    /// Whether an action, named in any case, is in the set.
    #[must_use]
    pub fn contains(&self, action: &str) -> bool {
        self.catalogue
            .position(action)
            .is_some_and(|index| self.members[index])
    }

    /// How many actions it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.iter().filter(|member| **member).count()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.members.contains(&true)
    }

    /// Its actions by name, case ignored.
    pub fn iter(&self) -> impl Iterator<Item = &'c str> + '_ {
        self.catalogue
            .iter()
            .zip(&self.members)
            .filter(|(_, member)| **member)
            .map(|(action, _)| action)
    }

    /// The actions of both sets; one of another catalogue counts as far as this one knows its
    /// actions.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.combined(other, |own, others| own || others)
    }

    /// The actions that only this set has.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.combined(other, |own, others| own && !others)
    }

    /// The actions that are in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.combined(other, |own, others| own && others)
    }

    fn combined(&self, other: &Self, keep: impl Fn(bool, bool) -> bool) -> Self {
        let members = if std::ptr::eq(self.catalogue, other.catalogue) {
            self.members
                .iter()
                .zip(&other.members)
                .map(|(own, others)| keep(*own, *others))
                .collect()
        } else {
            let pairs = self.catalogue.iter().zip(&self.members);
            pairs
                .map(|(action, own)| keep(*own, other.contains(action)))
                .collect()
        };
        Self {
            catalogue: self.catalogue,
            members,
        }
    }

    /// The shortest list of patterns that matches just this set: see [`Minimize`].
    #[must_use]
    pub const fn minimize(&self) -> Minimize<'_> {
        Minimize::of(self)
    }
}

impl PartialEq for ActionSet<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for ActionSet<'_> {}

impl fmt::Debug for ActionSet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
