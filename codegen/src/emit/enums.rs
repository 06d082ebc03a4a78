//! An enum of names.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::spaced;

/// An enum with its table of facts and the line that gives it its behaviour.
pub(super) struct Enum {
    pub(super) name: &'static str,
    pub(super) doc: Vec<String>,
    pub(super) variants: Vec<Variant>,
}

/// A variant of an enum.
pub(super) struct Variant {
    pub(super) doc: Vec<String>,
    pub(super) deprecated: Option<TokenStream>,
    pub(super) name: Ident,
}

impl Enum {
    pub(super) fn item(&self) -> TokenStream {
        let name = Ident::new(self.name, Span::call_site());
        let doc = &self.doc;
        let variants = self.variants.iter().map(|variant| {
            let doc = variant.doc.iter().map(|line| spaced(line));
            let (deprecated, name) = (&variant.deprecated, &variant.name);
            quote!(#(#[doc = #doc])* #deprecated #name)
        });
        let doc = doc.iter().map(|line| spaced(line));
        quote! {
            #(#[doc = #doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #name { #(#variants),* }
        }
    }
}
