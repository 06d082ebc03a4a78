//! Committed files: the snapshots in `snapshots/<module>/`, the configuration of modules, overlays.

pub(crate) mod modules;
pub(crate) mod overlays;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use codegen::names::Names;
use codegen::page::Source;
use codegen::refresh::Localized;
use codegen::removed::Removed;
use iam_policy::wire::{Locale, Service, to_json};
use serde::de::DeserializeOwned;

use crate::files::Files;

/// The folder of all snapshots, below the project's folder.
pub(crate) const FOLDER: &str = "snapshots";

/// The file of a module's facts.
pub(crate) const SERVICE: &str = "service.json";

/// The global condition keys, which belong to no module; relative to [`FOLDER`].
pub(crate) const GLOBAL_KEYS: &str = "global/condition_keys.json";

/// The file of names that were removed from a module's page; optional.
pub(crate) const REMOVED: &str = "removed.json";

/// The file of the identifiers that a module's names have, and that removed names had.
pub(crate) const NAMES: &str = "names.json";

/// The snapshot of a module, from which its code is generated.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snapshot {
    /// The facts in normal form.
    pub(crate) service: Service,
    /// The page from which they were read.
    pub(crate) source: Source,
    /// The labels of localized pages, and their differences from the English page.
    pub(crate) locales: BTreeMap<Locale, Localized>,
    /// The names that were removed from the reference.
    pub(crate) removed: Removed,
    /// All identifiers ever given to names.
    pub(crate) names: Names,
}

impl Snapshot {
    /// Reads the committed snapshot of a module; `None` if it does not exist.
    pub(crate) fn read(root: &Path, module: &str) -> anyhow::Result<Option<Self>> {
        let folder = Path::new(FOLDER).join(module);
        let service = folder.join(SERVICE);
        if !root.join(&service).exists() {
            return Ok(None);
        }
        let mut locales = BTreeMap::new();
        for locale in Locale::ALL {
            let path = folder.join(format!("{locale}.json"));
            if root.join(&path).exists() {
                locales.insert(locale, json(root, &path)?);
            }
        }
        let source = json(root, &folder.join("source.json"))?;
        let removed: Removed = json_or_default(root, &folder.join(REMOVED))?;
        let path = service.display().to_string();
        let service: Service = json(root, &service)?;
        // removed names become code as well
        check_texts(&path, &removed.listed(&service))?;
        let names = names(root, module)?;
        let checked = removed.check_names(&names, &service);
        checked.map_err(|error| error.of(&folder.join(NAMES).display().to_string()))?;
        Ok(Some(Self {
            service,
            source,
            locales,
            removed,
            names,
        }))
    }

    /// Returns the files of the snapshot and their contents.
    pub(crate) fn files(&self, module: &str) -> Files {
        let path = |name: &str| PathBuf::from(FOLDER).join(module).join(name);
        let mut files = Files::from([
            (path(SERVICE), to_json(&self.service)),
            (path("source.json"), to_json(&self.source)),
            (path(NAMES), to_json(&self.names)),
        ]);
        for (locale, localized) in &self.locales {
            files.insert(path(&format!("{locale}.json")), to_json(localized));
        }
        if !self.removed.is_empty() {
            files.insert(path(REMOVED), to_json(&self.removed));
        }
        files
    }
}

/// Reads the identifiers that the names of a module have, also of one without a snapshot.
pub(crate) fn names(root: &Path, module: &str) -> anyhow::Result<Names> {
    json_or_default(root, &Path::new(FOLDER).join(module).join(NAMES))
}

/// Reads a file of a snapshot; the default value if it is missing.
pub(crate) fn json_or_default<T: DeserializeOwned + Default>(
    root: &Path,
    path: &Path,
) -> anyhow::Result<T> {
    match root.join(path).exists() {
        true => json(root, path),
        false => Ok(T::default()),
    }
}

fn json<T: DeserializeOwned>(root: &Path, path: &Path) -> anyhow::Result<T> {
    let text = fs::read_to_string(root.join(path))
        .with_context(|| format!("{}: cannot be read", path.display()))?;
    parse(&path.display().to_string(), &text)
}

/// Parses a file of a snapshot; `name` is its name in messages.
pub(crate) fn parse<T: DeserializeOwned>(name: &str, text: &str) -> anyhow::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        // serde_json's message includes line and column
        anyhow::anyhow!("{name}: found {error}, expected a snapshot as `regen` writes it")
    })
}

/// Parses the facts of a snapshot, whose names become code and reports; `name` as for [`parse`].
pub(crate) fn service(name: &str, text: &str) -> anyhow::Result<Service> {
    let service = parse(name, text)?;
    check_texts(name, &service)?;
    Ok(service)
}

fn check_texts(name: &str, service: &Service) -> anyhow::Result<()> {
    let checked = service.check_texts();
    Ok(checked.map_err(|error| codegen::Error::from(error).of(name))?)
}

/// Finds the project's folder by a file in it: the working directory or one of its parents, else the
/// project in which this command was built.
pub(crate) fn project_with(marker: &str) -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("the working directory cannot be read")?;
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let mut folders = here.ancestors().chain(built);
    match folders.find(|folder| folder.join(marker).is_file()) {
        Some(folder) => Ok(folder.to_owned()),
        None => bail!(
            "{}: found no {marker}, expected a folder in the project",
            here.display()
        ),
    }
}
