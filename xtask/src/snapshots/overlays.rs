//! Overlays: facts about modules that are not in the reference, in files for review by hand.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use codegen::error::quoted;
use codegen::overlay::{self, Overlay, Sensitive};
use iam_policy::Layout;
use iam_policy::wire::to_json;
use serde_json::{Value, json};

use crate::snapshots::modules::Modules;
use crate::snapshots::{FOLDER, Snapshot};

/// The overlay of a module; optional.
const FILE: &str = "overlay.json";

/// The sensitive actions of services without a module.
const OTHERS: &str = "snapshots/global/sensitive_actions.json";

/// The overlays of a project.
#[derive(Debug)]
pub(crate) struct Overlays {
    modules: BTreeMap<String, Overlay>,
    /// The sensitive actions of services without a module.
    others: Overlay,
    /// The new contents of files, by module.
    changed: BTreeMap<String, String>,
}

impl Overlays {
    /// Reads the overlays of a project.
    pub(crate) fn read(root: &Path, modules: &Modules) -> anyhow::Result<Self> {
        let read_one = |name: &String| {
            let overlay = read(root, &place(name), Overlay::parse)?;
            Ok((name.clone(), overlay))
        };
        Ok(Self {
            modules: modules
                .keys()
                .map(read_one)
                .collect::<anyhow::Result<_>>()?,
            others: read(root, Path::new(OTHERS), Overlay::parse_sensitive_actions)?,
            changed: BTreeMap::new(),
        })
    }

    /// Adds the dependent actions that the page of a module stated in the classic layout, and does
    /// not in the current one, for review.
    pub(crate) fn keep_dependent_actions(
        &mut self,
        root: &Path,
        module: &str,
        old: &Snapshot,
        new: &Snapshot,
    ) -> anyhow::Result<()> {
        if (old.source.layout, new.source.layout) != (Layout::Classic, Layout::Current) {
            return Ok(());
        }
        let lost = overlay::no_longer_stated(&old.service, &new.service, &self.of(module));
        if lost.is_empty() {
            return Ok(());
        }
        let path = place(module);
        let mut file: Value = match fs::read_to_string(root.join(&path)) {
            Ok(text) => serde_json::from_str(&text)?,
            Err(_) => json!({}),
        };
        let source = old.source.address();
        let entries = lost.iter().map(|(action, dependent)| {
            json!({
                "action": action,
                "dependent_actions": dependent,
                "why": "stated by the classic page",
                "source": source,
            })
        });
        let known = file["dependent_actions"].take();
        let mut all: Vec<Value> = known.as_array().into_iter().flatten().cloned().collect();
        all.extend(entries);
        all.sort_by_cached_key(|entry| {
            // an entry by hand may be about the same action
            let first = entry["dependent_actions"][0].to_string();
            (entry["action"].to_string(), first)
        });
        file["dependent_actions"] = all.into();
        let text = to_json(&file);
        let overlay =
            Overlay::parse(&text).map_err(|error| error.of(&path.display().to_string()))?;
        let names: Vec<_> = lost.keys().map(|action| quoted(action)).collect();
        println!(
            "{module}: dependent actions that the current layout does not state, kept in {} for review: {}",
            path.display(),
            names.join(", ")
        );
        self.modules.insert(module.to_owned(), overlay);
        self.changed.insert(module.to_owned(), text);
        Ok(())
    }

    /// Returns the files that changed, and their contents.
    pub(crate) fn files(&self) -> impl Iterator<Item = (PathBuf, String)> {
        let changed = self.changed.iter();
        changed.map(|(module, text)| (place(module), text.clone()))
    }

    /// Returns the overlay of a module, which is empty if the file is missing.
    pub(crate) fn of(&self, module: &str) -> Overlay {
        self.modules.get(module).cloned().unwrap_or_default()
    }

    /// Returns the sensitive actions of all services.
    pub(crate) fn sensitive(&self) -> Sensitive {
        Sensitive::of(self.modules.values().chain([&self.others]))
    }

    /// Returns the sensitive actions of services without a module.
    pub(crate) fn of_others(&self) -> Sensitive {
        Sensitive::of([&self.others])
    }

    /// Checks that every entry matches something in the snapshots.
    pub(crate) fn validate(&self, snapshots: &BTreeMap<String, Snapshot>) -> anyhow::Result<()> {
        let services = || snapshots.values().map(|it| &it.service);
        for (name, overlay) in &self.modules {
            if let Some(snapshot) = snapshots.get(name) {
                overlay
                    .validate(Some(&snapshot.service), services())
                    .map_err(|error| error.of(&place(name).display().to_string()))?;
            }
        }
        let others = self.others.validate(None, services());
        Ok(others.map_err(|error| error.of(OTHERS))?)
    }
}

/// Returns the path of a module's overlay.
fn place(module: &str) -> PathBuf {
    Path::new(FOLDER).join(module).join(FILE)
}

/// Returns whether a path is that of a module's overlay, which `regen` does not remove.
pub(crate) fn is_one(path: &Path, modules: &Modules) -> bool {
    modules.keys().any(|name| path == place(name))
}

fn read(
    root: &Path,
    path: &Path,
    parse: impl Fn(&str) -> codegen::Result<Overlay>,
) -> anyhow::Result<Overlay> {
    let name = path.display().to_string();
    match fs::read_to_string(root.join(path)) {
        Ok(text) => Ok(parse(&text).map_err(|error| error.of(&name))?),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Overlay::default()),
        Err(error) => Err(error).with_context(|| format!("{name}: cannot be read")),
    }
}
