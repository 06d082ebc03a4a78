//! The summary that `regen` prints at the end.

use std::collections::BTreeMap;
use std::path::PathBuf;

use codegen::changes::{self, Criteria, Report};
use codegen::escape;
use codegen::overlay::Sensitive;
use semver::Version;

use super::reading::Reading;
use crate::files::Change;
use crate::pages::Counts;
use crate::report;
use crate::snapshots::Snapshot;

/// Prints the pages fetched, the files written and the facts changed; one line if nothing changed.
pub(crate) fn print(
    reading: &Reading,
    fetched: Option<Counts>,
    changes: &BTreeMap<PathBuf, Change>,
    files: usize,
    facts: &Report,
) -> anyhow::Result<()> {
    if changes.is_empty() && reading.failed.is_empty() {
        let pages = fetched.map_or_else(String::new, |counts| format!("{}; ", pages(counts)));
        println!("up to date: {pages}{files} files, no changes");
        return Ok(());
    }
    for (path, change) in changes {
        println!("{}: {}", path.display(), change.done());
    }
    if let Some(counts) = fetched {
        println!("pages: {}", pages(counts));
    }
    if !reading.locales.is_empty() {
        let locales = reading.locales.iter();
        let behind: Vec<_> = locales.filter(|(_, _, drift)| !drift.is_empty()).collect();
        let (current, behind_count) = (reading.locales.len() - behind.len(), behind.len());
        println!("locales: {current} up to date, {behind_count} behind");
        for (module, locale, drift) in behind {
            println!(
                "{module} {locale}: {}",
                escape::terminal(&drift.to_string())
            );
        }
    }
    println!("files: {}", written(changes, files));
    if !reading.failed.is_empty() {
        println!("failed: {}", reading.failed.join(", "));
    }
    if !facts.is_empty() {
        println!();
        report::print_text(facts)?;
    }
    Ok(())
}

/// Compares the facts of the committed snapshots with those of the new ones.
pub(crate) fn facts(
    before: &BTreeMap<String, Snapshot>,
    after: &BTreeMap<String, Snapshot>,
    version: &Version,
    sensitive: &Sensitive,
) -> Report {
    let criteria = Criteria {
        sensitive,
        wildcards: &[],
    };
    let services = after.iter().filter_map(|(module, snapshot)| {
        let old = before.get(module).map(|snapshot| &snapshot.service);
        // regen changes no identifier
        changes::service(module, old, Some(&snapshot.service), Vec::new(), &criteria)
    });
    Report::new(services.collect(), Some(&version.to_string()))
}

fn pages(counts: Counts) -> String {
    let mut text = format!("{} fetched, {} unchanged", counts.fetched, counts.unchanged);
    if counts.failed > 0 {
        text += &format!(", {} failed", counts.failed);
    }
    text
}

fn written(changes: &BTreeMap<PathBuf, Change>, files: usize) -> String {
    let count = |kind| changes.values().filter(|change| **change == kind).count();
    let kinds = [Change::Missing, Change::Changed, Change::LeftOver];
    let parts = kinds.map(|kind| (count(kind), kind.done()));
    let unchanged = files - parts[0].0 - parts[1].0;
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts = parts.chain([(unchanged, "unchanged")]);
    let parts = parts.map(|(count, done)| format!("{count} {done}"));
    parts.collect::<Vec<_>>().join(", ")
}
