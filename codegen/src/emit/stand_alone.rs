//! Emits a stand-alone crate for any pages, one module for each page, on the engine `iam-policy`.

use std::collections::BTreeMap;

use iam_policy::wire::{Service, to_json};

use super::{self as emit, File, Options, PAGES, Target};
use crate::error::Result;
use crate::escape::{cell, literal, markdown, target, toml};
use crate::names::{self, Names};
use crate::overlay::Overlay;
use crate::page::Source;
use crate::page::descriptions::Descriptions;
use crate::removed::Removed;

/// A stand-alone crate.
#[derive(Clone, Debug)]
pub struct Crate<'a> {
    /// Its name, such as `my-services`.
    pub name: &'a str,
    /// The version of `iam-policy` that it depends on.
    pub version: &'a str,
    /// The folder of `iam-policy`, as in a manifest; `None` for the published version.
    pub runtime: Option<&'a str>,
    /// Whether each module is behind a cargo feature.
    pub features: bool,
}

impl Crate<'_> {
    /// Returns its name in Rust.
    fn path(&self) -> String {
        self.name.replace('-', "_")
    }

    /// Returns the cargo feature of a module: its name with `-` for `_`.
    fn feature(&self, module: &str) -> Option<String> {
        // names that the manifest has already
        const TAKEN: [&str; 3] = ["default", "iam-policy", "serde"];
        let feature = match module.replace('_', "-") {
            // features do not begin with `-`
            feature if feature.starts_with('-') => module.to_owned(),
            // other features have no `_`
            feature if TAKEN.contains(&feature.as_str()) => format!("{feature}_service"),
            feature => feature,
        };
        self.features.then_some(feature)
    }
}

/// A page for the crate.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its facts in normal form.
    pub service: Service,
    /// Facts that the reference does not list.
    pub overlay: Option<Overlay>,
    /// The identifiers that its names have in an earlier version of the crate.
    pub names: Names,
    /// The page from which the facts were read.
    pub source: Source,
    /// The reference's sentences, if the documentation should include them.
    pub descriptions: Option<Descriptions>,
}

/// Assigns a module name to each page: its prefix (`s3`) if no other page has the same prefix, else
/// the name of the page. A number is appended to a name that is already used.
///
/// # Errors
/// Returns an error if the name of a page can't become a module name.
pub fn modules(inputs: impl IntoIterator<Item = Input>) -> Result<BTreeMap<String, Input>> {
    let mut inputs: Vec<Input> = inputs.into_iter().collect();
    inputs.sort_by(|one, other| one.service.page.cmp(&other.service.page));
    let mut pages_of: BTreeMap<String, usize> = BTreeMap::new();
    for input in &inputs {
        *pages_of.entry(input.service.prefix.clone()).or_default() += 1;
    }
    let (alone, others): (Vec<_>, Vec<_>) = inputs
        .into_iter()
        .partition(|input| pages_of[&input.service.prefix] == 1);
    let by_prefix = alone.into_iter().map(|it| (it.service.prefix.clone(), it));
    let by_page = others.into_iter().map(|it| (it.service.page.clone(), it));
    let mut modules: BTreeMap<String, Input> = BTreeMap::new();
    for (name, input) in by_prefix.chain(by_page) {
        let first = names::module(&name)?;
        let mut module = first.clone();
        let mut count = 1;
        while modules.contains_key(&module) {
            count += 1;
            module = format!("{}_{count}", first.trim_end_matches('_'));
        }
        modules.insert(module, input);
    }
    Ok(modules)
}

/// Emits one module of the crate: its files below `src/`.
///
/// # Errors
/// Returns the errors of [`emit::module`].
pub fn module(it: &Crate<'_>, name: &str, input: &Input) -> Result<Vec<File>> {
    let (krate, feature) = (it.path(), it.feature(name));
    let options = Options {
        module: name,
        target: Target::StandAlone {
            krate: &krate,
            feature: feature.as_deref(),
        },
        names: Some(&input.names),
        removed: None,
        overlay: input.overlay.as_ref(),
        descriptions: input.descriptions.as_ref(),
    };
    let overlay = input.overlay.clone().unwrap_or_default();
    let mut names = input.names.clone();
    names.extend(Removed::default().assign_names(&names, &input.service, &overlay)?);
    let names = File {
        path: names_file(name),
        text: to_json(&names),
    };
    let files = emit::module(&input.service, &input.source, &options)?;
    let files = files.into_iter().map(|file| File {
        path: format!("src/{}", file.path),
        text: file.text,
    });
    Ok(files.chain([names]).collect())
}

/// Returns the path of the file with a module's identifiers, which are the same in the next version.
pub fn names_file(module: &str) -> String {
    format!("src/{module}/names.json")
}

