//! `cargo xtask scrape`: reads saved pages and prints their facts.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use iam_policy::wire::{Facts, to_json};

use crate::files;
use crate::pages::{self, Saved};
use crate::terminal::{Outcome, report};

#[derive(Debug, Args)]
pub(crate) struct Scrape {
    /// Saved pages, or folders to search for `list_*.html`, `list_*.md` and `list_*.txt`.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Write `DIR/<locale>/<page>.json` instead of printing.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// English pages from which the labels of localized pages are learned.
    #[arg(long, value_name = "PATH")]
    pub(crate) english: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Scrape) -> anyhow::Result<Outcome> {
    let saved = pages::find(&arguments.paths)?;
    let english = if arguments.english.is_empty() {
        Vec::new()
    } else {
        pages::find(&arguments.english)?
    };
    let results = pages::read(&saved, &english);
    let mut outcome = Outcome::Done;
    let mut read: Vec<(&Saved, Facts)> = Vec::new();
    for (saved, result) in saved.iter().zip(results) {
        match result {
            Ok(page) => read.push((saved, page.facts)),
            Err(error) => {
                report(&error);
                outcome = Outcome::Failed;
            }
        }
    }
    let pages = one_each(read)?;
    match &arguments.out {
        Some(folder) => write(&pages, folder)?,
        None => print(&pages)?,
    }
    Ok(outcome)
}

/// Reduces the renditions of each page in a folder to one entry.
///
/// # Errors
/// Returns an error if the renditions of a page have different facts.
fn one_each(read: Vec<(&Saved, Facts)>) -> anyhow::Result<Vec<(&Saved, Facts)>> {
    let mut pages: Vec<(&Saved, Facts)> = Vec::new();
    let mut seen = BTreeMap::new();
    for (saved, facts) in read {
        let key = (
            saved.path.parent().map(Path::to_owned),
            facts.page.clone(),
            facts.locale,
        );
        match seen.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(pages.len());
                pages.push((saved, facts));
            }
            Entry::Occupied(entry) => {
                let (first, other) = &pages[*entry.get()];
                if *other != facts {
                    bail!(
                        "{}: found facts that differ from those in {}, expected renditions of one page to agree: {}",
                        saved.path.display(),
                        first.path.display(),
                        difference(other, &facts)
                    );
                }
            }
        }
    }
    Ok(pages)
}

/// Describes the first difference between the facts of two renditions.
fn difference(one: &Facts, other: &Facts) -> String {
    fn walk(path: &str, one: &serde_json::Value, other: &serde_json::Value) -> String {
        if let (Some(one), Some(other)) = (one.as_object(), other.as_object()) {
            let names = one.keys().chain(other.keys());
            for name in names {
                let (one, other) = (&one.get(name), &other.get(name));
                if one != other {
                    let null = serde_json::Value::Null;
                    return walk(
                        &format!("{path}/{name}"),
                        one.unwrap_or(&null),
                        other.unwrap_or(&null),
                    );
                }
            }
        }
        format!("`{one}` and `{other}` at `{path}`")
    }
    let value = |facts| serde_json::to_value(facts).unwrap_or_default();
    walk("", &value(one), &value(other))
}

fn print(pages: &[(&Saved, Facts)]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for (_, facts) in pages {
        match out.write_all(to_json(facts).as_bytes()) {
            // the reader closed the pipe, as `head` does
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            result => result?,
        }
    }
    Ok(())
}

fn write(pages: &[(&Saved, Facts)], folder: &Path) -> anyhow::Result<()> {
    let mut files: BTreeMap<PathBuf, (&Saved, String)> = BTreeMap::new();
    for (saved, facts) in pages {
        let path = folder
            .join(facts.locale.as_str())
            .join(format!("{}.json", facts.page));
        if let Some((other, _)) = files.insert(path.clone(), (saved, to_json(facts))) {
            bail!(
                "{}: found a second input for {} in addition to {}, expected one",
                saved.path.display(),
                path.display(),
                other.path.display()
            );
        }
    }
    for (path, (_, text)) in files {
        files::write(&path, &text)
            .with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    Ok(())
}
