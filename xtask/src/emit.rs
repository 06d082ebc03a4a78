//! `cargo xtask emit`: generates a standalone crate from saved pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use codegen::emit::File;
use codegen::emit::stand_alone::{self, Crate, Input};
use codegen::names::Names;
use codegen::page::Page;
use codegen::page::descriptions;
use codegen::words::counted;
use iam_policy::wire::{self, Locale};
use rayon::prelude::*;

use crate::files::{self, Change, Files};
use crate::pages::{self, Saved};
use crate::snapshots::overlays::Overlays;
use crate::snapshots::{self, modules};
use crate::terminal::{Outcome, report};

#[derive(Debug, Args)]
pub(crate) struct Emit {
    /// Saved pages, or folders to search for `list_*.html`, `list_*.md` and `list_*.txt`.
    #[arg(required = true, value_name = "PAGE")]
    pub(crate) pages: Vec<PathBuf>,
    /// Folder of the crate: a new or empty folder, or a crate that was emitted before.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Depend on `iam-policy` in this folder instead of the published version.
    #[arg(long, value_name = "PATH")]
    pub(crate) runtime: Option<PathBuf>,
    /// Include the reference's descriptions in the documentation. Do not publish AWS's text:
    /// use this only for your own build.
    #[arg(long)]
    pub(crate) descriptions: bool,
}

pub(crate) fn run(arguments: &Emit) -> anyhow::Result<Outcome> {
    refuse_foreign_folder(&arguments.out)?;
    let saved = pages::find(&arguments.pages)?;
    let results = pages::read(&saved, &[]);
    let mut outcome = Outcome::Done;
    let mut chosen: BTreeMap<String, (&Saved, Page)> = BTreeMap::new();
    for (saved, result) in saved.iter().zip(results) {
        match result {
            Ok(page) => choose(&mut chosen, saved, page)?,
            Err(error) => {
                report(&error);
                outcome = Outcome::Failed;
            }
        }
    }
    if chosen.is_empty() {
        bail!("found no readable page, expected at least one");
    }
    let project = snapshots::project_with("bedrock-iam/Cargo.toml")?;
    let configured = modules::read(&project, &[])?;
    let overlays = Overlays::read(&project, &configured)?;
    let mut inputs = Vec::new();
    for (saved, page) in chosen.into_values() {
        let descriptions = if arguments.descriptions {
            Some(descriptions::read(&page.tables)?)
        } else {
            None
        };
        let service = wire::normal_form(&page.facts);
        pages::warn_of_types(&saved.path.display().to_string(), &service);
        let module = modules::of_page(&page.facts.page, &configured);
        inputs.push(Input {
            service,
            overlay: configured.contains_key(module).then(|| overlays.of(module)),
            names: Names::default(),
            source: page.source,
            descriptions,
        });
    }
    let mut modules = stand_alone::modules(inputs)?;
    for (name, input) in &mut modules {
        let file = PathBuf::from(stand_alone::names_file(name));
        input.names = snapshots::json_or_default(&arguments.out, &file)?;
    }
    let out = std::path::absolute(&arguments.out)
        .with_context(|| format!("{}: not a path", arguments.out.display()))?;
    let runtime = arguments.runtime.as_deref();
    let runtime = runtime.map(|folder| runtime_of(folder, &out)).transpose()?;
    let it = Crate {
        name: &crate_name(&out),
        version: env!("CARGO_PKG_VERSION"),
        runtime: runtime.as_deref(),
        features: modules.len() > 1,
    };
    let emitted: Vec<_> = modules
        .par_iter()
        .map(|(name, input)| (name.clone(), stand_alone::module(&it, name, input)))
        .collect();
    let mut files = Files::new();
    for (name, emitted) in emitted {
        match emitted {
            Ok(emitted) => add(&mut files, emitted),
            Err(error) => {
                report(&error.into());
                modules.remove(&name);
                outcome = Outcome::Failed;
            }
        }
    }
    add(&mut files, stand_alone::frame(&it, &modules));
    let changes = files::compare(&arguments.out, &files, &[PathBuf::from("src")], |_| false)?;
    let is_new = !out.join("Cargo.toml").exists();
    let surrounding = workspace(&out).filter(|_| is_new);
    files::apply(&arguments.out, &files, &changes)?;
    println!(
        "{}: {}, {}",
        arguments.out.display(),
        counted(modules.len(), "module"),
        done(&files, &changes)
    );
    if let Some(manifest) = surrounding {
        eprintln!(
            "note: the crate is inside the workspace of {}: list its folder in `members`, or depend on it from a member by its path",
            manifest.display()
        );
    }
    if runtime.is_none() {
        eprintln!(
            "note: the crate depends on iam-policy {}; until that version is published, pass the folder of `iam-policy` with `--runtime PATH`",
            it.version
        );
    }
    Ok(outcome)
}

