//! Comparing generated files with those on disk, and writing only the changed ones.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// Generated files: their paths, relative to the project's folder, and their contents.
pub(crate) type Files = BTreeMap<PathBuf, String>;

/// A difference between a file on disk and the generated files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The file does not exist.
    Missing,
    /// The file has another content.
    Changed,
    /// The file exists and is not generated.
    LeftOver,
}

impl Change {
    /// Returns the word for the change in the output of `--check`.
    pub(crate) const fn found(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Changed => "changed",
            Self::LeftOver => "left over",
        }
    }

    /// Returns the word for the change after it is made.
    pub(crate) const fn done(self) -> &'static str {
        match self {
            Self::Missing => "added",
            Self::Changed => "updated",
            Self::LeftOver => "removed",
        }
    }
}

/// Compares generated files with those on disk, whether tracked by git or not.
///
/// `folders` are searched for left-over files; `keep` returns whether a file that is not generated
/// belongs there.
///
/// # Errors
/// Returns an error if a file cannot be read, or if there is a symbolic link that is not to be kept.
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
            // the folder itself may be a link
            if entry.depth() == 0 {
                continue;
            }
            let path = entry.path().strip_prefix(root).unwrap_or(entry.path());
            if entry.path_is_symlink() && !keep(path) {
                bail!(
                    "{}: found a symbolic link, expected a file or folder: the link's target could be lost",
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

/// Makes all changes, or none if one of them fails, then removes empty folders.
///
/// All files are first written to a temporary folder, then moved to their places. After an interrupt,
/// every file has either its old or its new content.
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
            let action = if step.new.is_some() {
                "written"
            } else {
                "removed"
            };
            let rest = if all {
                ""
            } else {
                "; the files written before it cannot be restored"
            };
            return Err(error)
                .with_context(|| format!("{}: cannot be {action}{rest}", step.place.display()));
        }
    }
    for step in staged.steps.iter().filter(|step| step.new.is_none()) {
        remove_empty_parents(root, &step.place);
    }
    Ok(())
}

/// Removes the temporary folders of interrupted runs. The caller must hold the project's lock.
pub(crate) fn sweep(root: &Path) {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    for entry in entries {
        if entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(STAGING.as_bytes())
        {
            // a folder that cannot be removed does no harm
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The beginning of the names of temporary files and folders.
const STAGING: &str = ".writing-";

/// New files before they are moved to their places, and copies of old ones until all are moved.
struct Staged {
    steps: Vec<Step>,
    /// The temporary folder with these files; removed when dropped.
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
            .with_context(|| format!("{}: cannot create a folder in it", root.display()))?;
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
                move_file(new, &self.place)
            }
            None => fs::remove_file(&self.place),
        }
    }

    fn undo(&self) -> std::io::Result<()> {
        match &self.old {
            Some(old) => move_file(old, &self.place),
            None => fs::remove_file(&self.place),
        }
    }
}

/// Moves a file atomically. A file cannot be moved to another file system (a folder may be a link to
/// one), so there it is written again.
fn move_file(from: &Path, to: &Path) -> std::io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == std::io::ErrorKind::CrossesDevices => {
            write(to, &fs::read(from)?)
        }
        result => result,
    }
}

/// Writes a file atomically, as a temporary file that is then moved to its place. All commands write
/// their files with this function.
pub(crate) fn write(path: &Path, text: impl AsRef<[u8]>) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(STAGING);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // by default, only the owner can read a temporary file; the process's umask still applies
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_ref())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

fn remove_empty_parents(root: &Path, path: &Path) {
    let mut parent = path.parent();
    while let Some(folder) = parent.filter(|folder| *folder != root) {
        // fails if the folder is not empty
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
    fn changes_are_applied_and_left_over_files_removed() {
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
    fn a_failed_change_undoes_the_others() {
        // the last file cannot be written, because a folder has its path
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

    #[cfg(target_os = "linux")]
    #[test]
    fn a_failed_change_on_another_file_system_is_undone() {
        use std::os::unix::fs::MetadataExt as _;

        let project = project(&[("a", "1"), ("z/inner", "3")]);
        let root = project.path();
        let device = |path: &Path| fs::metadata(path).map(|it| it.dev()).ok();
        let memory = Path::new("/dev/shm");
        let other = device(memory).is_some_and(|it| Some(it) != device(root));
        let Some(elsewhere) = tempfile::tempdir_in(memory).ok().filter(|_| other) else {
            // not `eprintln!`, because the test harness captures the output of passing tests
            let _ = writeln!(
                std::io::stderr(),
                "skipped: /dev/shm is not another file system"
            );
            return;
        };
        std::os::unix::fs::symlink(elsewhere.path(), root.join("m")).unwrap();
        write(&root.join("m/old"), "2").unwrap();
        let wanted = ["a", "m/old", "m/new", "z"].map(|path| (path.into(), "new".to_owned()));
        let changes = BTreeMap::from([
            ("a".into(), Change::Changed),
            ("m/new".into(), Change::Missing),
            ("m/old".into(), Change::Changed),
            ("z".into(), Change::Missing),
        ]);
        let error = apply(root, &wanted.clone().into(), &changes).unwrap_err();
        assert!(
            error.to_string().ends_with("z: cannot be written"),
            "{error}"
        );
        let texts = |folder: &Path| everything(folder).into_iter().filter_map(|(_, text)| text);
        assert!(texts(elsewhere.path()).eq(["2"]));
        assert_eq!(fs::read_to_string(root.join("a")).unwrap(), "1");
        // without the failure, all files are written
        let changes = changes
            .into_iter()
            .filter(|(path, _)| path != Path::new("z"));
        apply(root, &wanted.into(), &changes.collect()).unwrap();
        assert!(texts(elsewhere.path()).eq(["new", "new"]));
    }
}
