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

mod guess;
mod lifetime;
mod restore;
mod update;

use std::collections::BTreeMap;

use jiff::civil::Date;
use semver::Version;
use serde::{Deserialize, Serialize};

use crate::model;
use crate::names::Kind;

pub use guess::replacements;
pub use lifetime::is_kept;
pub use update::{Refused, Update};

/// What a service had and has no longer: the content of `removed.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// Actions by name, without the prefix.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Entry<model::Action>>,
    /// Resource types by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub resource_types: BTreeMap<String, Entry<LastResourceType>>,
    /// Condition keys by name, with their namespace.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub condition_keys: BTreeMap<String, Entry<LastConditionKey>>,
    /// API operations by name: a row for each SDK client.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub operations: BTreeMap<String, Entry<Vec<model::Operation>>>,
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
    pub row: Option<model::ResourceType>,
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
    pub row: Option<model::ConditionKey>,
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
