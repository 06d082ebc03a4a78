//! Comparison of facts from real pages with their answers: facts that were obtained independently.
//!
//! The pages are not part of the project; if they are missing, these tests report that they were
//! skipped.

#[path = "support/real.rs"]
mod real;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::markup::{Input, Rendition, name_of_file};
use codegen::page::Page;
use codegen::refresh;
use iam_policy::wire::{self, Facts, Locale};
use real::shared;
use serde_json::Value;

fn page_of(path: &Path, english: Option<&Page>) -> codegen::Result<Page> {
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
    codegen::page::read(&input, english)
}

fn facts_of(path: &Path) -> codegen::Result<Facts> {
    Ok(page_of(path, None)?.facts)
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

/// Checks the facts and the normal form of all pages in a folder; returns the number of pages.
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
        let service = serde_json::to_value(wire::normal_form(&read)).unwrap();
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
fn classic_pages_match_their_answers() {
    let Some(folder) = shared("") else { return };
    let compared = agree(
        &folder.join("classic/en_us"),
        &folder.join("expected/classic"),
        &folder.join("expected/snapshots/classic"),
    );
    assert_eq!(compared, files(&folder.join("expected/classic")).len());
}

#[test]
fn current_pages_match_their_answers_in_both_renditions() {
    let Some(folder) = shared("") else { return };
    let compared = agree(
        &folder.join("current/en_us"),
        &folder.join("expected/current"),
        &folder.join("expected/snapshots/current"),
    );
    assert_eq!(compared, 2 * files(&folder.join("expected/current")).len());
}

#[test]
fn committed_snapshots_equal_the_answers_of_their_newest_pages() {
    let Some(expected) = shared("expected") else {
        return;
    };
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("../snapshots");
    let modules = fs::read_to_string(snapshots.join("modules.toml")).expect("the modules");
    for section in modules.split("\n[").skip(1) {
        let (module, section) = section.split_once(']').expect("a module");
        let (_, pages) = section.split_once("pages = ").expect("pages");
        let (pages, _) = pages.split_once('\n').expect("a line");
        let pages: Vec<String> = serde_json::from_str(pages).expect("names");
        let layouts = ["current", "classic"].map(|layout| pages.iter().map(move |it| (layout, it)));
        let mut answers = layouts.into_iter().flatten();
        let newest = answers.find(|(layout, page)| {
            let file = format!("{layout}/{page}.json");
            expected.join(file).exists()
        });
        let (layout, page) = newest.expect("an answer");
        let read = |file: &str| answer(&snapshots.join(module).join(file));
        let (service, source) = (read("service.json"), read("source.json"));
        let found = (&source["layout"], &source["page"]);
        assert_eq!(found, (&layout.into(), &page.as_str().into()), "{module}");
        let file = format!("{layout}/{page}.json");
        let normal_form = answer(&expected.join("snapshots").join(&file));
        assert_eq!(service, normal_form, "{module}");
        let facts = serde_json::from_value(answer(&expected.join(file))).expect("facts");
        let facts = serde_json::to_value(wire::normal_form(&facts)).unwrap();
        assert_eq!(service, facts, "{module}");
    }
}

#[test]
fn all_texts_of_the_answers_consist_of_the_characters_of_their_kinds() {
    let Some(folder) = shared("") else { return };
    let mut checked = 0;
    let mut folders = vec![folder.join("expected")];
    while let Some(folder) = folders.pop() {
        for path in files(&folder) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).expect("an answer");
            let service = serde_json::from_str::<Facts>(&text).map(|it| wire::normal_form(&it));
            let service = service
                .or_else(|_| serde_json::from_str(&text))
                .expect("facts");
            if let Err(error) = service.check_texts() {
                panic!("{}: {error}", path.display());
            }
            checked += 1;
        }
    }
    assert!(checked > 300, "{checked}");
}

#[test]
fn pages_of_several_dates_match_their_answers() {
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
        let service = serde_json::to_value(wire::normal_form(&read)).unwrap();
        assert_eq!(
            service,
            answer(&folder.join("expected/snapshots/history").join(&name)),
            "{name}"
        );
    }
}

#[test]
fn the_error_of_a_redirect_names_its_target() {
    let Some(page) = shared("classic/en_us/list_awsiot1-click.html") else {
        return;
    };
    let error = facts_of(&page).expect_err("not a page").to_string();
    assert!(
        error.contains("list_awsiot1-click.html") && error.contains("301 Moved Permanently"),
        "{error}"
    );
}

#[test]
fn the_seeds_match_their_answers() {
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
        let service = serde_json::to_value(wire::normal_form(&read)).unwrap();
        assert_eq!(
            service,
            answer(&folder.join("expected/snapshots/seeds").join(&name)),
            "{name}"
        );
    }
}

/// Returns the names in one table of an answer.
fn names(answer: &Value, table: &str) -> BTreeSet<String> {
    answer[table]
        .as_object()
        .expect("a table")
        .keys()
        .cloned()
        .collect()
}

