//! Comparison of the identifiers that names have in two states.

use std::collections::BTreeMap;

use super::change::{Change, Kind, Replaced};
use super::states::same_key;
use crate::names::{KeyName, Names};

/// Compares the identifiers of two states: those that now have another meaning, then names that have
/// another identifier.
///
/// An action or condition key in another spelling is the same name, because IAM ignores case.
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
            let is_other = |name| new.get(name).is_some_and(|now| now != identifier);
            let path = |identifier: &str| format!("{of}::{identifier}");
            match owners.get(identifier) {
                Some(owner) if same_key(owner, name) => continue,
                // the fields of different builders may have the same name
                Some(owner) if of != FIELD || is_other(name) => moved.push(Kind::IdentifierMoved {
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

/// Compares the names of a service's module in two states.
pub fn module(old: &str, new: &str) -> Option<Change> {
    let kind = (old != new).then(|| Kind::ModuleChanged(replaced(old, new)));
    kind.map(|kind| Change { row: None, kind })
}

/// The fields of ARN builders, and the parameters of condition keys.
const FIELD: &str = "field";

fn replaced(old: &str, new: &str) -> Replaced<String> {
    let (old, new) = (old.to_owned(), new.to_owned());
    Replaced { old, new }
}
