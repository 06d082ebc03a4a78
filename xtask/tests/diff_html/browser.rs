//! The page in a browser: what the script builds. Without Chromium the test reports that it was skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use scraper::{ElementRef, Html};

use crate::page::{all, parse, sample, text, text_of, within};
use crate::support::Project;
use crate::table::{self, Cell, Pair};

/// Returns the page as Chromium shows it at an address; `None` if there is no Chromium.
fn shown(project: &Project, fragment: &str) -> Option<Html> {
    let address = format!("file://{}#{fragment}", project.path("page.html").display());
    let profile = format!("--user-data-dir={}", project.path("profile").display());
    let output = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--dump-dom",
            &profile,
            &address,
        ])
        .output();
    match output {
        Ok(output) if output.status.success() => Some(Html::parse_document(
            &String::from_utf8_lossy(&output.stdout),
        )),
        _ => {
            eprintln!("skipped: no working `chromium`");
            None
        }
    }
}

fn cell(element: ElementRef<'_>) -> Cell {
    let levels = |selector| -> BTreeSet<String> {
        let levels = within(element, selector).into_iter();
        levels
            .map(|level| level.attr("title").expect("a level").to_owned())
            .collect()
    };
    let removed = levels("del > .level");
    let marks = [("added", "+"), ("removed", "−"), ("changed", "~")];
    let mark = marks
        .into_iter()
        .find(|(mark, _)| element.attr("class") == Some(mark));
    // every colour has its sign
    let sign = within(element, ".sign").first().map(|it| text_of(*it));
    assert_eq!(sign.as_deref(), mark.map(|(_, sign)| sign));
    let required = within(element, ".required").len();
    Cell {
        levels: &levels(".level") - &removed,
        removed,
        required: required > 0,
        mark: mark.map(|(mark, _)| mark),
    }
}

/// Returns the visible columns, and the cells that are not empty.
fn cells(page: &Html) -> (Vec<String>, BTreeMap<Pair, Cell>) {
    let name = |head: &ElementRef<'_>| {
        let signs: String = within(*head, ".sign").into_iter().map(text_of).collect();
        text_of(*head).replacen(&signs, "", 1)
    };
    let columns = all(page, ".matrix thead th + th");
    let columns: Vec<_> = columns.iter().map(name).collect();
    let mut cells = BTreeMap::new();
    for row in all(page, ".matrix tbody tr") {
        let action = text_of(within(row, "th .name")[0]);
        let filled = columns.iter().zip(within(row, "td"));
        for (column, td) in filled.filter(|(_, td)| !text_of(*td).is_empty()) {
            let column = column.replace("no resource type", "");
            cells.insert((action.clone(), column), cell(td));
        }
    }
    (columns, cells)
}

#[test]
fn only_changes_are_shown_until_a_link_leads_elsewhere() {
    let project = sample();
    let source = text(&project, &[]);
    project.write("page.html", &source);
    let Some(page) = shown(&project, "") else {
        return;
    };
    let expected = table::cells(&parse(&source), "orchard");
    let (columns, found) = cells(&page);
    assert_eq!(columns, ["barrel", "grove", "press", "tree"]);
    let mut changed = expected.clone();
    changed.retain(|(action, _), _| action != "ListTrees");
    assert_eq!(found, changed);
    let output = all(&page, ".controls output");
    assert_eq!(text_of(output[0]), "5 of 6 actions, 4 of 5 columns");
    let keys = all(&page, ".matrix details.keys");
    assert_eq!(keys.len(), 1);
    assert_eq!(text_of(within(keys[0], "li")[0]), "− orchard:Row");
    // the action is not changed, so its row appears with all others
    let page = shown(&project, "orchard.action.ListTrees").expect("a page");
    assert_eq!(cells(&page).1, expected);
    assert_eq!(
        all(&page, "tr.here[id='orchard.action.ListTrees']").len(),
        1
    );
}
