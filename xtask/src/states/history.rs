//! Numbers of actions at several dates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::bail;
use codegen::changes;
use codegen::error::quoted;
use iam_policy::wire::Service;
use jiff::civil::Date;

use super::Side;
use super::folder;
use crate::snapshots::modules::Modules;

/// The services at several dates.
#[derive(Debug)]
pub(crate) struct History {
    /// The dates, earliest first.
    pub(crate) dates: Vec<Date>,
    /// The points of each module, one for each date.
    pub(crate) services: BTreeMap<String, Vec<Point>>,
}

/// A service at one date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    /// The number of actions; `None` if the service is missing.
    pub(crate) actions: Option<usize>,
    /// The number of changes since the previous date; `None` at the first.
    pub(crate) changes: Option<usize>,
}

/// Reads a folder of folders named by dates, each as a side of a comparison.
pub(crate) fn read(folder: &Path, modules: &Modules) -> anyhow::Result<BTreeMap<Date, Side>> {
    let place = folder.display();
    if !folder.is_dir() {
        bail!("{place}: found no folder, expected a folder of folders named by dates");
    }
    let mut sides = BTreeMap::new();
    for entry in folder::listed(folder)? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        // ignore files and hidden folders
        if !entry.is_dir() || name.starts_with('.') {
            continue;
        }
        let Some(date) = date(&name) else {
            bail!(
                "{place}: found the folder {}, expected one named by a date, such as `2026-05-10`",
                quoted(&name)
            );
        };
        sides.insert(date, folder::read(&entry, modules)?);
    }
    if sides.is_empty() {
        bail!("{place}: found no subfolder, expected folders named by dates, such as `2026-05-10`");
    }
    Ok(sides)
}

/// Parses a date in ISO form, without anything else.
fn date(name: &str) -> Option<Date> {
    let date: Date = name.parse().ok()?;
    (date.to_string() == name).then_some(date)
}

impl History {
    /// Counts actions, and changes between neighbouring dates, of all modules or of the wanted ones.
    pub(crate) fn of(sides: &BTreeMap<Date, Side>, wanted: &[String]) -> Self {
        let names: BTreeSet<_> = sides
            .values()
            .flat_map(|side| side.services.keys())
            .filter(|name| wanted.is_empty() || wanted.contains(name))
            .collect();
        let services = names.into_iter().map(|name| {
            let states = sides.values().map(|side| side.services.get(name));
            (name.clone(), points(states))
        });
        Self {
            dates: sides.keys().copied().collect(),
            services: services.collect(),
        }
    }
}

fn points<'a>(states: impl Iterator<Item = Option<&'a Service>>) -> Vec<Point> {
    let mut before = None;
    let points = states.map(|service| Point {
        actions: service.map(|service| service.actions.len()),
        changes: before
            .replace(service)
            .map(|before| changes::between(before, service).len()),
    });
    points.collect()
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn only_iso_dates_are_accepted() {
        assert_eq!(date("2024-02-29").map(|date| date.day()), Some(29));
        for name in [
            "2023-02-29",
            "2024-2-9",
            "20240209",
            "2024-02-29T10:00",
            "2024-02",
            "latest",
            "",
        ] {
            assert_eq!(date(name), None, "{name}");
        }
    }
}
