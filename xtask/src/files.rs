//! Files that are generated: comparing them with what is there, and writing only what differs.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// What some folders should hold: paths below the project's folder, with their texts.
pub(crate) type Files = BTreeMap<PathBuf, String>;

/// What differs between a file and what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// It is not there.
    Missing,
    /// It holds something else.
    Changed,
    /// It should not be there.
    LeftOver,
}

impl Change {
    /// What a check says of it.
    pub(crate) const fn found(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::LeftOver => "left over",
        }
    }

    /// What is done about it.
    pub(crate) const fn done(self) -> &'static str {
        match self {
            Self::Missing => "added",
            Self::Changed => "updated",
            Self::LeftOver => "removed",
        }
    }
}

/// Holds what should be there against what is, tracked by git or not.
///
/// `folders` are searched for files that should not be there; `keep` says which of them may.
pub(crate) fn compare(
    root: &Path,
    wanted: &Files,
    folders: &[PathBuf],
    keep: impl Fn(&Path) -> bool,
) -> anyhow::Result<BTreeMap<PathBuf, Change>> {
    let mut changes = BTreeMap::new();
    for (path, text) in wanted {
        let full = root.join(path);
        match fs::read(&full) {
            Ok(there) if there == text.as_bytes() => {}
            Ok(_) => {
                changes.insert(path.clone(), Change::Changed);
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                changes.insert(path.clone(), Change::Missing);
            }
            Err(error) => {
                return Err(error).with_context(|| format!("{}: cannot be read", full.display()));
            }
        }
    }
    for folder in folders.iter().filter(|folder| root.join(folder).exists()) {
        for entry in walkdir::WalkDir::new(root.join(folder)) {
            let entry =
                entry.with_context(|| format!("{}: cannot be searched", folder.display()))?;
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            if !entry.file_type().is_dir() && !wanted.contains_key(path) && !keep(path) {
                changes.insert(path.to_owned(), Change::LeftOver);
            }
        }
    }
    Ok(changes)
}

/// Makes the changes, each file whole or not at all; folders left empty go too.
pub(crate) fn apply(
    root: &Path,
    wanted: &Files,
    changes: &BTreeMap<PathBuf, Change>,
) -> anyhow::Result<()> {
    for (path, change) in changes {
        let full = root.join(path);
        match (change, wanted.get(path)) {
            (Change::Missing | Change::Changed, Some(text)) => write(&full, text)?,
            _ => {
                fs::remove_file(&full)
                    .with_context(|| format!("{}: cannot be removed", full.display()))?;
                remove_empty_parents(root, &full);
            }
        }
    }
    Ok(())
}

/// Writes a file beside its place, then moves it there.
pub(crate) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let attempt = || -> std::io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".writing-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // the process's umask still applies; a temporary file would be its owner's alone
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    attempt().with_context(|| format!("{}: cannot be written", path.display()))
}

fn remove_empty_parents(root: &Path, path: &Path) {
    let mut parent = path.parent();
    while let Some(folder) = parent.filter(|folder| *folder != root) {
        // fails on a folder that still holds something, which is the end of it
        if fs::remove_dir(folder).is_err() {
            break;
        }
        parent = folder.parent();
    }
}
