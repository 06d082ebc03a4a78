//! `action::*`: a zero-sized type for each action.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Module, docs, ident, in_order, on, spaced};
use crate::error::Result;

pub(super) fn items(it: &Module<'_>) -> Result<Vec<TokenStream>> {
    let rt = &it.rt;
    let actions = in_order(
        it.service
            .actions
            .iter()
            .map(|(name, action)| (name.as_str(), action)),
        "",
    );
    if actions.is_empty() {
        return Ok(Vec::new());
    }
    let mut items = vec![quote!(
        use super::{Action, ResourceType, on};
    )];
    let mut rows = Vec::new();
    for (name, action) in actions {
        let doc = docs::action_type(it, name, action);
        let doc = doc.iter().map(|line| spaced(line));
        let (variant, scope) = (ident(&it.names.actions[name])?, on::scope(it, name)?);
        let deprecated = it.deprecated_action(name)?;
        items.push(quote! {
            #(#[doc = #doc])*
            #deprecated
            #[derive(Clone, Copy, Debug)]
            pub struct #variant;
        });
        let gone = on::gone_types(it, name, action)?;
        rows.push(quote!(#variant: on::#scope #gone;));
    }
    items.push(quote!(#rt::known_actions! { Action, ResourceType; #(#rows)* }));
    Ok(items)
}
