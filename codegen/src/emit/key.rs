//! `key::*`: constants, and functions for templates.

use proc_macro2::TokenStream;
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
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let mut items = vec![quote!(use #rt::{Key, value};)];
    for (name, key) in keys {
        items.push(item(it, name, key)?);
    }
    Ok(items)
}

fn item(it: &Module<'_>, name: &str, key: &KeyName) -> Result<TokenStream> {
    let value = match it.service.condition_keys.get(name) {
        Some(known) => value_type(name, &known.value_type)?,
        // named by an action, without a row of its own: text fits any
        None => ident("String")?,
    };
    let doc = docs::condition_key(it, name);
    let doc = doc.iter().map(|line| spaced(line));
    let item = ident(&key.item)?;
    if key.parameters.is_empty() {
        return Ok(quote! {
            #(#[doc = #doc])*
            pub const #item: Key<value::#value> = Key::constant(#name);
        });
    }
    let parameters: Result<Vec<_>> = key
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
        pub fn #item(#(#parameters: impl AsRef<str>),*) -> Key<value::#value> {
            Key::template(&[#(#literals),*], &[#(#parameters.as_ref()),*])
        }
    })
}
