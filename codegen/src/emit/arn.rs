//! `arn::*`, the builders, and `arn::AnyArn`.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::{Module, docs, ident, in_order, spaced};
use crate::error::{Result, quoted};
use crate::model::ResourceType;
use crate::names::{self, Place};
use crate::template::{self, ArnPiece};

pub(super) fn items(it: &Module<'_>) -> Result<Vec<TokenStream>> {
    let rt = &it.rt;
    let types = in_order(
        it.service
            .resource_types
            .iter()
            .map(|(name, known)| (name.as_str(), known)),
        "",
    );
    let mut items = vec![quote!(
        use super::ResourceType;
    )];
    let (mut names, mut removed) = (Vec::new(), Vec::new());
    for (name, known) in &types {
        let (item, glue) = builder(it, name, known)
            .map_err(|error| error.within(format!("resource type {}", quoted(name))))?;
        let variant = ident(&it.names.resource_types[*name])?;
        match it.deprecated_arn(name, "AnyArn")? {
            Some(deprecated) => removed.push(quote!(#deprecated #variant)),
            None => names.push(variant),
        }
        items.push(item);
        items.push(glue);
    }
    let service = &it.service.prefix;
    let doc = spaced(&format!(
        "An ARN of any resource type of {}.",
        docs::code(service)
    ));
    let removed = (!removed.is_empty()).then(|| quote!(removed { #(#removed),* }));
    items.push(quote! {
        #rt::any_arn! {
            #[doc = #doc]
            pub enum AnyArn: ResourceType, #service { #(#names),* } #removed
        }
    });
    Ok(items)
}

/// The struct for a resource type, and the line that makes it one.
fn builder(
    it: &Module<'_>,
    name: &str,
    known: &ResourceType,
) -> Result<(TokenStream, TokenStream)> {
    let rt = &it.rt;
    let variant = ident(&it.names.resource_types[name])?;
    let pieces = template::arn(&known.arn)?;
    let fields = names::fields(&it.service.page, it.overlay, name, &known.arn)?;
    let mut declared = Vec::new();
    let mut idents = Vec::new();
    for (placeholder, field) in &fields {
        let place = place_type(it, name, placeholder, &pieces).map(|place| quote!(<#place>));
        let field = ident(field)?;
        let doc = spaced(&docs::code(&format!("${{{placeholder}}}")));
        // by its full path: a resource type may be called `segment`
        declared.push(quote!(#[doc = #doc] pub #field: #rt::Segment #place));
        idents.push(field);
    }
    let mut index = 0;
    let pieces = pieces.iter().map(|piece| match piece {
        ArnPiece::Literal(text) => literal(text),
        ArnPiece::Partition => quote!(Partition),
        ArnPiece::Region => quote!(Region),
        ArnPiece::Account => quote!(Account),
        ArnPiece::Placeholder(_) => {
            let number = Literal::usize_unsuffixed(index);
            index += 1;
            quote!(Segment(#number))
        }
    });
    let pieces: Vec<_> = pieces.collect();
    let doc = docs::resource_type(it, name);
    let doc = doc.iter().map(|line| spaced(line));
    let body = if declared.is_empty() {
        quote!(;)
    } else {
        quote!({ #(#declared),* })
    };
    let deprecated = it.deprecated_arn(name, "arn")?;
    let item = quote! {
        #(#[doc = #doc])*
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct #variant #body
    };
    let regionless = it
        .overlay
        .may_lack_region(name)
        .then(|| quote!(, regionless));
    let glue = quote! {
        #rt::arn_resource!(#variant { #(#idents),* }, ResourceType::#variant, [#(#pieces),*] #regionless);
    };
    Ok((item, glue))
}

/// A literal of a template; a `*` in it is not text but stands for anything.
fn literal(text: &str) -> TokenStream {
    let parts = text
        .split('*')
        .map(|part| (!part.is_empty()).then(|| quote!(Literal(#part))));
    let mut tokens = Vec::new();
    for (index, part) in parts.enumerate() {
        if index > 0 {
            tokens.push(quote!(Any));
        }
        tokens.extend(part);
    }
    quote!(#(#tokens),*)
}

/// The place type of a placeholder; none for the strict default.
fn place_type(
    it: &Module<'_>,
    resource_type: &str,
    placeholder: &str,
    pieces: &[ArnPiece],
) -> Option<TokenStream> {
    let rt = &it.rt;
    let named = |name| {
        let name = Ident::new(name, Span::call_site());
        Some(quote!(#rt::place::#name))
    };
    match it.overlay.place(resource_type, placeholder) {
        Place::Colon => named("Colon"),
        Place::Slash => named("Slash"),
        Place::Path => named("Path"),
        // strict, and not the sign that ends it: `${Id}+${Branch}`
        Place::Strict => {
            let at = pieces.iter().position(
                |piece| matches!(piece, ArnPiece::Placeholder(name) if name == placeholder),
            )?;
            let Some(ArnPiece::Literal(next)) = pieces.get(at + 1) else {
                return None;
            };
            let sign = next.chars().next().filter(|c| !matches!(c, ':' | '/'))?;
            Some(quote!(#rt::place::Before<#sign>))
        }
    }
}
