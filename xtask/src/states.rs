//! The states that `diff` compares: services from a folder, saved pages, a git revision, or folders
//! named by dates.

mod folder;
mod git;
pub(crate) mod history;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::bail;
use codegen::changes;
use codegen::global::Globals;
use codegen::names::Names;
use codegen::overlay::Overlay;
use codegen::removed::Removed;
use iam_policy::wire::Service;

use crate::snapshots::modules::Modules;
use crate::snapshots::{self, NAMES, SERVICE};

/// The name of the global condition keys among the modules.
const GLOBAL: &str = "global";

/// One side of a comparison.
#[derive(Debug, Default)]
pub(crate) struct Side {
    /// Services by module, or by page if it has no module.
    pub(crate) services: BTreeMap<String, Service>,
    /// The identifiers of the crate by module, if the side has snapshots.
    pub(crate) names: BTreeMap<String, Names>,
    /// Pages that could not be read, by the same names.
    pub(crate) failed: Vec<(String, anyhow::Error)>,
    /// The version of the crate, if known.
    pub(crate) version: Option<String>,
}

impl Side {
    /// Adds a service; a second one with the same name is an error.
    pub(crate) fn add(&mut self, name: &str, service: Service, place: &str) -> anyhow::Result<()> {
        if self.services.insert(name.to_owned(), service).is_some() {
            bail!("{place}: found a second snapshot of `{name}`, expected one");
        }
        Ok(())
    }

    /// Adds the global condition keys from the text of their file.
    pub(crate) fn add_global_keys(&mut self, place: &str, text: &str) -> anyhow::Result<()> {
        let keys = Globals::parse(text).map_err(|error| error.of(place))?;
        let names = codegen::names::of_globals(&keys).map_err(|error| error.of(place))?;
        self.names.insert(GLOBAL.to_owned(), names);
        self.add(GLOBAL, keys.service(), place)
    }

    /// Adds the snapshot of a module from the texts of its files. Without `names.json`, the identifiers
    /// are those of the rules.
    pub(crate) fn add_snapshot(
        &mut self,
        module: &str,
        place: &str,
        service: &str,
        names: Option<&str>,
    ) -> anyhow::Result<()> {
        let service = snapshots::service(&format!("{place}/{SERVICE}"), service)?;
        let names = match names {
            Some(text) => Some(snapshots::parse(&format!("{place}/{NAMES}"), text)?),
            None => Removed::default()
                .assign_names(&Names::default(), &service, &Overlay::default())
                .ok(),
        };
        self.add(module, service, place)?;
        self.names
            .extend(names.map(|names| (module.to_owned(), names)));
        Ok(())
    }
}

/// Reads a side by name: a folder or file if it exists, otherwise a revision.
pub(crate) fn read(name: &str, root: &Path, modules: &Modules) -> anyhow::Result<Side> {
    let path = Path::new(name);
    let mut side = match name.strip_prefix("rev:") {
        Some(revision) => git::read(revision, root)?,
        None if path.is_dir() => folder::read(path, modules)?,
        None if path.is_file() => folder::read_file(path, modules)?,
        None => git::read(name, root)?,
    };
    if side.version.is_none() {
        side.version = version_of(root);
    }
    Ok(side)
}

/// Reads the snapshots of the work tree.
pub(crate) fn work_tree(root: &Path, modules: &Modules) -> anyhow::Result<Side> {
    folder::read(&root.join(snapshots::FOLDER), modules)
}

/// Returns the version of the project in a folder.
pub(crate) fn version_of(folder: &Path) -> Option<String> {
    version(&fs::read_to_string(folder.join("Cargo.toml")).ok()?)
}

/// Returns the version in a project's `Cargo.toml`.
pub(crate) fn version(manifest: &str) -> Option<String> {
    let manifest: toml::Table = manifest.parse().ok()?;
    let workspace = manifest.get("workspace").and_then(|it| it.get("package"));
    let package = workspace.or_else(|| manifest.get("package"))?;
    Some(package.get("version")?.as_str()?.to_owned())
}

/// A service on both sides.
#[derive(Debug)]
pub(crate) struct Pair<'a> {
    /// The name of the new side, if it is on both.
    pub(crate) module: &'a str,
    /// The name on the old side; the same unless the service was paired by prefix.
    pub(crate) old_module: &'a str,
    pub(crate) old: Option<&'a Service>,
    pub(crate) new: Option<&'a Service>,
}

/// Compares the identifiers of a service and of its module; an empty list if one of the sides has no
/// snapshot of it.
pub(crate) fn identifiers(old: &Side, new: &Side, pair: &Pair<'_>) -> Vec<changes::Change> {
    let names = old.names.get(pair.old_module);
    let Some((before, now)) = names.zip(new.names.get(pair.module)) else {
        return Vec::new();
    };
    let mut identifiers = changes::identifiers(before, now);
    identifiers.extend(changes::module(pair.old_module, pair.module));
    identifiers
}

/// Pairs the services of two sides by name. Services without a counterpart, whose pages may have
/// been renamed, are paired by prefix if it is unique on each side. Services that one side failed
/// to read are omitted.
pub(crate) fn pairs<'a>(
    old: &'a Side,
    new: &'a Side,
    wanted: &[String],
) -> anyhow::Result<Vec<Pair<'a>>> {
    let failed: BTreeSet<_> = old
        .failed
        .iter()
        .chain(&new.failed)
        .map(|(name, _)| name)
        .collect();
    let names: BTreeSet<_> = old.services.keys().chain(new.services.keys()).collect();
    let mut pairs: Vec<_> = names
        .into_iter()
        .filter(|name| !failed.contains(name))
        .map(|name| Pair {
            module: name,
            old_module: name,
            old: old.services.get(name),
            new: new.services.get(name),
        })
        .collect();
    // a side of pages has no global keys
    pairs.retain(|pair| pair.module != GLOBAL || pair.old.is_some() && pair.new.is_some());
    join_by_prefix(&mut pairs);
    for name in wanted {
        if !pairs.iter().any(|pair| pair.module == name) {
            let known: Vec<_> = pairs
                .iter()
                .map(|pair| format!("`{}`", pair.module))
                .collect();
            bail!(
                "found no module or page `{name}` on either side, expected one of {}",
                known.join(", ")
            );
        }
    }
    pairs.retain(|pair| wanted.is_empty() || wanted.iter().any(|name| pair.module == name));
    Ok(pairs)
}

fn join_by_prefix(pairs: &mut Vec<Pair<'_>>) {
    let alone = |pair: &Pair<'_>| pair.old.xor(pair.new).map(|service| service.prefix.clone());
    let mut left: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (index, pair) in pairs.iter().enumerate() {
        if let Some(prefix) = alone(pair) {
            let (removed, added) = left.entry(prefix).or_default();
            if pair.old.is_some() { removed } else { added }.push(index);
        }
    }
    let mut joined = BTreeSet::new();
    for (removed, added) in left.values() {
        if let ([removed], [added]) = (removed.as_slice(), added.as_slice()) {
            pairs[*added].old = pairs[*removed].old;
            pairs[*added].old_module = pairs[*removed].module;
            joined.insert(*removed);
        }
    }
    let mut index = 0;
    pairs.retain(|_| {
        index += 1;
        !joined.contains(&(index - 1))
    });
}
