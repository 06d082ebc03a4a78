//! From the pages of configured modules to new snapshots.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::bail;
use codegen::locale::Locale;
use codegen::reconcile::Localized;
use codegen::{Page, guard, normal, reconcile};

use crate::cli::Regen;
use crate::modules::{Module, Modules};
use crate::outcome::{Outcome, report};
use crate::pages;
use crate::snapshots::Snapshot;

/// What was read.
pub(crate) struct Read {
    /// The snapshots of the modules whose pages were all read.
    pub(crate) snapshots: BTreeMap<String, Snapshot>,
    /// Whether every page that was there could be read.
    pub(crate) outcome: Outcome,
}

/// Reads the pages of a folder, `DIR/<locale>/list_<page>.html`; a module that fails is left out.
pub(crate) fn from_folder(
    folder: &Path,
    modules: &Modules,
    committed: &BTreeMap<String, Snapshot>,
    arguments: &Regen,
) -> anyhow::Result<Read> {
    if !folder.is_dir() {
        bail!(
            "{}: found no folder, expected saved pages in `<locale>/list_<page>.html`",
            folder.display()
        );
    }
    let mut read = Read {
        snapshots: BTreeMap::new(),
        outcome: Outcome::Done,
    };
    let wanted = |name: &String| arguments.module.is_empty() || arguments.module.contains(name);
    for (name, module) in modules.iter().filter(|(name, _)| wanted(name)) {
        match snapshot(name, module, folder, committed.get(name), arguments) {
            Ok(Some(snapshot)) => {
                read.snapshots.insert(name.clone(), snapshot);
            }
            Ok(None) => println!(
                "{name}: no page in {}, its snapshot stays",
                folder.display()
            ),
            Err(error) => {
                report(&error);
                eprintln!("{name}: its snapshot stays");
                read.outcome = Outcome::Failed;
            }
        }
    }
    Ok(read)
}

fn snapshot(
    name: &str,
    module: &Module,
    folder: &Path,
    committed: Option<&Snapshot>,
    arguments: &Regen,
) -> anyhow::Result<Option<Snapshot>> {
    let Some(saved) = pages::newest(folder, Locale::EnUs, &module.pages) else {
        return Ok(None);
    };
    let english = pages::read_one(&saved, None)?;
    let service = normal::service(&english.facts);
    if let Some(committed) = committed.filter(|_| !arguments.accept_removals) {
        let losses = guard::losses(&committed.service, &service);
        if !losses.is_empty() {
            let lost = format!("a page that lost {}", losses.join(" and "));
            let error = codegen::Error::new(lost, "most of what the committed snapshot has")
                .of(&saved.path.display().to_string())
                .hint("if the reference dropped them, say `--accept-removals`");
            return Err(error.into());
        }
    }
    let mut locales = committed
        .map(|committed| committed.locales.clone())
        .unwrap_or_default();
    for locale in Locale::ALL
        .into_iter()
        .filter(|locale| *locale != Locale::EnUs)
    {
        if !(arguments.locale.is_empty() || arguments.locale.contains(&locale)) {
            continue;
        }
        if let Some(saved) = pages::newest(folder, locale, &module.pages) {
            let page = pages::read_one(&saved, Some(&english))?;
            let localized = localized(&english, page);
            println!("{name} {locale}: {}", localized.drift);
            locales.insert(locale, localized);
        }
    }
    Ok(Some(Snapshot {
        service,
        source: english.source,
        locales,
        removed: committed
            .map(|committed| committed.removed.clone())
            .unwrap_or_default(),
    }))
}

fn localized(english: &Page, page: Page) -> Localized {
    let drift = reconcile::drift(
        &normal::service(&english.facts),
        &normal::service(&page.facts),
    );
    Localized {
        labels: page.labels,
        drift,
    }
}
