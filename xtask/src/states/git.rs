//! Sides from a git revision.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use anyhow::bail;

use super::{Side, version};
use crate::snapshots::{self, GLOBAL_KEYS, NAMES, SERVICE};

/// Reads the snapshots of a revision of the project in `root`.
pub(super) fn read(revision: &str, root: &Path) -> anyhow::Result<Side> {
    let commit = commit(revision, root)?;
    let paths = git(
        root,
        [
            "ls-tree",
            "-r",
            "-z",
            "--name-only",
            &commit,
            "--",
            "snapshots/",
        ],
    )?;
    let paths = paths.unwrap_or_default();
    let mut side = Side::default();
    let blob = |path: &str| {
        let object = format!("{commit}:./{}/{path}", snapshots::FOLDER);
        git(root, ["cat-file", "blob", &object])
    };
    for path in paths.split('\0') {
        let parts: Vec<_> = path.split('/').collect();
        let [snapshots::FOLDER, module, SERVICE] = parts.as_slice() else {
            continue;
        };
        let of_module = |file: &str| blob(&format!("{module}/{file}"));
        let place = format!("{revision}:{}/{module}", snapshots::FOLDER);
        let Some(service) = of_module(SERVICE)? else {
            bail!("{place}/{SERVICE}: cannot be read");
        };
        side.add_snapshot(module, &place, &service, of_module(NAMES)?.as_deref())?;
    }
    if side.services.is_empty() {
        bail!(
            "revision `{revision}`: found no snapshots, expected `{}/<module>/{SERVICE}`",
            snapshots::FOLDER
        );
    }
    if let Some(keys) = blob(GLOBAL_KEYS)? {
        let place = format!("{revision}:{}/{GLOBAL_KEYS}", snapshots::FOLDER);
        side.add_global_keys(&place, &keys)?;
    }
    let manifest = git(
        root,
        ["cat-file", "blob", &format!("{commit}:./Cargo.toml")],
    )?;
    side.version = manifest.and_then(|text| version(&text));
    Ok(side)
}

/// Resolves a revision to a commit.
fn commit(revision: &str, root: &Path) -> anyhow::Result<String> {
    if git(root, ["rev-parse", "--git-dir"])?.is_none() {
        return Err(codegen::Error::new(
            format!("`{revision}`, which is not a folder"),
            "a folder, or a revision of the project's git repository",
        )
        .of(&root.display().to_string())
        .hint("the project is not in a git repository: compare two folders")
        .into());
    }
    // a revision that begins with `-` is not an option
    let named = format!("{revision}^{{commit}}");
    let commit = git(
        root,
        [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &named,
        ],
    )?;
    match commit {
        Some(commit) => Ok(commit.trim().to_owned()),
        None => Err(codegen::Error::new(
            format!("`{revision}`"),
            "a folder or a git revision",
        )
        .hint("name a folder of snapshots or saved pages, or a revision that `git rev-parse` accepts")
        .into()),
    }
}

/// Returns the output of git, or `None` if it fails.
fn git<const N: usize>(root: &Path, arguments: [&str; N]) -> anyhow::Result<Option<String>> {
    let arguments = arguments.map(OsStr::new);
    let output = Command::new("git")
        .args(arguments)
        .current_dir(root)
        .output();
    let output = output.map_err(|error| {
        codegen::Error::new(
            format!("no working `git` ({error})"),
            "git, to read a revision",
        )
        .hint("compare folders instead of revisions")
    })?;
    if !output.status.success() {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&output.stdout).into_owned()))
}
