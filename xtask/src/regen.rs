//! `cargo xtask regen`: pages → snapshots → the crate's generated modules.

mod lock;
mod reading;
mod removed;
mod summary;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use codegen::emit::{self, Options};
use iam_policy::wire::Locale;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::fetch::{self, Fetcher};
use crate::files::{self, Change, Files};
use crate::pages;
use crate::pages::{Counts, HttpSource, SavedFolder};
use crate::snapshots::modules::{self, Modules};
use crate::snapshots::overlays::{self, Overlays};
use crate::snapshots::{self, Snapshot};
use crate::terminal::{Outcome, report};
use lock::Lock;

use reading::Reading;

/// Where the generated modules lie.
const GENERATED: &str = "bedrock-iam/src/generated";

/// Where the generated file of the engine lies: the global condition keys.
const ENGINE: &str = "bedrock-iam/iam-policy/src/generated";

/// The snapshots that no page gives: the condition keys of every service, which the generator has in
/// it, and the sensitive actions of services without a module.
const GLOBAL: &str = "snapshots/global";

#[derive(Debug, Args)]
pub(crate) struct Regen {
    /// Read saved pages, `DIR/<locale>/list_<page>.{html,md}`, instead of the live reference.
    #[arg(long, value_name = "DIR", conflicts_with = "offline")]
    pub(crate) pages: Option<PathBuf>,
    /// Work from the committed snapshots.
    #[arg(long)]
    pub(crate) offline: bool,
    /// Write nothing; end with status 3 if anything would change.
    #[arg(long)]
    pub(crate) check: bool,
    /// Read only the pages of this module; may be given more than once.
    #[arg(long, value_name = "M")]
    pub(crate) module: Vec<String>,
    /// Read only the localized pages of this language, beside the English ones; may be given more
    /// than once.
    #[arg(long, value_name = "L")]
    pub(crate) locale: Vec<Locale>,
    /// Take a page although it lost more than a fifth of its actions, resource types or keys, or a
    /// whole table.
    #[arg(long)]
    pub(crate) accept_removals: bool,
    /// The day that pages were saved on, in UTC, for what they no longer have; today if left out.
    #[arg(long, value_name = "YYYY-MM-DD", hide_short_help = true)]
    pub(crate) date: Option<Date>,
    /// Where a page fails, keep what the snapshots say of it and go on with the others; without this
    /// a module is written only if all of its pages were read. Ends with status 1 all the same.
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// Where the reference is, or a mirror of it: `https`, or `http` on this machine itself.
    #[arg(long, value_name = "URL", default_value = pages::HOST)]
    pub(crate) base_url: String,
    #[command(flatten)]
    pub(crate) fetch: fetch::Options,
}

pub(crate) fn run(arguments: &Regen) -> anyhow::Result<Outcome> {
    let root = snapshots::project_with(modules::FILE)?;
    let modules = modules::read(&root, &arguments.module)?;
    let _lock = if arguments.check {
        None
    } else {
        let lock = Lock::of(&root)?;
        files::sweep(&root);
        Some(lock)
    };
    let committed = committed(&root, &modules)?;
    let overlays = Overlays::read(&root, &modules)?;
    let (reading, counts) = read(arguments, &modules, &committed)?;
    let mut snapshots = committed.clone();
    snapshots.extend(reading.snapshots.clone());
    let mut outcome = match reading.failed.is_empty() {
        true => Outcome::Done,
        false => Outcome::Failed,
    };
    // a module whose page failed has been reported already
    let reported = |name: &String| reading.failed.contains(name);
    let without = modules.keys().filter(|name| !snapshots.contains_key(*name));
    for name in without.filter(|name| !reported(name)) {
        let place = snapshots::FOLDER;
        report(&anyhow::anyhow!(
            "{name}: found no snapshot, expected {place}/{name}/service.json or its page in --pages"
        ));
        outcome = Outcome::Failed;
    }
    for (name, snapshot) in &snapshots {
        let place = format!("{}/{name}", snapshots::FOLDER);
        pages::warn_of_types(&place, &snapshot.service);
    }
    removed::carry(&root, &committed, &mut snapshots, &overlays, arguments)?;
    overlays.validate(&snapshots)?;
    let wanted = files(&snapshots, &overlays)?;
    let folders = [snapshots::FOLDER, GENERATED, ENGINE].map(PathBuf::from);
    let changes = files::compare(&root, &wanted, &folders, |path| {
        path == Path::new(modules::FILE)
            || path.starts_with(GLOBAL)
            || overlays::is_one(path, &modules)
    })?;
    if let Some(folder) = &arguments.pages {
        for name in &reading.without {
            println!(
                "{name}: no page in {}, its snapshot stays",
                folder.display()
            );
        }
    }
    let missing = modules::missing_features(&root, &modules)?;
    if arguments.check {
        for line in &missing {
            println!("{line}");
        }
        for (path, change) in &changes {
            let reason = reason(path, *change);
            println!("{}: {}{reason}", path.display(), change.found());
        }
        return Ok(match (outcome, changes.is_empty() && missing.is_empty()) {
            (Outcome::Done, false) => Outcome::Drift,
            (outcome, _) => outcome,
        });
    }
    files::apply(&root, &wanted, &changes)?;
    for line in &missing {
        eprintln!("warning: {line}");
    }
    let version = removed::version(&root)?;
    let facts = summary::facts(&committed, &snapshots, &version, &overlays.sensitive());
    summary::print(&reading, counts, &changes, wanted.len(), &facts)?;
    Ok(outcome)
}

