//! Policy documents that somebody has in use.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use codegen::changes::{self, Wildcard};

/// The wildcards in policies: files as they are, folders searched for `*.json`.
pub(super) fn wildcards(paths: &[PathBuf]) -> anyhow::Result<Vec<Wildcard>> {
    let mut files = BTreeSet::new();
    for path in paths {
        let found = files_of(path)?;
        if found.is_empty() {
            bail!(
                "{}: found no policy, expected files that end in `.json`",
                path.display()
            );
        }
        files.extend(found);
    }
    let mut wildcards = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let text = fs::read_to_string(&file).with_context(|| format!("{name}: cannot be read"))?;
        wildcards.extend(changes::wildcards_of(&name, &text)?);
    }
    Ok(wildcards)
}

fn files_of(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        bail!(
            "{}: found nothing, expected a policy document or a folder of them",
            path.display()
        );
    }
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(path).follow_links(true) {
        let entry = entry.with_context(|| format!("{}: cannot be searched", path.display()))?;
        let json = entry.path().extension().is_some_and(|it| it == "json");
        if json && entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}
