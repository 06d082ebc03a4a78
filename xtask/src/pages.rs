//! Saved pages: finding them, and reading them into facts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use codegen::labels::Labels;
use codegen::locale::Locale;
use codegen::model::Facts;
use codegen::page::{self, Input, Rendition};
use codegen::source::Source;
use codegen::table::Tables;
use rayon::prelude::*;

/// A saved page that was found, not yet read.
#[derive(Clone, Debug)]
pub(crate) struct Saved {
    /// Where it lies.
    pub(crate) path: PathBuf,
    page: String,
    rendition: Rendition,
    locale: Locale,
}

/// The pages that paths name: files as they are, folders searched for `list_*`; in path order.
pub(crate) fn find(paths: &[PathBuf]) -> anyhow::Result<Vec<Saved>> {
    let mut found = BTreeMap::new();
    for path in paths {
        if path.is_dir() {
            for entry in walkdir::WalkDir::new(path).follow_links(true) {
                let entry =
                    entry.with_context(|| format!("{}: cannot be searched", path.display()))?;
                let listed = entry
                    .file_name()
                    .to_str()
                    .is_some_and(|name| name.starts_with("list_"));
                if listed
                    && entry.file_type().is_file()
                    && let Some(saved) = saved(entry.path())
                {
                    found.insert(entry.path().to_owned(), saved);
                }
            }
        } else if path.is_file() {
            let Some(saved) = saved(path) else {
                bail!(
                    "{}: found a file of another kind, expected one that ends in `.html` or `.md`",
                    path.display()
                );
            };
            found.insert(path.clone(), saved);
        } else {
            bail!(
                "{}: found nothing, expected a saved page or a folder of pages",
                path.display()
            );
        }
    }
    if found.is_empty() {
        let places: Vec<_> = paths
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        bail!(
            "{}: found no page, expected files named `list_*.html` or `list_*.md`",
            places.join(", ")
        );
    }
    Ok(found.into_values().collect())
}

fn saved(path: &Path) -> Option<Saved> {
    let rendition = Rendition::of_extension(path.extension()?.to_str()?)?;
    let (page, locale) = page::name_of_file(path.file_stem()?.to_str()?);
    let folder = path
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str());
    let locale = locale.or_else(|| folder?.parse().ok()).unwrap_or_default();
    Some(Saved {
        path: path.to_owned(),
        page: page.to_owned(),
        rendition,
        locale,
    })
}

/// Reads a page as far as its tables.
fn tables(saved: &Saved) -> anyhow::Result<Tables> {
    let name = saved.path.display().to_string();
    let bytes = fs::read(&saved.path).with_context(|| format!("{name}: cannot be read"))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        anyhow::anyhow!("{name}: found bytes that are not UTF-8 at offset {at}, expected text")
    })?;
    let input = Input {
        name: &name,
        page: &saved.page,
        rendition: saved.rendition,
        locale: saved.locale,
        text: &text,
    };
    Ok(page::read(&input)?)
}

/// Reads every page, each on its own: one that fails takes no other with it.
pub(crate) fn read(pages: &[Saved]) -> Vec<anyhow::Result<Facts>> {
    pages.par_iter().map(|saved| Ok(facts(saved)?.0)).collect()
}

/// Reads a page, and says what it is.
pub(crate) fn facts(saved: &Saved) -> anyhow::Result<(Facts, Source)> {
    let tables = tables(saved)?;
    let facts = codegen::facts::read(&tables, &Labels::english());
    let facts = facts.map_err(|error| error.of(&saved.path.display().to_string()))?;
    Ok((facts, Source::of(&tables, saved.rendition)))
}

/// The page of a service in a folder of saved pages: by its newest name that is there.
pub(crate) fn newest(folder: &Path, locale: Locale, names: &[String]) -> Option<Saved> {
    let candidates = names
        .iter()
        .flat_map(|name| Rendition::EXTENSIONS.map(|(extension, _)| (name, extension)));
    let paths = candidates.map(|(name, extension)| {
        folder
            .join(locale.as_str())
            .join(format!("list_{name}.{extension}"))
    });
    let path = paths.into_iter().find(|path| path.is_file())?;
    saved(&path)
}
