//! The table of actions and resource types, compared with the JSON of the snapshots.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use scraper::{ElementRef, Html};
use serde_json::Value;

use crate::support::real::shared;

use crate::page::{all, fixture, json, parse, sample, text, text_of, within};

/// An action and a resource type, which is empty for none.
type Pair = (String, String);

/// The found or expected content of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
struct Cell {
    levels: BTreeSet<String>,
    removed: BTreeSet<String>,
    required: bool,
    mark: Option<&'static str>,
}

/// Returns the pairs of a snapshot, with levels and whether the type is required.
fn pairs(service: &Value) -> BTreeMap<Pair, (BTreeSet<String>, bool)> {
    let mut pairs = BTreeMap::new();
    for (name, action) in service["actions"].as_object().into_iter().flatten() {
        let levels = action["access_levels"].as_array().into_iter().flatten();
        let levels: BTreeSet<_> = levels
            .map(|level| level.as_str().expect("a level").to_owned())
            .collect();
        let resources = action["resources"].as_array();
        for resource in resources.into_iter().flatten() {
            let name_of = resource["resource_type"].as_str().expect("a name");
            let required = resource["required"] == true;
            pairs.insert(
                (name.clone(), name_of.to_owned()),
                (levels.clone(), required),
            );
        }
        if resources.is_none() {
            pairs.insert((name.clone(), String::new()), (levels, false));
        }
    }
    pairs
}

/// Returns the expected table, without marks of pairs whose keys changed.
fn wanted(old: &Value, new: &Value) -> BTreeMap<Pair, Cell> {
    let (old, new) = (pairs(old), pairs(new));
    let mut cells = BTreeMap::new();
    for (pair, (levels, required)) in &new {
        let before = old.get(pair);
        let removed = before.map(|(before, _)| before.difference(levels).cloned().collect());
        let cell = Cell {
            levels: levels.clone(),
            removed: removed.unwrap_or_default(),
            required: *required,
            mark: match before {
                None => Some("added"),
                Some(before) if before != &(levels.clone(), *required) => Some("changed"),
                Some(_) => None,
            },
        };
        cells.insert(pair.clone(), cell);
    }
    for (pair, (levels, required)) in old.iter().filter(|(pair, _)| !new.contains_key(*pair)) {
        let cell = Cell {
            levels: BTreeSet::new(),
            removed: levels.clone(),
            required: *required,
            mark: Some("removed"),
        };
        cells.insert(pair.clone(), cell);
    }
    cells
}

fn mark(element: ElementRef<'_>) -> Option<&'static str> {
    let marks = ["added", "removed", "changed"];
    let mark = marks
        .into_iter()
        .find(|mark| element.value().attr("class") == Some(mark));
    // every colour has its sign
    let sign = within(element, ".sign").first().map(|it| text_of(*it));
    let signs = [("added", "+"), ("removed", "−"), ("changed", "~")];
    let expected = signs.iter().find(|(name, _)| Some(*name) == mark);
    assert_eq!(sign.as_deref(), expected.map(|(_, sign)| *sign));
    mark
}

fn cell(element: ElementRef<'_>) -> Cell {
    let levels = |selector| -> BTreeSet<String> {
        let levels = within(element, selector).into_iter();
        levels
            .map(|level| level.attr("title").expect("a level").to_owned())
            .collect()
    };
    let removed = levels("del > .level");
    let mut all = levels(".level");
    all.retain(|level| !removed.contains(level));
    let required = within(element, ".required");
    let lost = within(element, "del > .required").len();
    Cell {
        levels: all,
        removed,
        required: required.len() > lost,
        mark: mark(element),
    }
}

/// Returns the cells of a module's table that are not empty.
fn cells(page: &Html, module: &str) -> BTreeMap<Pair, Cell> {
    let table = format!("table[id=\"{module}.table\"]");
    let [table] = all(page, &table)[..] else {
        panic!("found not one table of {module}");
    };
    let name = |head: ElementRef<'_>| {
        let signs: String = within(head, ".sign").into_iter().map(text_of).collect();
        text_of(head).replacen(&signs, "", 1)
    };
    let columns: Vec<_> = within(table, "thead th")
        .into_iter()
        .skip(1)
        .map(name)
        .collect();
    let mut cells = BTreeMap::new();
    for row in within(table, "tbody tr") {
        let action = text_of(within(row, "th .name")[0]);
        let tds = within(row, "td");
        assert_eq!(tds.len(), columns.len(), "{action}");
        for (column, td) in columns.iter().zip(tds) {
            let none = column == "no resource type";
            let pair = (
                action.clone(),
                if none { String::new() } else { column.clone() },
            );
            if !text_of(td).is_empty() {
                cells.insert(pair, cell(td));
            }
        }
    }
    cells
}

