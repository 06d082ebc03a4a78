//! What `regen` says at its end.

use std::collections::BTreeMap;
use std::path::PathBuf;

use codegen::changes::{self, Criteria, Report};
use codegen::overlay::Sensitive;
use semver::Version;

use super::reading::Reading;
use crate::files::Change;
use crate::pages::Counts;
use crate::report;
use crate::snapshots::Snapshot;

/// Prints what was fetched, read and written; one line where that is nothing new.
pub(crate) fn print(
    reading: &Reading,
    fetched: Option<Counts>,
    changes: &BTreeMap<PathBuf, Change>,
    files: usize,
    facts: &Report,
) -> anyhow::Result<()> {
    if changes.is_empty() && reading.failed.is_empty() {
        let pages = fetched.map_or_else(String::new, |counts| format!("{}; ", pages(counts)));
        println!("up to date: {pages}{files} files, nothing to write");
        return Ok(());
    }
    for (path, change) in changes {
        println!("{}: {}", path.display(), change.done());
    }
    if let Some(counts) = fetched {
        println!("pages: {}", pages(counts));
    }
    if !reading.locales.is_empty() {
        let behind = reading
            .locales
            .iter()
            .filter(|(_, _, drift)| !drift.is_empty());
        let behind = behind.count();
        println!(
            "locales: {} in step, {behind} behind",
            reading.locales.len() - behind
        );
        for (module, locale, drift) in reading
            .locales
            .iter()
            .filter(|(_, _, drift)| !drift.is_empty())
        {
            println!("{module} {locale}: {drift}");
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

/// What changed of the facts: `before` is what was committed, `after` what is written.
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
        changes::service(module, old, Some(&snapshot.service), &criteria)
    });
    Report::new(services.collect(), Some(&version.to_string()))
}

fn pages(counts: Counts) -> String {
    let Counts {
        fetched,
        unchanged,
        failed,
    } = counts;
    let mut parts = vec![
        format!("{fetched} fetched"),
        format!("{unchanged} unchanged"),
    ];
    if failed > 0 {
        parts.push(format!("{failed} failed"));
    }
    parts.join(", ")
}

fn written(changes: &BTreeMap<PathBuf, Change>, files: usize) -> String {
    let mut parts: Vec<_> = [Change::Missing, Change::Changed, Change::LeftOver]
        .into_iter()
        .map(|kind| {
            (
                kind.done(),
                changes.values().filter(|change| **change == kind).count(),
            )
        })
        .filter(|(_, count)| *count > 0)
        .map(|(done, count)| format!("{count} {done}"))
        .collect();
    let left_alone = files
        - changes
            .iter()
            .filter(|(_, change)| **change != Change::LeftOver)
            .count();
    parts.push(format!("{left_alone} left alone"));
    parts.join(", ")
}
