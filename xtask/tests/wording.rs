//! Idioms that cost readers a second reading, and names that were replaced, stay out of all tracked
//! files. `tests/wording.txt` lists them.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The patterns, each with what to write instead.
fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("wording.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with("# "))
        .map(|line| {
            line.split_once("  ")
                .expect("a pattern, then its replacement")
        })
}

/// The lines of files with listed wording; `None` if git cannot search the folder.
fn found(folder: &Path, arguments: &[&str]) -> Option<Vec<String>> {
    let mut found = Vec::new();
    for (pattern, instead) in rules() {
        let mut git = Command::new("git");
        git.arg("-C")
            .arg(folder)
            .args(["grep", "-nIE", "--no-color"]);
        let output = git.args(arguments).args(["-e", pattern, "--"]);
        // the list itself, licences and `Cargo.lock` are exempt
        let exempt = ["*/tests/wording.*", "*LICENSE-*", "*Cargo.lock"].map(|it| format!(":!{it}"));
        let output = output.arg(".").args(exempt).output().ok()?;
        // status 1: no matches
        output.status.code().filter(|code| *code < 2)?;
        let lines = String::from_utf8_lossy(&output.stdout);
        let instead = instead.trim();
        found.extend(
            lines
                .lines()
                .map(|line| format!("{line}; write instead: {instead}")),
        );
    }
    Some(found)
}

#[test]
fn tracked_files_have_none_of_the_listed_wording() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match found(&root, &[]) {
        Some(found) => assert!(found.is_empty(), "{}", found.join("\n")),
        None => eprintln!("skipped: the files are not in a git repository"),
    }
}

#[test]
fn the_list_finds_each_idiom() {
    let folder = tempfile::tempdir().unwrap();
    for (line, hits) in [
        ("`x` is no action of bedrock", 1),
        ("`x` is no longer in the reference", 0),
        ("`x` is no list", 1),
        ("six fields parted by `:`", 1),
        ("/// What a check reports.", 1),
        ("/// What is it?", 0),
        ("the facts are held against the file", 1),
        ("fn told(x: Known) {}", 2),
        ("an unknown name, known to all: OneOrMany, Alive", 0),
        ("not a Bedrock action", 0),
    ] {
        fs::write(folder.path().join("text.rs"), line).unwrap();
        let Some(found) = found(folder.path(), &["--no-index"]) else {
            eprintln!("skipped: git cannot search here");
            return;
        };
        assert_eq!(found.len(), hits, "{line}: {found:?}");
    }
}
