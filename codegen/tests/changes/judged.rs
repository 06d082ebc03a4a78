//! Judgement of changes: marks, wildcards, lines and versions.

use std::collections::{BTreeMap, BTreeSet};

use codegen::changes::{self, Bump, Criteria, Report, ServiceChanges, Verdict, Wildcard};
use codegen::overlay::Overlay;
use codegen::overlay::Sensitive;
use iam_policy::wire::{self, AccessLevel, Action, ActionResource, Service};

use crate::support::sample;

/// Returns the sample service before any edit.
pub(crate) fn orchard() -> Service {
    wire::normal_form(&sample::current_orchard())
}

/// Returns a list of one sensitive action.
fn sensitive() -> Sensitive {
    let list = r#"[{"actions": ["orchard:BorrowLadder"], "why": "reaches every fruit",
        "source": "https://example.com/ladders"}]"#;
    Sensitive::of([&Overlay::parse_sensitive_actions(list).expect("a list")])
}

pub(crate) fn judged(
    old: Option<&Service>,
    new: Option<&Service>,
    wildcards: &[Wildcard],
) -> Option<ServiceChanges> {
    let sensitive = sensitive();
    let criteria = Criteria {
        sensitive: &sensitive,
        wildcards,
    };
    changes::service("orchard", old, new, Vec::new(), &criteria)
}

pub(crate) fn edited(edit: impl FnOnce(&mut Service)) -> Service {
    let mut service = orchard();
    edit(&mut service);
    service
}

pub(crate) fn action<'a>(service: &'a mut Service, name: &str) -> &'a mut Action {
    service.actions.get_mut(name).expect("an action")
}

pub(crate) fn on(resource_type: &str, keys: &[&str]) -> ActionResource {
    ActionResource {
        resource_type: resource_type.to_owned(),
        required: false,
        condition_keys: keys.iter().map(|key| (*key).to_owned()).collect(),
    }
}

pub(crate) fn with(level: AccessLevel) -> Action {
    Action {
        access_levels: BTreeSet::from([level]),
        ..Action::default()
    }
}

#[test]
fn equal_states_have_no_report() {
    let orchard = orchard();
    assert_eq!(judged(Some(&orchard), Some(&orchard), &[]), None);
    assert_eq!(judged(None, None, &[]), None);
    let report = Report::new(Vec::new(), Some("0.1.0"));
    assert!(report.is_empty());
    assert_eq!(report.version.to.as_deref(), Some("0.1.0"));
}

#[test]
fn sensitive_actions_are_marked_with_their_reason() {
    let old = orchard();
    let new = edited(|it| {
        let facts = with(AccessLevel::Read);
        it.actions.insert("BorrowLadder".to_owned(), facts);
    });
    let changes = judged(Some(&old), Some(&new), &[]).expect("changes");
    let marks = &changes.changes[0].line.security;
    assert_eq!(marks.len(), 1, "{marks:?}");
    assert_eq!(
        (marks[0].kind.as_str(), marks[0].why.as_str()),
        ("sensitive action", "reaches every fruit")
    );
}

#[test]
fn wildcards_of_policies_are_checked_against_new_actions() {
    let policy = r#"{"Statement": [
        {"Effect": "Allow", "Action": ["orchard:get*", "orchard:PlantTree", "forest:*"]},
        {"Effect": "Deny", "Action": "orchard:*"},
        {"Effect": "Allow", "NotAction": ["orchard:GetTree", "iam:*"]}]}"#;
    let mut wildcards = changes::wildcards_of("one.json", policy).expect("a policy");
    wildcards.extend(changes::wildcards_of("two.json", policy).expect("a policy"));
    let new = edited(|it| {
        it.actions
            .insert("GetTree".to_owned(), with(AccessLevel::Read));
        it.actions
            .insert("GetSeed".to_owned(), with(AccessLevel::Write));
    });
    let changes = judged(Some(&orchard()), Some(&new), &wildcards).expect("changes");
    let found: BTreeMap<_, _> = changes
        .wildcards
        .iter()
        .map(|it| {
            let beyond: Vec<_> = it.beyond.iter().map(|it| it.action.as_str()).collect();
            assert_eq!(
                it.wildcard.from.iter().collect::<Vec<_>>(),
                ["one.json", "two.json"]
            );
            (
                (it.wildcard.pattern.as_str(), it.wildcard.allows),
                (it.actions.join(" "), beyond),
            )
        })
        .collect();
    let expected = [
        (
            ("NotAction orchard:GetTree, iam:*", true),
            ("GetSeed".to_owned(), Vec::new()),
        ),
        (
            ("orchard:*", false),
            ("GetSeed GetTree".to_owned(), Vec::new()),
        ),
        (
            ("orchard:get*", true),
            ("GetSeed GetTree".to_owned(), vec!["GetSeed"]),
        ),
    ];
    assert_eq!(found, BTreeMap::from(expected));
}

