//! `cargo xtask verify`: compares the snapshots with AWS's machine-readable service reference.

mod report;
mod source;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::bail;
use clap::Args;
use codegen::service_reference::{self, Comparison, Stated};

use crate::fetch;
use crate::snapshots::modules;
use crate::snapshots::{self, Snapshot};
use crate::terminal::{Outcome, report};
use report::Format;
use source::Source;

/// The snapshots by the prefix of their actions, then by module.
type Prefixes = BTreeMap<String, BTreeMap<String, Snapshot>>;

/// The result of comparing a prefix's modules with a service reference.
struct Verified {
    /// The modules.
    modules: Vec<String>,
    /// The prefix of their actions.
    prefix: String,
    /// The file or address of the service reference.
    source: String,
    /// The numbers of items compared, and the disagreements.
    comparison: Comparison,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Service reference: a file, or an address (`https`, or `http` on a loopback address); can be
    /// repeated [default: those that AWS publishes for the modules' prefixes].
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) json: Vec<Source>,
    /// Compare only this module; can be repeated.
    #[arg(long, value_name = "M")]
    pub(crate) module: Vec<String>,
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) fetch: fetch::Options,
}

pub(crate) fn run(arguments: &Verify) -> anyhow::Result<Outcome> {
    let root = snapshots::project_with(modules::FILE)?;
    let mut outcome = Outcome::Done;
    let prefixes = committed(&root, &arguments.module, &mut outcome)?;
    let published: Vec<Source>;
    let sources = if arguments.json.is_empty() {
        published = prefixes.keys().map(|it| Source::published(it)).collect();
        &published
    } else {
        &arguments.json
    };
    let mut verified = Vec::new();
    for source in sources {
        match verify(source, &prefixes, &arguments.fetch) {
            Ok(one) => verified.push(one),
            Err(error) => {
                report(&error);
                outcome = Outcome::Failed;
            }
        }
    }
    report::print(&verified, arguments.format)?;
    let agree = verified
        .iter()
        .all(|it| it.comparison.disagreements.is_empty());
    Ok(match outcome {
        Outcome::Done if !agree => Outcome::Drift,
        outcome => outcome,
    })
}

/// Reads the committed snapshots of the selected modules, and reports missing ones.
fn committed(root: &Path, wanted: &[String], outcome: &mut Outcome) -> anyhow::Result<Prefixes> {
    let mut prefixes = Prefixes::new();
    for (module, configured) in modules::read(root, wanted)? {
        if !wanted.is_empty() && !wanted.contains(&module) {
            continue;
        }
        match Snapshot::read(root, &module)? {
            Some(snapshot) => {
                let prefix = snapshot.service.prefix.clone();
                let of_prefix = prefixes.entry(prefix).or_default();
                of_prefix.insert(module, snapshot);
            }
            None => {
                report(&anyhow::anyhow!(
                    "{module}: found no snapshot, expected {}/{module}/service.json of the page `{}`",
                    snapshots::FOLDER,
                    configured.pages.join("` or `"),
                ));
                *outcome = Outcome::Failed;
            }
        }
    }
    Ok(prefixes)
}

fn verify(
    source: &Source,
    prefixes: &Prefixes,
    options: &fetch::Options,
) -> anyhow::Result<Verified> {
    let name = source.to_string();
    let reference = service_reference::read(&name, &source::load(source, options)?)?;
    let found = prefixes
        .iter()
        .find(|(prefix, _)| prefix.eq_ignore_ascii_case(&reference.prefix));
    let Some((prefix, snapshots)) = found else {
        let known: Vec<_> = prefixes
            .keys()
            .map(|prefix| format!("`{prefix}`"))
            .collect();
        bail!(
            "{name}: found the service reference of {}, expected that of {}",
            codegen::error::quoted(&reference.prefix),
            known.join(" or "),
        );
    };
    let pages: Vec<_> = snapshots
        .values()
        .map(|snapshot| Stated {
            service: &snapshot.service,
            layout: snapshot.source.layout,
        })
        .collect();
    Ok(Verified {
        modules: snapshots.keys().cloned().collect(),
        prefix: prefix.clone(),
        source: name,
        comparison: service_reference::compare(&pages, &reference),
    })
}
