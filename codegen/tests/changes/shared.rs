//! Changes between real pages of several dates, compared with the differences of their answers:
//! facts that were obtained independently.
//!
//! The pages are not part of the project; without them the tests report that they were skipped.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::changes::between;
use codegen::markup::{Input, Rendition};
use iam_policy::wire::{self, Service};
use serde_json::Value;

use crate::elementary::{self, Elements};
use crate::expand::expand;
use crate::real::shared;

/// A state of a service: its page and the answer for it.
struct State {
    page: PathBuf,
    answer: PathBuf,
}

impl State {
    fn service(&self) -> Service {
        let name = self.page.display().to_string();
        let text = fs::read_to_string(&self.page).expect("a readable page");
        let stem = self.page.file_stem().and_then(|it| it.to_str());
        let input = Input {
            name: &name,
            page: stem
                .and_then(|it| it.strip_prefix("list_"))
                .expect("a page"),
            rendition: Rendition::Html,
            locale: iam_policy::wire::Locale::EnUs,
            text: &text,
        };
        wire::normal_form(&codegen::page::read(&input, None).expect("a page").facts)
    }

    fn elements(&self) -> Elements {
        let text = fs::read_to_string(&self.answer).expect("an answer");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        elementary::of_service(&answer)
    }
}

/// Returns the states of Bedrock: those of all dates, in order, then that of the current layout.
fn states(shared: &Path) -> Vec<State> {
    let mut dates: Vec<_> = fs::read_dir(shared.join("classic-history"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    dates.sort();
    let of_date = |date: &PathBuf| {
        let name = date
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a date");
        let answers = shared.join("expected/snapshots/history");
        State {
            page: date.join("en_us/list_amazonbedrock.html"),
            answer: answers.join(format!("{name}.json")),
        }
    };
    let current = State {
        page: shared.join("current/en_us/list_bedrock.html"),
        answer: shared.join("expected/snapshots/current/bedrock.json"),
    };
    dates.iter().map(of_date).chain([current]).collect()
}

/// Asserts that the changes between two states are exactly the difference of their answers, and
/// returns the number of added facts.
fn assert_changes(old: &State, new: &State) -> usize {
    let place = format!("{} → {}", old.page.display(), new.page.display());
    let changes = between(Some(&old.service()), Some(&new.service()));
    let changes = serde_json::to_value(changes).expect("JSON");
    let (removed, added) = expand(&changes);
    let (before, after) = (old.elements(), new.elements());
    let only = |these: &Elements, those: &Elements| -> Elements {
        these.difference(those).cloned().collect()
    };
    assert_eq!(removed, only(&before, &after), "removed facts: {place}");
    assert_eq!(added, only(&after, &before), "added facts: {place}");
    added.len()
}

#[test]
fn changes_between_consecutive_dates_are_exactly_the_difference() {
    let Some(shared) = shared("") else { return };
    let states = states(&shared);
    assert!(states.len() > 2, "{} states", states.len());
    for pair in states.windows(2) {
        let added = assert_changes(&pair[0], &pair[1]);
        assert!(
            added > 10,
            "{}: {added} facts added",
            pair[1].page.display()
        );
    }
}

#[test]
fn changes_between_the_layouts_are_exactly_the_difference() {
    let Some(shared) = shared("") else { return };
    let of = |layout: &str, page: &str| State {
        page: shared.join(format!("{layout}/en_us/list_{page}.html")),
        answer: shared.join(format!("expected/snapshots/{layout}/{page}.json")),
    };
    for (classic, current) in [
        ("amazonbedrock", "bedrock"),
        ("amazonbedrockagentcore", "bedrock-agentcore"),
        ("amazons3", "s3"),
        ("awskeymanagementservice", "kms"),
        ("awslambda", "lambda"),
        ("awssecretsmanager", "secretsmanager"),
        ("awssecuritytokenservice", "sts"),
    ] {
        assert_changes(&of("classic", classic), &of("current", current));
    }
}
