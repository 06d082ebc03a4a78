//! Numbers of actions over time.

use crate::page::{all, copy, fixture, json, parse, sample, text, text_of, within};
use crate::support::Project;

/// Returns a project with snapshots of five dates; `plum` is added and removed again.
fn dated() -> Project {
    let project = sample();
    for (date, side) in [
        ("2023-11-05", "before"),
        ("2024-02-29", "before"),
        ("2024-12-01", "after"),
        ("2025-03-15", "after"),
        ("2026-01-01", "before"),
    ] {
        copy(&project, side, &format!("dated/{date}"));
        if !date.starts_with("2024-12") && !date.starts_with("2025") {
            std::fs::remove_dir_all(project.path(&format!("dated/{date}/plum"))).expect("removed");
        }
    }
    project.write("dated/README.md", "no date\n");
    project
}

fn actions(side: &str, module: &str) -> usize {
    let service = json(&fixture(side).join(module).join("service.json"));
    service["actions"].as_object().expect("actions").len()
}

#[test]
fn the_table_has_numbers_and_changes() {
    let project = dated();
    let page = parse(&text(&project, &["--history", "dated"]));
    let rows: Vec<Vec<String>> = all(&page, "table.history tr")
        .into_iter()
        .map(|row| within(row, "th, td").into_iter().map(text_of).collect())
        .collect();
    let json = project
        .run(["diff", "before", "after", "--format", "json"])
        .succeeds();
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let changes = json["services"][0]["changes"]
        .as_array()
        .expect("changes")
        .len();
    let (before, after) = (actions("before", "orchard"), actions("after", "orchard"));
    let wanted = [
        ["Date".to_owned(), "orchard".to_owned(), "plum".to_owned()],
        ["2023-11-05".to_owned(), before.to_string(), "–".to_owned()],
        ["2024-02-29".to_owned(), before.to_string(), "–".to_owned()],
        [
            "2024-12-01".to_owned(),
            format!("{after}, {changes} changes"),
            "1, 1 change".to_owned(),
        ],
        ["2025-03-15".to_owned(), after.to_string(), "1".to_owned()],
    ];
    assert_eq!(rows[..5], wanted);
    assert_eq!(rows[5][2], "–, 1 change");
}

#[test]
fn folders_without_a_date_are_reported() {
    let project = dated();
    copy(&project, "before", "dated/latest");
    let run = |history: &str| {
        project.run([
            "diff",
            "before",
            "after",
            "--format",
            "html",
            "--history",
            history,
        ])
    };
    assert!(run("dated").ends_with(1).stderr.contains(
        "dated: found the folder `latest`, expected one named by a date, such as `2026-05-10`"
    ));
    assert!(
        run("before/orchard")
            .ends_with(1)
            .stderr
            .contains("before/orchard: found no subfolder, expected folders named by dates")
    );
    assert!(
        run("nowhere")
            .ends_with(1)
            .stderr
            .contains("nowhere: found no folder, expected a folder of folders named by dates")
    );
    project
        .run(["diff", "before", "after", "--history", "dated"])
        .ends_with(2);
}
