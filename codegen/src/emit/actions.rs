//! `Action`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::{Enum, Module, Variant, docs, empty_mark, ident, in_order};
use crate::error::Result;
use crate::model::Action;
use crate::names::Kind;

pub(super) fn items(it: &Module<'_>) -> Result<Vec<TokenStream>> {
    let rt = &it.rt;
    let service = &it.service.prefix;
    let actions = in_order(
        it.service
            .actions
            .iter()
            .map(|(name, action)| (name.as_str(), action)),
        "",
    );
    let variants: Result<Vec<_>> = actions
        .iter()
        .map(|(name, action)| {
            Ok(Variant {
                doc: docs::action(it, name, action),
                deprecated: it.deprecated_variant(Kind::Action, name)?,
                name: ident(&it.names.actions[*name])?,
            })
        })
        .collect();
    let doc = vec![format!(
        "An action of {}, such as a policy names it.",
        docs::code(service)
    )];
    let item = Enum {
        name: "Action",
        doc,
        variants: variants?,
    }
    .item();
    let rows: Result<Vec<_>> = actions
        .iter()
        .map(|(name, action)| row(it, name, action))
        .collect();
    let (rows, count, empty) = (
        rows?,
        Literal::usize_unsuffixed(actions.len()),
        empty_mark(actions.len()),
    );
    let table = quote! {
        static FACTS: [ActionFacts<Action, ResourceType, ConditionKey, Operation>; #count] = [#(#rows),*];
    };
    let uses = if actions.is_empty() {
        quote! {
            use super::{ConditionKey, Operation, ResourceType};
            use #rt::runtime::ActionFacts;
        }
    } else {
        let resource = actions
            .iter()
            .any(|(_, action)| !action.resources.is_empty())
            .then(|| quote!(use #rt::ActionResource;));
        quote! {
            use super::{ConditionKey, Operation, ResourceType};
            use #rt::runtime::ActionFacts;
            #resource
            use #rt::{AccessLevel, AccessLevels};
        }
    };
    let (gone, removed) = it.removed_table(Kind::Action)?.unzip();
    let glue = quote!(#rt::action_enum!(#empty Action, ResourceType, ConditionKey, Operation, FACTS, #service #removed););
    Ok([uses, item, glue, table].into_iter().chain(gone).collect())
}

fn row(it: &Module<'_>, name: &str, action: &Action) -> Result<TokenStream> {
    let variant = it.action(name)?;
    let full = format!("{}:{name}", it.service.prefix);
    let levels = action.access_levels.iter().map(|level| {
        let level = Ident::new(&format!("{level:?}"), Span::call_site());
        quote!(AccessLevel::#level)
    });
    let permission_only = action.permission_only;
    let resources: Result<Vec<_>> = action
        .resources
        .iter()
        .map(|resource| {
            let resource_type = it.resource_type(&resource.resource_type)?;
            let required = resource.required;
            let keys = it.condition_keys(&resource.condition_keys)?;
            Ok(quote!(ActionResource { resource_type: #resource_type, required: #required, condition_keys: &[#(#keys),*] }))
        })
        .collect();
    let resources = resources?;
    let keys = it.condition_keys(&action.condition_keys)?;
    let dependent = &action.dependent_actions;
    let operations = it
        .operations_of
        .get(name)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let operations: Result<Vec<_>> = operations.iter().map(|name| it.operation(name)).collect();
    let operations = operations?;
    let documentation = it.source.action(name);
    let api = match &action.api {
        Some(api) => quote!(Some(#api)),
        None => quote!(None),
    };
    Ok(quote! {
        ActionFacts {
            variant: #variant,
            name: #full,
            access_levels: AccessLevels::of(&[#(#levels),*]),
            permission_only: #permission_only,
            resources: &[#(#resources),*],
            condition_keys: &[#(#keys),*],
            dependent_actions: &[#(#dependent),*],
            operations: &[#(#operations),*],
            documentation: #documentation,
            api_reference: #api,
        }
    })
}
