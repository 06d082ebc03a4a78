//! Changes of names that do not affect policies, and are not reported as if they did.

use codegen::changes::{self, Bump, ServiceChanges};
use iam_policy::wire::{AccessLevel, Operation, Service};

use crate::judged::orchard;
use crate::support::sample;

fn judged(edit: impl FnOnce(&mut Service)) -> ServiceChanges {
    between(&orchard(), edit)
}

fn between(old: &Service, edit: impl FnOnce(&mut Service)) -> ServiceChanges {
    let mut new = old.clone();
    edit(&mut new);
    crate::judged::judged(Some(old), Some(&new), &[]).expect("changes")
}

/// Returns each headline with its meaning and marks.
fn reported(changes: &ServiceChanges) -> Vec<String> {
    let line = |line: &changes::Line| {
        let marks = line.security.iter().map(|mark| format!(" ! {}", mark.why));
        format!(
            "{} → {}{}",
            line.headline,
            line.meaning,
            marks.collect::<String>()
        )
    };
    changes.lines.iter().map(line).collect()
}

#[test]
fn the_case_of_actions_is_ignored() {
    let changes = judged(|it| {
        let row = it.actions.remove("GetRow").expect("an action");
        it.actions.insert("getRow".to_owned(), row);
    });
    let no_change = "no policy changes: `GetRow` and `getRow` are the same in IAM";
    let lines = reported(&changes);
    assert_eq!(
        lines[..1],
        [format!("action removed: `orchard:GetRow` → {no_change}")]
    );
    let no_change = "no policy changes: `getRow` and `GetRow` are the same in IAM";
    assert_eq!(lines.last().map(|it| it.ends_with(no_change)), Some(true));
    assert!(changes.wildcards.is_empty());
    assert_eq!(changes.bump, Bump::Minor);
}

#[test]
fn a_key_in_another_spelling_restricts_as_before() {
    let changes = judged(|it| {
        let known = it.condition_keys.remove("orchard:Variety").expect("a key");
        it.condition_keys
            .insert("orchard:variety".to_owned(), known);
        let resources = it.actions.values_mut().flat_map(|it| &mut it.resources);
        for key in resources.flat_map(|it| &mut it.condition_keys) {
            if key == "orchard:Variety" {
                *key = "orchard:variety".to_owned();
            }
        }
    });
    assert!(changes.changes.iter().all(|it| it.line.security.is_empty()));
    let no_change = "no policy changes: `orchard:";
    let mut meanings = changes.changes.iter().map(|it| &it.line.meaning);
    assert!(meanings.all(|it| it.starts_with(no_change)));
}

#[test]
fn a_resource_type_with_the_same_arns_matches_as_before() {
    let changes = judged(|it| {
        let tree = it.resource_types.remove("tree").expect("a type");
        it.resource_types.insert("trees".to_owned(), tree);
        let resources = it.actions.values_mut().flat_map(|it| &mut it.resources);
        for resource in resources.filter(|it| it.resource_type == "tree") {
            resource.resource_type = "trees".to_owned();
        }
    });
    let lines = reported(&changes);
    let of_actions = lines.iter().filter(|it| it.contains("be scoped to"));
    let unchanged = of_actions
        .clone()
        .filter(|it| it.ends_with("same under another name"));
    assert!(
        of_actions.count() > 1 && unchanged.count() > 1,
        "{lines:#?}"
    );
    assert!(lines.iter().all(|it| !it.contains(" ! ")), "{lines:#?}");
    assert!(
        lines.iter().all(|it| !it.contains("match nothing")),
        "{lines:#?}"
    );
    let perhaps = lines
        .iter()
        .find(|it| it.contains("perhaps"))
        .expect("a guess");
    assert!(
        perhaps.contains("no policy changes: both are the same in IAM"),
        "{perhaps}"
    );
}