/// Describes the number of files written and the paths removed. If all files of a folder were
/// removed, the folder is listed instead.
fn done(files: &Files, changes: &BTreeMap<PathBuf, Change>) -> String {
    let removed = changes.iter().filter(|(_, it)| **it == Change::LeftOver);
    let removed: Vec<&Path> = removed.map(|(path, _)| path.as_path()).collect();
    let written = counted(changes.len() - removed.len(), "file");
    if removed.is_empty() {
        return format!("{written} written");
    }
    let named = removed.iter().map(|path| match path.parent() {
        Some(folder) if !files.keys().any(|kept| kept.starts_with(folder)) => folder,
        _ => path,
    });
    let named: BTreeSet<&Path> = named.collect();
    let named: Vec<_> = named.iter().map(|it| it.display().to_string()).collect();
    format!(
        "{written} written, {} removed: {}",
        removed.len(),
        named.join(", ")
    )
}

fn add(files: &mut Files, emitted: Vec<File>) {
    files.extend(
        emitted
            .into_iter()
            .map(|file| (PathBuf::from(file.path), file.text)),
    );
}

/// Keeps one page of each name: English before translations, HTML before Markdown before text.
fn choose<'a>(
    chosen: &mut BTreeMap<String, (&'a Saved, Page)>,
    saved: &'a Saved,
    page: Page,
) -> anyhow::Result<()> {
    let rank = |page: &Page| (page.facts.locale != Locale::EnUs, page.source.rendition);
    if let Some((other_saved, other)) = chosen.get(&page.facts.page) {
        let renditions = other_saved.path.parent() == saved.path.parent();
        if rank(other) == rank(&page)
            || renditions && other.facts.locale == page.facts.locale && other.facts != page.facts
        {
            bail!(
                "{}: found a second page `{}` in addition to {}, expected one, or renditions that agree",
                saved.path.display(),
                page.facts.page,
                other_saved.path.display()
            );
        }
        if rank(other) < rank(&page) {
            return Ok(());
        }
    }
    chosen.insert(page.facts.page.clone(), (saved, page));
    Ok(())
}

/// Returns an error if a folder contains other files, which would be removed or replaced.
fn refuse_foreign_folder(out: &Path) -> anyhow::Result<()> {
    let empty = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
        Err(error) => {
            return Err(error).with_context(|| format!("{}: cannot be read", out.display()));
        }
    };
    let library = fs::read_to_string(out.join("src/lib.rs")).unwrap_or_default();
    if !empty && !library.starts_with("// @generated by `cargo xtask") {
        bail!(
            "{}: found a folder with other files, expected a new or empty folder, or an emitted crate",
            out.display()
        );
    }
    Ok(())
}

/// Derives the crate's name from its folder's, so that cargo accepts it.
fn crate_name(out: &Path) -> String {
    let folder = out.file_name().and_then(|name| name.to_str());
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '_' {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let name: String = folder.unwrap_or_default().chars().map(plain).collect();
    let name = name.trim_matches('-');
    match name.chars().next() {
        None => "iam-services".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("iam-{name}"),
        // reserved by the dependency, the language or cargo
        Some(_)
            if matches!(
                name,
                "iam-policy" | "iam_policy" | "test" | "core" | "std" | "alloc"
            ) =>
        {
            format!("{name}-services")
        }
        Some(_) => name.to_owned(),
    }
}

/// Returns the path of the folder of `iam-policy` for the manifest in `out`.
fn runtime_of(folder: &Path, out: &Path) -> anyhow::Result<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    if !manifest.contains("name = \"iam-policy\"") {
        bail!(
            "{}: found no manifest of `iam-policy`, expected the folder of that crate",
            folder.display()
        );
    }
    let folder = resolved(folder)?;
    let path = relative(&folder, &resolved(out)?).unwrap_or_else(|| folder.clone());
    path.to_str()
        .map(str::to_owned)
        .with_context(|| format!("{}: not UTF-8", folder.display()))
}

/// Returns the absolute path of a folder that may not exist yet, without links, because `..` after a
/// link leads elsewhere.
fn resolved(folder: &Path) -> anyhow::Result<PathBuf> {
    let full = std::path::absolute(folder)?;
    let (mut there, mut missing) = (full.as_path(), Vec::new());
    loop {
        match (there.canonicalize(), there.parent()) {
            (Ok(found), _) => return Ok(found.join(missing.iter().rev().collect::<PathBuf>())),
            (Err(_), Some(parent)) => {
                missing.extend(there.file_name());
                there = parent;
            }
            (Err(error), None) => {
                return Err(error).with_context(|| format!("{}: not a path", folder.display()));
            }
        }
    }
}

/// Returns the path to a folder from another one; `None` if they share no folder but the root, so that
/// they are not moved together.
fn relative(to: &Path, from: &Path) -> Option<PathBuf> {
    let shared = to.components().zip(from.components());
    let shared = shared.take_while(|(to, from)| to == from);
    let shared: PathBuf = shared.map(|(to, _)| to).collect();
    shared.file_name()?;
    let (down, up) = (
        to.strip_prefix(&shared).ok()?,
        from.strip_prefix(&shared).ok()?,
    );
    let up: PathBuf = up.components().map(|_| "..").collect();
    Some(up.join(down))
}

/// Returns the manifest of the workspace around a folder.
fn workspace(out: &Path) -> Option<PathBuf> {
    let manifests = out
        .ancestors()
        .skip(1)
        .map(|folder| folder.join("Cargo.toml"));
    let mut found = manifests.filter(|manifest| {
        let text = fs::read_to_string(manifest).unwrap_or_default();
        let manifest: toml::Table = text.parse().unwrap_or_default();
        manifest.contains_key("workspace")
    });
    found.next()
}
