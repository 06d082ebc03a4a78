//! Identifiers of condition keys, which belong to several namespaces.
//!
//! A key of the service itself or of `aws:` is named without its namespace (`bedrock:ServiceTier` →
//! `SERVICE_TIER`), any other key with it (`saml:aud` → `SAML_AUD`). If two identifiers collide, the
//! name of the placeholder is added, then the namespace: first for a template, then for the service's
//! own key. An `aws:` key keeps the short identifier, because policies of all services use it. Of keys
//! that differ only in case, which some pages have, all but the first get a number.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::Service;

use super::{constant, overrides, snake, unique, variant};
use crate::error::Result;
use crate::overlay::{Kind, Overlay};
use crate::template::{self, Piece};

/// The identifiers of a condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyName {
    /// Its variant.
    pub variant: String,
    /// Its constant, or its function if it is a template.
    pub item: String,
    /// The parameters of the function: placeholder and identifier.
    pub parameters: Vec<(String, String)>,
}

struct Key<'a> {
    name: &'a str,
    pieces: Vec<Piece>,
    foreign: bool,
    /// The number of steps by which its identifier is longer than the shortest one.
    step: usize,
    /// The number that it has among the keys that differ from it only in case; 1 for the first.
    number: usize,
}

const STEPS: usize = 4;

impl Key<'_> {
    fn is_template(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Placeholder(_)))
    }

    /// Returns the words of its identifier: the shortest form in step 0, the longest in the last step.
    fn words(&self) -> String {
        let (with_placeholders, with_namespace) = match self.step {
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
        let words = match words.split_once(':') {
            Some((_, local)) if !(self.foreign || with_namespace) => local.to_owned(),
            _ => words,
        };
        match self.number {
            1 => words,
            number => format!("{words}_{number}"),
        }
    }

    /// Returns the rank among colliding keys; the lowest keeps its identifier.
    fn rank(&self) -> (bool, bool) {
        (!self.name.starts_with("aws:"), self.is_template())
    }
}

pub(super) fn assign(
    service: &Service,
    overlay: &Overlay,
    names: &BTreeSet<&str>,
) -> Result<BTreeMap<String, KeyName>> {
    let given =
        |key: &Key<'_>| overrides::identifier(&service.page, overlay, Kind::ConditionKey, key.name);
    let mut keys: Vec<Key<'_>> = Vec::new();
    for &name in names {
        let pieces = template::condition_key(name)?;
        let namespace = name.split(':').next().unwrap_or_default();
        let foreign = namespace != "aws" && namespace != service.prefix;
        keys.push(Key {
            name,
            pieces,
            foreign,
            step: 0,
            number: 1 + twins(names, name).take_while(|twin| *twin != name).count(),
        });
    }
    lengthen(&mut keys);
    let variants = keys.iter().map(|key| {
        (
            key.name.to_owned(),
            given(key).map_or_else(|| variant(&key.words()), str::to_owned),
        )
    });
    let variants = unique(Kind::ConditionKey, variants)?;
    let mut named = BTreeMap::new();
    let mut items = Vec::new();
    for key in &keys {
        let variant = variants.get(key.name).cloned().unwrap_or_default();
        let words = given(key).map_or_else(
            || {
                key.words()
                    .replace(|c: char| !c.is_ascii_alphanumeric(), "_")
            },
            str::to_owned,
        );
        let item = if key.is_template() {
            snake(&words)
        } else {
            constant(&words)
        };
        items.push((key.name.to_owned(), item.clone()));
        let parameters = key.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some((name.clone(), snake(name))),
            Piece::Literal(_) => None,
        });
        let parameters = parameters.collect();
        named.insert(
            key.name.to_owned(),
            KeyName {
                variant,
                item,
                parameters,
            },
        );
    }
    unique(Kind::ConditionKey, items.into_iter())?;
    Ok(named)
}

/// Returns the names that are equal to a name, ignoring case, with the name itself.
fn twins<'a>(names: &BTreeSet<&'a str>, name: &str) -> impl Iterator<Item = &'a str> {
    let equal = |other: &&str| other.eq_ignore_ascii_case(name);
    names.iter().copied().filter(equal)
}

/// Lengthens identifiers until they are distinct or cannot be lengthened further.
fn lengthen(keys: &mut [Key<'_>]) {
    loop {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, key) in keys.iter().enumerate() {
            groups
                .entry(variant(&key.words()).to_ascii_lowercase())
                .or_default()
                .push(index);
        }
        let mut changed = false;
        for group in groups.into_values().filter(|group| group.len() > 1) {
            // keys of the lowest rank keep their identifiers, even if these are the same
            let lowest = group.iter().map(|&index| keys[index].rank()).min();
            for index in group {
                if Some(keys[index].rank()) != lowest && keys[index].step + 1 < STEPS {
                    keys[index].step += 1;
                    changed = true;
                }
            }
        }
        if !changed {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iam_policy::wire::ConditionKey;

    fn named(prefix: &str, keys: &[&str]) -> Vec<(String, String)> {
        let value_type = || ConditionKey {
            value_type: "String".to_owned(),
        };
        let service = Service {
            page: "orchard".to_owned(),
            prefix: prefix.to_owned(),
            service: String::new(),
            actions: BTreeMap::new(),
            resource_types: BTreeMap::new(),
            condition_keys: keys
                .iter()
                .map(|key| ((*key).to_owned(), value_type()))
                .collect(),
            operations: Vec::new(),
        };
        let names = assign(
            &service,
            &Overlay::default(),
            &service.condition_key_names(),
        )
        .unwrap();
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
    fn of_keys_that_differ_only_in_case_the_later_ones_get_a_number() {
        assert_eq!(
            named(
                "x",
                &["x:FOO", "x:Foo", "x:foo", "x:Tag/${A}", "x:tag/${a}"]
            ),
            [
                pair("FOO", "FOO"),
                pair("Foo2", "FOO_2"),
                pair("Foo3", "FOO_3"),
                pair("Tag", "tag"),
                pair("Tag2", "tag_2"),
            ]
        );
    }
}
