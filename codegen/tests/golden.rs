//! Golden files of whole pages: their facts, snapshots and generated code.
//!
//! To add a page, put `list_<page>.html`, `.md` or `.txt` into a folder below `golden/` and run the test
//! with `UPDATE_EXPECT=1`. It writes `<page>.facts.json`, `<page>.service.json` and `<page>.rs`. All
//! renditions of a page in a folder share them, so they must agree. Removed names can be added in
//! `<page>.removed.json`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::emit::{self, Options};
use codegen::markup::{Input, Rendition, name_of_file};
use codegen::page::Source;
use codegen::removed::Removed;
use expect_test::expect_file;
use iam_policy::wire::{self, to_json};

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    entries
}

fn text(part: Option<&OsStr>) -> &str {
    part.and_then(|part| part.to_str()).unwrap_or_default()
}

/// Compares the output for a page with its golden files; returns the paths of all its files.
fn compare(path: &Path, rendition: Rendition) -> Vec<PathBuf> {
    let file = text(path.file_name());
    let content = fs::read_to_string(path).expect("a page");
    let (page, locale) = name_of_file(text(path.file_stem()));
    let input = Input {
        name: file,
        page,
        rendition,
        locale: locale.unwrap_or_default(),
        text: &content,
    };
    let read = codegen::page::read(&input, None).unwrap_or_else(|error| panic!("{error}"));
    let facts = read.facts;
    let service = wire::normal_form(&facts);
    // all renditions have the same golden files, which contain the name of the HTML file
    let source = Source {
        rendition: Rendition::Html,
        ..read.source
    };
    let golden = |ending: &str| path.with_file_name(format!("{page}.{ending}"));
    let kept = golden("removed.json");
    let removed = match fs::read_to_string(&kept) {
        Ok(text) => serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}")),
        Err(_) => Removed::default(),
    };
    let options = Options {
        removed: Some(&removed),
        ..Options::of(page)
    };
    let files = emit::module(&service, &source, &options);
    let files = files.unwrap_or_else(|error| panic!("{error}"));
    let rust: Vec<_> = files
        .iter()
        .map(|file| format!("// ---- {}\n\n{}", file.path, file.text))
        .collect();
    let goldens = ["facts.json", "service.json", "rs"].map(golden);
    for (golden, actual) in
        goldens
            .iter()
            .zip([to_json(&facts), to_json(&service), rust.join("\n")])
    {
        expect_file![golden].assert_eq(&actual);
    }
    let mut all = goldens.to_vec();
    if !removed.is_empty() {
        all.push(kept);
    }
    all
}

#[test]
fn pages_match_their_golden_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folders = entries(&root).into_iter().filter(|entry| entry.is_dir());
    for folder in folders {
        let mut wanted = BTreeSet::new();
        for path in entries(&folder) {
            if !text(path.file_name()).starts_with("list_") {
                continue;
            }
            let rendition = Rendition::of_extension(text(path.extension()));
            let rendition = rendition.unwrap_or_else(|| panic!("not a page: {}", path.display()));
            wanted.extend(compare(&path, rendition));
            wanted.insert(path);
        }
        let there: BTreeSet<_> = entries(&folder).into_iter().collect();
        assert_eq!(there, wanted, "golden files without a page");
    }
}
