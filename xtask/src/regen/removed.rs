//! Names that were removed from the reference: kept as deprecated for one minor version, and reported.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use codegen::changes::replacements;
use codegen::error::quoted;
use codegen::overlay::Kind;
use codegen::removed::{Seen, Update};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
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
    for (name, snapshot) in snapshots {
        let Some(before) = committed.get(name) else {
            continue;
        };
        let (old, new) = (&before.service, &snapshot.service);
        let update = before
            .removed
            .update(old, new, &seen, &replacements(old, new));
        print(name, &update);
        snapshot.removed = update.removed;
    }
    Ok(())
}

/// Returns the current date in UTC.
fn today() -> Date {
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
