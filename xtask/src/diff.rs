//! `cargo xtask diff`: two states of the snapshots → what changed, and what that means.

mod folder;
mod git;
mod policies;
mod side;

use std::collections::BTreeSet;

use codegen::changes::{self, Criteria, Report};
use codegen::sensitive::Sensitive;

use crate::cli::Diff;
use crate::modules;
use crate::outcome::{Outcome, report};
use crate::project;
use crate::report as reports;
use side::Side;

pub(crate) fn run(arguments: &Diff) -> anyhow::Result<Outcome> {
    let root = project::folder_with(modules::FILE)?;
    let modules = modules::read(&root, &[])?;
    let old = side::read(&arguments.old, &root, &modules)?;
    let new = match &arguments.new {
        Some(new) => side::read(new, &root, &modules)?,
        None => side::work_tree(&root, &modules)?,
    };
    let wildcards = policies::wildcards(&arguments.policies)?;
    let sensitive = Sensitive::read()?;
    let criteria = Criteria {
        sensitive: &sensitive,
        wildcards: &wildcards,
    };
    let pairs = side::pairs(&old, &new, &arguments.module)?;
    let services = pairs
        .iter()
        .filter_map(|pair| changes::service(pair.module, pair.old, pair.new, &criteria));
    let changes = Report::new(services.collect(), old.version.as_deref());
    reports::print(&changes, arguments.format)?;
    Ok(said(&[&old, &new]))
}

/// Says which pages could not be read: their services are in no side.
fn said(sides: &[&Side]) -> Outcome {
    let failed: Vec<_> = sides.iter().flat_map(|side| &side.failed).collect();
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
