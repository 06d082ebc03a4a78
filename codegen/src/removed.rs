//! Names that were removed from the reference and are kept for a while, deprecated.
//!
//! Removing a name from the crate breaks the programs that use it. So a refresh moves a name that is
//! missing from its page from `service.json` to `removed.json`, and the crate keeps it, marked
//! `#[deprecated]`:
//!
//! ```text
//! old Service + new Service ──update──▶ Removed ──listed, restored──▶ Service to emit
//! ```
//!
//! # Entries
//!
//! - `removed`: the day on which the name was found missing: the day of the run in UTC, or that of
//!   `regen --date YYYY-MM-DD` for pages saved on another day. It does not change until the name
//!   returns to the page, which removes the entry.
//! - `version`: the version of the crate on that day (`workspace.package.version`).
//! - `replaced_by`: the name in the same table to use instead, which the compiler's warning contains.
//!   It is guessed from similar names and facts, so review it. `regen` keeps a value that you write by
//!   hand, and rejects one that is not a name in the table.
//! - `last`: the last facts of the name, and for resource types and condition keys also the actions
//!   that they applied to.
//!
//! # What still works
//!
//! Existing policies can still be read: a removed name parses, has its last facts, and `removed()`
//! returns the day and the replacement. An ARN of a removed resource type parses if no other type
//! matches it. `check` reports the name as `removed-name`. Enumerations omit it: it is in `REMOVED`
//! instead of `ALL`, and not part of wildcards, suggestions or the facts of other names.
//!
//! # How long a name is kept
//!
//! A name is kept until the end of the next minor version ([`is_kept`]): removed at 0.1.*, it is still
//! in 0.2.* and no longer in 0.3.0; removed at 0.9.*, it is still in 1.0.* if that is the next version,
//! and no longer in 1.1.0. `regen`, also with `--offline`, removes expired entries, so run it after
//! raising the version. An overlay entry for a removed name is an error at once; delete it.
//!
//! # What is not kept
//!
//! - The pair of an action and a resource type or condition key that are both still on the page: an
//!   implementation of a trait cannot be deprecated.
//! - A name whose identifier a current name takes (`plum tree` and a new `plum-tree` are both
//!   `PlumTree`); `regen` warns about it.

mod restore;
mod update;

use std::collections::BTreeMap;

use iam_policy::wire::{self, Service};
use jiff::civil::Date;
use semver::Version;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, quoted};
use crate::names::Names;
use crate::overlay::{Kind, Overlay};

pub use update::Update;

/// The removed names of a service: the content of `removed.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// Actions by name, without the prefix.
    #[serde(
        default,
        deserialize_with = "wire::unique",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub actions: BTreeMap<String, Entry<wire::Action>>,
    /// Resource types by name.
    #[serde(
        default,
        deserialize_with = "wire::unique",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub resource_types: BTreeMap<String, Entry<LastResourceType>>,
    /// Condition keys by name, with their namespace.
    #[serde(
        default,
        deserialize_with = "wire::unique",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub condition_keys: BTreeMap<String, Entry<LastConditionKey>>,
    /// API operations by name: a row for each SDK client.
    #[serde(
        default,
        deserialize_with = "wire::unique",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub operations: BTreeMap<String, Entry<Vec<wire::Operation>>>,
}

/// A removed name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry<T> {
    /// The day on which it was found missing.
    pub removed: Date,
    /// The version of the crate on that day, which decides how long it is kept.
    pub version: Version,
    /// The name in the same table that replaces it: guessed, or written by a maintainer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// The last known facts.
    pub last: T,
}

/// The last known facts of a resource type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastResourceType {
    /// Its row; `None` if only actions named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<wire::ResourceType>,
    /// The actions that could be scoped to it, each with the condition keys of that pair.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Vec<String>>,
}

/// The last known facts of a condition key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastConditionKey {
    /// Its row; `None` if only actions and resource types named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<wire::ConditionKey>,
    /// The actions for which it was in effect on all resource types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// The actions for which it was in effect on some resource types, each with these types.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pairs: BTreeMap<String, Vec<String>>,
}

/// Replacements, by the kind and the replaced name.
pub type Replacements = BTreeMap<(Kind, String), String>;

/// The day and version at which a service was read. They are arguments because this crate reads
/// neither the clock nor the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The day.
    pub date: Date,
    /// The version of the crate.
    pub version: Version,
}

impl Removed {
    /// Returns the identifiers of a service's names and of the removed ones.
    ///
    /// # Errors
    /// Same as [`Names::assign`].
    pub fn assign_names(
        &self,
        given: &Names,
        service: &Service,
        overlay: &Overlay,
    ) -> Result<Names> {
        let types = self.resource_types.keys().map(String::as_str).collect();
        let keys = self.condition_keys.keys().map(String::as_str).collect();
        Names::assign(given, &self.restored(service), overlay, &types, &keys)
    }

