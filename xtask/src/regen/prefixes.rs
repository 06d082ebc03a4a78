//! The list of service prefixes: the committed one, and the prefixes of the pages that were read.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use codegen::error::quoted;
use codegen::prefixes::Prefixes;
use iam_policy::wire::to_json;
use rayon::prelude::*;

use super::Regen;
use super::reading::Reading;
use super::removed::today;
use crate::pages;

const FILE: &str = "snapshots/global/service_prefixes.json";

/// The list of a project.
pub(super) struct List {
    pub(super) prefixes: Prefixes,
    /// Whether it has prefixes that the file lacks.
    changed: bool,
}

/// Reads the list, and adds the prefixes of the modules' pages that were read. In a folder of saved
/// pages, all English pages count.
pub(super) fn read(root: &Path, reading: &Reading, arguments: &Regen) -> anyhow::Result<List> {
    let text = match fs::read_to_string(root.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok(List {
                prefixes: Prefixes::default(),
                changed: false,
            });
        }
        Err(error) => return Err(error).context(format!("{FILE}: cannot be read")),
    };
    let mut prefixes = Prefixes::parse(&text).map_err(|error| error.of(FILE))?;
    let mut found: BTreeSet<String> = of_folder(arguments.pages.as_deref());
    let snapshots = reading.snapshots.values();
    found.extend(snapshots.map(|it| it.service.prefix.clone()));
    let date = arguments.date.unwrap_or_else(today).to_string();
    let new = prefixes.add(found.iter().map(String::as_str), &date);
    for prefix in &new {
        println!("{FILE}: new service prefix {}", quoted(prefix));
    }
    let changed = !new.is_empty();
    Ok(List { prefixes, changed })
}

/// Returns the prefixes of all English pages of a folder that can be read.
fn of_folder(folder: Option<&Path>) -> BTreeSet<String> {
    let english = folder.map(|it| it.join("en_us")).filter(|it| it.is_dir());
    let pages = english.and_then(|it| pages::find(&[it]).ok());
    let pages = pages.unwrap_or_default();
    let pages = pages.par_iter();
    let read = pages.filter_map(|saved| saved.text().ok()?.read(None).ok());
    read.map(|page| page.facts.prefix).collect()
}

impl List {
    /// Returns the file with its new content, if it changed.
    pub(super) fn file(&self) -> Option<(PathBuf, String)> {
        let text = || to_json(&self.prefixes);
        self.changed.then(|| (FILE.into(), text()))
    }
}