#[test]
fn a_verb_is_a_wildcard_and_names_its_only_action_before() {
    let one = orchard();
    let two = edited(|it| {
        it.actions
            .insert("GetSeed".to_owned(), with(AccessLevel::List));
    });
    let patterns = |old: &Service| -> Vec<(String, Option<String>)> {
        let mut new = old.clone();
        new.actions
            .insert("GetTree".to_owned(), with(AccessLevel::Read));
        let changes = judged(Some(old), Some(&new), &[]).expect("changes");
        changes
            .wildcards
            .into_iter()
            .map(|it| (it.wildcard.pattern, it.only_before))
            .collect()
    };
    let pattern = "orchard:Get*".to_owned();
    let only = (pattern.clone(), Some("GetRow".to_owned()));
    assert_eq!(patterns(&one), [only]);
    assert_eq!(patterns(&two), [(pattern, None)]);
}

#[test]
fn actions_with_the_same_change_share_a_line() {
    let names: Vec<_> = (0..40)
        .map(|number| format!("Pluck{}Tree", "X".repeat(number + 1)))
        .collect();
    let new = edited(|it| {
        for name in &names {
            it.actions.insert(name.clone(), with(AccessLevel::Read));
        }
    });
    let changes = judged(Some(&orchard()), Some(&new), &[]).expect("changes");
    assert_eq!((changes.changes.len(), changes.lines.len()), (40, 1));
    let line = &changes.lines[0];
    assert_eq!(line.headline, "new action (Read): 40 actions");
    assert_eq!(line.more_rows().map(<[String]>::len), Some(40));
    assert!(
        names
            .iter()
            .all(|name| line.full_headline.contains(name.as_str()))
    );
}

#[test]
fn rows_share_a_line_only_if_the_same_actions_use_them() {
    let new = edited(|it| {
        for (name, user) in [
            ("shed", "GetRow"),
            ("silo", "PlantTree"),
            ("barn", "GetRow"),
        ] {
            let arn = format!("arn:${{Partition}}:orchard:::{name}/${{Name}}");
            let row = sample::resource_type(&arn, &[]);
            it.resource_types.insert(name.to_owned(), row);
            action(it, user).resources.push(on(name, &[]));
        }
    });
    let changes = judged(Some(&orchard()), Some(&new), &[]).expect("changes");
    let lines = changes.lines.iter();
    let lines = lines.map(|line| (line.headline.as_str(), line.meaning.as_str()));
    let lines: Vec<_> = lines
        .filter(|(line, _)| line.starts_with("new resource"))
        .collect();
    assert_eq!(
        lines,
        [
            (
                "new resource type: `barn` and `shed`",
                "supported by `orchard:GetRow`"
            ),
            (
                "new resource type: `silo`",
                "supported by `orchard:PlantTree`"
            ),
        ]
    );
}

#[test]
fn not_actions_that_cover_the_same_actions_share_a_line() {
    let policies = ["iam:*", "account:*", "orchard:Get*"].map(|except| {
        let text = format!(r#"{{"Statement": {{"Effect": "Deny", "NotAction": "{except}"}}}}"#);
        changes::wildcards_of(&format!("{except}.json"), &text).expect("a policy")
    });
    let new = edited(|it| {
        it.actions
            .insert("GetTree".to_owned(), with(AccessLevel::Read));
    });
    let changes = judged(Some(&orchard()), Some(&new), &policies.concat()).expect("changes");
    let of_policies = changes.wildcards.iter().filter(|it| it.wildcard.excepts);
    assert_eq!(of_policies.count(), 2);
    let headlines: Vec<_> = changes
        .lines
        .iter()
        .map(|line| line.headline.as_str())
        .collect();
    let expected = "1 new action in Deny statements with `NotAction` (`account:*.json` and `iam:*.json`): \
                    `orchard:GetTree`";
    assert_eq!(headlines.last(), Some(&expected));
    assert_eq!(
        headlines
            .iter()
            .filter(|it| it.contains("NotAction"))
            .count(),
        1
    );
}

#[test]
fn versions_are_raised_by_cargos_rules() {
    let raised = |version, bump| Verdict::new(bump, Some(version)).to;
    for (version, patch, minor, major) in [
        ("0.0.3", "0.0.4", "0.0.4", "0.0.4"),
        ("0.1.0", "0.1.1", "0.1.1", "0.2.0"),
        ("1.4.2", "1.4.3", "1.5.0", "2.0.0"),
    ] {
        assert_eq!(raised(version, Bump::None).as_deref(), Some(version));
        assert_eq!(raised(version, Bump::Patch).as_deref(), Some(patch));
        assert_eq!(raised(version, Bump::Minor).as_deref(), Some(minor));
        assert_eq!(raised(version, Bump::Major).as_deref(), Some(major));
    }
    assert_eq!(raised("one", Bump::Major), None);
}
