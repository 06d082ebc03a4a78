//! Names that were removed from the reference: kept as deprecated for one minor version, and reported.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use codegen::Error;
use codegen::changes::replacements;
use codegen::error::quoted;
use codegen::overlay::Kind;
use codegen::removed::{Seen, Update};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use semver::Version;
use serde::Deserialize;

use super::Regen;
use crate::snapshots::{FOLDER, REMOVED, Snapshot};

/// Updates the removed names of each module from its `committed` and its new snapshot.
pub(crate) fn carry(
    root: &Path,
    committed: &BTreeMap<String, Snapshot>,
    snapshots: &mut BTreeMap<String, Snapshot>,
    arguments: &Regen,
) -> anyhow::Result<()> {
    let seen = Seen {
        date: arguments.date.unwrap_or_else(today),
        version: version(root)?,
    };
    let last = committed
        .values()
        .filter_map(|it| it.removed.last_removal());
    let last = last.max();
    for (name, snapshot) in snapshots {
        let Some(before) = committed.get(name) else {
            continue;
        };
        let (old, new) = (&before.service, &snapshot.service);
        let update = before
            .removed
            .update(old, new, &seen, &replacements(old, new));
        if !update.added.is_empty() {
            check_date(seen.date, arguments.date, last)
                .map_err(|error| error.of(&format!("{FOLDER}/{name}/{REMOVED}")))?;
        }
        print(name, &update);
        snapshot.removed = update.removed;
    }
    Ok(())
}

/// Checks the day of new entries, which `--date` may state. The day of the last entry is the last known
/// day of a refresh.
///
/// # Errors
/// Returns an error if the day is before the last entry, or more than a year after it. A day that is
/// stated and that the clock confirms may be later.
fn check_date(date: Date, stated: Option<Date>, last: Option<Date>) -> codegen::Result<()> {
    let known = stated.map(|_| today()).max(last);
    let latest = known.map(|day| day.saturating_add(1.year()));
    if last.is_none_or(|last| last <= date) && latest.is_none_or(|latest| date <= latest) {
        return Ok(());
    }
    let days = [("from", last), ("to", latest)];
    let days = days
        .into_iter()
        .filter_map(|(word, day)| Some(format!("{word} `{}`", day?)));
    let days: Vec<_> = days.collect();
    let hint = match stated {
        _ if last > Some(today()) => {
            format!("if the clock is right, the last day in {REMOVED} is wrong: correct it")
        }
        Some(_) => "`--date` is the day on which the pages were saved".to_owned(),
        None => format!("if the clock is right, pass `--date {date}`"),
    };
    let expected = format!("a day {}", days.join(" "));
    Err(Error::new(format!("the day of removals `{date}`"), expected).hint(hint))
}

/// Returns the current date in UTC.
pub(super) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// Prints the names that a run adds to the removed ones or drops from them.
fn print(module: &str, update: &Update) {
    let names = |names: &[(Kind, String)]| {
        let names = names
            .iter()
            .map(|(kind, name)| format!("{} {}", kind.name(), quoted(name)));
        names.collect::<Vec<_>>().join(", ")
    };
    if !update.added.is_empty() {
        println!(
            "{module}: no longer in the reference, kept as deprecated in {FOLDER}/{module}/{REMOVED}: {}",
            names(&update.added)
        );
    }
    if !update.expired.is_empty() {
        println!(
            "{module}: deprecated for one minor version, now dropped: {}",
            names(&update.expired)
        );
    }
}

#[derive(Deserialize)]
struct Manifest {
    workspace: Workspace,
}

#[derive(Deserialize)]
struct Workspace {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    version: Version,
}

/// Returns the version that the project's packages share.
pub(crate) fn version(root: &Path) -> anyhow::Result<Version> {
    const FILE: &str = "Cargo.toml";
    let text = std::fs::read_to_string(root.join(FILE))
        .with_context(|| format!("{FILE}: cannot be read"))?;
    let manifest: Manifest = toml::from_str(&text).map_err(|error| {
        let message = error.message().replace('\n', ", ");
        anyhow!("{FILE}: found {message}, expected `workspace.package.version`")
    })?;
    Ok(manifest.workspace.package.version)
}
