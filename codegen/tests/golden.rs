//! Whole pages and all that is made of them, as files to review.
//!
//! To add one: put `list_<page>.html`, `.md` or `.txt` into a folder below `golden/` and run the test with
//! `UPDATE_EXPECT=1`. It writes `<page>.facts.json`, `<page>.service.json` and `<page>.rs`; all
//! renditions of a page in one folder share them, so they must agree. What the page has no longer may
//! stand beside it, in `<page>.removed.json`.

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

/// Compares what a page gives with its goldens; returns the paths of all that belongs to it.
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
    // every rendition is to give the same, but for the file's name that is told
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
fn pages_give_their_goldens() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folders = entries(&root).into_iter().filter(|entry| entry.is_dir());
    for folder in folders {
        let mut wanted = BTreeSet::new();
        for path in entries(&folder) {
            if !text(path.file_name()).starts_with("list_") {
                continue;
            }
            let rendition = Rendition::of_extension(text(path.extension()));
            let rendition = rendition.unwrap_or_else(|| panic!("no page: {}", path.display()));
            wanted.extend(compare(&path, rendition));
            wanted.insert(path);
        }
        let there: BTreeSet<_> = entries(&folder).into_iter().collect();
        assert_eq!(there, wanted, "a golden without its page");
    }
}
