//! Pages and access to their elements.

use std::fs;
use std::path::{Path, PathBuf};

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use crate::support::Project;

/// Returns a folder next to these tests.
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/diff_html")
        .join(name)
}

/// Copies a fixture into a project.
pub(crate) fn copy(project: &Project, fixture_name: &str, to: &str) {
    for module in ["orchard", "plum"] {
        let file = fixture(fixture_name).join(module).join("service.json");
        let text = fs::read_to_string(file).expect("a snapshot");
        project.write(&format!("{to}/{module}/service.json"), &text);
    }
}

/// Returns a project with both sides.
pub(crate) fn sample() -> Project {
    let project = Project::new();
    copy(&project, "before", "before");
    copy(&project, "after", "after");
    project
}

/// Returns the output of the command for both sides.
pub(crate) fn text(project: &Project, more: &[&str]) -> String {
    let arguments = ["diff", "before", "after", "--format", "html"];
    let arguments = arguments.iter().chain(more).copied();
    project.run(arguments).succeeds().stdout
}

/// Parses a page; panics at any parse error.
pub(crate) fn parse(text: &str) -> Html {
    let page = Html::parse_document(text);
    assert_eq!(page.errors, Vec::<std::borrow::Cow<'_, str>>::new());
    page
}

pub(crate) fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector"))
        .collect()
}

pub(crate) fn within<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element
        .select(&Selector::parse(selector).expect("a selector"))
        .collect()
}

pub(crate) fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect()
}

pub(crate) fn json(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    serde_json::from_str(&text).expect("JSON")
}
