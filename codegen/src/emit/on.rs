//! Emits `on`: the resource types that each action supports, and the condition keys in effect.
//!
//! Each action has a trait, which its resource types implement; each set of condition keys has a
//! trait, which is implemented for the keys in it. The traits have rustc's messages for missing
//! implementations.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;
use iam_policy::wire::Action;

use super::render::{self, literal};
use super::{Module, ident, in_order, refusal};
use crate::error::Result;
use crate::global::Globals;

/// Condition keys by their names in the reference.
type Keys<'a> = BTreeSet<&'a str>;

/// The distinct sets of keys in effect for the pairs of a service, each with its number.
type Sets<'a> = BTreeMap<Keys<'a>, usize>;

pub(super) fn items(it: &Module<'_>) -> Result<Vec<String>> {
    let sets = sets(it);
    let actions = in_order(
        it.restored
            .actions
            .iter()
            .map(|(name, action)| (name.as_str(), action)),
    );
    if actions.is_empty() {
        return Ok(Vec::new());
    }
    let mut types = it.restored.actions.values().flat_map(|it| &it.resources);
    let arn = types.any(|one| it.has_builder(&one.resource_type));
    let mut in_effect = sets.keys().flatten();
    let key = in_effect.any(|name| it.global_id(name).is_none());
    let modules = [("action", true), ("arn", arn), ("key", key)];
    let used: Vec<_> = modules.iter().filter(|(_, used)| *used).collect();
    let used: Vec<_> = used.iter().map(|(module, _)| *module).collect();
    let mut items = vec![match used.as_slice() {
        [one] => format!("use super::{one};"),
        several => format!("use super::{{{}}};", several.join(", ")),
    }];
    for (name, action) in actions {
        items.push(pairs(it, name, action, &sets)?);
    }
    let mut numbered: Vec<_> = sets.iter().collect();
    numbered.sort_by_key(|(_, number)| **number);
    for (set, number) in numbered {
        items.push(key_set(it, set, *number)?);
    }
    Ok(items)
}

/// Returns the keys in effect for an action on each of its resource types, and on any resource.
fn effects(action: &Action) -> (Vec<(&str, Keys<'_>)>, Keys<'_>) {
    let own: Keys<'_> = action.condition_keys.iter().map(String::as_str).collect();
    let mut union = own.clone();
    let mut pairs = Vec::new();
    for resource in &action.resources {
        let further = resource.condition_keys.iter().map(String::as_str);
        let keys: Keys<'_> = own.iter().copied().chain(further).collect();
        union.extend(&keys);
        pairs.push((resource.resource_type.as_str(), keys));
    }
    (pairs, union)
}

fn sets<'a>(it: &Module<'a>) -> Sets<'a> {
    let mut sets = Sets::new();
    for action in it.restored.actions.values() {
        let (pairs, union) = effects(action);
        let keys = pairs
            .into_iter()
            .filter(|(resource_type, _)| it.has_builder(resource_type))
            .map(|(_, keys)| keys);
        sets.extend(keys.chain([union]).map(|keys| (keys, 0)));
    }
    for (index, number) in sets.values_mut().enumerate() {
        *number = index;
    }
    sets
}

/// Returns the names of a set and its trait. They contain the service's name, because otherwise the
/// compiler would point to those of another service.
fn set(it: &Module<'_>, number: usize) -> Result<(String, String)> {
    let service = it.service.prefix.to_upper_camel_case();
    let named = |start: &str| ident(&format!("{start}KeysOf{service}{number}"));
    Ok((named("")?, named("In")?))
}

/// Emits the trait of an action and its implementations.
fn pairs(it: &Module<'_>, name: &str, action: &Action, sets: &Sets<'_>) -> Result<String> {
    let rt = &it.rt;
    let action_type = ident(&it.names.actions[name])?;
    let scope = ident(&format!("{}On", it.names.actions[name]))?;
    let refusal = refusal::not_on(it, name, &it.service.actions[name]);
    let message: Vec<_> = refusal.iter().map(|text| literal(text)).collect();
    let mut text = format!(
        "{rt}::action_scope! {{ {action_type}: {scope},\n    {} }}\n",
        message.join(",\n    ")
    );
    let mut implement = |resource: &str, keys: &Keys<'_>| -> Result<()> {
        let (keys, _) = set(it, sets[keys])?;
        text.push_str(&format!(
            "impl {scope} for {resource} {{ type Keys = {keys}<action::{action_type}, Self>; }}\n"
        ));
        Ok(())
    };
    let (of_types, of_any) = effects(action);
    for (resource_type, keys) in of_types {
        if it.has_builder(resource_type) {
            let builder = ident(&it.names.resource_types[resource_type])?;
            implement(&format!("arn::{builder}"), &keys)?;
        }
    }
    implement(&format!("{rt}::AnyResource"), &of_any)?;
    Ok(text)
}

/// Emits the trait of a set of keys, and the keys in it.
fn key_set(it: &Module<'_>, keys: &Keys<'_>, number: usize) -> Result<String> {
    let rt = &it.rt;
    let (set, member) = set(it, number)?;
    let mut members = Vec::new();
    for name in keys {
        match it.global_id(name) {
            // in effect for every action: implemented in the engine, see `global`
            Some((global, _)) if !Globals::follows_the_page(global) => {}
            Some((_, id)) => members.push(format!("{rt}::global::{id}")),
            None => {
                let id = ident(&it.names.condition_keys[*name].variant)?;
                members.push(format!("key::{id}"));
            }
        }
    }
    // spellings of a key that differ only in case have the type of the same global key
    let mut seen = BTreeSet::new();
    members.retain(|member| seen.insert(member.clone()));
    let mut words = render::braced(members);
    match words.last_mut() {
        Some(last) => last.push(','),
        None => words.push("{},".to_owned()),
    }
    let note = literal(&refusal::not_in_effect(it, keys));
    let head = format!("{rt}::key_set! {{ {set}: {member} ");
    let head = render::wrapped_code(&head, "    ", &words);
    Ok(format!("{head}    {note} }}\n"))
}
