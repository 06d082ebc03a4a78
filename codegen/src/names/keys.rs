//! Identifiers of condition keys, which belong to several namespaces.
//!
//! A key of the service itself or of `aws:` is named without its namespace (`bedrock:ServiceTier` →
//! `SERVICE_TIER`), any other key with it (`saml:aud` → `SAML_AUD`). If two identifiers collide, the
//! name of the placeholder is added, then the namespace: first for a template, then for the service's
//! own key. An `aws:` key keeps the short identifier, because policies of all services use it. Of keys
//! that differ only in case or separators, the last ones get a number.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::words::{constant, numbered, snake, variant};
use super::{Naming, Taken, check, find};
use crate::error::Result;
use crate::overlay::Kind;
use crate::template::{self, Piece};

/// The identifiers of a condition key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyName {
    /// Its variant.
    pub variant: String,
    /// Its constant, or its function if it is a template.
    pub item: String,
}

struct Key<'a> {
    name: &'a str,
    pieces: Vec<Piece>,
    foreign: bool,
}

/// The number of forms of a key's words, from the shortest to the longest.
const STEPS: usize = 4;

impl Key<'_> {
    fn is_template(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Placeholder(_)))
    }

    /// Returns the words of its identifier: the shortest form in step 0, the longest in the last step.
    fn words(&self, step: usize) -> String {
        let (with_placeholders, with_namespace) = match step {
            0 => (false, false),
            1 => (true, false),
            2 => (false, true),
            _ => (true, true),
        };
        let mut words = String::new();
        let last = self.pieces.len() - 1;
        for (index, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Literal(text) => words.push_str(text),
                // a placeholder within the key separates two words, so it stays
                Piece::Placeholder(name) if with_placeholders || index < last => {
                    words.push_str(name)
                }
                Piece::Placeholder(_) => {}
            }
        }
        match words.split_once(':') {
            Some((_, local)) if !(self.foreign || with_namespace) => local.to_owned(),
            _ => words,
        }
    }

    /// Returns the identifiers for words, or for a variant.
    fn identifiers(&self, words: &str) -> KeyName {
        let parts = words.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        KeyName {
            variant: variant(words),
            item: match self.is_template() {
                true => snake(&parts),
                false => constant(&parts),
            },
        }
    }

    /// Returns the rank among new keys; the lowest chooses first.
    fn rank(&self) -> (bool, bool) {
        (!self.name.starts_with("aws:"), self.is_template())
    }
}

/// The identifiers in use or reserved, and those that were assigned.
struct Assigned {
    variants: Taken,
    items: Taken,
    names: BTreeMap<String, KeyName>,
}

impl Assigned {
    fn is_free(&self, name: &KeyName) -> bool {
        self.variants.is_free(&name.variant) && self.items.is_free(&name.item)
    }

    fn add(&mut self, key: &str, name: KeyName) -> Result<()> {
        for (taken, identifier) in [
            (&mut self.variants, &name.variant),
            (&mut self.items, &name.item),
        ] {
            check(Kind::ConditionKey, key, identifier)?;
            taken.take(key, identifier)?;
        }
        self.names.insert(key.to_owned(), name);
        Ok(())
    }
}

