//! Which page makes which module: `snapshots/modules.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, bail};
use iam_policy::wire::Locale;
use serde::Deserialize;

/// The configured modules by name.
pub(crate) type Modules = BTreeMap<String, Module>;

/// A module of the crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Module {
    /// The prefix of its page's actions.
    pub(crate) prefix: String,
    /// The names of its page, newest first.
    pub(crate) pages: Vec<String>,
    /// The languages it is published in; all of the reference's unless it says so.
    #[serde(default = "every_locale")]
    pub(crate) locales: Vec<Locale>,
}

fn every_locale() -> Vec<Locale> {
    Locale::ALL.to_vec()
}

/// Where the configuration stands below the project's folder.
pub(crate) const FILE: &str = "snapshots/modules.toml";

/// Reads the configuration, kept to the modules that were asked for, if any were.
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
        bail!("{FILE}: module `{name}`: found no page, expected the names of one, newest first");
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

/// The module that a page belongs to, or the page itself.
pub(crate) fn of_page<'a>(page: &'a str, modules: &'a Modules) -> &'a str {
    let module = modules
        .iter()
        .find(|(_, module)| module.pages.iter().any(|it| it == page));
    module.map_or(page, |(name, _)| name)
}

/// The manifest with a feature for each module, below the project's folder.
const MANIFEST: &str = "bedrock-iam/Cargo.toml";

/// The feature that turns all modules on; the tool is built with it.
const ALL: &str = "all-modules";

#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    features: BTreeMap<String, Vec<String>>,
}

/// What the crate's manifest lacks, for the person who edits it: a cargo feature for each module,
/// and its name among [`ALL`].
pub(crate) fn missing_features(root: &Path, modules: &Modules) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(root.join(MANIFEST))
        .with_context(|| format!("{MANIFEST}: cannot be read"))?;
    let Manifest { features } = toml::from_str(&text).map_err(|error| {
        let message = error.message().replace('\n', ", ");
        anyhow::anyhow!("{MANIFEST}: found {message}, expected a manifest with `[features]`")
    })?;
    let mut missing = Vec::new();
    for module in modules.keys() {
        let feature = feature(module);
        if !features.contains_key(&feature) {
            missing.push(format!(
                "{MANIFEST}: found no feature `{feature}`, expected one for the module `{module}`"
            ));
        }
        if !features.get(ALL).is_some_and(|all| all.contains(&feature)) {
            missing.push(format!(
                "{MANIFEST}: found no `{feature}` in the feature `{ALL}`, expected those of all modules"
            ));
        }
    }
    Ok(missing)
}

/// The cargo feature that turns a module on.
pub(crate) fn feature(module: &str) -> String {
    module.replace('_', "-")
}
