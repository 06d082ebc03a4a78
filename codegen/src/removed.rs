//! What left the reference and stays in the crate for a while, deprecated.
//!
//! A refresh that drops a name would break whoever names it. So the last facts of what a page no
//! longer has are kept beside the snapshot, with the day on which it was found missing:
//!
//! ```text
//! old Service + new Service ──update──▶ Removed ──listed, restored──▶ Service to emit
//! ```
//!
//! A pair of an action and a resource type that were both kept by the page, but no longer together,
//! is not kept: an implementation of a trait cannot be deprecated.

mod restore;
mod update;

use std::collections::BTreeMap;

use iam_policy::wire;
use jiff::civil::Date;
use semver::Version;
use serde::{Deserialize, Serialize};

use crate::overlay::Kind;

pub use update::{Refused, Update};

/// What a service had and has no longer: the content of `removed.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// Actions by name, without the prefix.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Entry<wire::Action>>,
    /// Resource types by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resource_types: BTreeMap<String, Entry<LastResourceType>>,
    /// Condition keys by name, with their namespace.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub condition_keys: BTreeMap<String, Entry<LastConditionKey>>,
    /// API operations by name: a row for each SDK client.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub operations: BTreeMap<String, Entry<Vec<wire::Operation>>>,
}

/// A name that left the reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry<T> {
    /// The day on which it was found missing.
    pub removed: Date,
    /// The version of the crate on that day: how long it is kept follows from it.
    pub version: Version,
    /// The name of the same table that replaces it: guessed, or said by a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// What was last known of it.
    pub last: T,
}

/// What was last known of a resource type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastResourceType {
    /// Its row; none where nothing but actions named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<wire::ResourceType>,
    /// The actions that could be scoped to it, each with the condition keys of just that pair.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Vec<String>>,
}

/// What was last known of a condition key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LastConditionKey {
    /// Its row; none where nothing but actions and resource types named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<wire::ConditionKey>,
    /// The actions for which it was in effect whatever the resource.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// The actions for which it was in effect on some resource types, each with those.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pairs: BTreeMap<String, Vec<String>>,
}

/// The names that replace others, by kind and by the name that is replaced.
pub type Replacements = BTreeMap<(Kind, String), String>;

/// When a service was read: the clock and the manifest are not this crate's to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The day.
    pub date: Date,
    /// The version of the crate.
    pub version: Version,
}

impl Removed {
    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many names are kept.
    pub fn len(&self) -> usize {
        self.actions.len()
            + self.resource_types.len()
            + self.condition_keys.len()
            + self.operations.len()
    }

    /// Every name that is kept, with its kind.
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

    /// The day on which a name was found missing and what replaces it, if it is kept.
    pub fn of(&self, kind: Kind, name: &str) -> Option<Gone<'_>> {
        match kind {
            Kind::Action => self.actions.get(name).map(Entry::gone),
            Kind::ResourceType => self.resource_types.get(name).map(Entry::gone),
            Kind::ConditionKey => self.condition_keys.get(name).map(Entry::gone),
            Kind::Operation => self.operations.get(name).map(Entry::gone),
            Kind::Placeholder => None,
        }
    }

    /// Keeps the entries of every table for which the answer is yes.
    fn retain(&mut self, mut keep: impl FnMut(Kind, &str, Gone<'_>) -> bool) {
        self.actions
            .retain(|name, it| keep(Kind::Action, name, it.gone()));
        self.resource_types
            .retain(|name, it| keep(Kind::ResourceType, name, it.gone()));
        self.condition_keys
            .retain(|name, it| keep(Kind::ConditionKey, name, it.gone()));
        self.operations
            .retain(|name, it| keep(Kind::Operation, name, it.gone()));
    }
}

/// An entry without its facts.
#[derive(Clone, Copy, Debug)]
pub struct Gone<'a> {
    /// The day on which it was found missing.
    pub removed: Date,
    /// The version of the crate on that day.
    pub version: &'a Version,
    /// What replaces it.
    pub replaced_by: Option<&'a str>,
}

impl<T> Entry<T> {
    fn gone(&self) -> Gone<'_> {
        Gone {
            removed: self.removed,
            version: &self.version,
            replaced_by: self.replaced_by.as_deref(),
        }
    }
}

/// Whether what was found missing at one version of the crate is still kept at another.
///
/// It is for one step: through the patches of its own minor version, the whole next minor version,
/// and, where a major version follows instead, the whole first minor version of that one. So every
/// user gets at least one minor version that says "deprecated" before one that says nothing, even if
/// the name vanished just before a major version. It depends on the two versions alone, so that the
/// same snapshots give the same crate on any day.
pub fn is_kept(removed: &Version, now: &Version) -> bool {
    match now.major.checked_sub(removed.major) {
        // an older version than the one it vanished in
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
    fn one_minor_version_is_one_step() {
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
            // a version that was taken back
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
