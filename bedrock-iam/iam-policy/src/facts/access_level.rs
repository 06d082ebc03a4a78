//! Access levels: the reference's classification of actions.

use std::fmt;
use std::str::FromStr;

use crate::text::names::NameError;

/// One access level of the Service Authorization Reference.
///
/// The levels are in the reference's order. A level is how the service's authors classify an
/// action, not how dangerous the action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AccessLevel {
    /// Lists resources without reading their contents.
    List,
    /// Reads a resource's contents and properties.
    Read,
    /// Creates, changes or deletes resources.
    Write,
    /// Grants or changes permissions.
    PermissionsManagement,
    /// Changes tags only.
    Tagging,
}

const NAMES: &[&str] = &["List", "Read", "Write", "Permissions management", "Tagging"];

impl AccessLevel {
    /// All levels, in the reference's order.
    pub const ALL: &'static [Self] = &[
        Self::List,
        Self::Read,
        Self::Write,
        Self::PermissionsManagement,
        Self::Tagging,
    ];

    /// Returns the level as spelled in the reference, such as `Permissions management`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        NAMES[self as usize]
    }
}

impl fmt::Display for AccessLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for AccessLevel {
    type Err = NameError;

    /// Parses a level as spelled in the reference, ignoring ASCII case.
    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::ALL
            .iter()
            .copied()
            .find(|level| level.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| NameError::new(text, "access level", "IAM", NAMES))
    }
}

crate::__serde_str!(AccessLevel);

/// A set of access levels: an action may have several ("Write, Tagging").
///
/// ```
/// use iam_policy::{AccessLevel, AccessLevels};
///
/// let levels = AccessLevels::of(&[AccessLevel::Tagging, AccessLevel::Write]);
/// assert_eq!(levels.to_string(), "Write, Tagging");
/// assert!(levels.contains(AccessLevel::Tagging));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccessLevels(u8);

impl AccessLevels {
    /// The empty set.
    pub const NONE: Self = Self(0);

    /// Creates a set of levels, in any order and with repetitions.
    #[must_use]
    pub const fn of(levels: &[AccessLevel]) -> Self {
        let mut bits = 0;
        let mut rest = levels;
        while let [first, tail @ ..] = rest {
            bits |= 1 << *first as u8;
            rest = tail;
        }
        Self(bits)
    }

    /// Returns whether the level is in the set.
    #[must_use]
    pub const fn contains(self, level: AccessLevel) -> bool {
        self.0 & (1 << level as u8) != 0
    }

    /// Returns the levels that are in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns the levels that are in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns the number of levels.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns whether the set is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns the levels in the reference's order.
    pub fn iter(self) -> impl Iterator<Item = AccessLevel> {
        AccessLevel::ALL
            .iter()
            .copied()
            .filter(move |level| self.contains(*level))
    }
}

impl fmt::Display for AccessLevels {
    /// Prints the levels in the reference's order, separated by `, `.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, level) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            f.write_str(level.as_str())?;
        }
        Ok(())
    }
}

impl fmt::Debug for AccessLevels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl From<AccessLevel> for AccessLevels {
    fn from(level: AccessLevel) -> Self {
        Self::of(&[level])
    }
}

impl FromIterator<AccessLevel> for AccessLevels {
    fn from_iter<I: IntoIterator<Item = AccessLevel>>(levels: I) -> Self {
        levels
            .into_iter()
            .fold(Self::NONE, |set, level| set.union(level.into()))
    }
}
