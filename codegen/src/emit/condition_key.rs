//! `ConditionKey`.

use iam_policy::ValueType;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::{Enum, Module, Variant, docs, empty_mark, ident, in_order};
use crate::error::Result;
use crate::names::Kind;

/// The runtime's name for a value type, if IAM has it.
pub(super) fn value_type(spelled: &str) -> Option<Ident> {
    let known = spelled.parse::<ValueType>().ok()?;
    Some(Ident::new(&format!("{known:?}"), Span::call_site()))
}

pub(super) fn items(it: &Module<'_>) -> Result<Vec<TokenStream>> {
    let rt = &it.rt;
    let service = &it.service.prefix;
    let keys = in_order(
        it.names
            .condition_keys
            .iter()
            .map(|(name, key)| (name.as_str(), key)),
        "",
    );
    let variants: Result<Vec<_>> = keys
        .iter()
        .map(|(name, key)| {
            Ok(Variant {
                doc: docs::condition_key(it, name),
                deprecated: it.deprecated_variant(Kind::ConditionKey, name)?,
                name: ident(&key.variant)?,
            })
        })
        .collect();
    let doc = vec![format!(
        "A condition key of {}, or one that its actions take.",
        docs::code(service)
    )];
    let item = Enum {
        name: "ConditionKey",
        doc,
        variants: variants?,
    }
    .item();
    let rows: Result<Vec<_>> = keys.iter().map(|(name, _)| row(it, name)).collect();
    let (rows, count, empty) = (
        rows?,
        Literal::usize_unsuffixed(keys.len()),
        empty_mark(keys.len()),
    );
    let mut types = it.service.condition_keys.values();
    let typed = types.any(|key| value_type(&key.value_type).is_some());
    let value_types = typed.then(|| quote!(use #rt::ValueType;));
    let uses = quote! {
        use #rt::runtime::ConditionKeyFacts;
        #value_types
    };
    let (gone, removed) = it.removed_table(Kind::ConditionKey)?.unzip();
    let glue = quote!(#rt::condition_key_enum!(#empty ConditionKey, FACTS, #service #removed););
    let table = quote! {
        static FACTS: [ConditionKeyFacts<ConditionKey>; #count] = [#(#rows),*];
    };
    Ok([uses, item, glue, table].into_iter().chain(gone).collect())
}

fn row(it: &Module<'_>, name: &str) -> Result<TokenStream> {
    let variant = it.condition_key(name)?;
    let known = it.service.condition_keys.get(name);
    let value_type = match known.and_then(|known| value_type(&known.value_type)) {
        Some(value_type) => quote!(Some(ValueType::#value_type)),
        None => quote!(None),
    };
    let documentation = it.source.condition_key(name);
    Ok(quote! {
        ConditionKeyFacts {
            variant: #variant,
            name: #name,
            value_type: #value_type,
            documentation: #documentation,
        }
    })
}