#[test]
fn the_drift_of_the_older_spanish_seed_is_reported() {
    let Some(folder) = shared("") else { return };
    let read = |path: &str, english: Option<&Page>| {
        page_of(&folder.join(path), english).expect("a readable page")
    };
    let english = read("current/en_us/list_bedrock.html", None);
    let spanish = read("seeds/list_amazonbedrock.es_es.txt", Some(&english));
    let drift = refresh::drift(
        &wire::normal_form(&english.facts),
        &wire::normal_form(&spanish.facts),
    );

    // the expected drift, from the answers
    let newer = answer(&folder.join("expected/snapshots/current/bedrock.json"));
    let older = answer(&folder.join("expected/snapshots/seeds/list_amazonbedrock.es_es.json"));
    for table in ["actions", "resource_types", "condition_keys"] {
        let (newer, older) = (names(&newer, table), names(&older, table));
        let missing: BTreeSet<_> = newer.difference(&older).cloned().collect();
        let extra: BTreeSet<_> = older.difference(&newer).cloned().collect();
        assert_eq!(
            drift.missing.0.get(table).cloned().unwrap_or_default(),
            missing,
            "{table}"
        );
        assert_eq!(
            drift.extra.0.get(table).cloned().unwrap_or_default(),
            extra,
            "{table}"
        );
    }
    assert_eq!(
        drift.missing.0["tables"],
        BTreeSet::from(["operations".to_owned()])
    );
    let both = names(&newer, "actions")
        .into_iter()
        .filter(|name| older["actions"].get(name).is_some());
    let changed: BTreeSet<String> = both
        .filter(|name| {
            let without = |action: &Value| {
                let mut action = action.clone();
                let fields = action.as_object_mut().expect("an action");
                fields.retain(|field, _| field != "api" && field != "dependent_actions");
                action
            };
            without(&newer["actions"][name]) != without(&older["actions"][name])
        })
        .collect();
    let reported: BTreeSet<String> = drift.changed["actions"].keys().cloned().collect();
    assert_eq!(reported, changed);
    assert!(
        drift.to_string().starts_with("differs from English: "),
        "{drift}"
    );
}

#[test]
fn rebuilt_localized_pages_give_the_english_facts() {
    let Some(folder) = shared("") else { return };
    let mut compared = 0;
    for (layout, locales) in [
        ("classic", ["de_de", "es_es", "ja_jp"].as_slice()),
        ("current", &["es_es", "ja_jp"]),
    ] {
        for locale in locales {
            for path in files(&folder.join(layout).join(locale)) {
                let name = path.file_name().expect("a name");
                let english =
                    page_of(&folder.join(layout).join("en_us").join(name), None).expect("a page");
                for reference in [Some(&english), None] {
                    let read = page_of(&path, reference).expect("a readable page");
                    assert_eq!(read.facts.locale.as_str(), *locale);
                    let facts = Facts {
                        locale: english.facts.locale,
                        service: english.facts.service.clone(),
                        ..read.facts
                    };
                    assert_eq!(facts, english.facts, "{}", path.display());
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 10);
}

#[test]
fn english_pages_that_state_another_language_are_refused() {
    let Some(folder) = shared("") else { return };
    let mut folders = vec![folder.join("current/en_us")];
    folders.extend(
        files(&folder.join("classic-history"))
            .iter()
            .map(|it| it.join("en_us")),
    );
    let pages: Vec<_> = folders.iter().flat_map(|folder| files(folder)).collect();
    for path in &pages {
        let text = fs::read_to_string(path).expect("a readable page");
        let english = page_of(path, None).expect("a page");
        let input = Input {
            name: "page",
            page: &english.facts.page,
            rendition: english.source.rendition,
            locale: Locale::JaJp,
            text: &text.replace("content=\"en_us\"", "content=\"ja_jp\""),
        };
        for reference in [Some(&english), None] {
            let error = codegen::page::read(&input, reference)
                .expect_err("an error")
                .to_string();
            assert_eq!(
                error,
                "page: found text in `en_us`, expected text in `ja_jp`, the locale of the page"
            );
        }
    }
    assert!(pages.len() > 20, "{}", pages.len());
}

#[test]
fn the_seeds_have_the_facts_of_the_html_pages_of_their_dates() {
    let Some(folder) = shared("") else { return };
    for (seed, date) in [("en_us", "2023-08-01"), ("es_es", "2024-05-29")] {
        let seed =
            facts_of(&folder.join(format!("seeds/list_amazonbedrock.{seed}.txt"))).expect("a seed");
        let page = folder.join(format!(
            "classic-history/{date}/en_us/list_amazonbedrock.html"
        ));
        let page = facts_of(&page).expect("a page");
        let bare = |facts: &Facts| {
            let mut service = wire::normal_form(facts);
            service
                .actions
                .values_mut()
                .for_each(|action| action.api = None);
            service.service.clear();
            service
        };
        assert_eq!(bare(&seed), bare(&page), "{date}");
    }
}
