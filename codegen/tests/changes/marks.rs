//! Security marks: what a reviewer must read, in both directions, each thing and consequence once.

use codegen::changes::{self, MarkKind, Section, ServiceChanges};
use iam_policy::wire::{AccessLevel, Action, Service};

use crate::judged::{action, edited, judged, on, orchard, with};

/// Why a key that comes into effect is marked.
const STARTS: &str = "an Allow that requires the key starts to grant; a Deny with a negated operator, such \
                      as `StringNotEquals`, starts to spare requests";

fn between(old: &Service, new: &Service) -> ServiceChanges {
    judged(Some(old), Some(new), &[]).expect("changes")
}

/// Returns headline, kind and reason of each mark whose headline contains a text.
fn marks(changes: &ServiceChanges, of: &str) -> Vec<(String, MarkKind, String)> {
    let lines = changes
        .lines
        .iter()
        .filter(|line| line.headline.contains(of));
    let marks = lines.flat_map(|line| line.security.iter().map(move |mark| (line, mark)));
    let mark = |(line, mark): (&changes::Line, &changes::Mark)| {
        assert_eq!(line.section, Section::Security);
        (line.headline.clone(), mark.kind, mark.why.clone())
    };
    marks.map(mark).collect()
}

fn owned<const N: usize>(marks: [(&str, MarkKind, &str); N]) -> Vec<(String, MarkKind, String)> {
    marks
        .map(|(headline, kind, why)| (headline.to_owned(), kind, why.to_owned()))
        .into()
}

/// Returns the orchard with additional actions.
fn with_actions<const N: usize>(actions: [(&str, AccessLevel); N]) -> Service {
    edited(|it| {
        let actions = actions.map(|(name, level)| (name.to_owned(), with(level)));
        it.actions.extend(actions);
    })
}

#[test]
fn a_renamed_sensitive_action_is_no_longer_denied() {
    let old = with_actions([("BorrowLadder", AccessLevel::Write)]);
    let new = with_actions([("BorrowLadders", AccessLevel::Write)]);
    let changes = between(&old, &new);
    assert_eq!(
        marks(&changes, "BorrowLadder"),
        owned([
            (
                "new action (Write): `orchard:BorrowLadders`",
                MarkKind::Sensitive,
                "perhaps `orchard:BorrowLadder` renamed: reaches every fruit",
            ),
            (
                "action removed: `orchard:BorrowLadder`",
                MarkKind::GuardLost,
                "a Deny of this name stops nothing: the action reaches every fruit; it is perhaps \
                 `orchard:BorrowLadders` now, which such a Deny does not cover",
            ),
        ])
    );
    assert_eq!(changes.marks, 2);
}

#[test]
fn a_removed_action_is_marked_if_somebody_would_deny_it() {
    let old = with_actions([
        ("BorrowLadder", AccessLevel::Write),
        ("DeleteGuardrail", AccessLevel::Write),
        ("ShareTree", AccessLevel::PermissionsManagement),
        ("WaterTree", AccessLevel::Write),
    ]);
    let changes = between(&old, &orchard());
    let stops = |why| format!("a Deny of this name stops nothing: the action {why}");
    let removed: Vec<_> = marks(&changes, "removed")
        .into_iter()
        .map(|(headline, kind, why)| (headline.replace("action removed: ", ""), kind, why))
        .collect();
    let expected = [
        ("`orchard:BorrowLadder`", "reaches every fruit"),
        (
            "`orchard:DeleteGuardrail`",
            "may remove or weaken a guardrail",
        ),
        ("`orchard:ShareTree`", "grants or changes permissions"),
    ];
    let expected = expected
        .map(|(name, why)| (name.to_owned(), MarkKind::GuardLost, stops(why)))
        .to_vec();
    assert_eq!(removed, expected);
    assert!(
        changes
            .lines
            .iter()
            .any(|line| line.section == Section::Removed
                && line.headline == "action removed: `orchard:WaterTree`")
    );
}

