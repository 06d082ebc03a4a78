//! The global condition keys. They have a separate snapshot, because no page of the reference lists
//! them.

use std::collections::BTreeMap;

use iam_policy::wire::{self, ConditionKey, Service};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::template::{self, Piece};

/// The snapshot `snapshots/global/condition_keys.json`, which is part of the generator because every
/// emitted module depends on it.
const SNAPSHOT: &str = include_str!("../../snapshots/global/condition_keys.json");

/// A global condition key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlobalKey {
    /// The category that IAM lists it under: `principal`, `session`, `network`, `resource` or `request`.
    pub category: String,
    /// The type of its value, as the reference spells it.
    #[serde(rename = "type")]
    pub value_type: String,
}

/// The global condition keys.
#[derive(Clone, Debug)]
pub struct Globals {
    keys: BTreeMap<String, GlobalKey>,
    /// The keys by name, ignoring case and the names of placeholders.
    shapes: BTreeMap<Shape, String>,
}

type Shape = Vec<Option<String>>;

/// The global keys that are in effect only for actions and resource types that list them.
const FOLLOW_THE_PAGE: [&str; 3] = [
    "aws:RequestTag/${TagKey}",
    "aws:ResourceTag/${TagKey}",
    "aws:TagKeys",
];

impl Globals {
    /// Reads the snapshot with which the generator was built.
    ///
    /// # Errors
    /// Same as [`parse`](Self::parse).
    pub fn read() -> Result<Self> {
        Self::parse(SNAPSHOT).map_err(|error| error.of("snapshots/global/condition_keys.json"))
    }

    /// Parses a snapshot.
    ///
    /// # Errors
    /// Returns [`Error`] if the snapshot is not valid.
    pub fn parse(text: &str) -> Result<Self> {
        let mut json = serde_json::Deserializer::from_str(text);
        let keys = wire::unique(&mut json).and_then(|keys| json.end().map(|()| keys));
        let keys: BTreeMap<String, GlobalKey> = keys.map_err(|error| {
            Error::new(error.to_string(), "condition keys with category and type")
        })?;
        let shapes = keys
            .keys()
            .filter_map(|name| Some((shape(name)?, name.clone())));
        Ok(Self {
            shapes: shapes.collect(),
            keys,
        })
    }

    /// Returns the keys by name.
    pub const fn keys(&self) -> &BTreeMap<String, GlobalKey> {
        &self.keys
    }

    /// The prefix of the keys, which no service has.
    pub const PREFIX: &str = "aws";

    /// Returns the keys as those of a service.
    pub fn service(&self) -> Service {
        let condition_keys = self.keys.iter().map(|(name, key)| {
            let value_type = key.value_type.clone();
            (name.clone(), ConditionKey { value_type })
        });
        Service {
            page: "global".to_owned(),
            prefix: Self::PREFIX.to_owned(),
            service: "global condition keys".to_owned(),
            actions: BTreeMap::new(),
            resource_types: BTreeMap::new(),
            condition_keys: condition_keys.collect(),
            operations: Vec::new(),
        }
    }

    /// Finds the global key with a name, ignoring case and the names of placeholders.
    pub fn find(&self, name: &str) -> Option<(&str, &GlobalKey)> {
        let (name, key) = self.keys.get_key_value(self.shapes.get(&shape(name)?)?)?;
        Some((name, key))
    }

    /// Returns whether the key is in effect only for actions and resource types that list it.
    pub fn follows_the_page(name: &str) -> bool {
        FOLLOW_THE_PAGE.contains(&name)
    }
}

/// Returns a key's name in lower case, without the names of its placeholders.
fn shape(name: &str) -> Option<Shape> {
    let pieces = template::condition_key(name).ok()?;
    let shape = pieces.into_iter().map(|piece| match piece {
        Piece::Literal(text) => Some(text.to_ascii_lowercase()),
        Piece::Placeholder(_) => None,
    });
    Some(shape.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_ignoring_case_and_placeholder_names() {
        let globals = Globals::read().unwrap();
        let found = |name| globals.find(name).map(|(name, ..)| name.to_owned());
        assert_eq!(
            found("aws:requesttag/<key>").as_deref(),
            Some("aws:RequestTag/${TagKey}")
        );
        assert_eq!(found("aws:SourceArn").as_deref(), Some("aws:SourceArn"));
        assert_eq!(found("bedrock:ServiceTier"), None);
        assert!(
            FOLLOW_THE_PAGE
                .iter()
                .all(|name| found(name).as_deref() == Some(name))
        );
    }
}
