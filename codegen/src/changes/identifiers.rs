//! Comparison of the identifiers that names have in two states.

use std::collections::BTreeMap;

use super::change::{Change, Kind, Replaced};
use crate::names::{KeyName, Names};

/// Compares the identifiers of two states: those that now have another meaning, then names that have
/// another identifier.
///
/// An action or condition key in another case is the same name, because IAM ignores case.
pub fn identifiers(old: &Names, new: &Names) -> Vec<Change> {
    let items = |keys: &BTreeMap<String, KeyName>| -> BTreeMap<String, String> {
        let keys = keys.iter();
        keys.map(|(name, key)| (name.clone(), key.item.clone()))
            .collect()
    };
    let variants = |keys: &BTreeMap<String, KeyName>| -> BTreeMap<String, String> {
        let keys = keys.iter();
        keys.map(|(name, key)| (name.clone(), key.variant.clone()))
            .collect()
    };
    let (mut moved, mut changed) = (Vec::new(), Vec::new());
    let mut compare = |of: &str, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>| {
        let owners: BTreeMap<_, _> = new.iter().map(|(name, it)| (it, name)).collect();
        for (name, identifier) in old {
            let path = |identifier: &str| format!("{of}::{identifier}");
            match owners.get(identifier) {
                Some(owner) if owner.eq_ignore_ascii_case(name) => continue,
                // the fields of different builders may have the same name
                Some(owner) if of != FIELD => moved.push(Kind::IdentifierMoved {
                    identifier: path(identifier),
                    meaning: replaced(name, owner),
                }),
                _ => {}
            }
            let known = new.get(name).filter(|now| *now != identifier);
            changed.extend(known.map(|now| Kind::IdentifierChanged {
                name: name.clone(),
                identifier: replaced(&path(identifier), &path(now)),
            }));
        }
    };
    compare("Action", &old.actions, &new.actions);
    compare("ResourceType", &old.resource_types, &new.resource_types);
    compare(
        "key",
        &items(&old.condition_keys),
        &items(&new.condition_keys),
    );
    compare(
        "ConditionKey",
        &variants(&old.condition_keys),
        &variants(&new.condition_keys),
    );
    compare("Operation", &old.operations, &new.operations);
    compare(FIELD, &old.placeholders, &new.placeholders);
    let kinds = moved.into_iter().chain(changed);
    kinds.map(|kind| Change { row: None, kind }).collect()
}

/// The fields of ARN builders, and the parameters of condition keys.
const FIELD: &str = "field";

fn replaced(old: &str, new: &str) -> Replaced<String> {
    let (old, new) = (old.to_owned(), new.to_owned());
    Replaced { old, new }
}
