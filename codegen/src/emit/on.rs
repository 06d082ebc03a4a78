//! `on`: which actions go with which resource types, and which condition keys with the two.
//!
//! A trait for each action is implemented by the resource types it supports, a trait for each set
//! of keys names those in effect. They carry what rustc says where one is missing.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::refusal::{self, Refusal};
use super::{Module, ident, in_order};
use crate::error::Result;
use crate::global::Globals;
use crate::model::Action;

/// Condition keys by their names in the reference.
type Keys<'a> = BTreeSet<&'a str>;

/// The sets of keys that the pairs of a service have, each with its number.
type Sets<'a> = BTreeMap<Keys<'a>, usize>;

/// The name of the trait for an action.
pub(super) fn scope(it: &Module<'_>, action: &str) -> Result<Ident> {
    ident(&format!("{}On", it.names.actions[action]))
}

/// The resource types that an action's facts of today lack, and that it is still used with: for the
/// checks at run time.
pub(super) fn gone_types(
    it: &Module<'_>,
    name: &str,
    action: &Action,
) -> Result<Option<TokenStream>> {
    let stated = |name: &str| action.resources.iter().any(|it| it.resource_type == name);
    let resources = it.restored.actions[name].resources.iter();
    let gone: Result<Vec<_>> = resources
        .filter(|it| !stated(&it.resource_type))
        .map(|gone| it.resource_type(&gone.resource_type))
        .collect();
    let gone = gone?;
    Ok((!gone.is_empty()).then(|| quote!([#(#gone),*])))
}

pub(super) fn items(it: &Module<'_>) -> Result<Vec<TokenStream>> {
    let sets = sets(it);
    let actions = in_order(
        it.restored
            .actions
            .iter()
            .map(|(name, action)| (name.as_str(), action)),
        "",
    );
    if actions.is_empty() {
        return Ok(Vec::new());
    }
    let builders = it.restored.actions.values().any(|action| {
        let mut types = action.resources.iter().map(|one| &one.resource_type);
        types.any(|resource_type| has_builder(it, resource_type))
    });
    let arn = builders.then(|| {
        quote!(
            use super::arn;
        )
    });
    let mut in_effect = sets.keys().flatten();
    let key = in_effect.any(|name| it.global_id(name).is_none()).then(|| {
        quote!(
            use super::key;
        )
    });
    let mut items = vec![quote!(use super::action; #arn #key)];
    for (name, action) in actions {
        items.extend(pairs(it, name, action, &sets)?);
    }
    let mut numbered: Vec<_> = sets.iter().collect();
    numbered.sort_by_key(|(_, number)| **number);
    for (set, number) in numbered {
        items.extend(key_set(it, set, *number)?);
    }
    Ok(items)
}

/// The keys in effect for an action on each of its resource types, and on any resource.
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

/// Whether there is a type to build its ARNs with: not where the reference lacks the template.
fn has_builder(it: &Module<'_>, resource_type: &str) -> bool {
    it.service.resource_types.contains_key(resource_type)
}

fn sets<'a>(it: &Module<'a>) -> Sets<'a> {
    let mut sets = Sets::new();
    for action in it.restored.actions.values() {
        let (pairs, union) = effects(action);
        let keys = pairs
            .into_iter()
            .filter(|(resource_type, _)| has_builder(it, resource_type))
            .map(|(_, keys)| keys);
        sets.extend(keys.chain([union]).map(|keys| (keys, 0)));
    }
    for (index, number) in sets.values_mut().enumerate() {
        *number = index;
    }
    sets
}

/// The names of a set and of its trait: of this service alone, or the compiler would point to
/// those of another one.
fn set(it: &Module<'_>, number: usize) -> (Ident, Ident) {
    let service = it.service.prefix.to_upper_camel_case();
    let named = |what: &str| {
        let name = format!("{what}KeysOf{service}{number}");
        Ident::new(&name, Span::call_site())
    };
    (named(""), named("In"))
}

/// The trait for an action, and what it is implemented for.
fn pairs(
    it: &Module<'_>,
    name: &str,
    action: &Action,
    sets: &Sets<'_>,
) -> Result<Vec<TokenStream>> {
    let rt = &it.rt;
    let (scope, action_type) = (scope(it, name)?, ident(&it.names.actions[name])?);
    let Refusal {
        message,
        label,
        notes,
    } = refusal::not_on(it, name, &it.service.actions[name]);
    let mut items = vec![quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label #(, note = #notes)*)]
        pub trait #scope { type Keys; }
    }];
    let (of_types, of_any) = effects(action);
    for (resource_type, keys) in of_types {
        if !has_builder(it, resource_type) {
            continue;
        }
        let builder = ident(&it.names.resource_types[resource_type])?;
        let (keys, _) = set(it, sets[&keys]);
        items.push(quote!(impl #scope for arn::#builder { type Keys = #keys<action::#action_type, Self>; }));
    }
    let (keys, _) = set(it, sets[&of_any]);
    items.push(
        quote!(impl #scope for #rt::AnyResource { type Keys = #keys<action::#action_type, Self>; }),
    );
    Ok(items)
}

/// The trait for a set of keys, and the keys in it.
fn key_set(it: &Module<'_>, keys: &Keys<'_>, number: usize) -> Result<[TokenStream; 2]> {
    let rt = &it.rt;
    let (set, member) = set(it, number);
    let mut members = Vec::new();
    for name in keys {
        match it.global_id(name) {
            // in effect everywhere as it is
            Some((global, _)) if !Globals::follows_the_page(global) => {}
            Some((_, id)) => members.push(quote!(#rt::global::#id)),
            None => {
                let id = ident(&it.names.condition_keys[*name].variant)?;
                members.push(quote!(key::#id));
            }
        }
    }
    let Refusal {
        message,
        label,
        notes,
    } = refusal::not_in_effect(it, keys);
    Ok([
        quote! {
            #[diagnostic::on_unimplemented(message = #message, label = #label #(, note = #notes)*)]
            pub trait #member<K, R> {}
        },
        quote!(#rt::key_set!(#set: #member { #(#members),* });),
    ])
}
