//! `ResourceType`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Enum, Module, Variant, docs, empty_mark, ident, in_order};
use crate::error::Result;
use crate::names::Kind;

pub(super) fn items(it: &Module<'_>) -> Result<Vec<TokenStream>> {
    let rt = &it.rt;
    let service = &it.service.prefix;
    let types = in_order(
        it.names
            .resource_types
            .iter()
            .map(|(name, variant)| (name.as_str(), variant)),
        "",
    );
    let variants: Result<Vec<_>> = types
        .iter()
        .map(|(name, variant)| {
            Ok(Variant {
                doc: docs::resource_type(it, name),
                deprecated: it.deprecated_variant(Kind::ResourceType, name)?,
                name: ident(variant)?,
            })
        })
        .collect();
    let doc = vec![format!("A resource type of {}.", docs::code(service))];
    let item = Enum {
        name: "ResourceType",
        doc,
        variants: variants?,
    }
    .item();
    let rows: Result<Vec<_>> = types.iter().map(|(name, _)| row(it, name)).collect();
    let (rows, count, empty) = (
        rows?,
        Literal::usize_unsuffixed(types.len()),
        empty_mark(types.len()),
    );
    let uses = quote! {
        use super::{Action, ConditionKey};
        use #rt::runtime::ResourceTypeFacts;
    };
    let (gone, removed) = it.removed_table(Kind::ResourceType)?.unzip();
    let glue = quote!(#rt::resource_type_enum!(#empty ResourceType, Action, ConditionKey, FACTS, #service #removed););
    let table = quote! {
        static FACTS: [ResourceTypeFacts<ResourceType, Action, ConditionKey>; #count] = [#(#rows),*];
    };
    Ok([uses, item, glue, table].into_iter().chain(gone).collect())
}

fn row(it: &Module<'_>, name: &str) -> Result<TokenStream> {
    let variant = it.resource_type(name)?;
    let known = it.stated_type(name);
    let arn = match known {
        Some(known) => {
            let arn = &known.arn;
            quote!(Some(#arn))
        }
        None => quote!(None),
    };
    let keys = it.condition_keys(known.into_iter().flat_map(|known| &known.condition_keys))?;
    let actions = it
        .actions_of
        .get(name)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let actions = it.actions(actions.iter().copied())?;
    let documentation = it.source.resource_type(name);
    Ok(quote! {
        ResourceTypeFacts {
            variant: #variant,
            name: #name,
            arn_format: #arn,
            condition_keys: &[#(#keys),*],
            actions: &[#(#actions),*],
            documentation: #documentation,
        }
    })
}
