//! Files that are generated: comparing them with what is there, and writing only what differs.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

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
/// `folders` are searched for files that should not be there; `keep` says which of them may. A symbolic
/// link among the others is an error.
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
            if entry.path_is_symlink() && entry.depth() > 0 && !keep(path) {
                bail!(
                    "{}: found a symbolic link, expected a file or folder: what it leads to could be lost",
                    path.display()
                );
            }
            if !entry.file_type().is_dir() && !wanted.contains_key(path) && !keep(path) {
                changes.insert(path.to_owned(), Change::LeftOver);
            }
        }
    }
    Ok(changes)
}

/// Makes the changes: all of them, or none where one fails; folders left empty go too.
///
/// Each file is written whole beside the others first, then moved to its place: an interrupt leaves
/// every file as it was or as it will be.
pub(crate) fn apply(
    root: &Path,
    wanted: &Files,
    changes: &BTreeMap<PathBuf, Change>,
) -> anyhow::Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let staged = Staged::new(root, wanted, changes)?;
    for (done, step) in staged.steps.iter().enumerate() {
        if let Err(error) = step.make() {
            let undone = staged.steps[..done].iter().rev().map(Step::undo);
            let all = undone.fold(true, |all, step| all & step.is_ok());
            for step in &staged.steps[..=done] {
                remove_empty_parents(root, &step.place);
            }
            let what = if step.new.is_some() {
                "written"
            } else {
                "removed"
            };
            let rest = if all {
                ""
            } else {
                "; the files before it cannot be put back"
            };
            return Err(error)
                .with_context(|| format!("{}: cannot be {what}{rest}", step.place.display()));
        }
    }
    for step in staged.steps.iter().filter(|step| step.new.is_none()) {
        remove_empty_parents(root, &step.place);
    }
    Ok(())
}

/// Removes what interrupted runs left behind; for the one run that may write.
pub(crate) fn sweep(root: &Path) {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    for entry in entries {
        if entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(STAGING.as_bytes())
        {
            // if it stays, it is in nobody's way
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// What folders begin with that hold files on their way.
const STAGING: &str = ".writing-";

/// New files, written but not in their places, and old ones, kept until all are.
struct Staged {
    steps: Vec<Step>,
    /// Holds them; removed with what is left in it.
    _folder: tempfile::TempDir,
}

/// One file to replace, add or remove.
struct Step {
    place: PathBuf,
    new: Option<PathBuf>,
    old: Option<PathBuf>,
}

impl Staged {
    fn new(
        root: &Path,
        wanted: &Files,
        changes: &BTreeMap<PathBuf, Change>,
    ) -> anyhow::Result<Self> {
        let folder = fs::create_dir_all(root)
            .and_then(|()| tempfile::Builder::new().prefix(STAGING).tempdir_in(root))
            .with_context(|| format!("{}: no folder can be made in it", root.display()))?;
        let mut steps = Vec::new();
        for (index, (path, change)) in changes.iter().enumerate() {
            let place = root.join(path);
            let context = || format!("{}: cannot be prepared", place.display());
            let new = match wanted.get(path).filter(|_| *change != Change::LeftOver) {
                Some(text) => {
                    let new = folder.path().join(format!("{index}.new"));
                    write(&new, text).with_context(context)?;
                    Some(new)
                }
                None => None,
            };
            let old = match change {
                Change::Missing => None,
                Change::Changed | Change::LeftOver => {
                    let old = folder.path().join(format!("{index}.old"));
                    fs::hard_link(&place, &old)
                        .or_else(|_| fs::copy(&place, &old).map(drop))
                        .with_context(context)?;
                    Some(old)
                }
            };
            steps.push(Step { place, new, old });
        }
        Ok(Self {
            steps,
            _folder: folder,
        })
    }
}

impl Step {
    fn make(&self) -> std::io::Result<()> {
        match &self.new {
            Some(new) => {
                fs::create_dir_all(self.place.parent().unwrap_or(Path::new(".")))?;
                fs::rename(new, &self.place)
            }
            None => fs::remove_file(&self.place),
        }
    }

    fn undo(&self) -> std::io::Result<()> {
        match &self.old {
            Some(old) => fs::rename(old, &self.place),
            None => fs::remove_file(&self.place),
        }
    }
}

/// Writes a file as a whole: beside its place, then moved there. An interrupt leaves the file as it was
/// or as it will be. Every file that the commands write is written by this.
pub(crate) fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(STAGING);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            write(&folder.path().join(path), text).unwrap();
        }
        folder
    }

    fn everything(root: &Path) -> Vec<(PathBuf, Option<String>)> {
        let entries = walkdir::WalkDir::new(root).sort_by_file_name();
        entries
            .into_iter()
            .map(|entry| entry.unwrap().into_path())
            .map(|path| (path.clone(), fs::read_to_string(path).ok()))
            .collect()
    }

    #[test]
    fn changes_are_made_and_nothing_else_is_left() {
        let project = project(&[("a/one", "1"), ("a/two", "2"), ("b/three", "3")]);
        let root = project.path();
        let wanted = Files::from([("a/one".into(), "I".into()), ("c/four".into(), "IV".into())]);
        let folders = ["a", "b", "c"].map(PathBuf::from);
        let changes = compare(root, &wanted, &folders, |path| path == Path::new("a/two")).unwrap();
        apply(root, &wanted, &changes).unwrap();
        let texts: Vec<_> = everything(root)
            .into_iter()
            .filter_map(|(path, text)| Some((path.strip_prefix(root).unwrap().to_owned(), text?)))
            .collect();
        let expected = [("a/one", "I"), ("a/two", "2"), ("c/four", "IV")];
        assert_eq!(
            texts,
            expected.map(|(path, text)| (path.into(), text.to_owned()))
        );
        assert!(!root.join("b").exists());
    }

    #[test]
    fn where_one_change_fails_none_is_made() {
        // the last of the files has a folder in its place
        let project = project(&[("a", "1"), ("b", "2"), ("z/inner", "3")]);
        let root = project.path();
        let before = everything(root);
        let wanted = ["a", "c/d", "z"].map(|path| (PathBuf::from(path), "new".to_owned()));
        let changes = BTreeMap::from([
            ("a".into(), Change::Changed),
            ("b".into(), Change::LeftOver),
            ("c/d".into(), Change::Missing),
            ("z".into(), Change::Missing),
        ]);
        let error = apply(root, &wanted.into(), &changes).unwrap_err();
        assert!(
            error.to_string().ends_with("z: cannot be written"),
            "{error}"
        );
        assert_eq!(everything(root), before);
    }
}
