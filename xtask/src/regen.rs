//! `cargo xtask regen`: pages → snapshots → the crate's generated modules.

mod lock;
mod reading;
mod removed;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::emit::{self, Options, Runtime};
use rayon::prelude::*;

use crate::cli::Regen;
use crate::fetch::Fetcher;
use crate::files::{self, Change, Files};
use crate::modules::{self, Modules};
use crate::outcome::{Outcome, report};
use crate::overlays::{self, Overlays};
use crate::pages;
use crate::project;
use crate::snapshots::{self, Snapshot};
use crate::source::{Counts, HttpSource, SavedFolder};
use crate::summary;
use lock::Lock;

pub(crate) use reading::Reading;

/// Where the generated modules lie.
const GENERATED: &str = "bedrock-iam/src/generated";

/// Where the generated file of the engine lies: the global condition keys.
const ENGINE: &str = "bedrock-iam/iam-policy/src/generated";

/// The snapshots that no page gives: the condition keys of every service, which the generator has in
/// it, and the sensitive actions of services without a module.
const GLOBAL: &str = "snapshots/global";

pub(crate) fn run(arguments: &Regen) -> anyhow::Result<Outcome> {
    let root = project::folder_with(modules::FILE)?;
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
    let emitted: Result<Vec<_>, codegen::Error> = snapshots
        .par_iter()
        .map(|(name, snapshot)| {
            let overlay = overlays.of(name);
            let options = Options {
                removed: Some(&snapshot.removed),
                overlay: Some(&overlay),
                ..Options::new(Runtime::Itself)
            };
            emit::module(name, &snapshot.service, &snapshot.source, &options)
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