#[test]
fn another_sdk_client_is_not_a_new_operation() {
    let changes = judged(|it| {
        for row in it
            .operations
            .iter_mut()
            .filter(|it| it.operation == "Water")
        {
            row.sdk = Some("orchard-v3".to_owned());
        }
    });
    let lines = reported(&changes);
    let kept = "`Water`: no longer in the list without an SDK client → still callable";
    assert!(lines[0].starts_with(kept), "{lines:#?}");
    assert!(
        lines.iter().all(|it| !it.contains("new operation")),
        "{lines:#?}"
    );
    let both = between(&orchard(), |it| {
        let water = it.operations.iter().find(|it| it.operation == "Water");
        let again = Operation {
            sdk: Some("orchard-v3".to_owned()),
            ..water.expect("an operation").clone()
        };
        it.operations.push(again);
    });
    let lines = reported(&both);
    assert!(
        lines[0].starts_with("`Water`: now also in the SDK client `orchard-v3`"),
        "{lines:#?}"
    );
}

#[test]
fn an_operation_lost_by_one_client_is_still_callable() {
    let twice = {
        let mut service = orchard();
        let water = service.operations.iter().find(|it| it.operation == "Water");
        let again = Operation {
            sdk: Some("orchard-v3".to_owned()),
            ..water.expect("an operation").clone()
        };
        service.operations.push(again);
        service
    };
    let changes = between(&twice, |it| {
        it.operations
            .retain(|it| it.sdk.as_deref() != Some("orchard-v3"));
    });
    let lines = reported(&changes);
    let expected = "`Water`: no longer in the SDK client `orchard-v3` → still callable otherwise: keep \
                    the permissions";
    assert_eq!(lines, [expected]);
    assert_eq!(changes.bump, Bump::Minor);
}

#[test]
fn an_action_required_in_fewer_contexts_is_still_required() {
    let mut old = orchard();
    let graft = old
        .operations
        .iter_mut()
        .find(|it| it.operation == "GraftTree");
    let needs = &mut graft.expect("an operation").actions;
    let mut again = needs[1].clone();
    again.context = [(
        "iam:PassedToService".to_owned(),
        vec!["shed.example".to_owned()],
    )]
    .into();
    let name = again.action.clone();
    needs.push(again);
    let changes = between(&old, |it| {
        let graft = it
            .operations
            .iter_mut()
            .find(|it| it.operation == "GraftTree");
        graft.expect("an operation").actions.pop();
    });
    let lines = reported(&changes);
    assert_eq!(
        lines,
        [format!(
            "required actions of `GraftTree`: `{name}` changed → `{name}` needed in another context"
        )]
    );
}

#[test]
fn a_key_lost_by_one_resource_type_stays_in_effect_for_others() {
    let mut old = orchard();
    let graft = old.actions.get_mut("GraftTree").expect("an action");
    for resource in &mut graft.resources {
        resource.condition_keys = vec!["orchard:Season".to_owned()];
    }
    let lost = graft.resources[0].resource_type.clone();
    let changes = between(&old, |it| {
        let graft = it.actions.get_mut("GraftTree").expect("an action");
        graft.resources[0].condition_keys.clear();
    });
    let line = &reported(&changes)[0];
    let expected = format!("no longer in effect for `orchard:GraftTree` on `{lost}` →");
    assert!(line.contains(&expected), "{line}");
}

#[test]
fn a_scenario_with_an_added_key_is_changed_and_not_replaced() {
    let changes = judged(|it| {
        let graft = it.actions.get_mut("GraftTree").expect("an action");
        let scenario = &mut graft.scenarios[0];
        scenario.condition_keys.push("orchard:Season".to_owned());
    });
    let line = &reported(&changes)[0];
    assert!(
        line.contains("changed") && !line.contains("removed"),
        "{line}"
    );
}

#[test]
fn a_key_without_a_row_can_still_be_in_effect() {
    let changes = judged(|it| {
        it.condition_keys.remove("orchard:Variety");
    });
    let line = &reported(&changes)[0];
    assert!(
        line.contains("only the row was removed: still in effect for `orchard:"),
        "{line}"
    );
}

