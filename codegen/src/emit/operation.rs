//! `Operation`.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Enum, Module, Variant, docs, empty_mark, ident, in_order};
use crate::error::Result;
use crate::model;
use crate::names::Kind;

pub(super) fn items(it: &Module<'_>) -> Result<Vec<TokenStream>> {
    let rt = &it.rt;
    let service = &it.service.prefix;
    let operations = in_order(
        it.names
            .operations
            .iter()
            .map(|(name, variant)| (name.as_str(), variant)),
        "",
    );
    let variants: Result<Vec<_>> = operations
        .iter()
        .map(|(name, variant)| {
            Ok(Variant {
                doc: docs::operation(it, name),
                deprecated: it.deprecated_variant(Kind::Operation, name)?,
                name: ident(variant)?,
            })
        })
        .collect();
    let doc = vec![format!("An API operation of {}.", docs::code(service))];
    let item = Enum {
        name: "Operation",
        doc,
        variants: variants?,
    }
    .item();
    let rows: Result<Vec<_>> = operations.iter().map(|(name, _)| row(it, name)).collect();
    let (rows, count, empty) = (
        rows?,
        Literal::usize_unsuffixed(operations.len()),
        empty_mark(operations.len()),
    );
    let needed = || {
        it.service
            .operations
            .iter()
            .flat_map(|operation| &operation.actions)
    };
    let context = needed()
        .any(|needed| !needed.context.is_empty())
        .then(|| quote!(use #rt::ContextEntry;));
    let required = needed().next().map(|_| quote!(use #rt::RequiredAction;));
    let uses = quote! {
        use #rt::runtime::OperationFacts;
        #context
        #required
    };
    let (gone, removed) = it.removed_table(Kind::Operation)?.unzip();
    let glue = quote!(#rt::operation_enum!(#empty Operation, FACTS, #service #removed););
    let table = quote! {
        static FACTS: [OperationFacts<Operation>; #count] = [#(#rows),*];
    };
    Ok([uses, item, glue, table].into_iter().chain(gone).collect())
}

fn row(it: &Module<'_>, name: &str) -> Result<TokenStream> {
    let variant = it.operation(name)?;
    let rows: Vec<_> = it
        .service
        .operations
        .iter()
        .filter(|row| row.operation == name)
        .collect();
    let clients: BTreeSet<_> = rows.iter().filter_map(|row| row.sdk.as_deref()).collect();
    let required = rows
        .iter()
        .flat_map(|row| row.actions.iter().map(|needed| required(row, needed)));
    let clients = clients.into_iter();
    Ok(quote! {
        OperationFacts {
            variant: #variant,
            name: #name,
            sdk_clients: &[#(#clients),*],
            required_actions: &[#(#required),*],
        }
    })
}

fn required(row: &model::Operation, needed: &model::AuthorizedAction) -> TokenStream {
    let client = match &row.sdk {
        Some(sdk) => quote!(Some(#sdk)),
        None => quote!(None),
    };
    let action = &needed.action;
    let context = needed
        .context
        .iter()
        .map(|(key, values)| quote!(ContextEntry { key: #key, values: &[#(#values),*] }));
    quote!(RequiredAction { sdk_client: #client, action: #action, context: &[#(#context),*] })
}
