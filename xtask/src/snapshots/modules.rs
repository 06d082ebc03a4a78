//! The configuration of modules and their pages: `snapshots/modules.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, bail};
use iam_policy::wire::Locale;
use serde::Deserialize;

/// The configured modules, by name.
pub(crate) type Modules = BTreeMap<String, Module>;

/// A module of the crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Module {
    /// The prefix of its actions.
    pub(crate) prefix: String,
    /// The names of its page, newest first.
    pub(crate) pages: Vec<String>,
    /// The languages in which its page is published; by default, all languages of the reference.
    #[serde(default = "every_locale")]
    pub(crate) locales: Vec<Locale>,
}

fn every_locale() -> Vec<Locale> {
    Locale::ALL.to_vec()
}

/// The configuration file, below the project's folder.
pub(crate) const FILE: &str = "snapshots/modules.toml";

/// Reads the configuration.
///
/// # Errors
/// Returns an error if the file is invalid, or if one of the `wanted` modules is not in it.
pub(crate) fn read(root: &Path, wanted: &[String]) -> anyhow::Result<Modules> {
    let path = root.join(FILE);
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("{}: cannot be read", path.display()))?;
    let modules: Modules = toml::from_str(&text).map_err(|error| {
        let line = error
            .span()
            .map_or(0, |span| text[..span.start].lines().count());
        anyhow::anyhow!(
            "{FILE}: line {line}: {}",
            error.message().replace('\n', ", ")
        )
    })?;
    if let Some((name, _)) = modules.iter().find(|(_, module)| module.pages.is_empty()) {
        bail!("{FILE}: module `{name}`: found no page, expected its page's names, newest first");
    }
    if let Some(name) = wanted.iter().find(|name| !modules.contains_key(*name)) {
        let known: Vec<_> = modules.keys().map(|name| format!("`{name}`")).collect();
        bail!(
            "found no module `{name}` in {FILE}, expected one of {}",
            known.join(", ")
        );
    }
    Ok(modules)
}

/// Returns the module to which a page belongs, or the page's name if it has no module.
pub(crate) fn of_page<'a>(page: &'a str, modules: &'a Modules) -> &'a str {
    let module = modules
        .iter()
        .find(|(_, module)| module.pages.iter().any(|it| it == page));
    module.map_or(page, |(name, _)| name)
}

/// The manifest with a cargo feature for each module, below the project's folder.
const MANIFEST: &str = "bedrock-iam/Cargo.toml";

/// The feature that enables all modules; the command-line tool is built with it.
const ALL: &str = "all-modules";

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    features: BTreeMap<String, Vec<String>>,
}

/// Returns a message for each module without a cargo feature, or whose feature is not in [`ALL`].
pub(crate) fn missing_features(root: &Path, modules: &Modules) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(root.join(MANIFEST))
        .with_context(|| format!("{MANIFEST}: cannot be read"))?;
    let Manifest { features } = toml::from_str(&text).map_err(|error| {
        let message = error.message().replace('\n', ", ");
        anyhow::anyhow!("{MANIFEST}: found {message}, expected a manifest with `[features]`")
    })?;
    let all = enabled(&features, ALL);
    let mut missing = Vec::new();
    for module in modules.keys() {
        let feature = feature(module);
        if !features.contains_key(&feature) {
            missing.push(format!(
                "{MANIFEST}: found no feature `{feature}`, expected a feature for the module `{module}`"
            ));
        }
        if !all.contains(feature.as_str()) {
            missing.push(format!(
                "{MANIFEST}: found no `{feature}` in the feature `{ALL}`, expected the features of all modules"
            ));
        }
    }
    Ok(missing)
}

/// Returns the features that a feature enables, directly or through another one.
fn enabled<'a>(features: &'a BTreeMap<String, Vec<String>>, feature: &str) -> BTreeSet<&'a str> {
    let mut enabled = BTreeSet::new();
    let mut next: Vec<&str> = features
        .get(feature)
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    while let Some(name) = next.pop() {
        if enabled.insert(name) {
            next.extend(features.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    enabled
}

/// Returns the cargo feature that enables a module.
pub(crate) fn feature(module: &str) -> String {
    module.replace('_', "-")
}
