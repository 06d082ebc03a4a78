//! The imports of a program, and the crates that it depends on.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use super::modules::Modules;

/// The crate of service modules that re-exports the engine.
const WITH_ENGINE: &str = "bedrock_iam";

/// The crate of the engine, without service modules.
const ENGINE: &str = "iam_policy";

/// The names that a program uses, collected while it is emitted.
pub(super) struct Imports<'a> {
    modules: &'a Modules<'a>,
    /// The crate from which the engine's items are imported.
    engine: &'static str,
    /// Items and macros of the engine's root.
    root: BTreeSet<&'static str>,
    /// `action`, `arn` and `key` of each service module.
    parts: BTreeMap<usize, BTreeSet<&'static str>>,
    document: BTreeSet<&'static str>,
    /// Whether the program uses several service modules; items then need the module as a prefix.
    several: bool,
}

impl<'a> Imports<'a> {
    pub(super) fn new(modules: &'a Modules<'a>, several: bool) -> Self {
        Self {
            modules,
            engine: match modules.has_crate(WITH_ENGINE) {
                true => WITH_ENGINE,
                false => ENGINE,
            },
            root: BTreeSet::new(),
            parts: BTreeMap::new(),
            document: BTreeSet::new(),
            several,
        }
    }

    /// Adds an item or macro of the engine's root.
    pub(super) fn add(&mut self, name: &'static str) {
        self.root.insert(name);
    }

    /// Adds a type of `document`.
    pub(super) fn document(&mut self, name: &'static str) {
        self.document.insert(name);
    }

    /// Adds a part of a service module, and returns its path.
    pub(super) fn module(&mut self, module: usize, part: &'static str) -> TokenStream {
        self.parts.entry(module).or_default().insert(part);
        let part = ident(part);
        if !self.several {
            return quote!(#part);
        }
        let name = ident(&self.local(module));
        quote!(#name::#part)
    }

    /// Returns the name of a module in a program that uses several. Modules of two crates can have the
    /// same name.
    fn local(&self, module: usize) -> String {
        let of = self.modules.rust(module);
        match self.modules.shares_its_name(module) || of.name == "global" {
            true => format!("{}_{}", of.krate, of.name),
            false => of.name.to_owned(),
        }
    }

    /// Returns the packages that the program depends on, the engine's first, each with the required
    /// features.
    pub(super) fn packages(&self) -> Vec<(String, BTreeSet<&'static str>)> {
        let mut of_crate: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for module in self.parts.keys() {
            let of = self.modules.rust(*module);
            of_crate.entry(of.krate).or_default().extend(of.feature);
        }
        let engine = of_crate.remove(self.engine).unwrap_or_default();
        let all = std::iter::once((self.engine, engine)).chain(of_crate);
        all.map(|(krate, features)| (krate.replace('_', "-"), features))
            .collect()
    }

    /// Emits the `use` items.
    pub(super) fn tokens(&self) -> TokenStream {
        // by crate and module: local names and the tokens that import them
        let mut uses: BTreeMap<(&str, &str), BTreeMap<String, TokenStream>> = BTreeMap::new();
        let mut add = |path: (&'static str, &'static str), name: &str, local: String| {
            let (of, alias) = (ident(name), ident(&local));
            let tokens = match local == name {
                true => quote!(#of),
                false => quote!(#of as #alias),
            };
            uses.entry(path).or_default().insert(local, tokens);
        };
        for name in &self.document {
            add((self.engine, "document"), name, (*name).to_owned());
        }
        for name in &self.root {
            add((self.engine, ROOT), name, (*name).to_owned());
        }
        for (module, parts) in &self.parts {
            let of = self.modules.rust(*module);
            if self.several {
                // this also imports a macro of the same name
                add((of.krate, ROOT), of.name, self.local(*module));
            } else {
                parts
                    .iter()
                    .for_each(|part| add((of.krate, of.name), part, (*part).to_owned()));
            }
        }
        let names = uses.values().flat_map(BTreeMap::keys);
        let names: BTreeSet<_> = names.cloned().collect();
        let mut items = TokenStream::new();
        for ((krate, module), of) in &uses {
            // an imported name shadows a crate of the same name
            let root = names.contains(*krate).then(|| quote!(::));
            let krate = ident(krate);
            let module = (*module != ROOT).then(|| {
                let module = ident(module);
                quote!(#module::)
            });
            let of: Vec<_> = of.values().collect();
            items.extend(match of.as_slice() {
                [one] => quote!(use #root #krate::#module #one;),
                _ => quote!(use #root #krate::#module {#(#of),*};),
            });
        }
        items
    }
}

/// The key of imports from a crate's root. It sorts after all module names.
const ROOT: &str = "~";
