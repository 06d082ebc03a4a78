//! Serialization of policies with `serde`: without loss, in the order in which they print.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::document::Document;

use super::{Content, Policy};

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.content {
            Content::Read(document) => document.serialize(serializer),
            Content::Built { .. } => self.to_document().serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Policy {
    /// Reads an existing policy. Members that IAM does not define are kept, duplicate keys are an
    /// error.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Document::deserialize(deserializer).map(Self::from)
    }
}
