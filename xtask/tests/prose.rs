//! Committed files contain no sentences of the reference, which is AWS's copyrighted text.

#[path = "../../codegen/tests/support/real.rs"]
mod real;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::markup::{self, Input, Rendition};
use codegen::page::descriptions;
use codegen::tables::Tables;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the project")
        .to_owned()
}

/// The files that git tracks or would add; without git, those of folders with written or generated text.
fn committed() -> Vec<(PathBuf, String)> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    let mut paths: Vec<PathBuf> = match listed {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout)
            .lines()
            .map(PathBuf::from)
            .collect(),
        _ => Vec::new(),
    };
    if paths.is_empty() {
        let folders = [
            "snapshots",
            "bedrock-iam/src",
            "codegen/src",
            "codegen/tests",
            "xtask/src",
        ];
        for folder in folders {
            let files = walkdir::WalkDir::new(root().join(folder))
                .into_iter()
                .flatten();
            paths.extend(
                files
                    .filter(|entry| entry.file_type().is_file())
                    .map(|entry| entry.into_path()),
            );
        }
    }
    let read = |path: PathBuf| Some((path.clone(), fs::read_to_string(root().join(path)).ok()?));
    paths.into_iter().filter_map(read).collect()
}

#[test]
fn no_file_contains_the_usual_beginnings_of_descriptions() {
    // in parts, because this file is committed too
    let phrases = [
        ["Grants", "permission", "to"],
        ["Concede", "permiso", "para"],
        ["Filters", "access", "by"],
    ];
    let files = committed();
    assert!(files.len() > 50, "{} files", files.len());
    for (path, text) in files {
        for phrase in phrases.map(|words| words.join(" ")) {
            assert!(!text.contains(&phrase), "{}: `{phrase}`", path.display());
        }
    }
}

#[test]
fn no_file_contains_a_sentence_of_a_real_page() {
    let Some(shared) = real::shared("") else {
        return;
    };
    let mut sentences: BTreeSet<String> = BTreeSet::new();
    for entry in walkdir::WalkDir::new(&shared).into_iter().flatten() {
        if let Some(tables) = tables(entry.path()) {
            let found = descriptions::read(&tables).expect("descriptions");
            sentences.extend(
                found
                    .actions
                    .into_values()
                    .chain(found.condition_keys.into_values()),
            );
        }
    }
    // short sentences could be a coincidence
    sentences.retain(|sentence| sentence.split_whitespace().count() >= 7);
    assert!(sentences.len() > 1000, "{} sentences", sentences.len());
    let folded = |text: &str| {
        text.split_whitespace()
            .filter(|word| *word != "///")
            .collect::<Vec<_>>()
            .join(" ")
    };
    let all: Vec<(PathBuf, String)> = committed()
        .into_iter()
        .map(|(path, text)| (path, folded(&text)))
        .collect();
    // for speed, the whole sentence is searched only if its first words occur
    for (path, text) in &all {
        let windows: BTreeSet<&str> = starts(text);
        for sentence in &sentences {
            let begin = first_words(sentence);
            if windows.contains(begin) {
                assert!(
                    !text.contains(sentence.as_str()),
                    "{}: `{sentence}`",
                    path.display()
                );
            }
        }
    }
}

const WORDS: usize = 4;

fn first_words(sentence: &str) -> &str {
    let end = sentence
        .match_indices(' ')
        .nth(WORDS - 1)
        .map_or(sentence.len(), |(at, _)| at);
    &sentence[..end]
}

/// All sequences of a few words in a text with folded white space.
fn starts(text: &str) -> BTreeSet<&str> {
    let begins: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices(' ').map(|(at, _)| at + 1))
        .collect();
    let mut runs = BTreeSet::new();
    for (index, begin) in begins.iter().enumerate() {
        if let Some(next) = begins.get(index + WORDS) {
            runs.insert(&text[*begin..next - 1]);
        }
    }
    runs
}

fn tables(path: &Path) -> Option<Tables> {
    let rendition = Rendition::of_extension(path.extension()?.to_str()?)?;
    let text = fs::read_to_string(path).ok()?;
    let input = Input {
        name: "page",
        page: "page",
        rendition,
        locale: iam_policy::wire::Locale::EnUs,
        text: &text,
    };
    markup::read(&input).ok()
}
