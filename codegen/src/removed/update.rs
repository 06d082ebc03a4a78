//! Update of the removed names when a page is read again.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::{Operation, Service};

use super::{Entry, LastConditionKey, LastResourceType, Removed, Replacements, Seen, is_kept};
use crate::error::Result;
use crate::names::{self, Names};
use crate::overlay::Kind;
use crate::overlay::Overlay;

/// The result of an update.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Update {
    /// The names that are kept.
    pub removed: Removed,
    /// The names that are newly removed and kept.
    pub added: Vec<(Kind, String)>,
    /// The names that have expired.
    pub expired: Vec<(Kind, String)>,
    /// The names that are newly removed and cannot be kept.
    pub refused: Vec<Refused>,
}

/// A name that cannot be kept, because its identifier conflicts with that of a current name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The kind of the name.
    pub kind: Kind,
    /// The name.
    pub name: String,
}

impl Removed {
    /// Updates the removed names after `new` replaces `old`.
    ///
    /// Names that are missing from `new` are added; names that returned or have expired
    /// ([`is_kept`]) are dropped. Other entries keep their day, version and replacement. A name
    /// whose identifier conflicts with a current one is not kept: `plum tree` and a new
    /// `plum-tree` would both be `PlumTree`.
    ///
    /// # Errors
    /// Returns [`Error`](crate::Error) if names of the old or new service cannot become identifiers.
    pub fn update(
        &self,
        old: &Service,
        new: &Service,
        overlay: &Overlay,
        seen: &Seen,
        replacements: &Replacements,
    ) -> Result<Update> {
        let mut update = Update::default();
        let mut wanted = self.clone();
        wanted.retain(|kind, name, removal| {
            let kept = is_kept(removal.version, &seen.version);
            if !kept {
                update.expired.push((kind, name.to_owned()));
            }
            kept
        });
        let stays = wanted.clone();
        wanted.add_missing(old, new, seen);
        wanted.drop_current(new);
        if wanted.is_empty() {
            return Ok(update);
        }
        update.removed = wanted.fitting(new, overlay, &self.names_with(old, overlay)?)?;
        let fits = &update.removed;
        for (kind, name) in wanted.names() {
            if fits.of(kind, name).is_none() {
                let name = name.to_owned();
                update.refused.push(Refused { kind, name });
            } else if stays.of(kind, name).is_none() {
                update.added.push((kind, name.to_owned()));
            }
        }
        update.removed.replace(old, new, self, replacements);
        Ok(update)
    }

    /// Returns the identifiers of a service and of the removed names.
    pub(crate) fn names_with(&self, service: &Service, overlay: &Overlay) -> Result<Names> {
        let types: BTreeSet<_> = self.resource_types.keys().map(String::as_str).collect();
        let keys: BTreeSet<_> = self.condition_keys.keys().map(String::as_str).collect();
        names::assign_with(&self.restored(service), overlay, &types, &keys)
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

    /// Returns the entries whose identifiers do not conflict with those of a service.
    fn fitting(&self, service: &Service, overlay: &Overlay, before: &Names) -> Result<Self> {
        let none = Self::default();
        let anyway = lost(before, &none.names_with(service, overlay)?);
        let fits = |removed: &Self| {
            // a kept name must keep its identifier, and must not cause another name to lose its own
            removed.names_with(service, overlay).is_ok_and(|names| {
                lost(before, &names)
                    .iter()
                    .all(|it| anyway.contains(it) && removed.of(it.0, &it.1).is_none())
            })
        };
        if fits(self) {
            return Ok(self.clone());
        }
        let mut some = none;
        for (kind, name) in self.names() {
            let mut more = some.clone();
            more.take(self, kind, name);
            if fits(&more) {
                some = more;
            }
        }
        Ok(some)
    }

    /// Copies an entry from another set.
    fn take(&mut self, other: &Self, kind: Kind, name: &str) {
        fn take<T: Clone>(
            to: &mut BTreeMap<String, Entry<T>>,
            from: &BTreeMap<String, Entry<T>>,
            name: &str,
        ) {
            to.extend(from.get(name).map(|it| (name.to_owned(), it.clone())));
        }
        match kind {
            Kind::Action => take(&mut self.actions, &other.actions, name),
            Kind::ResourceType => take(&mut self.resource_types, &other.resource_types, name),
            Kind::ConditionKey => take(&mut self.condition_keys, &other.condition_keys, name),
            Kind::Operation => take(&mut self.operations, &other.operations, name),
            Kind::Placeholder => {}
        }
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

/// Returns the names whose identifiers are missing or different now.
fn lost(before: &Names, now: &Names) -> BTreeSet<(Kind, String)> {
    let mut lost = BTreeSet::new();
    let mut compare = |kind, name: &String, same: bool| {
        if !same {
            lost.insert((kind, name.clone()));
        }
    };
    for (name, identifier) in &before.actions {
        compare(
            Kind::Action,
            name,
            now.actions.get(name) == Some(identifier),
        );
    }
    for (name, identifier) in &before.resource_types {
        let same = now.resource_types.get(name) == Some(identifier);
        compare(Kind::ResourceType, name, same);
    }
    for (name, identifier) in &before.condition_keys {
        let same = now.condition_keys.get(name) == Some(identifier);
        compare(Kind::ConditionKey, name, same);
    }
    for (name, identifier) in &before.operations {
        compare(
            Kind::Operation,
            name,
            now.operations.get(name) == Some(identifier),
        );
    }
    lost
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
