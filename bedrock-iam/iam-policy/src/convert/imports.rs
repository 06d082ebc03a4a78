//! What a program takes from the crate.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::names::modules;

/// The names that a program uses, collected while it is written.
#[derive(Default)]
pub(super) struct Imports {
    /// Items and macros of the crate's root.
    root: BTreeSet<&'static str>,
    /// `action`, `arn` and `key` of each service module.
    modules: BTreeMap<usize, BTreeSet<&'static str>>,
    document: BTreeSet<&'static str>,
    /// Whether several service modules are used, so that their names need the module's before them.
    several: bool,
}

impl Imports {
    pub(super) fn new(several: bool) -> Self {
        Self {
            several,
            ..Self::default()
        }
    }

    /// An item or macro of the crate's root.
    pub(super) fn add(&mut self, name: &'static str) {
        self.root.insert(name);
    }

    /// A type of `document`.
    pub(super) fn document(&mut self, name: &'static str) {
        self.document.insert(name);
    }

    /// The path to a part of a service module.
    pub(super) fn module(&mut self, number: usize, part: &'static str) -> TokenStream {
        self.modules.entry(number).or_default().insert(part);
        let part = ident(part);
        match modules().get(number) {
            Some(module) if self.several => {
                let module = ident(module.name);
                quote!(#module::#part)
            }
            _ => quote!(#part),
        }
    }

    /// The names of the service modules that are used.
    pub(super) fn services(&self) -> impl Iterator<Item = &'static str> {
        let numbers = self.modules.keys();
        numbers.filter_map(|number| Some(modules().get(*number)?.name))
    }

    /// The `use` items.
    pub(super) fn tokens(&self) -> TokenStream {
        let mut items = TokenStream::new();
        let mut root: Vec<_> = self.root.iter().copied().collect();
        if self.several {
            root.extend(self.services());
            root.sort_unstable();
        } else {
            for (number, parts) in &self.modules {
                let Some(module) = modules().get(*number) else {
                    continue;
                };
                let module = ident(module.name);
                items.extend(used(&quote!(iam_policy::#module), parts.iter().copied()));
            }
        }
        if !self.document.is_empty() {
            let names = self.document.iter().copied();
            items.extend(used(&quote!(iam_policy::document), names));
        }
        items.extend(used(&quote!(iam_policy), root.into_iter()));
        items
    }
}

fn used(path: &TokenStream, names: impl Iterator<Item = &'static str>) -> TokenStream {
    let names: Vec<_> = names.map(ident).collect();
    match names.as_slice() {
        [] => TokenStream::new(),
        [one] => quote!(use #path::#one;),
        _ => quote!(use #path::{#(#names),*};),
    }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
