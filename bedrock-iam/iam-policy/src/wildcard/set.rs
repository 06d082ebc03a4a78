//! Sets of a catalog's actions.

use std::fmt;

use super::{ActionPattern, Catalog, Minimize};

/// A set of a catalog's actions.
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
    /// For each action of the catalog, whether it is in the set.
    pub(super) members: Vec<bool>,
}

impl<'c> ActionSet<'c> {
    /// Creates an empty set.
    #[must_use]
    pub fn empty(catalog: &'c Catalog) -> Self {
        Self {
            catalog,
            members: vec![false; catalog.len()],
        }
    }

    /// Creates the set of the actions that any of the patterns matches.
    #[must_use]
    pub fn matching(catalog: &'c Catalog, patterns: &[ActionPattern]) -> Self {
        let mut set = Self::empty(catalog);
        for index in patterns
            .iter()
            .flat_map(|pattern| pattern.positions(catalog))
        {
            set.members[index] = true;
        }
        set
    }

    /// Adds an action, given in any case; returns whether it is in the catalog.
    pub fn insert(&mut self, action: &str) -> bool {
        let position = self.catalog.position(action);
        if let Some(index) = position {
            self.members[index] = true;
        }
        position.is_some()
    }

    /// Returns whether an action, given in any case, is in the set.
    #[must_use]
    pub fn contains(&self, action: &str) -> bool {
        self.catalog
            .position(action)
            .is_some_and(|index| self.members[index])
    }

    /// Returns the number of actions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.iter().filter(|member| **member).count()
    }

    /// Returns whether the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.members.contains(&true)
    }

    /// Returns the actions, sorted by name, ignoring case.
    pub fn iter(&self) -> impl Iterator<Item = &'c str> + '_ {
        self.catalog
            .iter()
            .zip(&self.members)
            .filter(|(_, member)| **member)
            .map(|(action, _)| action)
    }

    /// Returns the actions that are in either set. Actions that are not in this set's catalog are
    /// ignored.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.combined(other, |own, others| own || others)
    }

    /// Returns the actions that are in this set but not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.combined(other, |own, others| own && !others)
    }

    /// Returns the actions that are in both sets.
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

    /// Minimizes the set to a short list of patterns; see [`Minimize`].
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
