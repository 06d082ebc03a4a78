//! `cargo xtask regen`: pages → snapshots → the crate's generated modules.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use codegen::emit::{self, Runtime};
use rayon::prelude::*;

use crate::cli::Regen;
use crate::files::{self, Change, Files};
use crate::modules::{self, Modules};
use crate::outcome::{Outcome, report};
use crate::project;
use crate::reading;
use crate::removed;
use crate::snapshots::{self, Snapshot};

/// Where the generated modules lie.
const GENERATED: &str = "bedrock-iam/src/generated";

/// The snapshots that no page gives, which the generator has in it: the condition keys of every
/// service and the sensitive actions.
const GLOBAL: &str = "snapshots/global";

pub(crate) fn run(arguments: &Regen) -> anyhow::Result<Outcome> {
    let root = project::folder_with(modules::FILE)?;
    let modules = modules::read(&root, &arguments.module)?;
    let committed = committed(&root, &modules)?;
    let mut snapshots = committed.clone();
    let mut outcome = Outcome::Done;
    match &arguments.pages {
        Some(folder) => {
            let read = reading::from_folder(folder, &modules, &committed, arguments)?;
            outcome = read.outcome;
            snapshots.extend(read.snapshots);
        }
        None if arguments.offline => {}
        None => println!(
            "the live reference cannot be fetched yet: working from the committed snapshots"
        ),
    }
    for name in modules.keys().filter(|name| !snapshots.contains_key(*name)) {
        let place = snapshots::FOLDER;
        report(&anyhow::anyhow!(
            "{name}: found no snapshot, expected {place}/{name}/service.json or its page in --pages"
        ));
        outcome = Outcome::Failed;
    }
    removed::carry(&root, &committed, &mut snapshots, arguments)?;
    let wanted = files(&snapshots)?;
    let folders = [PathBuf::from(snapshots::FOLDER), PathBuf::from(GENERATED)];
    let changes = files::compare(&root, &wanted, &folders, |path| {
        path == Path::new(modules::FILE) || path.starts_with(GLOBAL)
    })?;
    if arguments.check {
        for (path, change) in &changes {
            println!(
                "{}: {}{}",
                path.display(),
                change.found(),
                reason(path, *change)
            );
        }
        return Ok(match (outcome, changes.is_empty()) {
            (Outcome::Done, false) => Outcome::Drift,
            (outcome, _) => outcome,
        });
    }
    files::apply(&root, &wanted, &changes)?;
    for (path, change) in &changes {
        println!("{}: {}", path.display(), change.done());
    }
    if changes.is_empty() {
        println!("up to date: {} files, nothing to write", wanted.len());
    }
    Ok(outcome)
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
fn files(snapshots: &BTreeMap<String, Snapshot>) -> anyhow::Result<Files> {
    let mut files = Files::new();
    let names: Vec<_> = snapshots
        .keys()
        .map(|name| (name.clone(), modules::feature(name)))
        .collect();
    let generated = |path: &str| Path::new(GENERATED).join(path);
    let root = emit::modules(&names)?;
    files.insert(generated(&root.path), root.text);
    let global = emit::global()?;
    files.insert(generated(&global.path), global.text);
    let sensitive = emit::sensitive()?;
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
            emit::module_keeping(name, service, removed, source, Runtime::Itself)
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