#[test]
fn sensitive_actions_of_a_removed_table_or_service_are_one_mark() {
    let old = with_actions([("BorrowLadder", AccessLevel::Write)]);
    let none = edited(|it| it.actions.clear());
    for changes in [
        between(&old, &none),
        judged(Some(&old), None, &[]).expect("changes"),
    ] {
        let removed = marks(&changes, "removed");
        let denies: Vec<_> = removed
            .iter()
            .filter(|(_, _, why)| why.contains("orchard:BorrowLadder"))
            .collect();
        assert_eq!(denies.len(), 1, "{removed:?}");
        assert!(denies[0].2.ends_with("stops nothing"), "{denies:?}");
    }
}

#[test]
fn a_key_that_comes_into_effect_is_one_mark_for_all_actions() {
    let new = edited(|it| {
        action(it, "GetRow").resources[0]
            .condition_keys
            .push("orchard:Season".to_owned());
        for resource in &mut action(it, "GraftTree").resources {
            resource.condition_keys.push("orchard:Season".to_owned());
        }
        let plant = action(it, "PlantTree");
        plant.condition_keys.push("orchard:Season".to_owned());
    });
    let changes = between(&orchard(), &new);
    assert_eq!(
        marks(&changes, "in effect"),
        owned([(
            "`orchard:Season` is now in effect for `orchard:GetRow`, `orchard:GraftTree` and \
             `orchard:PlantTree` on `fruit tree`, `row/north` and `tree`",
            MarkKind::Broader,
            STARTS,
        )])
    );
    assert_eq!(changes.marks, 1);
}

#[test]
fn keys_that_come_into_effect_for_the_same_actions_are_one_mark() {
    let keys: Vec<_> = (0..9)
        .map(|number| format!("orchard:Key{number}"))
        .collect();
    let new = edited(|it| {
        for name in ["GetRow", "GraftTree"] {
            let keys = keys.iter().cloned();
            action(it, name).condition_keys.extend(keys);
        }
        let graft = action(it, "GraftTree");
        graft.condition_keys.push("orchard:Season".to_owned());
    });
    let changes = between(&orchard(), &new);
    let headlines: Vec<_> = changes
        .lines
        .iter()
        .map(|it| it.headline.as_str())
        .collect();
    let [all, one] = headlines[..] else {
        panic!("{headlines:#?}");
    };
    assert!(
        all.ends_with(
            "and 3 more are now in effect for `orchard:GetRow` and `orchard:GraftTree` on `row/north` and `tree`"
        ),
        "{all}"
    );
    assert!(
        one.starts_with("`orchard:Season` is now in effect for `orchard:GraftTree` on "),
        "{one}"
    );
    assert_eq!(changes.lines[0].more_rows(), Some(keys.as_slice()));
    assert!(
        keys.iter()
            .all(|key| changes.lines[0].full_headline.contains(key.as_str()))
    );
    assert_eq!((changes.marks, changes.changes.len()), (2, 19));
}

#[test]
fn a_level_that_falls_or_rises_is_marked_for_allow_and_deny() {
    for (from, to, why) in [
        (
            AccessLevel::Write,
            AccessLevel::Read,
            "policies that allow by access level Read now allow the action",
        ),
        (
            AccessLevel::Read,
            AccessLevel::Write,
            "may do more, by its access level Write; policies that allow by access level Write now allow \
             the action",
        ),
    ] {
        let [old, new] = [from, to].map(|level| with_actions([("InvokeTree", level)]));
        let denies = format!(
            "policies that deny by access level {} no longer deny the action",
            from.as_str()
        );
        let headline = format!(
            "access level of `orchard:InvokeTree`: {} → {}",
            from.as_str(),
            to.as_str()
        );
        assert_eq!(
            marks(&between(&old, &new), "InvokeTree"),
            owned([
                (&headline, MarkKind::GuardLost, &denies),
                (&headline, MarkKind::Broader, why),
            ])
        );
    }
}

