//! `cargo xtask regen`: updates the snapshots from pages, and the generated code from the snapshots.

mod lock;
mod prefixes;
mod reading;
mod removed;
mod summary;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;
use codegen::emit::{self, Options};
use codegen::refresh::{Accepted, Kind};
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

/// The folder of the generated modules.
const GENERATED: &str = "bedrock-iam/src/generated";

/// The folder of the engine's generated file, the global condition keys.
const ENGINE: &str = "bedrock-iam/iam-policy/src/generated";

/// The folder of snapshots of no module: the global condition keys (compiled into the generator), the
/// sensitive actions of services without a module, and the service prefixes.
const GLOBAL: &str = "snapshots/global";

#[derive(Debug, Args)]
pub(crate) struct Regen {
    /// Read saved pages, `DIR/<locale>/list_<page>.{html,md,txt}`, instead of the live reference.
    #[arg(long, value_name = "DIR", conflicts_with = "offline")]
    pub(crate) pages: Option<PathBuf>,
    /// Read no pages; generate from the committed snapshots.
    #[arg(long)]
    pub(crate) offline: bool,
    /// Write nothing; exit with status 3 if any file would change.
    #[arg(long)]
    pub(crate) check: bool,
    /// Read only the pages of this module; can be repeated.
    #[arg(long, value_name = "M")]
    pub(crate) module: Vec<String>,
    /// Read only the localized pages of this language, in addition to the English ones; can be
    /// repeated.
    #[arg(long, value_name = "L")]
    pub(crate) locale: Vec<Locale>,
    /// Accept a page that lost more than ten and more than a fifth of the facts of a kind, or a whole
    /// table: of all kinds, or of `actions`, `resource-types`, `keys`, `pairs`, `levels`,
    /// `required-marks`, `operations`, `templates` (separated by commas).
    #[arg(long, value_name = "KIND", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = ALL_KINDS, value_delimiter = ',', value_parser = kinds)]
    pub(crate) accept_removals: Vec<Kinds>,
    /// Accept a page that gained more than ten and more than a fifth of the facts of a kind; the
    /// kinds are those of `--accept-removals`.
    #[arg(long, value_name = "KIND", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = ALL_KINDS, value_delimiter = ',', value_parser = kinds)]
    pub(crate) accept_additions: Vec<Kinds>,
    /// Date of removals: the day on which the pages were saved, in UTC [default: today].
    #[arg(long, value_name = "YYYY-MM-DD", hide_short_help = true)]
    pub(crate) date: Option<Date>,
    /// Continue after a page fails, and keep its committed snapshot. Without this option, a module is
    /// written only if all of its pages are read. The exit status is 1 in both cases.
    #[arg(long)]
    pub(crate) keep_going: bool,
    /// Address of the reference or a mirror of it: `https`, or `http` on a loopback address.
    #[arg(long, value_name = "URL", default_value = pages::HOST)]
    pub(crate) base_url: String,
    #[command(flatten)]
    pub(crate) fetch: fetch::Options,
}

/// Kinds of facts.
pub(crate) type Kinds = BTreeSet<Kind>;

/// The word for all kinds of facts.
const ALL_KINDS: &str = "all";

/// Parses the word for a kind of facts, or for all kinds.
fn kinds(word: &str) -> Result<Kinds, codegen::Error> {
    match word {
        ALL_KINDS => Ok(Kinds::from(Kind::ALL)),
        word => Ok(Kinds::from([word.parse()?])),
    }
}

impl Regen {
    /// Returns the kinds of facts for which suspicious changes are accepted.
    fn accepted(&self) -> Accepted {
        let all = |options: &[Kinds]| options.iter().flatten().copied().collect();
        Accepted {
            removals: all(&self.accept_removals),
            additions: all(&self.accept_additions),
        }
    }
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
    let mut overlays = Overlays::read(&root, &modules)?;
    let (reading, counts) = read(arguments, &modules, &committed)?;
    let mut snapshots = committed.clone();
    snapshots.extend(reading.snapshots.clone());
    for (name, snapshot) in &mut snapshots {
        // a snapshot that was lost may have left identifiers
        if !committed.contains_key(name) {
            snapshot.names = snapshots::names(&root, name)?;
        }
    }
    let mut outcome = match reading.failed.is_empty() {
        true => Outcome::Done,
        false => Outcome::Failed,
    };
    // the failure of a module's page is already reported
    let reported = |name: &String| reading.failed.contains(name);
    let without = modules.keys().filter(|name| !snapshots.contains_key(*name));
    let without: Vec<_> = without.collect();
    for name in without.iter().filter(|name| !reported(name)) {
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
    removed::carry(&root, &committed, &mut snapshots, arguments)?;
    for (name, new) in &snapshots {
        if let Some(old) = committed.get(name) {
            overlays.keep_dependent_actions(&root, name, old, new)?;
        }
    }
    name(&mut snapshots, &overlays)?;
    overlays.validate(&snapshots)?;
    let prefixes = prefixes::read(&root, &reading, arguments)?;
    let mut wanted = files(&snapshots, &overlays)?;
    wanted.extend(overlays.files());
    wanted.extend(prefixes.file());
    let emitted = emit::prefixes(&prefixes.prefixes)?;
    wanted.insert(Path::new(GENERATED).join(&emitted.path), emitted.text);
    let folders = [snapshots::FOLDER, GENERATED, ENGINE].map(PathBuf::from);
    let changes = files::compare(&root, &wanted, &folders, |path| {
        path == Path::new(modules::FILE)
            || path.starts_with(GLOBAL)
            || overlays::is_one(path, &modules)
            // a module that failed keeps what is left of its snapshot
            || without.iter().any(|name| path.starts_with(Path::new(snapshots::FOLDER).join(name)))
    })?;
    if let Some(folder) = &arguments.pages {
        for name in &reading.without {
            println!(
                "{name}: no page in {}, its snapshot is kept",
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

/// Reads the pages unless the run is offline. The counts are those of the live reference.
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
        Err(unreachable) => Err(match unreachable.downcast::<codegen::Error>() {
            Ok(error) => error
                .hint("`--offline` generates from the committed snapshots, without requests")
                .into(),
            Err(other) => other,
        }),
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

/// Gives identifiers to the names that have none yet.
fn name(snapshots: &mut BTreeMap<String, Snapshot>, overlays: &Overlays) -> anyhow::Result<()> {
    for (module, snapshot) in snapshots {
        let (removed, given) = (&snapshot.removed, &snapshot.names);
        let assigned = removed
            .assign_names(given, &snapshot.service, &overlays.of(module))
            .map_err(|error| error.of(&format!("{}/{module}", snapshots::FOLDER)))?;
        snapshot.names.extend(assigned);
    }
    Ok(())
}

/// Returns all files that are generated from the snapshots, including the snapshots themselves.
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
                names,
                ..
            } = snapshot;
            let options = Options {
                names: Some(names),
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

/// Returns the reason for a difference that `--check` finds, to print after the file's path.
fn reason(path: &Path, change: Change) -> String {
    let module = path.strip_prefix(GENERATED).ok().and_then(Path::parent);
    match (
        change,
        module.filter(|module| !module.as_os_str().is_empty()),
    ) {
        (Change::Changed, Some(module)) => {
            format!(
                " (differs from what {}/{}/service.json generates)",
                snapshots::FOLDER,
                module.display()
            )
        }
        _ => String::new(),
    }
}
