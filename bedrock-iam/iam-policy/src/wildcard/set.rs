//! Sets of actions of one catalog.

use std::fmt;

use super::{ActionPattern, Catalog, Minimize};

/// A set of actions that a catalog knows.
///
/// ```
/// # #[cfg(feature = "bedrock")] {
/// use iam_policy::{ActionSet, Catalog};
///
/// let known = Catalog::enabled();
/// let reading = ActionSet::matching(known, &["bedrock:Get*".parse()?, "bedrock:List*".parse()?]);
/// let without_agents = reading.difference(&ActionSet::matching(known, &["bedrock:*Agent*".parse()?]));
/// let patterns = without_agents.minimize().patterns();
/// assert_eq!(ActionSet::matching(known, &patterns), without_agents);
/// # }
/// # Ok::<(), iam_policy::ActionPatternError>(())
/// ```
#[derive(Clone)]
pub struct ActionSet<'c> {
    pub(super) catalog: &'c Catalog,
    /// For each action of the catalog whether it is in the set.
    pub(super) members: Vec<bool>,
}

impl<'c> ActionSet<'c> {
    /// The empty set.
    #[must_use]
    pub fn none(catalog: &'c Catalog) -> Self {
        Self {
            catalog,
            members: vec![false; catalog.len()],
        }
    }

    /// The actions that any of the patterns matches.
    #[must_use]
    pub fn matching(catalog: &'c Catalog, patterns: &[ActionPattern]) -> Self {
        let mut set = Self::none(catalog);
        for index in patterns
            .iter()
            .flat_map(|pattern| pattern.positions(catalog))
        {
            set.members[index] = true;
        }
        set
    }

    /// Adds an action, named in any case; whether the catalog knows it.
    pub fn insert(&mut self, action: &str) -> bool {
        let position = self.catalog.position(action);
        if let Some(index) = position {
            self.members[index] = true;
        }
        position.is_some()
    }

    /// Whether an action, named in any case, is in the set.
    #[must_use]
    pub fn contains(&self, action: &str) -> bool {
        self.catalog
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
        self.catalog
            .iter()
            .zip(&self.members)
            .filter(|(_, member)| **member)
            .map(|(action, _)| action)
    }

    /// The actions of both sets; one of another catalog counts as far as this one knows its
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
        let members = if std::ptr::eq(self.catalog, other.catalog) {
            self.members
                .iter()
                .zip(&other.members)
                .map(|(own, others)| keep(*own, *others))
                .collect()
        } else {
            let pairs = self.catalog.iter().zip(&self.members);
            pairs
                .map(|(action, own)| keep(*own, other.contains(action)))
                .collect()
        };
        Self {
            catalog: self.catalog,
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
