//! From a service to the Rust module that states it.
//!
//! What is emitted is data and one-line glue: enums, static tables, structs, constants. Whatever
//! decides anything is hand-written in `bedrock-iam`'s runtime.

mod action;
mod actions;
mod arn;
mod condition_key;
mod docs;
mod enums;
mod global;
mod gone;
mod key;
mod on;
mod operation;
mod refusal;
mod resource_type;

use std::collections::BTreeMap;

use iam_policy::ValueType;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::descriptions::Descriptions;
use crate::error::{Error, Result, quoted};
use crate::global::Globals;
use crate::model::Service;
use crate::names::{self, Kind, Names};
use crate::overlay::Overlay;
use crate::removed::Removed;
use crate::render;
use crate::source::Source;
use enums::{Enum, Variant};
use gone::Kept;

pub(crate) use crate::value_type::same as same_value_type;
pub use global::global;
pub use render::File;

/// Where the emitted module finds the runtime types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// In the crate itself: `crate::…`.
    Itself,
    /// In `bedrock-iam`: `bedrock_iam::…`.
    BedrockIam,
}

impl Runtime {
    fn path(self) -> TokenStream {
        match self {
            Self::Itself => quote!(crate),
            Self::BedrockIam => quote!(::bedrock_iam),
        }
    }
}

/// A service with all that its emitters look up.
struct Module<'a> {
    /// What is stated: today's facts, and beside them what was last known of what is gone.
    service: &'a Service,
    /// What goes together: the same as if nothing were gone.
    restored: &'a Service,
    kept: Kept<'a>,
    overlay: &'a Overlay,
    source: &'a Source,
    names: Names,
    /// The reference's sentences, if they are wanted.
    descriptions: Option<&'a Descriptions>,
    /// The global keys among the page's own, and what stands for them in `global`.
    global_ids: BTreeMap<String, (String, Ident)>,
    rt: TokenStream,
    /// The actions that each resource type can be used with.
    actions_of: BTreeMap<&'a str, Vec<&'a str>>,
    /// The operations that need each action of the service.
    operations_of: BTreeMap<&'a str, Vec<&'a str>>,
}

/// How a module is emitted.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Where it finds the runtime types.
    pub runtime: Runtime,
    /// What left the reference and is kept, deprecated.
    pub removed: Option<&'a Removed>,
    /// What is known of the service beyond the reference.
    pub overlay: Option<&'a Overlay>,
    /// The reference's own sentences, for the documentation of a user's own build.
    pub descriptions: Option<&'a Descriptions>,
}

impl Options<'_> {
    /// Today's facts alone.
    pub const fn new(runtime: Runtime) -> Self {
        Self {
            runtime,
            removed: None,
            overlay: None,
            descriptions: None,
        }
    }
}

/// Emits the module for a service: the files of the folder `module`.
///
/// # Errors
/// Names that collide or are none, an ARN template that does not parse, a replacement of a removed name
/// that is not a name of the service.
pub fn module(
    module: &str,
    service: &Service,
    source: &Source,
    options: &Options<'_>,
) -> Result<Vec<File>> {
    let (nothing, nothing_beyond) = (Removed::default(), Overlay::default());
    let removed = options.removed.unwrap_or(&nothing);
    let overlay = options.overlay.unwrap_or(&nothing_beyond);
    let (listed, restored) = (removed.listed(service), removed.restored(service));
    let emitted = removed.names_with(service, overlay).and_then(|names| {
        let it = Module {
            service: &listed,
            restored: &restored,
            kept: Kept::new(removed, service),
            overlay,
            source,
            global_ids: global_ids(&listed, &names)?,
            names,
            descriptions: options.descriptions,
            rt: options.runtime.path(),
            actions_of: BTreeMap::new(),
            operations_of: BTreeMap::new(),
        };
        emit(module, &it.with_indices())
    });
    emitted.map_err(|error| error.of(&format!("page {}", quoted(&service.page))))
}

fn emit(module: &str, it: &Module<'_>) -> Result<Vec<File>> {
    names::check_overrides(it.service)?;
    let path = |name: &str| format!("{module}/{name}.rs");
    Ok(vec![
        render::file(&path("mod"), &docs::module(it), module_items(it))?,
        render::file(
            &path("actions"),
            &docs::file("Actions", it),
            actions::items(it)?,
        )?,
        render::file(&path("action"), &docs::action_file(it), action::items(it)?)?,
        render::file(&path("on"), &docs::on_file(it), on::items(it)?)?,
        render::file(
            &path("resource_type"),
            &docs::file("Resource types", it),
            resource_type::items(it)?,
        )?,
        render::file(
            &path("condition_key"),
            &docs::file("Condition keys", it),
            condition_key::items(it)?,
        )?,
        render::file(
            &path("operation"),
            &docs::file("API operations", it),
            operation::items(it)?,
        )?,
        render::file(&path("arn"), &docs::arn_file(it), arn::items(it)?)?,
        render::file(&path("key"), &docs::key_file(it), key::items(it)?)?,
    ])
}