    /// Checks that a committed service's names, and the removed ones, have identifiers: without it, a
    /// name could get the identifier of another.
    ///
    /// # Errors
    /// Returns [`Error`] for a name without an identifier; otherwise same as [`Names::assign`].
    pub fn check_names(&self, given: &Names, service: &Service) -> Result<()> {
        let all = self.assign_names(given, service, &Overlay::default())?;
        match given.first_without(&all) {
            None => Ok(()),
            Some((kind, name)) => Err(Error::new(
                format!("no identifier for the {} {}", kind.name(), quoted(name)),
                "one for each name in service.json and removed.json",
            )
            .hint("restore what was lost; a name must not get the identifier of another")),
        }
    }

    /// Returns whether no names are kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of names.
    pub fn len(&self) -> usize {
        self.actions.len()
            + self.resource_types.len()
            + self.condition_keys.len()
            + self.operations.len()
    }

    /// Returns an iterator over all names, with their kinds.
    pub fn names(&self) -> impl Iterator<Item = (Kind, &str)> {
        let of = |kind| move |name| (kind, String::as_str(name));
        let actions = self.actions.keys().map(of(Kind::Action));
        let resource_types = self.resource_types.keys().map(of(Kind::ResourceType));
        let condition_keys = self.condition_keys.keys().map(of(Kind::ConditionKey));
        let operations = self.operations.keys().map(of(Kind::Operation));
        actions
            .chain(resource_types)
            .chain(condition_keys)
            .chain(operations)
    }

    /// Returns the day on which the last of the names was found missing.
    pub fn last_removal(&self) -> Option<Date> {
        let entries = self.names().filter_map(|(kind, name)| self.of(kind, name));
        entries.map(|entry| entry.removed).max()
    }

    /// Returns the entry of a name, without its facts.
    pub fn of(&self, kind: Kind, name: &str) -> Option<Removal<'_>> {
        match kind {
            Kind::Action => self.actions.get(name).map(Entry::removal),
            Kind::ResourceType => self.resource_types.get(name).map(Entry::removal),
            Kind::ConditionKey => self.condition_keys.get(name).map(Entry::removal),
            Kind::Operation => self.operations.get(name).map(Entry::removal),
            Kind::Placeholder => None,
        }
    }

    /// Keeps only the entries for which `keep` returns true.
    fn retain(&mut self, mut keep: impl FnMut(Kind, &str, Removal<'_>) -> bool) {
        self.actions
            .retain(|name, it| keep(Kind::Action, name, it.removal()));
        self.resource_types
            .retain(|name, it| keep(Kind::ResourceType, name, it.removal()));
        self.condition_keys
            .retain(|name, it| keep(Kind::ConditionKey, name, it.removal()));
        self.operations
            .retain(|name, it| keep(Kind::Operation, name, it.removal()));
    }
}

/// An entry without its facts.
#[derive(Clone, Copy, Debug)]
pub struct Removal<'a> {
    /// The day on which it was found missing.
    pub removed: Date,
    /// The version of the crate on that day.
    pub version: &'a Version,
    /// The name that replaces it.
    pub replaced_by: Option<&'a str>,
}

impl<T> Entry<T> {
    fn removal(&self) -> Removal<'_> {
        Removal {
            removed: self.removed,
            version: &self.version,
            replaced_by: self.replaced_by.as_deref(),
        }
    }
}

/// Returns whether a name that was found missing at one version of the crate is still kept at another.
///
/// A name is kept through the patches of its own minor version and through the next minor version,
/// or through the first minor version of a new major version if that comes next. So users get at
/// least one minor version in which the name is deprecated, even if it was removed just before a
/// major version. The result depends only on the two versions, so that the same snapshots give the
/// same crate on any day.
pub fn is_kept(removed: &Version, now: &Version) -> bool {
    match now.major.checked_sub(removed.major) {
        // the current version is older than the one at which the name was removed
        None => true,
        Some(0) => now.minor <= removed.minor.saturating_add(1),
        Some(1) => now.minor == 0,
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_through_the_next_minor_version() {
        let cases = [
            ("0.1.0", "0.1.0", true),
            ("0.1.0", "0.1.9", true),
            ("0.1.7", "0.2.0", true),
            ("0.1.0", "0.2.5", true),
            ("0.1.0", "0.3.0-rc.1", false),
            ("0.1.0", "0.3.0", false),
            ("0.1.0", "0.12.0", false),
            ("0.9.0", "0.10.0", true),
            ("0.9.0", "1.0.0", true),
            ("0.9.0", "1.0.8", true),
            ("0.9.0", "1.1.0", false),
            ("1.4.2", "1.5.0", true),
            ("1.4.2", "1.6.0", false),
            ("1.4.2", "2.0.0", true),
            ("1.4.2", "2.1.0", false),
            ("1.4.2", "3.0.0", false),
            // the version was lowered again
            ("0.2.0", "0.1.0", true),
            ("1.0.0", "0.9.0", true),
        ];
        for (removed, now, kept) in cases {
            let parse = |text| Version::parse(text).unwrap();
            assert_eq!(
                is_kept(&parse(removed), &parse(now)),
                kept,
                "{removed} {now}"
            );
        }
    }
}
