//! Holds what is read from real pages against answers that were read independently.
//!
//! The pages are not part of the project: where they are missing, these tests say that they were
//! skipped.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::model::Facts;
use codegen::normal;
use codegen::page::{Input, Rendition, name_of_file};
use serde_json::Value;

fn shared(part: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared")
        .join(part);
    if !folder.exists() {
        eprintln!("skipped: there is no {}", folder.display());
        return None;
    }
    Some(folder)
}

fn facts_of(path: &Path) -> codegen::Result<Facts> {
    let text = fs::read_to_string(path).expect("a readable page");
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .expect("a file name");
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .expect("an ending");
    let (page, locale) = name_of_file(stem);
    let name = path.display().to_string();
    let rendition = Rendition::of_extension(extension).expect("a page");
    let input = Input {
        name: &name,
        page,
        rendition,
        locale: locale.unwrap_or_default(),
        text: &text,
    };
    Ok(codegen::read_page(&input, None)?.facts)
}

fn answer(path: &Path) -> Value {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("JSON")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

/// Every page of a folder, as facts and in normal form; returns how many.
fn agree(pages: &Path, facts: &Path, snapshots: &Path) -> usize {
    let mut compared = 0;
    for page in files(pages) {
        let Ok(read) = facts_of(&page) else {
            continue;
        };
        let name = format!("{}.json", read.page);
        assert_eq!(
            serde_json::to_value(&read).unwrap(),
            answer(&facts.join(&name)),
            "facts of {}",
            page.display()
        );
        let service = serde_json::to_value(normal::service(&read)).unwrap();
        assert_eq!(
            service,
            answer(&snapshots.join(&name)),
            "normal form of {}",
            page.display()
        );
        compared += 1;
    }
    compared
}

#[test]
fn classic_pages() {
    let Some(folder) = shared("") else { return };
    let compared = agree(
        &folder.join("classic/en_us"),
        &folder.join("expected/classic"),
        &folder.join("expected/snapshots/classic"),
    );
    assert_eq!(compared, files(&folder.join("expected/classic")).len());
}

#[test]
fn current_pages_in_both_renditions() {
    let Some(folder) = shared("") else { return };
    let compared = agree(
        &folder.join("current/en_us"),
        &folder.join("expected/current"),
        &folder.join("expected/snapshots/current"),
    );
    assert_eq!(compared, 2 * files(&folder.join("expected/current")).len());
}

#[test]
fn pages_of_several_dates() {
    let Some(folder) = shared("") else { return };
    let dates = files(&folder.join("classic-history"));
    assert!(!dates.is_empty());
    for date in dates {
        let name = format!(
            "{}.json",
            date.file_name()
                .and_then(|name| name.to_str())
                .expect("a date")
        );
        let read = facts_of(&date.join("en_us/list_amazonbedrock.html")).expect("a readable page");
        assert_eq!(
            serde_json::to_value(&read).unwrap(),
            answer(&folder.join("expected/history").join(&name)),
            "{name}"
        );
        let service = serde_json::to_value(normal::service(&read)).unwrap();
        assert_eq!(
            service,
            answer(&folder.join("expected/snapshots/history").join(&name)),
            "{name}"
        );
    }
}

#[test]
fn a_redirect_names_itself() {
    let Some(page) = shared("classic/en_us/list_awsiot1-click.html") else {
        return;
    };
    let error = facts_of(&page).expect_err("no page").to_string();
    assert!(
        error.contains("list_awsiot1-click.html") && error.contains("301 Moved Permanently"),
        "{error}"
    );
}

#[test]
fn the_seeds() {
    let Some(folder) = shared("") else { return };
    for seed in files(&folder.join("seeds")) {
        let read = facts_of(&seed).expect("a readable page");
        let name = format!(
            "{}.json",
            seed.file_stem()
                .and_then(|stem| stem.to_str())
                .expect("a name")
        );
        assert_eq!(
            serde_json::to_value(&read).unwrap(),
            answer(&folder.join("expected/seeds").join(&name)),
            "{name}"
        );
        let service = serde_json::to_value(normal::service(&read)).unwrap();
        assert_eq!(
            service,
            answer(&folder.join("expected/snapshots/seeds").join(&name)),
            "{name}"
        );
    }
}
