//! The files to check: those that are named, and policies below folders.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// A file to check.
pub(crate) struct File {
    pub(crate) path: PathBuf,
    /// Whether it was found in a folder, where files that are not policies are ignored.
    pub(crate) is_found: bool,
}

/// Returns the named files, and in place of folders the `.json` files below them, sorted by path.
///
/// # Errors
/// Returns a message if a folder cannot be read or has no such file.
pub(crate) fn all(paths: &[PathBuf]) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(below(path)?);
        } else {
            let (path, is_found) = (path.clone(), false);
            files.push(File { path, is_found });
        }
    }
    Ok(files)
}

fn below(folder: &Path) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| format!("{}: {error}", folder.display()))?;
        let is_json = entry.path().extension().is_some_and(|it| it == "json");
        if is_json && entry.file_type().is_file() {
            files.push(File {
                path: entry.into_path(),
                is_found: true,
            });
        }
    }
    match files.is_empty() {
        true => Err(format!(
            "{}: found no file that ends in `.json`; expected policies",
            folder.display()
        )),
        false => Ok(files),
    }
}
