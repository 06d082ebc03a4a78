//! What differs in writing and not for policies: no sentence may say that it does.

use codegen::changes::{self, Bump, ServiceChanges};
use iam_policy::wire::{Operation, Service};

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

/// Every headline with its meaning and what of it touches security.
fn said(changes: &ServiceChanges) -> Vec<String> {
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
fn iam_tells_no_actions_apart_by_case() {
    let changes = judged(|it| {
        let row = it.actions.remove("GetRow").expect("an action");
        it.actions.insert("getRow".to_owned(), row);
    });
    let no_change = "no policy changes: to IAM `GetRow` is the same as `getRow`";
    let lines = said(&changes);
    assert_eq!(
        lines[..1],
        [format!("action removed: `orchard:GetRow` → {no_change}")]
    );
    let no_change = "no policy changes: to IAM `getRow` is the same as `GetRow`";
    assert_eq!(lines.last().map(|it| it.ends_with(no_change)), Some(true));
    assert!(changes.wildcards.is_empty());
    assert_eq!(changes.bump, Bump::Minor);
}

#[test]
fn a_key_of_another_spelling_guards_as_before() {
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
    let no_change = "no policy changes: to IAM `orchard:";
    let mut meanings = changes.changes.iter().map(|it| &it.line.meaning);
    assert!(meanings.all(|it| it.starts_with(no_change)));
}

#[test]
fn a_resource_type_of_the_same_arns_matches_as_before() {
    let changes = judged(|it| {
        let tree = it.resource_types.remove("tree").expect("a type");
        it.resource_types.insert("trees".to_owned(), tree);
        let resources = it.actions.values_mut().flat_map(|it| &mut it.resources);
        for resource in resources.filter(|it| it.resource_type == "tree") {
            resource.resource_type = "trees".to_owned();
        }
    });
    let lines = said(&changes);
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
        perhaps.contains("no policy changes: to IAM both are the same"),
        "{perhaps}"
    );
}

#[test]
fn another_sdk_client_makes_no_new_operation() {
    let changes = judged(|it| {
        for row in it
            .operations
            .iter_mut()
            .filter(|it| it.operation == "Water")
        {
            row.sdk = Some("orchard-v3".to_owned());
        }
    });
    let lines = said(&changes);
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
    let lines = said(&both);
    assert!(
        lines[0].starts_with("`Water`: now also in the SDK client `orchard-v3`"),
        "{lines:#?}"
    );
}

#[test]
fn an_operation_that_one_client_lost_can_be_called_still() {
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
    let lines = said(&changes);
    let expected = "`Water`: no longer in the SDK client `orchard-v3` → still callable otherwise: keep \
                    what is allowed";
    assert_eq!(lines, [expected]);
    assert_eq!(changes.bump, Bump::Minor);
}

#[test]
fn an_action_that_is_needed_in_one_context_less_is_needed() {
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
    let lines = said(&changes);
    assert_eq!(
        lines,
        [format!(
            "required actions of `GraftTree`: `{name}` changed → `{name}` needed in another context"
        )]
    );
}

#[test]
fn a_key_that_one_resource_type_lost_is_carried_for_the_others() {
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
    let line = &said(&changes)[0];
    let said = format!("is no longer in effect for `orchard:GraftTree` on `{lost}` →");
    assert!(line.contains(&said), "{line}");
}

#[test]
fn a_scenario_with_other_facts_neither_came_nor_went() {
    let changes = judged(|it| {
        let graft = it.actions.get_mut("GraftTree").expect("an action");
        let scenario = &mut graft.scenarios[0];
        scenario.condition_keys.push("orchard:Season".to_owned());
    });
    let line = &said(&changes)[0];
    assert!(
        line.contains("changed") && !line.contains("removed"),
        "{line}"
    );
}

#[test]
fn a_key_whose_row_alone_went_is_in_effect() {
    let changes = judged(|it| {
        it.condition_keys.remove("orchard:Variety");
    });
    let line = &said(&changes)[0];
    assert!(
        line.contains("only the row was removed: still in effect for `orchard:"),
        "{line}"
    );
}

#[test]
fn keys_that_no_action_named_are_a_guard_all_the_same() {
    let mut old = orchard();
    old.condition_keys
        .insert("orchard:Season".to_owned(), sample::condition_key("Bool"));
    let changes = between(&old, |it| {
        it.condition_keys.remove("orchard:Season");
    });
    let line = &said(&changes)[0];
    assert!(
        line.ends_with("! conditions on a removed key no longer guard"),
        "{line}"
    );
}

#[test]
fn the_same_arns_are_the_same_type_whatever_it_is_called() {
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
