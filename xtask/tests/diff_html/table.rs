//! The table of actions and resource types, compared with the JSON of the snapshots.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use scraper::Html;
use serde_json::Value;

use crate::support::real::shared;

use crate::page::{all, fixture, json, parse, sample, text, text_of};

/// An action and a resource type, which is empty for none.
pub(crate) type Pair = (String, String);

/// The found or expected content of a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cell {
    pub(crate) levels: BTreeSet<String>,
    pub(crate) removed: BTreeSet<String>,
    pub(crate) required: bool,
    pub(crate) mark: Option<&'static str>,
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

/// Returns the table of a module as the script reads it.
pub(crate) fn data(page: &Html, module: &str) -> Value {
    let table = format!("details.table[data-name=\"{module}\"] script[type='application/json']");
    let [data] = all(page, &table)[..] else {
        panic!("found not one table of {module}");
    };
    serde_json::from_str(&text_of(data)).expect("JSON")
}

pub(crate) fn marks(page: &Html, module: &str, list: &str) -> Vec<(String, Option<String>)> {
    let rows = data(page, module)[list].as_array().expect("a list").clone();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    rows.iter()
        .map(|row| (text(&row["name"]).unwrap_or_default(), text(&row["mark"])))
        .collect()
}

/// Returns the access levels with these letters.
fn levels(letters: &Value) -> BTreeSet<String> {
    let names = ["List", "Read", "Write", "Permissions management", "Tagging"];
    let letters = letters.as_str().expect("letters").chars();
    let name = |letter| names.iter().find(|name| name.starts_with(letter));
    letters
        .map(|letter| (*name(letter).expect("a level")).to_owned())
        .collect()
}

/// Returns the cells of a module's table that are not empty.
pub(crate) fn cells(page: &Html, module: &str) -> BTreeMap<Pair, Cell> {
    let data = data(page, module);
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let columns = list(&data["columns"]);
    let mut cells = BTreeMap::new();
    for row in list(&data["rows"]) {
        let now = levels(&row["levels"]);
        let before = row.get("before").map_or(now.clone(), levels);
        for cell in list(&row["cells"]) {
            let [column, was, is] = [0, 1, 2].map(|at| cell[at].as_u64().expect("a number"));
            let column = &columns[usize::try_from(column).expect("an index")]["name"];
            let (levels, removed) = match (was, is) {
                (_, 0) => (BTreeSet::new(), before.clone()),
                (0, _) => (now.clone(), BTreeSet::new()),
                _ => (now.clone(), &before - &now),
            };
            let differs = was != is || before != now || cell.get(3).is_some();
            let found = Cell {
                levels,
                removed,
                required: is.max(if is == 0 { was } else { 0 }) == 2,
                mark: match (was, is) {
                    (0, _) => Some("added"),
                    (_, 0) => Some("removed"),
                    _ => differs.then_some("changed"),
                },
            };
            let name = row["name"].as_str().expect("a name").to_owned();
            let pair = (name, column.as_str().unwrap_or_default().to_owned());
            cells.insert(pair, found);
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
    let owned = |list: &[(&str, Option<&str>)]| -> Vec<(String, Option<String>)> {
        let owned = list.iter();
        owned
            .map(|(name, mark)| ((*name).to_owned(), mark.map(str::to_owned)))
            .collect()
    };
    let columns = [
        ("", None),
        ("barrel", Some("−")),
        ("grove", None),
        ("press", Some("+")),
        ("tree", None),
    ];
    assert_eq!(marks(&page, "orchard", "columns"), owned(&columns));
    let rows = [
        ("FellTree", Some("−")),
        ("GetGrove", Some("~")),
        ("GrantHarvest", Some("+")),
        ("ListTrees", None),
        ("PlantTree", Some("~")),
        ("ShareHarvest", Some("~")),
    ];
    assert_eq!(marks(&page, "orchard", "rows"), owned(&rows));
    let data = data(&page, "orchard");
    let rows = data["rows"].as_array().expect("rows");
    let links: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let link = row["link"].as_str()?;
            Some((
                row["name"].as_str()?,
                data["links"].as_str()?.to_owned() + link,
            ))
        })
        .collect();
    let reference = "https://docs.aws.amazon.com/orchard/GetGrove.html".to_owned();
    assert_eq!(links, [("GetGrove", reference)]);
    let only = rows.iter().filter(|row| row["permission_only"] == true);
    assert_eq!(only.count(), 1);
    let summary = all(&page, "details[id=\"orchard.table\"] > summary");
    assert_eq!(text_of(summary[0]), "Table: 5 of 6 actions changed");
}

#[test]
fn changed_keys_are_named() {
    let page = parse(&text(&sample(), &[]));
    let data = data(&page, "orchard");
    let rows = data["rows"].as_array().expect("rows").iter();
    let cells = rows.flat_map(|row| {
        row["cells"]
            .as_array()
            .expect("cells")
            .iter()
            .map(move |it| (row, it))
    });
    let keys: Vec<_> = cells
        .filter_map(|(row, cell)| Some((row["name"].as_str()?, cell.get(3)?.clone())))
        .collect();
    assert_eq!(keys, [("PlantTree", serde_json::json!(["− orchard:Row"]))]);
}

#[test]
fn tables_of_many_services_are_closed() {
    let project = sample();
    let tables = |page: &Html, selector| all(page, selector).len();
    let page = parse(&text(&project, &[]));
    assert_eq!(tables(&page, "details.table[open]"), 1);
    for number in 0..40 {
        for side in ["before", "after"] {
            let orchard = project.read(&format!("{side}/orchard/service.json"));
            project.write(&format!("{side}/orchard{number}/service.json"), &orchard);
        }
    }
    let page = parse(&text(&project, &[]));
    assert_eq!(tables(&page, "details.table"), 41);
    assert_eq!(tables(&page, "details.table[open], table"), 0);
    assert_eq!(tables(&page, "nav details a"), 41);
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
        let sign = if mark == "added" { "+" } else { "−" };
        let row = ("PickPlum".to_owned(), Some(sign.to_owned()));
        assert_eq!(marks(&page, "plum", "rows"), [row]);
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
