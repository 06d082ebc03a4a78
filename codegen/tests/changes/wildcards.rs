//! New actions that wildcards in use cover: all that is allowed beforehand touches security.

use std::collections::BTreeSet;

use codegen::changes::{self, Criteria, Section};
use codegen::model::{AccessLevel, Action, Service};
use codegen::normal;
use codegen::sensitive::Sensitive;

use crate::support::sample;

fn with(level: AccessLevel) -> Action {
    Action {
        access_levels: BTreeSet::from([level]),
        ..Action::default()
    }
}

/// Section, first mark and headline of what is said of wildcards.
fn said(old: &Service, new: &Service, policy: &str) -> Vec<(Section, String, String)> {
    let sensitive = Sensitive::default();
    let wildcards = changes::wildcards_of("p.json", policy).expect("a policy");
    let criteria = Criteria {
        sensitive: &sensitive,
        wildcards: &wildcards,
    };
    let changes = changes::service("orchard", Some(old), Some(new), &criteria).expect("changes");
    let lines = changes
        .lines
        .into_iter()
        .filter(|line| line.rows.is_empty());
    lines
        .map(|line| {
            let mark = line.security.first().map_or("", |mark| mark.kind.as_str());
            (line.section, mark.to_owned(), line.headline)
        })
        .collect()
}

#[test]
fn what_a_wildcard_allows_already_is_marked_whatever_it_does() {
    let old = normal::service(&sample::current_orchard());
    let mut new = old.clone();
    new.actions
        .insert("GetTree".to_owned(), with(AccessLevel::Read));
    new.actions
        .insert("PlantBush".to_owned(), with(AccessLevel::Write));
    let policy = r#"{"Statement": [
        {"Effect": "Allow", "Action": ["orchard:get*", "orchard:PlantB*"]},
        {"Effect": "Deny", "Action": "orchard:list-statements*"},
        {"Effect": "Deny", "Action": "orchard:G*"}]}"#;
    let expected = [
        (
            Section::Security,
            "broader",
            "`orchard:PlantB*` (in `p.json`) now covers 1 more action: `orchard:PlantBush`",
        ),
        (
            Section::Security,
            "wildcard",
            "`orchard:get*` (in `p.json`) now covers 1 more action: `orchard:GetTree`",
        ),
        (
            Section::Wildcards,
            "",
            "a Deny of `orchard:G*` (in `p.json`) now covers 1 more action: `orchard:GetTree`",
        ),
    ];
    let expected =
        expected.map(|(section, mark, headline)| (section, mark.into(), headline.into()));
    assert_eq!(said(&old, &new, policy), expected);
}
