//! `global`: the condition keys of every service.

use proc_macro2::Literal;
use quote::quote;

use super::condition_key::value_type;
use super::key::{self, InEffect};
use super::{docs, ident, in_order, spaced};
use crate::error::{Error, Result, quoted};
use crate::global::Globals;
use crate::render::{self, File};

/// Emits the crate's module of global condition keys.
///
/// # Errors
/// A snapshot that is none, a value type nobody knows.
pub fn global() -> Result<File> {
    let globals = Globals::read()?;
    let keys = in_order(
        globals
            .iter()
            .map(|(name, key, names)| (name, (key, names))),
        "",
    );
    let rt = quote!(crate);
    let (mut items, mut rows) = (Vec::new(), Vec::new());
    for (name, (known, names)) in keys {
        let doc = docs::global_key(name, known);
        let id = ident(&names.variant)?;
        items.push(key::item(&rt, name, names, &quote!(#id), &doc)?);
        let kind = value_type(&known.value_type).ok_or_else(|| {
            Error::new(
                format!("the value type {}", quoted(&known.value_type)),
                "one that IAM has, such as `String` or `ArrayOfARN`",
            )
            .within(format!("condition key {}", quoted(name)))
        })?;
        let follows_page = Globals::follows_the_page(name);
        let in_effect = match follows_page {
            true => InEffect::ByPair,
            false => InEffect::Everywhere,
        };
        let of = key::kind(name, Some(&kind))?;
        items.extend(key::id(&rt, name, names, &of, &in_effect)?);
        let (category, item) = (&known.category, &names.item);
        rows.push(quote! {
            GlobalKey {
                name: #name,
                category: #category,
                value_type: ValueType::#kind,
                item: #item,
                follows_page: #follows_page,
            }
        });
    }
    let count = Literal::usize_unsuffixed(rows.len());
    let doc = spaced("Every global key, by name.");
    items.push(quote!(
        #[doc = #doc]
        pub static ALL: [GlobalKey; #count] = [#(#rows),*];
    ));
    items.insert(
        0,
        quote!(
            use crate::{GlobalKey, ValueType};
        ),
    );
    render::file("global.rs", &docs::global_file(), items)
}