pub(super) fn assign(
    naming: &Naming<'_>,
    given: &BTreeMap<String, KeyName>,
    prefix: &str,
    names: &BTreeSet<&str>,
) -> Result<BTreeMap<String, KeyName>> {
    let kind = Kind::ConditionKey;
    let mut assigned = Assigned {
        variants: Taken::new(kind, given.iter().map(|(name, it)| (name, &it.variant)))?,
        items: Taken::new(kind, given.iter().map(|(name, it)| (name, &it.item)))?,
        names: BTreeMap::new(),
    };
    let mut unnamed = Vec::new();
    for &name in names {
        let namespace = name.split(':').next().unwrap_or_default();
        let key = Key {
            name,
            pieces: template::condition_key(naming.overlay.key_template(name))?,
            foreign: namespace != "aws" && namespace != prefix,
        };
        match (find(given, name, names), naming.stated(kind, name)) {
            (Some(given), _) => {
                naming.agrees(kind, name, &given.variant)?;
                assigned.names.insert(name.to_owned(), given.clone());
            }
            (None, Some(stated)) => {
                let variant = stated.to_owned();
                let name = KeyName {
                    variant,
                    ..key.identifiers(stated)
                };
                assigned.add(key.name, name)?;
            }
            (None, None) => unnamed.push(key),
        }
    }
    unnamed.sort_by_key(|key| (key.rank(), key.name));
    for key in &unnamed {
        let mut forms = (0..STEPS).map(|step| key.identifiers(&key.words(step)));
        let name = forms
            .find(|name| assigned.is_free(name))
            .unwrap_or_else(|| {
                // another key differs in case or separators only
                let words = key.words(STEPS - 1);
                key.identifiers(&numbered(&words, |words| {
                    assigned.is_free(&key.identifiers(words))
                }))
            });
        assigned.add(key.name, name)?;
    }
    Ok(assigned.names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::overlay::Overlay;

    fn assign_to(
        given: &BTreeMap<String, KeyName>,
        prefix: &str,
        keys: &[&str],
    ) -> BTreeMap<String, KeyName> {
        let naming = Naming {
            page: "orchard",
            overlay: &Overlay::default(),
        };
        assign(&naming, given, prefix, &keys.iter().copied().collect()).unwrap()
    }

    fn named(prefix: &str, keys: &[&str]) -> Vec<(String, String)> {
        let names = assign_to(&BTreeMap::new(), prefix, keys);
        keys.iter()
            .map(|key| (names[*key].variant.clone(), names[*key].item.clone()))
            .collect()
    }

    fn pair(variant: &str, item: &str) -> (String, String) {
        (variant.to_owned(), item.to_owned())
    }

    #[test]
    fn own_and_global_keys_are_named_without_namespace() {
        assert_eq!(
            named(
                "orchard",
                &[
                    "aws:RequestTag/${TagKey}",
                    "orchard:x-soil",
                    "saml:aud",
                    "orchard:Tree/<kind>.height"
                ]
            ),
            [
                pair("RequestTag", "request_tag"),
                pair("XSoil", "X_SOIL"),
                pair("SamlAud", "SAML_AUD"),
                pair("TreeKindHeight", "tree_kind_height"),
            ]
        );
    }

    #[test]
    fn keys_that_would_collide_get_longer_names() {
        assert_eq!(
            named(
                "elb",
                &[
                    "aws:ResourceTag/${TagKey}",
                    "elb:ResourceTag/",
                    "elb:ResourceTag/${TagKey}"
                ]
            ),
            [
                pair("ResourceTag", "resource_tag"),
                pair("ElbResourceTag", "ELB_RESOURCE_TAG"),
                pair("ResourceTagTagKey", "resource_tag_tag_key"),
            ]
        );
    }

    #[test]
    fn a_new_key_leaves_the_identifiers_of_others_alone() {
        let own = "orchard:SourceArn";
        let first = assign_to(&BTreeMap::new(), "orchard", &[own]);
        assert_eq!(first[own].item, "SOURCE_ARN");
        let later = assign_to(&first, "orchard", &[own, "aws:SourceArn"]);
        assert_eq!(later[own], first[own]);
        assert_eq!(later["aws:SourceArn"].item, "AWS_SOURCE_ARN");
        // also after the first key was removed
        let alone = assign_to(&first, "orchard", &["aws:SourceArn"]);
        assert_eq!(alone["aws:SourceArn"], later["aws:SourceArn"]);
        assert_eq!(alone.len(), 1);
    }

    #[test]
    fn keys_that_differ_in_case_only_are_numbered() {
        assert_eq!(
            named("orchard", &["orchard:Soil", "orchard:soil"]),
            [pair("Soil", "SOIL"), pair("OrchardSoil", "ORCHARD_SOIL"),]
        );
        assert_eq!(
            named("orchard", &["saml:Aud", "saml:aud"]),
            [pair("SamlAud", "SAML_AUD"), pair("SamlAud2", "SAML_AUD_2")]
        );
    }
}