#[test]
fn a_removed_key_without_actions_is_a_lost_guard() {
    let mut old = orchard();
    old.condition_keys
        .insert("orchard:Season".to_owned(), sample::condition_key("Bool"));
    let changes = between(&old, |it| {
        it.condition_keys.remove("orchard:Season");
    });
    let line = &reported(&changes)[0];
    assert!(
        line.ends_with("! conditions on a removed key no longer restrict requests"),
        "{line}"
    );
}

#[test]
fn resource_types_with_the_same_arns_are_a_rename() {
    let changes = judged(|it| {
        let tree = it.resource_types.remove("tree").expect("a type");
        it.resource_types.insert("perennial".to_owned(), tree);
    });
    let renames = changes.renames.iter();
    let renames: Vec<_> = renames
        .map(|it| (it.from.as_str(), it.to.as_str()))
        .collect();
    assert_eq!(renames, [("tree", "perennial")]);
}

#[test]
fn a_level_that_only_the_current_layout_states_is_no_change_in_iam() {
    // the classic layout has no operations, and states one level for each action
    let mut classic = orchard();
    classic.operations.clear();
    let of = |service: &mut Service, name: &str, levels: &[AccessLevel]| {
        let action = service.actions.get_mut(name).expect("an action");
        action.access_levels = levels.iter().copied().collect();
    };
    of(&mut classic, "PlantTree", &[AccessLevel::Tagging]);
    of(
        &mut classic,
        "GraftTree",
        &[AccessLevel::PermissionsManagement],
    );
    let changes = between(&classic, |it| {
        it.operations = orchard().operations;
        of(it, "PlantTree", &[AccessLevel::Write, AccessLevel::Tagging]);
        let levels = [AccessLevel::Write, AccessLevel::PermissionsManagement];
        of(it, "GraftTree", &levels);
        of(it, "GetRow", &[AccessLevel::Read, AccessLevel::Write]);
    });
    let lines = reported(&changes);
    assert_eq!(
        lines[..2],
        [
            "access level of `orchard:GraftTree` and `orchard:PlantTree`: `Write` added → IAM is unchanged: only \
             the current layout also states Write for actions that tag or manage permissions; affects only \
             policies that are made by access level ! policies that allow by access level Write now allow the \
             action",
            "access level of `orchard:GetRow`: Read → Read, Write → affects only policies that are made by \
             access level ! may do more, by its access level Write; policies that allow by access level Write \
             now allow the action",
        ]
    );
}

#[test]
fn a_dependent_action_that_another_operation_states_is_no_change_in_iam() {
    let mut classic = orchard();
    classic.operations.clear();
    let plant = classic.actions.get_mut("PlantTree").expect("an action");
    plant.dependent_actions = vec!["kms:Decrypt".to_owned(), "ship:Send".to_owned()];
    let changes = between(&classic, |it| {
        it.operations = orchard().operations;
        let water = it.operations.iter_mut().find(|it| it.operation == "Water");
        let needs = &mut water.expect("an operation").actions;
        let mut again = needs[0].clone();
        "ship:Send".clone_into(&mut again.action);
        needs.push(again);
        let plant = it.actions.get_mut("PlantTree").expect("an action");
        plant.dependent_actions.clear();
    });
    let lines = reported(&changes);
    let of_plant = lines.iter().filter(|it| it.contains("dependent actions"));
    let of_plant: Vec<_> = of_plant.filter_map(|it| it.split_once(" → ")).collect();
    let of = |name: &str| format!("dependent actions of `orchard:PlantTree`: `{name}` removed");
    assert_eq!(of_plant[0].0, of("kms:Decrypt"));
    assert!(!of_plant[0].1.contains("no policy changes"), "{lines:#?}");
    let no_change = "no policy changes: only the classic layout states them for the action itself";
    assert_eq!(of_plant[1..], [(of("ship:Send").as_str(), no_change)]);
}
