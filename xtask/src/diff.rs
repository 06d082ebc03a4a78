//! `cargo xtask diff`: two states of the snapshots → what changed, and what that means.

mod folder;
mod git;
pub(crate) mod history;
mod policies;
pub(crate) mod side;

use std::collections::BTreeSet;

use codegen::changes::{self, Criteria, Report};

use crate::cli::{self, Diff, Format};
use crate::modules;
use crate::outcome::{Outcome, report};
use crate::overlays::Overlays;
use crate::project;
use crate::report::{self as reports, Comparison};
use history::History;
use side::Side;

pub(crate) fn run(arguments: &Diff) -> anyhow::Result<Outcome> {
    if arguments.history.is_some() && arguments.format != Format::Html {
        cli::refuse("`--history` is for the page: it goes with `--format html`");
    }
    let root = project::folder_with(modules::FILE)?;
    let modules = modules::read(&root, &[])?;
    let old = side::read(&arguments.old, &root, &modules)?;
    let new = match &arguments.new {
        Some(new) => side::read(new, &root, &modules)?,
        None => side::work_tree(&root, &modules)?,
    };
    let wildcards = policies::wildcards(&arguments.policies)?;
    let sensitive = Overlays::read(&root, &modules)?.sensitive();
    let criteria = Criteria {
        sensitive: &sensitive,
        wildcards: &wildcards,
    };
    let pairs = side::pairs(&old, &new, &arguments.module)?;
    let services = pairs
        .iter()
        .filter_map(|pair| changes::service(pair.module, pair.old, pair.new, &criteria));
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
    Ok(said([&old, &new].into_iter().chain(dated)))
}

/// Says which pages could not be read: their services are in no side.
fn said<'a>(sides: impl IntoIterator<Item = &'a Side>) -> Outcome {
    let failed: Vec<_> = sides.into_iter().flat_map(|side| &side.failed).collect();
    for (_, error) in &failed {
        report(error);
    }
    let names: BTreeSet<_> = failed.iter().map(|(name, _)| name.as_str()).collect();
    for name in &names {
        eprintln!("{name}: left out");
    }
    if names.is_empty() {
        Outcome::Done
    } else {
        Outcome::Failed
    }
}
