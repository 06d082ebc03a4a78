//! New actions that existing wildcards cover: if already allowed, they affect security.

use codegen::changes::{self, Section};
use iam_policy::wire::{AccessLevel, Service};

use crate::judged::{edited, judged, orchard, with};

/// Returns section, first mark and headline of each line about wildcards.
fn reported(old: &Service, new: &Service, policy: &str) -> Vec<(Section, String, String)> {
    let wildcards = changes::wildcards_of("p.json", policy).expect("a policy");
    let changes = judged(Some(old), Some(new), &wildcards).expect("changes");
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
fn already_allowed_actions_are_marked() {
    let new = edited(|it| {
        it.actions
            .insert("GetTree".to_owned(), with(AccessLevel::Read));
        it.actions
            .insert("PlantBush".to_owned(), with(AccessLevel::Write));
    });
    let policy = r#"{"Statement": [
        {"Effect": "Allow", "Action": ["orchard:get*", "orchard:PlantB*"]},
        {"Effect": "Deny", "Action": "orchard:list-statements*"},
        {"Effect": "Deny", "Action": "orchard:G*"}]}"#;
    let expected = [
        (
            Section::Security,
            "broader",
            "1 new action in Allow `orchard:PlantB*` (`p.json`): `orchard:PlantBush`",
        ),
        (
            Section::Security,
            "wildcard",
            "1 new action in Allow `orchard:get*` (`p.json`): `orchard:GetTree`",
        ),
        (
            Section::Security,
            "wildcard",
            "an Allow covers more than one action now: `orchard:Plant*`",
        ),
        (
            Section::Wildcards,
            "",
            "1 new action in Deny `orchard:G*` (`p.json`): `orchard:GetTree`",
        ),
    ];
    let expected =
        expected.map(|(section, mark, headline)| (section, mark.into(), headline.into()));
    assert_eq!(reported(&orchard(), &new, policy), expected);
}

#[test]
fn common_wildcards_with_one_cause_share_a_line_and_a_mark() {
    let mut old = orchard();
    for name in ["GetShed", "PlantShed", "GetSeed", "PlantSeed"] {
        let level = with(AccessLevel::Write);
        old.actions.insert(name.to_owned(), level);
    }
    let mut new = old.clone();
    for name in ["GetShedRoof", "PlantShedRoof", "GetWell", "PlantWell"] {
        let level = with(AccessLevel::Write);
        new.actions.insert(name.to_owned(), level);
    }
    let changes = judged(Some(&old), Some(&new), &[]).expect("changes");
    let lines = changes.lines.iter().filter(|line| line.rows.is_empty());
    let lines: Vec<_> = lines
        .map(|line| (line.headline.as_str(), line.security.clone()))
        .collect();
    let whys = |index: usize| -> Vec<&str> {
        let marks: &Vec<changes::Mark> = &lines[index].1;
        marks.iter().map(|mark| mark.why.as_str()).collect()
    };
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert_eq!(
        (lines[0].0, whys(0)),
        (
            "4 new actions in Allow `orchard:Get*` and `orchard:Plant*`: `orchard:GetShedRoof`, \
             `orchard:GetWell`, `orchard:PlantShedRoof` and `orchard:PlantWell`",
            vec!["allowed without review"]
        )
    );
    assert_eq!(
        (lines[1].0, whys(1)),
        (
            "an Allow covers more than one action now: `orchard:GetShed*` and `orchard:PlantShed*`",
            vec![
                "`orchard:GetShed*` and `orchard:PlantShed*` covered only `orchard:GetShed` and \
                 `orchard:PlantShed`, now also `orchard:GetShedRoof` and `orchard:PlantShedRoof`"
            ]
        )
    );
}

fn read(text: &str) -> Vec<(String, bool)> {
    let wildcards = changes::wildcards_of("p.json", text).expect("a policy");
    wildcards
        .iter()
        .map(|it| (it.pattern.clone(), it.allows))
        .collect()
}

#[test]
fn a_statement_can_be_an_object_or_in_a_list() {
    let one = r#"{"Statement": {"Effect": "Allow", "Action": "orchard:Get*", "Resource": "*"}}"#;
    assert_eq!(read(one), [("orchard:Get*".to_owned(), true)]);
    let many = r#"{"PolicyVersion": {"Document": {"Statement": [
        {"Effect": "Deny", "Action": ["orchard:Prune?", "orchard:PlantTree"]},
        {"Effect": "Allow", "NotAction": ["orchard:PlantTree", "iam:*"]}]}}}"#;
    let expected = [
        ("orchard:Prune?", false),
        ("NotAction orchard:PlantTree, iam:*", true),
    ];
    assert_eq!(
        read(many),
        expected.map(|(name, allows)| (name.to_owned(), allows))
    );
}

#[test]
fn patterns_match_as_iam_does() {
    let text = r#"{"Statement": [{"Effect": "Allow", "Action": ["ORCHARD:get*", "orchard:?rune"]},
        {"Effect": "Allow", "NotAction": "orchard:Get*"}]}"#;
    let wildcards = changes::wildcards_of("p.json", text).expect("a policy");
    let covers = |action: &str| {
        wildcards
            .iter()
            .map(|it| it.covers(action))
            .collect::<Vec<_>>()
    };
    assert_eq!(covers("orchard:GetTree"), [true, false, false]);
    assert_eq!(covers("orchard:Prune"), [false, true, true]);
    assert_eq!(covers("forest:GetTree"), [false, false, true]);
}

#[test]
fn invalid_policies_are_errors() {
    let error = |text: &str| {
        changes::wildcards_of("p.json", text)
            .expect_err("a fault")
            .to_string()
    };
    assert_eq!(
        error("{}"),
        "p.json: found no `Statement`, expected a policy document"
    );
    assert!(
        error("[").starts_with("p.json: found EOF"),
        "{}",
        error("[")
    );
    assert_eq!(
        error(r#"{"Statement": [{"Effect": "Maybe"}]}"#),
        "p.json: statement 1: found the effect `\"Maybe\"`, expected `Allow` or `Deny`"
    );
    assert_eq!(
        error(r#"{"Statement": {"Effect": "Deny", "Action": [7]}}"#),
        "p.json: statement 1: found the action `7`, expected text"
    );
}