#[test]
fn a_level_is_gained_and_another_kept() {
    let old = with_actions([("ShareTree", AccessLevel::PermissionsManagement)]);
    let mut new = old.clone();
    action(&mut new, "ShareTree")
        .access_levels
        .insert(AccessLevel::Write);
    assert_eq!(
        marks(&between(&old, &new), "ShareTree"),
        owned([(
            "access level of `orchard:ShareTree`: Permissions management → Write, Permissions management",
            MarkKind::Broader,
            "policies that allow by access level Write now allow the action",
        )])
    );
}

#[test]
fn an_action_that_arns_match_now_is_marked() {
    let new = edited(|it| action(it, "listTrees").resources = vec![on("tree", &[])]);
    assert_eq!(
        marks(&between(&orchard(), &new), "listTrees"),
        owned([(
            "`orchard:listTrees` can now be scoped to `tree`, not only to `*`",
            MarkKind::Broader,
            "an Allow that names ARNs of `tree` starts to grant",
        )])
    );
}

#[test]
fn patterns_that_covered_one_action_and_now_cover_more_are_one_mark() {
    let old = with_actions([
        ("PickFruit", AccessLevel::Read),
        ("CutBranch", AccessLevel::Write),
        ("CutGrass", AccessLevel::Write),
    ]);
    let mut new = old.clone();
    for name in ["PickFruitBasket", "CutBranchAndLeaf"] {
        new.actions
            .insert(name.to_owned(), with(AccessLevel::Write));
    }
    let changes = between(&old, &new);
    let headline = "an Allow covers more than one action now: `orchard:CutBranch*`, `orchard:Pick*` and \
                    `orchard:PickFruit*`";
    assert_eq!(
        marks(&changes, "more than one action"),
        owned([
            (
                headline,
                MarkKind::Broader,
                "`orchard:Pick*` and `orchard:PickFruit*` covered only `orchard:PickFruit`, now also \
                 `orchard:PickFruitBasket`; `orchard:PickFruitBasket` is Write, unlike all actions \
                 covered before",
            ),
            (
                headline,
                MarkKind::Covered,
                "`orchard:CutBranch*` covered only `orchard:CutBranch`, now also `orchard:CutBranchAndLeaf`",
            ),
        ])
    );
    // a pattern of a policy is reported with the policy, and a renamed action is still one action
    let policy = r#"{"Statement": {"Effect": "Allow", "Action": "orchard:PickF*"}}"#;
    let wildcards = changes::wildcards_of("p.json", policy).expect("a policy");
    let changes = judged(Some(&old), Some(&new), &wildcards).expect("changes");
    let headline = "1 new action in Allow `orchard:PickF*` (`p.json`): `orchard:PickFruitBasket`";
    assert_eq!(marks(&changes, "p.json")[0].0, headline);
    new.actions.remove("CutBranch");
    let changes = between(&old, &new);
    assert!(
        changes
            .wildcards
            .iter()
            .all(|it| it.wildcard.pattern != "orchard:CutBranch*")
    );
}

#[test]
fn the_count_is_that_of_the_points_in_json() {
    let new = edited(|it| {
        it.actions.insert(
            "ShareTree".to_owned(),
            with(AccessLevel::PermissionsManagement),
        );
        it.actions
            .insert("GetRowOwner".to_owned(), Action::default());
        it.actions.remove("PlantTree");
    });
    let changes = between(&orchard(), &new);
    let json = serde_json::to_value(&changes).expect("JSON");
    let security = json["security"].as_array().expect("marks");
    assert_eq!((changes.marks, security.len()), (2, 2), "{security:#?}");
    assert_eq!(json["marks"], 2);
    let report = changes::Report::new(vec![changes.clone(), changes], None);
    assert_eq!(report.marks, 4);
}
