//! The chart of the number of actions over time.

use std::collections::BTreeMap;

use crate::page::{all, copy, fixture, json, parse, sample, text, text_of, within};
use crate::support::Project;

/// A project with snapshots of five dates; `plum` comes late and goes again.
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
            std::fs::remove_dir_all(project.path(&format!("dated/{date}/plum"))).expect("gone");
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
fn its_numbers_are_those_of_the_snapshots() {
    let (before, after, plum) = (
        actions("before", "orchard"),
        actions("after", "orchard"),
        actions("after", "plum"),
    );
    let page = parse(&text(&dated(), &["--history", "dated"]));
    let described = text_of(all(&page, "svg > desc")[0]);
    assert_eq!(
        described,
        format!(
            "orchard: {before} on 2023-11-05, {before} on 2024-02-29, {after} on 2024-12-01, \
             {after} on 2025-03-15, {before} on 2026-01-01. \
             plum: {plum} on 2024-12-01, {plum} on 2025-03-15."
        )
    );
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for number in all(&page, "svg .number") {
        *numbers.entry(text_of(number)).or_default() += 1;
    }
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for number in [before, before, after, after, before, plum, plum] {
        *wanted.entry(number.to_string()).or_default() += 1;
    }
    assert_eq!(numbers, wanted);
    let points = all(&page, "svg .spot > title");
    let points: Vec<_> = points.into_iter().map(text_of).collect();
    assert_eq!(points.len(), 7);
    assert!(
        points.contains(&format!("orchard, 2024-12-01: {after}")),
        "{points:?}"
    );
    // a line for each stretch of dates
    assert_eq!(all(&page, "svg .line > path:not(.spot)").len(), 2);
}

#[test]
fn points_are_to_scale() {
    let page = parse(&text(&dated(), &["--history", "dated"]));
    let number = |number: &str| -> f64 { number.parse().expect("a number") };
    let lines = all(&page, "svg .line");
    let places: Vec<_> = within(lines[0], ".spot")
        .into_iter()
        .map(|spot| {
            let path = spot.attr("d").expect("a path");
            let place = path
                .trim_start_matches('M')
                .split('m')
                .next()
                .expect("a place");
            let (x, y) = place.split_once(' ').expect("two numbers");
            (number(x), number(y))
        })
        .collect();
    let days = [0.0, 116.0, 392.0, 496.0, 788.0]; // since 2023-11-05
    let width = places[4].0 - places[0].0;
    for (place, day) in places.iter().zip(days) {
        let wanted = places[0].0 + width * day / 788.0;
        assert!((place.0 - wanted).abs() < 0.11, "{places:?}");
    }
    // a number's height by the axis beside it
    let zero = all(&page, "svg .grid")[0]
        .attr("y1")
        .map(number)
        .expect("a line");
    let one = all(&page, "svg .grid")[1]
        .attr("y1")
        .map(number)
        .expect("a line");
    let step = number(&text_of(all(&page, "svg .count")[1]));
    let counts = [actions("before", "orchard"), actions("after", "orchard")];
    for (place, count) in places
        .iter()
        .zip([counts[0], counts[0], counts[1], counts[1]])
    {
        let count: u32 = count.try_into().expect("a small number");
        let wanted = zero + (one - zero) * f64::from(count) / step;
        assert!((place.1 - wanted).abs() < 0.11, "{places:?}");
    }
}

#[test]
fn the_table_below_it_has_the_same_and_the_changes() {
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
            format!("{after} {changes} changes"),
            "1 1 change".to_owned(),
        ],
        ["2025-03-15".to_owned(), after.to_string(), "1".to_owned()],
    ];
    assert_eq!(rows[..5], wanted);
    assert_eq!(rows[5][2], "– 1 change");
}

#[test]
fn many_services_and_dates_stay_readable() {
    let project = sample();
    let plum = project.read("after/plum/service.json");
    for date in ["2025-12-29", "2026-01-05", "2026-01-12", "2026-06-01"] {
        for module in 0..14 {
            // half of them have the same number of actions
            let more = "\"PickPlum\": {\"access_levels\": []}, ";
            let mores: String = (0..module.min(7))
                .map(|index| more.replace("PickPlum", &format!("Pick{index}")))
                .collect();
            let text = plum.replace("\"PickPlum\"", &format!("{mores}\"PickPlum\""));
            project.write(&format!("dated/{date}/plum{module}/service.json"), &text);
        }
    }
    let page = parse(&text(&project, &["--history", "dated"]));
    assert_eq!(all(&page, "svg .line").len(), 12);
    assert_eq!(all(&page, "table.history thead th").len(), 15);
    let caption = text_of(all(&page, "figcaption")[0]);
    assert!(
        caption.contains("the 12 services with the most actions of 14"),
        "{caption}"
    );
    for texts in ["svg .number", "svg .name"] {
        let places: Vec<(f64, f64)> = all(&page, texts)
            .into_iter()
            .map(|text| {
                let number = |name| text.attr(name).expect("a place").parse().expect("a number");
                (number("x"), number("y"))
            })
            .collect();
        assert!(places.len() >= 12, "{places:?}");
        for (index, one) in places.iter().enumerate() {
            for other in &places[..index] {
                let apart = (one.0 - other.0).abs() > 33.0 || (one.1 - other.1).abs() > 14.0;
                assert!(apart, "{texts}: {one:?} {other:?}");
            }
        }
    }
}

#[test]
fn folders_that_are_no_dates_are_named() {
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
            .contains("before/orchard: found no folder, expected some named by dates")
    );
    assert!(
        run("nowhere")
            .ends_with(1)
            .stderr
            .contains("nowhere: found no folder, expected one of folders named by dates")
    );
    project
        .run(["diff", "before", "after", "--history", "dated"])
        .ends_with(2);
}
