//! Removal of half of the names from real pages.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::markup::{Input, Rendition};
use codegen::removed::Removed;
use iam_policy::wire;

use crate::real::shared;

use super::{named, part, seen, support, update};

#[test]
fn half_of_each_page_is_kept_and_emitted() {
    let Some(shared) = shared("") else { return };
    let folders = ["classic/en_us", "current/en_us"].map(|folder| shared.join(folder));
    let pages: Vec<_> = folders.iter().flat_map(|folder| html(folder)).collect();
    assert!(!pages.is_empty());
    let mut kept = 0;
    for path in &pages {
        let text = fs::read_to_string(path).expect("a readable page");
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let input = Input {
            name: &path.display().to_string(),
            page: stem.unwrap_or_default().trim_start_matches("list_"),
            rendition: Rendition::Html,
            locale: Default::default(),
            text: &text,
        };
        let Ok(page) = codegen::page::read(&input, None) else {
            continue;
        };
        let whole = wire::normal_form(&page.facts);
        let Ok(before) = support::assign(&whole) else {
            continue;
        };
        let name = path.display();
        let half = part(&whole, &[true, false]);
        let lost = update(
            &Removed::default(),
            &whole,
            &half,
            &seen("2026-11-22", "0.1.0"),
        );
        let files = support::emit_keeping(&half, &lost.removed, page.source.layout);
        let files = files.unwrap_or_else(|error| panic!("{error}"));
        let text = |ending: &str| {
            let mut files = files.iter();
            let file = files
                .find(|file| file.path.ends_with(ending))
                .expect(ending);
            file.text.as_str()
        };
        // removed names keep their identifiers
        for action in before.actions.values() {
            assert!(
                text("/actions.rs").contains(&format!("    {action} {{")),
                "{name} {action}"
            );
        }
        for (resource_type, builder) in &before.resource_types {
            if whole.resource_types.contains_key(resource_type) {
                assert!(
                    text("/resource_types.rs").contains(&format!("    {builder} {{")),
                    "{name} {builder}"
                );
            }
        }
        for key in before.condition_keys.values() {
            let (constant, function) =
                (format!("const {}:", key.item), format!("fn {}(", key.item));
            let keys = text("/condition_keys.rs");
            assert!(
                keys.contains(&constant) || keys.contains(&function),
                "{name} {key:?}"
            );
        }
        for operation in before.operations.values() {
            assert!(
                text("/operations.rs").contains(&format!("    {operation} {{")),
                "{name} {operation}"
            );
        }
        let back = update(&lost.removed, &half, &whole, &seen("2026-12-24", "0.1.0"));
        assert!(back.removed.is_empty(), "{name}");
        assert!(named(&half).len() <= named(&whole).len());
        kept += lost.removed.len();
    }
    assert!(kept > pages.len(), "{kept} names of {} pages", pages.len());
}

fn html(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|it| it == "html"))
        .collect();
    files.sort();
    files
}
