//! `cargo xtask diff`: compares two states of the snapshots and reports changes and consequences.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::Args;
use clap::error::ErrorKind;
use codegen::changes::{self, Criteria, Report, Wildcard};

use crate::report::{self as reports, Comparison, Format};
use crate::snapshots;
use crate::snapshots::modules;
use crate::snapshots::overlays::Overlays;
use crate::states::history::{self, History};
use crate::states::{self, Side};
use crate::terminal::{Outcome, report};

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The old state: a folder of snapshots or saved pages, a single snapshot or page, a project's
    /// folder, or a git revision; `rev:NAME` is always a revision, even if a folder has that name.
    #[arg(value_name = "OLD", default_value = "rev:HEAD")]
    pub(crate) old: String,
    /// The new state, in the same forms; the snapshots of the work tree by default.
    #[arg(value_name = "NEW")]
    pub(crate) new: Option<String>,
    /// The format of the report.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) format: Format,
    /// Compare only this module (or page, if it has no module); can be repeated.
    #[arg(long, value_name = "M")]
    pub(crate) module: Vec<String>,
    /// A policy document, or a folder of them, whose wildcards are checked against new actions; can
    /// be repeated.
    #[arg(long, value_name = "PATH")]
    pub(crate) policies: Vec<PathBuf>,
    /// A folder with a folder for each date, such as `2026-05-10`, in any form of OLD: adds the number
    /// of actions over time to the page. Only with `--format html`.
    #[arg(long, value_name = "DIR")]
    pub(crate) history: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Diff) -> anyhow::Result<Outcome> {
    if arguments.history.is_some() && arguments.format != Format::Html {
        let mut command = Diff::augment_args(clap::Command::new("cargo xtask diff"));
        let message = "`--history` requires `--format html`";
        command.error(ErrorKind::ArgumentConflict, message).exit();
    }
    let root = snapshots::project_with(modules::FILE)?;
    let modules = modules::read(&root, &[])?;
    let old = states::read(&arguments.old, &root, &modules)?;
    let new = match &arguments.new {
        Some(new) => states::read(new, &root, &modules)?,
        None => states::work_tree(&root, &modules)?,
    };
    let wildcards = wildcards(&arguments.policies)?;
    let sensitive = Overlays::read(&root, &modules)?.sensitive();
    let criteria = Criteria {
        sensitive: &sensitive,
        wildcards: &wildcards,
    };
    let pairs = states::pairs(&old, &new, &arguments.module)?;
    let services = pairs.iter().filter_map(|pair| {
        let identifiers = states::identifiers(&old, &new, pair);
        changes::service(pair.module, pair.old, pair.new, identifiers, &criteria)
    });
    let changes = Report::new(services.collect(), old.version.as_deref());
    let folder = arguments.history.as_deref();
    let dated = folder
        .map(|folder| history::read(folder, &modules))
        .transpose()?;
    let history = dated
        .as_ref()
        .map(|dated| History::of(dated, &arguments.module));
    let comparison = Comparison {
        names: [
            &arguments.old,
            arguments.new.as_deref().unwrap_or("work tree"),
        ]
        .map(|name| name.strip_prefix("rev:").unwrap_or(name)),
        pairs: &pairs,
        report: &changes,
        history: history.as_ref(),
    };
    reports::print(&comparison, arguments.format)?;
    let dated = dated.iter().flat_map(|dated| dated.values());
    Ok(report_failed([&old, &new].into_iter().chain(dated)))
}

/// Reports the pages that could not be read. The services of these pages are not compared.
fn report_failed<'a>(sides: impl IntoIterator<Item = &'a Side>) -> Outcome {
    let failed: Vec<_> = sides.into_iter().flat_map(|side| &side.failed).collect();
    for (_, error) in &failed {
        report(error);
    }
    let names: BTreeSet<_> = failed.iter().map(|(name, _)| name.as_str()).collect();
    for name in &names {
        eprintln!("{name}: not compared");
    }
    if names.is_empty() {
        Outcome::Done
    } else {
        Outcome::Failed
    }
}

/// Reads the wildcards of policies: of files, and of `*.json` in folders.
fn wildcards(paths: &[PathBuf]) -> anyhow::Result<Vec<Wildcard>> {
    let mut files = BTreeSet::new();
    for path in paths {
        let found = files_of(path)?;
        if found.is_empty() {
            bail!(
                "{}: found no policy, expected files that end in `.json`",
                path.display()
            );
        }
        files.extend(found);
    }
    let mut wildcards = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let text = fs::read_to_string(&file).with_context(|| format!("{name}: cannot be read"))?;
        wildcards.extend(changes::wildcards_of(&name, &text)?);
    }
    Ok(wildcards)
}

fn files_of(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        bail!(
            "{}: found nothing, expected a policy document or a folder of them",
            path.display()
        );
    }
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(path).follow_links(true) {
        let entry = entry.with_context(|| format!("{}: cannot be searched", path.display()))?;
        let json = entry.path().extension().is_some_and(|it| it == "json");
        if json && entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}
