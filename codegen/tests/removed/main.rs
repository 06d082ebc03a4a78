//! Removed names that are kept.

mod cases;
mod laws;
mod pages;
#[path = "../support/real.rs"]
mod real;
#[path = "../support/strategy.rs"]
mod strategy;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeSet;

use codegen::overlay::Kind;
use codegen::removed::{Removed, Replacements, Seen, Update};
use iam_policy::wire::Service;
use semver::Version;

fn seen(day: &str, version: &str) -> Seen {
    Seen {
        date: day.parse().expect("a date"),
        version: Version::parse(version).expect("a version"),
    }
}

fn update(removed: &Removed, old: &Service, new: &Service, seen: &Seen) -> Update {
    removed.update(old, new, seen, &Replacements::new())
}

/// Returns all names of a service with identifiers, independently of the tested code.
fn named(service: &Service) -> BTreeSet<(Kind, String)> {
    let mut named = BTreeSet::new();
    let Ok(names) = support::assign(service) else {
        return named;
    };
    named.extend(names.actions.into_keys().map(|name| (Kind::Action, name)));
    let types = names.resource_types.into_keys();
    named.extend(types.map(|name| (Kind::ResourceType, name)));
    let keys = names.condition_keys.into_keys();
    named.extend(keys.map(|name| (Kind::ConditionKey, name)));
    let operations = names.operations.into_keys();
    named.extend(operations.map(|name| (Kind::Operation, name)));
    named
}

/// Returns the pairs of actions and resource types with the keys in effect for them.
fn in_effect(service: &Service) -> BTreeSet<(String, String, String)> {
    let mut all = BTreeSet::new();
    for (name, action) in &service.actions {
        let on_any = action.condition_keys.iter();
        let mut add = |resource_type: &str, key: &str| {
            all.insert((name.clone(), resource_type.to_owned(), key.to_owned()));
        };
        add("", "");
        on_any.for_each(|key| add("", key));
        for resource in &action.resources {
            add(&resource.resource_type, "");
            for key in action.condition_keys.iter().chain(&resource.condition_keys) {
                add(&resource.resource_type, key);
            }
        }
    }
    all
}

/// Returns a part of a service: some entries of each table.
fn part(whole: &Service, keep: &[bool]) -> Service {
    let mut keep = keep.iter().copied().cycle();
    let mut kept = || keep.next().unwrap_or(true);
    let mut part = whole.clone();
    part.actions.retain(|_, _| kept());
    part.resource_types.retain(|_, _| kept());
    part.condition_keys.retain(|_, _| kept());
    part.operations.retain(|_| kept());
    // other rows do not name the removed entries either
    let types: BTreeSet<_> = part.resource_types.keys().cloned().collect();
    let keys: BTreeSet<_> = part.condition_keys.keys().cloned().collect();
    for action in part.actions.values_mut() {
        action
            .resources
            .retain(|it| types.contains(&it.resource_type));
        action.condition_keys.retain(|key| keys.contains(key));
        for resource in &mut action.resources {
            resource.condition_keys.retain(|key| keys.contains(key));
        }
        action.scenarios.clear();
    }
    for resource_type in part.resource_types.values_mut() {
        resource_type
            .condition_keys
            .retain(|key| keys.contains(key));
    }
    part
}
