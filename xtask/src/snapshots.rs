//! What is committed: the snapshots in `snapshots/<module>/`, the configuration of modules, overlays.

pub(crate) mod modules;
pub(crate) mod overlays;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use codegen::page::Source;
use codegen::refresh::Localized;
use codegen::removed::Removed;
use iam_policy::wire::{Locale, Service, to_json};
use serde::de::DeserializeOwned;

use crate::files::Files;

/// The folder of all snapshots, below the project's.
pub(crate) const FOLDER: &str = "snapshots";

/// The file of what a module's page has no longer; there is none where that is nothing.
pub(crate) const REMOVED: &str = "removed.json";

/// What is known of one module: everything the crate is emitted from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Snapshot {
    /// The facts in normal form.
    pub(crate) service: Service,
    /// What they were read from.
    pub(crate) source: Source,
    /// The localized pages that were held against the English one.
    pub(crate) locales: BTreeMap<Locale, Localized>,
    /// What the reference had and has no longer.
    pub(crate) removed: Removed,
}

impl Snapshot {
    /// The committed snapshot of a module, if there is one.
    pub(crate) fn read(root: &Path, module: &str) -> anyhow::Result<Option<Self>> {
        let folder = Path::new(FOLDER).join(module);
        let service = folder.join("service.json");
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
        let removed = folder.join(REMOVED);
        let removed = if root.join(&removed).exists() {
            json(root, &removed)?
        } else {
            Removed::default()
        };
        Ok(Some(Self {
            service: json(root, &service)?,
            source,
            locales,
            removed,
        }))
    }

    /// The files that keep it, as they should be.
    pub(crate) fn files(&self, module: &str) -> Files {
        let path = |name: &str| PathBuf::from(FOLDER).join(module).join(name);
        let mut files = Files::from([
            (path("service.json"), to_json(&self.service)),
            (path("source.json"), to_json(&self.source)),
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

fn json<T: DeserializeOwned>(root: &Path, path: &Path) -> anyhow::Result<T> {
    let text = fs::read_to_string(root.join(path))
        .with_context(|| format!("{}: cannot be read", path.display()))?;
    parse(&path.display().to_string(), &text)
}

/// Reads a snapshot's file, which `name` says in messages.
pub(crate) fn parse<T: DeserializeOwned>(name: &str, text: &str) -> anyhow::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        // serde_json says line and column itself
        anyhow::anyhow!("{name}: found {error}, expected a snapshot as `regen` writes it")
    })
}

/// The folder that holds `marker`: the one around the working directory, else the one this was
/// built in.
pub(crate) fn project_with(marker: &str) -> anyhow::Result<PathBuf> {
    let here = std::env::current_dir().context("the working directory cannot be read")?;
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let mut folders = here.ancestors().chain(built);
    match folders.find(|folder| folder.join(marker).is_file()) {
        Some(folder) => Ok(folder.to_owned()),
        None => bail!(
            "{}: found no {marker}, expected the project's folder",
            here.display()
        ),
    }
}
