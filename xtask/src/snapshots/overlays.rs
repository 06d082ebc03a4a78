//! What is known of the modules beyond the reference: files that people write.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use codegen::overlay::Overlay;
use codegen::overlay::Sensitive;

use crate::snapshots::modules::Modules;
use crate::snapshots::{FOLDER, Snapshot};

/// The file of a module; there is none where nothing is known.
const FILE: &str = "overlay.json";

/// The sensitive actions of services without a module.
const OTHERS: &str = "snapshots/global/sensitive_actions.json";

/// What is known beyond the reference.
#[derive(Debug)]
pub(crate) struct Overlays {
    modules: BTreeMap<String, Overlay>,
    /// Of services without a module: their sensitive actions.
    others: Overlay,
}

impl Overlays {
    /// Reads the files of a project.
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
        })
    }

    /// What is known of a module.
    pub(crate) fn of(&self, module: &str) -> Overlay {
        self.modules.get(module).cloned().unwrap_or_default()
    }

    /// The sensitive actions of all services.
    pub(crate) fn sensitive(&self) -> Sensitive {
        Sensitive::of(self.modules.values().chain([&self.others]))
    }

    /// The sensitive actions of services without a module.
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

/// The place of a module's overlay.
fn place(module: &str) -> PathBuf {
    Path::new(FOLDER).join(module).join(FILE)
}

/// Whether a path is that of a module's overlay, which `regen` leaves alone.
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
