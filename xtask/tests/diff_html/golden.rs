//! A whole page, as a file for review.

use expect_test::expect_file;

use crate::page::{copy, fixture, sample, text};

/// Breaks the page into lines, without style and script, which are separate files.
fn by_line(page: &str) -> String {
    let mut lines = page.to_owned();
    for part in ["style", "script"] {
        let (open, close) = (format!("<{part}>"), format!("</{part}>"));
        let (before, rest) = lines.split_once(&open).expect("the part");
        let (_, after) = rest.split_once(&close).expect("its end");
        lines = format!("{before}{open}…{close}{after}");
    }
    let parts = [
        "head", "meta", "title", "style", "body", "header", "main", "nav", "section", "h1", "h2",
        "h3", "dl", "dt", "ul", "li", "p", "div", "table", "thead", "tbody", "tr", "th", "td",
        "script", "details",
    ];
    for part in parts {
        for end in [">", " "] {
            let tag = format!("<{part}{end}");
            lines = lines.replace(&tag, &format!("\n{tag}"));
        }
    }
    lines + "\n"
}

#[test]
fn the_page_matches_its_golden_file() {
    let project = sample();
    for (date, side) in [
        ("2024-02-29", "before"),
        ("2024-12-01", "before"),
        ("2025-03-15", "after"),
    ] {
        copy(&project, side, &format!("dated/{date}"));
    }
    let page = text(&project, &["--history", "dated"]);
    expect_file![fixture("page.html.txt")].assert_eq(&by_line(&page));
    assert_eq!(page, text(&project, &["--history", "dated"]));
}

#[test]
fn a_page_without_changes_states_that_there_are_none() {
    let project = sample();
    copy(&project, "before", "after");
    let page = text(&project, &[]);
    assert!(page.contains("no fact changed"), "{page}");
    assert!(!page.contains("<table"), "{page}");
}