/// Emits the manifest, the README and `src/lib.rs`.
pub fn frame(it: &Crate<'_>, modules: &BTreeMap<String, Input>) -> Vec<File> {
    vec![
        File {
            path: "Cargo.toml".to_owned(),
            text: manifest(it, modules),
        },
        File {
            path: "README.md".to_owned(),
            text: readme(it, modules),
        },
        File {
            path: "src/lib.rs".to_owned(),
            text: library(it, modules),
        },
    ]
}

fn manifest(it: &Crate<'_>, modules: &BTreeMap<String, Input>) -> String {
    let pages: Vec<_> = modules
        .values()
        .map(|input| input.service.page.as_str())
        .take(4)
        .collect();
    let more = if modules.len() > pages.len() {
        ", …"
    } else {
        ""
    };
    let description = format!(
        "AWS IAM actions, ARNs and condition keys, typed: {}{more}",
        pages.join(", ")
    );
    let features = || modules.keys().filter_map(|name| it.feature(name));
    let all: String = features().map(|it| format!(", {}", toml(&it))).collect();
    let each: String = features().map(|it| format!("{it} = []\n")).collect();
    format!(
        "\
[package]
name = {name}
version = \"0.1.0\"
edition = \"2024\"
description = {description}
license = \"MIT OR Apache-2.0\"
readme = \"README.md\"
publish = false

[features]
default = [\"serde\"{all}]
serde = [\"iam-policy/serde\"]
{each}
[dependencies]
iam-policy = {{ version = {version}{path}, default-features = false, features = [\"global\"] }}
",
        name = toml(it.name),
        description = toml(&description),
        version = toml(it.version),
        path = it
            .runtime
            .map_or_else(String::new, |path| format!(", path = {}", toml(path))),
    )
}

/// Returns the first module with an action, and the action with its prefix.
fn example(modules: &BTreeMap<String, Input>) -> Option<(&str, String)> {
    modules.iter().find_map(|(module, input)| {
        let action = input.service.actions.keys().next()?;
        Some((
            module.as_str(),
            format!("{}:{action}", input.service.prefix),
        ))
    })
}

fn readme(it: &Crate<'_>, modules: &BTreeMap<String, Input>) -> String {
    let mut rows = String::new();
    for (name, input) in modules {
        let service = &input.service;
        rows.push_str(&format!(
            "| [{}]({}) | `{name}` | {} | {} | {} | {} |\n",
            markdown(&service.service),
            target(&input.source.address()),
            cell(&service.prefix),
            service.actions.len(),
            service.resource_types.len(),
            service.condition_keys.len()
        ));
    }
    let example = example(modules).map_or_else(String::new, |(module, action)| {
        let (path, action) = (it.path(), literal(&action));
        format!(
            "\n```rust\nuse {path}::{module}::Action;\n\n\
             let action: Action = {action}.parse().unwrap();\n\
             println!(\"{{action}}: {{}}\", action.access_levels());\n```\n"
        )
    });
    let features = modules.keys().find_map(|name| it.feature(name));
    let features = features.map_or_else(String::new, |feature| {
        let name = it.name;
        format!(
            "\nEach module is behind a cargo feature of its name, with `-` for `_`; all are enabled by \
             default. To build\nfewer, name them:\n\n```toml\n{name} = {{ path = \"…\", \
             default-features = false, features = [\"serde\", \"{feature}\"] }}\n```\n"
        )
    });
    format!(
        "# {}\n\nTyped AWS IAM actions, resource types, ARNs, condition keys and API operations of the \
         services below,\nfrom the Service Authorization Reference. Every module has the same structure as\n\
         `bedrock_iam::bedrock`; policies, statements, sites and segments are in `iam-policy`.\n{example}\n\
         | service | module | prefix | actions | resource types | condition keys |\n|---|---|---|---|---|---|\n\
         {rows}{features}\nMade by `cargo xtask emit` of bedrock-iam {}.\n",
        it.name, it.version
    )
}

fn library(it: &Crate<'_>, modules: &BTreeMap<String, Input>) -> String {
    let readme = "doc = include_str!(\"../README.md\")";
    // the README's example needs its module
    let readme = match example(modules).and_then(|(module, _)| it.feature(module)) {
        Some(feature) => format!("cfg_attr(feature = {}, {readme})", literal(&feature)),
        None => readme.to_owned(),
    };
    let mut text = format!("{PAGES}\n#![{readme}]\n");
    for name in modules.keys() {
        let feature = it.feature(name).map_or_else(String::new, |feature| {
            format!("#[cfg(feature = {})]\n", literal(&feature))
        });
        text.push_str(&format!("\n{feature}#[rustfmt::skip]\npub mod {name};\n"));
    }
    text
}
