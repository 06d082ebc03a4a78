//! Update of the removed names when a page is read again.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::{Operation, Service};

use super::{Entry, LastConditionKey, LastResourceType, Removed, Replacements, Seen, is_kept};
use crate::overlay::Kind;

/// The result of an update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// The names that are kept.
    pub removed: Removed,
    /// The names that are newly removed and kept.
    pub added: Vec<(Kind, String)>,
    /// The names that have expired.
    pub expired: Vec<(Kind, String)>,
}

impl Removed {
    /// Updates the removed names after `new` replaces `old`.
    ///
    /// Names that are missing from `new` are added; names that returned or have expired
    /// ([`is_kept`]) are dropped. Other entries keep their day, version and replacement.
    #[must_use]
    pub fn update(
        &self,
        old: &Service,
        new: &Service,
        seen: &Seen,
        replacements: &Replacements,
    ) -> Update {
        let mut update = Update {
            removed: self.clone(),
            ..Update::default()
        };
        update.removed.retain(|kind, name, removal| {
            let kept = is_kept(removal.version, &seen.version);
            if !kept {
                update.expired.push((kind, name.to_owned()));
            }
            kept
        });
        let stays = update.removed.clone();
        update.removed.add_missing(old, new, seen);
        update.removed.drop_current(new);
        update.removed.drop_respelled(new);
        let added = update.removed.names();
        let added = added.filter(|(kind, name)| stays.of(*kind, name).is_none());
        update.added = added.map(|(kind, name)| (kind, name.to_owned())).collect();
        update.removed.replace(old, new, self, replacements);
        update
    }

    /// Adds the names that `old` has and `new` lacks.
    fn add_missing(&mut self, old: &Service, new: &Service, seen: &Seen) {
        for (name, action) in &old.actions {
            if !new.actions.contains_key(name) {
                add(&mut self.actions, name, seen, || action.clone());
            }
        }
        let (types_then, types_now) = (old.resource_type_names(), new.resource_type_names());
        for name in types_then {
            let lost_row =
                old.resource_types.contains_key(name) && !new.resource_types.contains_key(name);
            if lost_row || !types_now.contains(name) {
                add(&mut self.resource_types, name, seen, || {
                    last_resource_type(old, name)
                });
            }
        }
        let (keys_then, keys_now) = (old.condition_key_names(), new.condition_key_names());
        for name in keys_then.difference(&keys_now) {
            add(&mut self.condition_keys, name, seen, || {
                last_condition_key(old, name)
            });
        }
        let mut operations: BTreeMap<&str, Vec<Operation>> = BTreeMap::new();
        for row in &old.operations {
            let rows = operations.entry(&row.operation).or_default();
            rows.push(row.clone());
        }
        for (name, rows) in operations {
            if !new.operations.iter().any(|row| row.operation == name) {
                add(&mut self.operations, name, seen, || rows);
            }
        }
    }

    /// Drops the names that a service has.
    fn drop_current(&mut self, service: &Service) {
        let (types, keys) = (service.resource_type_names(), service.condition_key_names());
        self.actions
            .retain(|name, _| !service.actions.contains_key(name));
        // an action may still name a type whose row was removed
        self.resource_types.retain(|name, entry| {
            !service.resource_types.contains_key(name)
                && (entry.last.row.is_some() || !types.contains(name.as_str()))
        });
        self.condition_keys
            .retain(|name, _| !keys.contains(name.as_str()));
        let operations = &service.operations;
        self.operations
            .retain(|name, _| !operations.iter().any(|row| row.operation == *name));
    }

    /// Drops the names that a service has in another case: IAM ignores it.
    fn drop_respelled(&mut self, service: &Service) {
        let current = names_of(service);
        let spelled = |(kind, name): &(Kind, String)| (*kind, name.to_ascii_lowercase());
        let without_case: BTreeSet<_> = current.iter().map(spelled).collect();
        self.retain(|kind, name, _| {
            let name = (kind, name.to_owned());
            current.contains(&name) || !without_case.contains(&spelled(&name))
        });
    }

    /// Sets the replacements: drops obsolete ones, then fills in the guesses.
    fn replace(&mut self, old: &Service, new: &Service, was: &Self, replacements: &Replacements) {
        let there = names_of(new);
        let mut known = there.clone();
        known.extend(self.names().map(|(kind, name)| (kind, name.to_owned())));
        let mut once = names_of(old);
        once.extend(was.names().map(|(kind, name)| (kind, name.to_owned())));
        let decide = |kind: Kind, name: &str, stated: &mut Option<String>| {
            if let Some(other) = stated {
                let of = (kind, other.clone());
                if once.contains(&of) && !known.contains(&of) {
                    *stated = None;
                }
            }
            if stated.is_none() {
                let guess = replacements.get(&(kind, name.to_owned()));
                *stated = guess
                    .filter(|guess| there.contains(&(kind, (*guess).clone())))
                    .cloned();
            }
        };
        for (name, entry) in &mut self.actions {
            decide(Kind::Action, name, &mut entry.replaced_by);
        }
        for (name, entry) in &mut self.resource_types {
            decide(Kind::ResourceType, name, &mut entry.replaced_by);
        }
        for (name, entry) in &mut self.condition_keys {
            decide(Kind::ConditionKey, name, &mut entry.replaced_by);
        }
        for (name, entry) in &mut self.operations {
            decide(Kind::Operation, name, &mut entry.replaced_by);
        }
    }
}

/// Adds an entry unless the name already has one, because the first removal counts.
fn add<T>(
    table: &mut BTreeMap<String, Entry<T>>,
    name: &str,
    seen: &Seen,
    last: impl FnOnce() -> T,
) {
    table.entry(name.to_owned()).or_insert_with(|| Entry {
        removed: seen.date,
        version: seen.version.clone(),
        replaced_by: None,
        last: last(),
    });
}

fn last_resource_type(old: &Service, name: &str) -> LastResourceType {
    let pairs = old.actions.iter().flat_map(|(action, facts)| {
        let own = facts.resources.iter().filter(|it| it.resource_type == name);
        own.map(|it| (action.clone(), it.condition_keys.clone()))
    });
    LastResourceType {
        row: old.resource_types.get(name).cloned(),
        actions: pairs.collect(),
    }
}

fn last_condition_key(old: &Service, name: &str) -> LastConditionKey {
    let has = |keys: &[String]| keys.iter().any(|key| key == name);
    let mut last = LastConditionKey {
        row: old.condition_keys.get(name).cloned(),
        ..LastConditionKey::default()
    };
    for (action, facts) in &old.actions {
        if has(&facts.condition_keys) {
            last.actions.push(action.clone());
        }
        let resources = facts.resources.iter();
        let resource_types: Vec<_> = resources
            .filter(|resource| has(&resource.condition_keys))
            .map(|resource| resource.resource_type.clone())
            .collect();
        if !resource_types.is_empty() {
            last.pairs.insert(action.clone(), resource_types);
        }
    }
    last
}

fn names_of(service: &Service) -> BTreeSet<(Kind, String)> {
    let of = |kind| move |name: &str| (kind, name.to_owned());
    let actions = service.actions.keys().map(String::as_str);
    let operations = service.operations.iter().map(|row| row.operation.as_str());
    let types = service.resource_type_names().into_iter();
    let keys = service.condition_key_names().into_iter();
    actions
        .map(of(Kind::Action))
        .chain(types.map(of(Kind::ResourceType)))
        .chain(keys.map(of(Kind::ConditionKey)))
        .chain(operations.map(of(Kind::Operation)))
        .collect()
}
