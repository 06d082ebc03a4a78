//! The condition keys of every service: a snapshot of their own, for no page of the reference
//! lists them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::template::{self, Piece};

/// The snapshot, `snapshots/global/condition_keys.json`: part of the generator, for every module
/// is emitted with an eye to it.
const SNAPSHOT: &str = include_str!("../../snapshots/global/condition_keys.json");

/// A global condition key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlobalKey {
    /// What it is a property of: `principal`, `session`, `network`, `resource` or `request`.
    pub category: String,
    /// The type of its value, as the reference spells it.
    #[serde(rename = "type")]
    pub value_type: String,
}

/// The global condition keys.
#[derive(Clone, Debug)]
pub struct Globals {
    keys: BTreeMap<String, GlobalKey>,
    /// The keys by what they are but for case and the names of placeholders.
    shapes: BTreeMap<Shape, String>,
}

type Shape = Vec<Option<String>>;

/// Those of the global keys that are in effect only where a page says so.
const FOLLOW_THE_PAGE: [&str; 3] = [
    "aws:RequestTag/${TagKey}",
    "aws:ResourceTag/${TagKey}",
    "aws:TagKeys",
];

impl Globals {
    /// Reads the snapshot.
    ///
    /// # Errors
    /// A snapshot that is not one.
    pub fn read() -> Result<Self> {
        let keys: BTreeMap<String, GlobalKey> =
            serde_json::from_str(SNAPSHOT).map_err(|error| {
                Error::new(error.to_string(), "condition keys with category and type")
                    .of("snapshots/global/condition_keys.json")
            })?;
        let shapes = keys
            .keys()
            .filter_map(|name| Some((shape(name)?, name.clone())));
        Ok(Self {
            shapes: shapes.collect(),
            keys,
        })
    }

    /// The keys by name.
    pub const fn keys(&self) -> &BTreeMap<String, GlobalKey> {
        &self.keys
    }

    /// The global key that a page's key is, whatever it calls the placeholder.
    pub fn find(&self, name: &str) -> Option<(&str, &GlobalKey)> {
        let (name, key) = self.keys.get_key_value(self.shapes.get(&shape(name)?)?)?;
        Some((name, key))
    }

    /// Whether the key is in effect only where a page says so.
    pub fn follows_the_page(name: &str) -> bool {
        FOLLOW_THE_PAGE.contains(&name)
    }
}

/// A key's name without case, its placeholders without names.
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
    fn keys_are_found_by_their_shape() {
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
