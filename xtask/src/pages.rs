//! Reading of pages, saved ones and those of the live reference, into facts.

mod http;
mod source;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use codegen::emit;
use codegen::error::quoted;
use codegen::markup::{self, Input, Rendition};
use codegen::page::Page;
use codegen::tables::Tables;
use iam_policy::wire::{Locale, Service};
use rayon::prelude::*;

use crate::terminal;

pub(crate) use http::{Counts, HOST, HttpSource};
pub(crate) use source::{Found, PageSource, SavedFolder, Wanted};

/// A saved page that is not yet read.
#[derive(Clone, Debug)]
pub(crate) struct Saved {
    /// The path of its file.
    pub(crate) path: PathBuf,
    page: String,
    rendition: Rendition,
    locale: Locale,
}

/// The text of a saved or fetched page.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// The file or address, for messages.
    pub(crate) name: String,
    /// The page's name.
    pub(crate) page: String,
    /// The format of the text.
    pub(crate) rendition: Rendition,
    /// The locale, unless the page states another.
    pub(crate) locale: Locale,
    /// The text.
    pub(crate) text: Arc<str>,
}

impl Saved {
    /// Returns the page's name, derived from its file's.
    pub(crate) fn page(&self) -> &str {
        &self.page
    }
}

/// Finds saved pages, in path order. Paths are files, or folders that are searched for `list_*`.
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
                    "{}: found another kind of file, expected a name that ends in {ENDINGS}",
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
            "{}: found no page, expected files named `list_*` that end in {ENDINGS}",
            places.join(", ")
        );
    }
    Ok(found.into_values().collect())
}

const ENDINGS: &str = "`.html`, `.md` or `.txt`";

fn saved(path: &Path) -> Option<Saved> {
    let rendition = Rendition::of_extension(path.extension()?.to_str()?)?;
    let (page, locale) = markup::name_of_file(path.file_stem()?.to_str()?);
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

/// Finds a service's page in a folder of saved pages, by the newest of its names.
pub(crate) fn newest(folder: &Path, locale: Locale, names: &[String]) -> Option<Saved> {
    newest_in(&folder.join(locale.as_str()), names)
}

/// Finds a service's page in the folder of one locale, by the newest of its names.
pub(crate) fn newest_in(folder: &Path, names: &[String]) -> Option<Saved> {
    let candidates = names
        .iter()
        .flat_map(|name| Rendition::EXTENSIONS.map(|(extension, _)| (name, extension)));
    let mut paths =
        candidates.map(|(name, extension)| folder.join(format!("list_{name}.{extension}")));
    saved(&paths.find(|path| path.is_file())?)
}

/// Reads all pages; the failure of one does not affect the others.
///
/// The labels of a localized page are interpreted with the English page of the same name, if that is
/// in `pages` or `english`. Doubtful labels are reported.
pub(crate) fn read(pages: &[Saved], english: &[Saved]) -> Vec<anyhow::Result<Page>> {
    let tables: Vec<_> = pages.par_iter().map(tables).collect();
    let additional: Vec<_> = english
        .par_iter()
        .filter_map(|saved| read_one(saved, None).ok())
        .collect();
    // English first: localized pages are interpreted with it
    let (own, localized): (Vec<_>, Vec<_>) = tables
        .into_iter()
        .enumerate()
        .partition(|(_, tables)| !is_localized(tables));
    let own: Vec<_> = own
        .into_par_iter()
        .map(|(index, tables)| {
            (
                index,
                tables.and_then(|tables| interpret(&pages[index], tables, None)),
            )
        })
        .collect();
    let mut references: BTreeMap<&str, &Page> = BTreeMap::new();
    for page in additional
        .iter()
        .chain(own.iter().filter_map(|(_, page)| page.as_ref().ok()))
    {
        let better = |known: &&Page| page.source.rendition < known.source.rendition;
        if references.get(page.facts.page.as_str()).is_none_or(better) {
            references.insert(&page.facts.page, page);
        }
    }
    let localized: Vec<_> = localized
        .into_par_iter()
        .map(|(index, tables)| {
            let page = tables.and_then(|tables| {
                let english = references.get(tables.page.as_str()).copied();
                interpret(&pages[index], tables, english)
            });
            (index, page)
        })
        .collect();
    let mut read: Vec<_> = own.into_iter().chain(localized).collect();
    read.sort_by_key(|(index, _)| *index);
    read.into_iter().map(|(_, page)| page).collect()
}

fn is_localized(tables: &anyhow::Result<Tables>) -> bool {
    tables
        .as_ref()
        .is_ok_and(|tables| tables.locale != Locale::EnUs)
}

/// Reads a page, a localized one with the given English page.
pub(crate) fn read_one(saved: &Saved, english: Option<&Page>) -> anyhow::Result<Page> {
    interpret(saved, tables(saved)?, english)
}

fn interpret(saved: &Saved, tables: Tables, english: Option<&Page>) -> anyhow::Result<Page> {
    let name = saved.path.display().to_string();
    let page = codegen::page::interpret(tables, saved.rendition, english)
        .map_err(|error| error.of(&name))?;
    warn(&name, &page);
    Ok(page)
}

/// Prints a warning for each doubtful label of a page.
pub(crate) fn warn(name: &str, page: &Page) {
    for doubt in &page.doubts {
        terminal::message(&format!("warning: {name}: {doubt}"));
    }
}

/// Prints a warning for each condition key that is emitted without a type.
pub(crate) fn warn_of_types(name: &str, service: &Service) {
    for (key, value_type) in emit::unknown_value_types(service) {
        eprintln!(
            "warning: {name}: condition key {}: found the value type {}, expected an IAM type; emitted as unknown",
            quoted(key),
            quoted(value_type)
        );
    }
}

fn tables(saved: &Saved) -> anyhow::Result<Tables> {
    saved.text()?.tables()
}

impl Saved {
    /// Reads the file.
    pub(crate) fn text(&self) -> anyhow::Result<Text> {
        let name = self.path.display().to_string();
        let bytes = fs::read(&self.path).with_context(|| format!("{name}: cannot be read"))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            anyhow::anyhow!("{name}: found bytes that are not UTF-8 at offset {at}, expected text")
        })?;
        Ok(Text {
            name,
            page: self.page.clone(),
            rendition: self.rendition,
            locale: self.locale,
            text: text.into(),
        })
    }
}

impl Text {
    /// Parses the tables of the page.
    pub(crate) fn tables(&self) -> anyhow::Result<Tables> {
        let input = Input {
            name: &self.name,
            page: &self.page,
            rendition: self.rendition,
            locale: self.locale,
            text: &self.text,
        };
        Ok(markup::read(&input)?)
    }

    /// Reads the page, a localized one with the given English page.
    pub(crate) fn read(&self, english: Option<&Page>) -> anyhow::Result<Page> {
        let page = codegen::page::interpret(self.tables()?, self.rendition, english)
            .map_err(|error| error.of(&self.name))?;
        Ok(page)
    }
}