/// Reads pages, if there are any to read: what was read, and for the live reference, what was fetched.
fn read(
    arguments: &Regen,
    modules: &Modules,
    committed: &BTreeMap<String, Snapshot>,
) -> anyhow::Result<(Reading, Option<Counts>)> {
    if arguments.offline {
        return Ok((Reading::default(), None));
    }
    if let Some(folder) = &arguments.pages {
        let saved = SavedFolder::in_folder(folder.clone())?;
        return Ok((reading::read(&saved, modules, committed, arguments)?, None));
    }
    let live = HttpSource::new(Fetcher::new(&arguments.base_url, &arguments.fetch)?);
    match reading::read(&live, modules, committed, arguments) {
        Ok(reading) => Ok((reading, Some(live.counts()))),
        Err(unreachable) => {
            println!(
                "the reference cannot be reached: {unreachable:#}; working from the committed snapshots"
            );
            Ok((Reading::default(), None))
        }
    }
}

fn committed(root: &Path, modules: &Modules) -> anyhow::Result<BTreeMap<String, Snapshot>> {
    let mut snapshots = BTreeMap::new();
    for name in modules.keys() {
        if let Some(snapshot) = Snapshot::read(root, name)? {
            snapshots.insert(name.clone(), snapshot);
        }
    }
    Ok(snapshots)
}

/// Every file that the snapshots give: themselves, and the crate's modules.
fn files(snapshots: &BTreeMap<String, Snapshot>, overlays: &Overlays) -> anyhow::Result<Files> {
    let mut files = Files::new();
    let names: Vec<_> = snapshots
        .keys()
        .map(|name| (name.clone(), modules::feature(name)))
        .collect();
    let generated = |path: &str| Path::new(GENERATED).join(path);
    let root = emit::modules(&names)?;
    files.insert(generated(&root.path), root.text);
    let global = emit::global()?;
    files.insert(Path::new(ENGINE).join(&global.path), global.text);
    let sensitive = emit::sensitive(&overlays.of_others())?;
    files.insert(generated(&sensitive.path), sensitive.text);
    let emitted: Result<Vec<_>, codegen::Error> = snapshots
        .par_iter()
        .map(|(name, snapshot)| {
            let Snapshot {
                service,
                source,
                removed,
                ..
            } = snapshot;
            let options = Options {
                removed: Some(removed),
                overlay: Some(&overlays.of(name)),
                ..Options::of(name)
            };
            emit::module(service, source, &options)
        })
        .collect();
    files.extend(
        emitted?
            .into_iter()
            .flatten()
            .map(|file| (generated(&file.path), file.text)),
    );
    files.extend(
        snapshots
            .iter()
            .flat_map(|(name, snapshot)| snapshot.files(name)),
    );
    Ok(files)
}

/// For a check: what a generated file differs from.
fn reason(path: &Path, change: Change) -> String {
    let module = path.strip_prefix(GENERATED).ok().and_then(Path::parent);
    match (
        change,
        module.filter(|module| !module.as_os_str().is_empty()),
    ) {
        (Change::Changed, Some(module)) => {
            format!(
                " (not what {}/{}/service.json gives)",
                snapshots::FOLDER,
                module.display()
            )
        }
        _ => String::new(),
    }
}