/// Compares a table with both snapshots; a pair on both sides may be marked for its keys.
fn compare(page: &Html, module: &str, old: &Value, new: &Value) -> usize {
    let wanted = wanted(old, new);
    let mut found = cells(page, module);
    assert_eq!(
        found.keys().collect::<Vec<_>>(),
        wanted.keys().collect::<Vec<_>>()
    );
    for (pair, wanted) in &wanted {
        let found = found.get_mut(pair).expect("a cell");
        if found.mark == Some("changed") && wanted.mark.is_none() {
            found.mark = None;
        }
        assert_eq!(found, wanted, "{pair:?}");
    }
    wanted.len()
}

#[test]
fn cells_are_exactly_the_pairs_of_both_snapshots() {
    let page = parse(&text(&sample(), &[]));
    let snapshot = |side: &str| json(&fixture(side).join("orchard/service.json"));
    let (old, new) = (snapshot("before"), snapshot("after"));
    assert_eq!(compare(&page, "orchard", &old, &new), 9);
    let cells = cells(&page, "orchard");
    let marked: Vec<_> = cells
        .iter()
        .filter_map(|((action, of), cell)| Some(format!("{action} {of} {}", cell.mark?)))
        .collect();
    assert_eq!(
        marked,
        [
            "FellTree tree removed",
            "GetGrove grove changed",
            "GrantHarvest grove added",
            "GrantHarvest press added",
            "PlantTree barrel removed",
            "PlantTree grove added",
            "PlantTree tree changed",
            "ShareHarvest grove changed",
        ]
    );
}

#[test]
fn rows_and_columns_are_marked() {
    let page = parse(&text(&sample(), &[]));
    let marks = |selector| -> Vec<(String, Option<&str>)> {
        let elements = all(&page, selector).into_iter();
        elements.map(|it| (text_of(it), it.attr("class"))).collect()
    };
    let columns = marks("table[id=\"orchard.table\"] thead th + th");
    let columns: Vec<_> = columns
        .iter()
        .map(|(name, mark)| (name.as_str(), *mark))
        .collect();
    assert_eq!(
        columns,
        [
            ("no resource type", None),
            ("−barrel", Some("removed")),
            ("grove", None),
            ("+press", Some("added")),
            ("tree", None),
        ]
    );
    let rows: Vec<_> = all(&page, "table[id=\"orchard.table\"] tbody tr")
        .into_iter()
        .map(|row| {
            (
                row.attr("id"),
                row.attr("class"),
                !within(row, "th del").is_empty(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (Some("orchard.action.FellTree"), Some("removed"), true),
            (Some("orchard.action.GetGrove"), Some("changed"), false),
            (Some("orchard.action.GrantHarvest"), Some("added"), false),
            (Some("orchard.action.ListTrees"), None, false),
            (Some("orchard.action.PlantTree"), Some("changed"), false),
            (Some("orchard.action.ShareHarvest"), Some("changed"), false),
        ]
    );
    let links = all(&page, "tbody th a");
    let links: Vec<_> = links
        .iter()
        .map(|link| (text_of(*link), link.attr("href")))
        .collect();
    let reference = "https://docs.aws.amazon.com/orchard/GetGrove.html";
    assert_eq!(links, [("GetGrove".to_owned(), Some(reference))]);
    assert_eq!(all(&page, "tbody .only").len(), 1);
}

#[test]
fn a_service_on_one_side_only_is_added_or_removed_as_a_whole() {
    for (removed, mark) in [("after", "removed"), ("before", "added")] {
        let project = sample();
        let folder = format!("{removed}/plum");
        std::fs::remove_dir_all(project.path(&folder)).expect("removed");
        let page = parse(&text(&project, &[]));
        let cells = cells(&page, "plum");
        let pair = ("PickPlum".to_owned(), String::new());
        assert_eq!(cells.len(), 1);
        assert_eq!(cells[&pair].mark, Some(mark));
        let row = all(&page, "[id=\"plum.action.PickPlum\"]");
        assert_eq!(row[0].attr("class"), Some(mark));
    }
}

#[test]
fn tables_of_real_pages_agree_with_snapshots() {
    let (Some(history), Some(current), Some(answers)) = (
        shared("classic-history"),
        shared("current"),
        shared("expected/snapshots"),
    ) else {
        return;
    };
    let mut sides: Vec<_> = std::fs::read_dir(&history)
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let date = path
                .file_name()
                .and_then(|name| name.to_str())
                .expect("a date");
            let answer = answers.join(format!("history/{date}.json"));
            (path, answer)
        })
        .collect();
    sides.sort();
    sides.push((current, answers.join("current/bedrock.json")));
    for neighbours in sides.windows(2) {
        let [(old, old_answer), (new, new_answer)] = neighbours else {
            unreachable!("windows of two");
        };
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("diff")
            .args([old, new])
            .args(["--module", "bedrock", "--format", "html"])
            .output()
            .expect("the built command");
        assert!(output.status.success(), "{output:?}");
        assert!(
            output.stdout.len() < 1_000_000,
            "{} bytes",
            output.stdout.len()
        );
        let page = parse(&String::from_utf8(output.stdout).expect("text"));
        let pairs = compare(&page, "bedrock", &json(old_answer), &json(new_answer));
        assert!(pairs > 10, "{pairs}");
    }
}
