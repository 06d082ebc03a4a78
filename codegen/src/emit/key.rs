//! `key::*`: constants, functions for templates, and a type that stands for each key.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::condition_key::value_type;
use super::{Module, docs, ident, in_order, spaced};
use crate::error::Result;
use crate::names::KeyName;
use crate::template::{self, Piece};

pub(super) fn items(it: &Module<'_>) -> Result<Vec<TokenStream>> {
    let rt = &it.rt;
    let keys = in_order(
        it.names
            .condition_keys
            .iter()
            .map(|(name, key)| (name.as_str(), key)),
        "",
    );
    let mut items = Vec::new();
    for (name, names) in keys {
        let doc = docs::condition_key(it, name);
        let [deprecated, id_deprecated] = it.deprecated_key(name)?;
        match it.global_id(name) {
            Some((_, id)) => {
                let id = quote!(#rt::global::#id);
                items.push(
                    deprecated
                        .into_iter()
                        .chain([item(rt, name, names, &id, &doc)?])
                        .collect(),
                );
            }
            None => {
                let own = ident(&names.variant)?;
                let item = item(rt, name, names, &quote!(#own), &doc)?;
                items.push(deprecated.into_iter().chain([item]).collect());
                let known = it.service.condition_keys.get(name);
                let value = known.and_then(|known| value_type(&known.value_type));
                let kind = kind(name, value.as_ref())?;
                let [id, glue] = id(rt, name, names, &kind, &InEffect::ByPair)?;
                items.push(id_deprecated.into_iter().chain([id]).collect());
                items.push(glue);
            }
        }
    }
    Ok(items)
}

/// The constant or function for a key that `id` stands for.
pub(super) fn item(
    rt: &TokenStream,
    name: &str,
    names: &KeyName,
    id: &TokenStream,
    doc: &[String],
) -> Result<TokenStream> {
    let doc = doc.iter().map(|line| spaced(line));
    let item = ident(&names.item)?;
    if names.parameters.is_empty() {
        return Ok(quote! {
            #(#[doc = #doc])*
            pub const #item: #rt::Key<#id> = #rt::Key::constant(#name);
        });
    }
    let parameters: Result<Vec<_>> = names
        .parameters
        .iter()
        .map(|(_, parameter)| ident(parameter))
        .collect();
    let parameters = parameters?;
    // a literal before the first value, between any two, and after the last
    let mut literals = vec![String::new()];
    for piece in template::condition_key(name)? {
        match (piece, literals.last_mut()) {
            (Piece::Literal(text), Some(last)) => last.push_str(&text),
            _ => literals.push(String::new()),
        }
    }
    Ok(quote! {
        #(#[doc = #doc])*
        #[must_use]
        pub fn #item(#(#parameters: impl AsRef<str>),*) -> #rt::Key<#id> {
            #rt::Key::template(&[#(#literals),*], &[#(#parameters.as_ref()),*])
        }
    })
}

/// Where a key is in effect.
pub(super) enum InEffect {
    /// For some pairs of actions and resource types.
    ByPair,
    /// In every request.
    Everywhere,
}

/// The type that stands for a key, with what its values are and where it is in effect.
pub(super) fn id(
    rt: &TokenStream,
    name: &str,
    names: &KeyName,
    kind: &Ident,
    in_effect: &InEffect,
) -> Result<[TokenStream; 2]> {
    let id = ident(&names.variant)?;
    let doc = spaced(&format!("Stands for {} in types.", docs::code(name)));
    let asks = match in_effect {
        InEffect::ByPair => quote!(: #rt::runtime::Takes<Self, A>),
        InEffect::Everywhere => quote!(),
    };
    Ok([
        quote!(#[doc = #doc] pub enum #id {}),
        quote! {
            impl #rt::runtime::KeyId for #id { type Value = #rt::value::#kind; }
            impl<A, R #asks> #rt::runtime::InEffect<A, R> for #id {}
        },
    ])
}

/// What a key's values are to operators: its type, but for tags, which hold what their author wants.
pub(super) fn kind(name: &str, value_type: Option<&Ident>) -> Result<Ident> {
    let pieces = template::condition_key(name)?;
    let tag = matches!(
        pieces.as_slice(),
        [Piece::Literal(text), Piece::Placeholder(_)]
            if text.to_ascii_lowercase().ends_with("tag/")
    );
    Ok(match value_type {
        Some(text) if tag && text == "String" => Ident::new("Tag", Span::call_site()),
        Some(known) => known.clone(),
        // without a row of its own, or of a type that IAM does not have
        None => Ident::new("Any", Span::call_site()),
    })
}