/// Emits the file that lists the crate's modules, each behind its cargo feature.
///
/// # Errors
/// A module whose name is no identifier.
pub fn modules(names: &[(String, String)]) -> Result<File> {
    let docs = vec!["The service modules, each behind the cargo feature of its name.".to_owned()];
    let modules: Result<Vec<_>> = names
        .iter()
        .map(|(module, feature)| {
            let module = ident(module)?;
            // formatted already, in a way of its own
            Ok(quote!(#[cfg(feature = #feature)] #[rustfmt::skip] pub mod #module;))
        })
        .collect();
    render::file("mod.rs", &docs, modules?)
}

fn module_items(it: &Module<'_>) -> [TokenStream; 4] {
    let rt = &it.rt;
    let allow = it.allowance();
    let (page, address, file) = (&it.source.page, it.source.address(), it.source.file());
    let layout = Ident::new(&format!("{:?}", it.source.layout), Span::call_site());
    [
        quote! {
            #allow mod actions;
            #allow mod condition_key;
            #allow mod on;
            #allow mod operation;
            #allow mod resource_type;
        },
        quote! {
            #allow pub mod action;
            #allow pub mod arn;
            #allow pub mod key;
        },
        quote! {
            pub use actions::Action;
            pub use arn::AnyArn;
            pub use condition_key::ConditionKey;
            pub use operation::Operation;
            pub use resource_type::ResourceType;
        },
        quote! {
            /// What the facts of this module were read from.
            pub const SNAPSHOT: #rt::Snapshot = #rt::Snapshot::new(#page, #rt::Layout::#layout, #file, #address);
        },
    ]
}

impl<'a> Module<'a> {
    /// Fills in what is found in the other direction. Of a name of today, names of today are told;
    /// of one that is gone, all that it went with.
    fn with_indices(mut self) -> Self {
        for (name, action) in &self.restored.actions {
            for resource in &action.resources {
                let resource_type = resource.resource_type.as_str();
                if self.tells(Kind::ResourceType, resource_type, Kind::Action, name) {
                    let actions = self.actions_of.entry(resource_type).or_default();
                    actions.push(name);
                }
            }
        }
        for operation in &self.restored.operations {
            for needed in &operation.actions {
                let Some((prefix, name)) = needed.action.split_once(':') else {
                    continue;
                };
                let operation = operation.operation.as_str();
                if prefix == self.service.prefix
                    && self.tells(Kind::Action, name, Kind::Operation, operation)
                {
                    let needing = self.operations_of.entry(name).or_default();
                    if needing.last() != Some(&operation) {
                        needing.push(operation);
                    }
                }
            }
        }
        self
    }

    /// Whether what is told of a name may tell another one.
    fn tells(&self, kind: Kind, name: &str, other_kind: Kind, other: &str) -> bool {
        self.kept.gone(kind, name).is_some() || self.kept.gone(other_kind, other).is_none()
    }

    fn action(&self, name: &str) -> Result<TokenStream> {
        path("Action", self.names.actions.get(name), name)
    }

    fn resource_type(&self, name: &str) -> Result<TokenStream> {
        path("ResourceType", self.names.resource_types.get(name), name)
    }

    fn condition_key(&self, name: &str) -> Result<TokenStream> {
        path(
            "ConditionKey",
            self.names.condition_keys.get(name).map(|key| &key.variant),
            name,
        )
    }

    /// The global key that a key of the page is, and the type that stands for it in `global`.
    fn global_id(&self, name: &str) -> Option<&(String, Ident)> {
        self.global_ids.get(name)
    }

    fn operation(&self, name: &str) -> Result<TokenStream> {
        path("Operation", self.names.operations.get(name), name)
    }

    fn actions<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Result<Vec<TokenStream>> {
        names.into_iter().map(|name| self.action(name)).collect()
    }

    fn condition_keys<'n>(
        &self,
        names: impl IntoIterator<Item = &'n String>,
    ) -> Result<Vec<TokenStream>> {
        names
            .into_iter()
            .map(|name| self.condition_key(name))
            .collect()
    }
}

/// The global keys among those of a page; not those to which the page gives another type of values.
fn global_ids(service: &Service, names: &Names) -> Result<BTreeMap<String, (String, Ident)>> {
    let globals = Globals::read()?;
    let mut ids = BTreeMap::new();
    for name in names.condition_keys.keys() {
        let Some((global, key, names)) = globals.find(name) else {
            continue;
        };
        let of_page = service.condition_keys.get(name);
        let of_page = of_page.and_then(|known| known.value_type.parse::<ValueType>().ok());
        if of_page.is_none_or(|it: ValueType| key.value_type.parse() == Ok(it)) {
            ids.insert(name.clone(), (global.to_owned(), ident(&names.variant)?));
        }
    }
    Ok(ids)
}

fn path(of: &str, variant: Option<&String>, name: &str) -> Result<TokenStream> {
    let variant = variant.ok_or_else(|| {
        Error::new(
            format!("the name {} without an identifier", quoted(name)),
            "one for each",
        )
    })?;
    let (of, variant) = (Ident::new(of, Span::call_site()), ident(variant)?);
    Ok(quote!(#of::#variant))
}

/// An identifier that `names` made; raw ones too.
fn ident(name: &str) -> Result<Ident> {
    syn::parse_str(name).map_err(|_| Error::new(quoted(name), "an identifier"))
}

/// The rows of a table in the order that look-ups rely on: by name, without case.
fn in_order<'n, T>(
    rows: impl IntoIterator<Item = (&'n str, T)>,
    prefix: &str,
) -> Vec<(&'n str, T)> {
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_cached_key(|(name, _)| format!("{prefix}{name}").to_ascii_lowercase());
    rows
}

/// `empty` for a macro whose enum has no variant.
fn empty_mark(rows: usize) -> Option<TokenStream> {
    (rows == 0).then(|| quote!(empty))
}

/// A line of documentation as `///` has it: with a space in front.
fn spaced(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}
