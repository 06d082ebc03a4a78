//! Sides from a folder of snapshots or saved pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use codegen::markup::{self, Rendition};
use iam_policy::wire::{self, Locale};
use rayon::prelude::*;

use super::{Side, version_of};
use crate::pages;
use crate::snapshots::modules::{self, Modules};
use crate::snapshots::{self, FOLDER, GLOBAL_KEYS, NAMES, SERVICE};

/// Reads a folder: a project, its snapshots, one module, saved pages, or files of snapshots.
pub(super) fn read(folder: &Path, modules: &Modules) -> anyhow::Result<Side> {
    let inner = folder.join(FOLDER);
    let snapshots = if inner.is_dir() { &inner } else { folder };
    let project = if inner.is_dir() {
        Some(folder)
    } else {
        folder.parent()
    };
    let by_module = modules_in(snapshots)?;
    if !by_module.is_empty() {
        let mut side = Side::default();
        for (module, file) in &by_module {
            let folder = file.parent().unwrap_or(file);
            let names = folder.join(NAMES);
            let names = names.exists().then(|| text(&names)).transpose()?;
            let place = folder.display().to_string();
            side.add_snapshot(module, &place, &text(file)?, names.as_deref())?;
        }
        let global = snapshots.join(GLOBAL_KEYS);
        if global.is_file() {
            side.add_global_keys(&global.display().to_string(), &text(&global)?)?;
        }
        side.version = project.and_then(version_of);
        return Ok(side);
    }
    if let Some(side) = of_pages(folder, modules)? {
        return Ok(side);
    }
    let mut side = Side::default();
    for file in listed(folder)?
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
    {
        add_file(&mut side, file, modules)?;
    }
    if side.services.is_empty() {
        bail!(
            "{}: found neither snapshots nor pages, expected `<module>/{SERVICE}`, \
             `<locale>/list_<page>.html` or `<name>.json`",
            folder.display()
        );
    }
    Ok(side)
}

/// Reads a file: a snapshot or a saved page.
pub(super) fn read_file(file: &Path, modules: &Modules) -> anyhow::Result<Side> {
    let mut side = Side::default();
    if file.extension().is_some_and(|it| it == "json") {
        add_file(&mut side, file, modules)?;
    } else {
        let saved = pages::find(&[file.to_owned()])?;
        add_pages(&mut side, &saved, modules)?;
    }
    Ok(side)
}

/// Returns the snapshots of a folder by module: its own, or those of its subfolders.
fn modules_in(folder: &Path) -> anyhow::Result<BTreeMap<String, PathBuf>> {
    let own = folder.join(SERVICE);
    let folders = if own.is_file() {
        // `snapshots/orchard/.` also has a name
        vec![folder.canonicalize().unwrap_or_else(|_| folder.to_owned())]
    } else {
        listed(folder)?
    };
    let with_snapshot = folders.iter().filter(|it| it.join(SERVICE).is_file());
    let named = with_snapshot.filter_map(|it| {
        let module = it.file_name()?.to_str()?.to_owned();
        let file = if own.is_file() {
            own.clone()
        } else {
            it.join(SERVICE)
        };
        Some((module, file))
    });
    Ok(named.collect())
}

/// Lists a folder, in order.
pub(super) fn listed(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).and_then(|entries| {
        entries
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<_>, _>>()
    });
    let mut entries = entries.with_context(|| format!("{}: cannot be read", folder.display()))?;
    entries.sort();
    Ok(entries)
}

fn text(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("{}: cannot be read", file.display()))
}

fn add_file(side: &mut Side, file: &Path, modules: &Modules) -> anyhow::Result<()> {
    let service = snapshots::service(&file.display().to_string(), &text(file)?)?;
    let folder = file
        .parent()
        .filter(|_| file.ends_with(SERVICE))
        .and_then(Path::file_name)
        .and_then(|it| it.to_str());
    let name = folder
        .unwrap_or_else(|| modules::of_page(&service.page, modules))
        .to_owned();
    side.add(&name, service, &file.display().to_string())
}

/// Reads the English pages of a folder, in `en_us/` or directly in it; `None` without such pages.
fn of_pages(folder: &Path, modules: &Modules) -> anyhow::Result<Option<Side>> {
    let english = folder.join(Locale::EnUs.as_str());
    let folder = if english.is_dir() {
        english.as_path()
    } else {
        folder
    };
    let mut names: BTreeSet<String> = BTreeSet::new();
    for path in listed(folder)? {
        let rendition = path
            .extension()
            .and_then(|it| it.to_str())
            .and_then(Rendition::of_extension);
        let stem = path.file_stem().and_then(|it| it.to_str());
        if let (Some(stem), Some(_)) = (stem, rendition)
            && stem.starts_with("list_")
            && let (name, None | Some(Locale::EnUs)) = markup::name_of_file(stem)
        {
            names.insert(name.to_owned());
        }
    }
    // of each module the newest page, of each page the first rendition
    let mut wanted: Vec<Vec<String>> = Vec::new();
    for module in modules.values() {
        let (own, others) = names
            .into_iter()
            .partition(|name| module.pages.contains(name));
        names = others;
        let own: BTreeSet<String> = own;
        wanted.push(
            module
                .pages
                .iter()
                .filter(|name| own.contains(*name))
                .cloned()
                .collect(),
        );
    }
    wanted.extend(names.into_iter().map(|name| vec![name]));
    let saved = wanted
        .iter()
        .filter_map(|names| pages::newest_in(folder, names));
    let saved: Vec<_> = saved.collect();
    if saved.is_empty() {
        return Ok(None);
    }
    let mut side = Side::default();
    add_pages(&mut side, &saved, modules)?;
    Ok(Some(side))
}

fn add_pages(side: &mut Side, saved: &[pages::Saved], modules: &Modules) -> anyhow::Result<()> {
    let read: Vec<_> = saved
        .par_iter()
        .map(|saved| pages::read_one(saved, None))
        .collect();
    for (saved, page) in saved.iter().zip(read) {
        match page {
            Ok(page) => {
                let service = wire::normal_form(&page.facts);
                let name = modules::of_page(&service.page, modules).to_owned();
                side.add(&name, service, &saved.path.display().to_string())?;
            }
            Err(error) => {
                let name = modules::of_page(saved.page(), modules).to_owned();
                side.failed.push((name, error));
            }
        }
    }
    Ok(())
}
