//! Names in another spelling whose facts changed as well: the facts are compared as if the spelling had
//! not changed.

use codegen::changes::{self, Bump, MarkKind, ServiceChanges};
use codegen::names::Names;
use iam_policy::wire::{AccessLevel, Service};

use crate::judged::{action, judged, orchard};
use crate::support::sample;

fn between(old: &Service, edit: impl FnOnce(&mut Service)) -> ServiceChanges {
    let mut new = old.clone();
    edit(&mut new);
    judged(Some(old), Some(&new), &[]).expect("changes")
}

/// Returns the headlines of the lines with marks, and the kind of the first mark.
fn marked(changes: &ServiceChanges) -> Vec<(&str, MarkKind)> {
    let mark = |line: &'_ changes::Line| line.security.first().map(|it| it.kind);
    let marked = changes
        .lines
        .iter()
        .filter_map(|line| Some((line.headline.as_str(), mark(line)?)));
    marked.collect()
}

fn respell(service: &mut Service, old: &str, new: &str) {
    let row = service.actions.remove(old).expect("an action");
    service.actions.insert(new.to_owned(), row);
}

/// Renames a resource type without a change of its ARNs.
fn rename_type(service: &mut Service, old: &str, new: &str) {
    let row = service.resource_types.remove(old).expect("a type");
    service.resource_types.insert(new.to_owned(), row);
    let resources = service
        .actions
        .values_mut()
        .flat_map(|it| &mut it.resources);
    for resource in resources.filter(|it| it.resource_type == old) {
        resource.resource_type = new.to_owned();
    }
}

#[test]
fn an_action_in_another_case_has_other_facts() {
    let changes = between(&orchard(), |it| {
        respell(it, "GraftTree", "graftTree");
        let graft = action(it, "graftTree");
        graft.resources.clear();
        graft.access_levels = [AccessLevel::Read].into();
        graft.dependent_actions.clear();
    });
    let marked = marked(&changes);
    let of = |part: &str| marked.iter().filter(|(it, _)| it.contains(part)).count();
    assert_eq!(
        of("`orchard:graftTree` can now be scoped only to `*`"),
        1,
        "{marked:#?}"
    );
    assert_eq!(of("access level of `orchard:graftTree`"), 1, "{marked:#?}");
    // `.on(…)` of the same identifier does not compile
    assert_eq!(changes.bump, Bump::Major);
}

#[test]
fn a_key_in_another_case_has_another_type() {
    let changes = between(&orchard(), |it| {
        it.condition_keys.remove("orchard:Variety");
        let key = sample::condition_key("Numeric");
        it.condition_keys.insert("orchard:variety".to_owned(), key);
    });
    let marked = marked(&changes);
    let headline = "value type of `orchard:variety`: `ARN` → `Numeric`";
    assert!(
        marked.contains(&(headline, MarkKind::GuardLost)),
        "{marked:#?}"
    );
    assert_eq!(changes.bump, Bump::Major);
}

#[test]
fn a_resource_type_with_the_same_arns_has_other_keys() {
    let keyed = |keys: &[&str], required| {
        let mut service = orchard();
        for resource in &mut action(&mut service, "GraftTree").resources {
            if resource.resource_type == "tree" {
                resource.condition_keys = keys.iter().map(|&key| key.to_owned()).collect();
                resource.required = required;
            }
        }
        service
    };
    let season = keyed(&["orchard:Season"], true);
    let lost = between(&season, |it| {
        *it = keyed(&[], false);
        rename_type(it, "tree", "trunk");
    });
    assert_eq!(
        marked(&lost),
        [
            (
                "`orchard:Season` no longer in effect for `orchard:GraftTree` on `trunk`",
                MarkKind::GuardLost
            ),
            (
                "`trunk` is now optional for `orchard:GraftTree`",
                MarkKind::GuardLost
            ),
        ]
    );
    // the old builder stays for one version
    assert_eq!(lost.bump, Bump::Minor);
    let gained = between(&keyed(&[], true), |it| {
        *it = keyed(&["orchard:Season"], true);
        rename_type(it, "tree", "trunk");
    });
    let headline = "`orchard:Season` is now in effect for `orchard:GraftTree` on `trunk`";
    assert_eq!(marked(&gained), [(headline, MarkKind::Broader)]);
}

#[test]
fn required_actions_in_another_case_are_the_same() {
    let mut old = orchard();
    action(&mut old, "GetRow").dependent_actions =
        vec!["kms:Decrypt".to_owned(), "iam:PassRole".to_owned()];
    let respelled = |it: &mut Service| {
        action(it, "GetRow").dependent_actions =
            vec!["kms:decrypt".to_owned(), "iam:PassRole".to_owned()];
        for needed in it.operations.iter_mut().flat_map(|it| &mut it.actions) {
            needed.action = needed.action.to_lowercase();
            let context = std::mem::take(&mut needed.context).into_iter();
            let context = context.map(|(key, values)| (key.to_lowercase(), values));
            needed.context = context.collect();
        }
    };
    let changes = between(&old, respelled);
    assert!(marked(&changes).is_empty(), "{:#?}", marked(&changes));
    let meanings = changes.changes.iter().map(|it| &it.line.meaning);
    assert!(changes.changes.len() > 2);
    for meaning in meanings {
        assert_eq!(
            meaning,
            "no policy changes: the same names in another spelling"
        );
    }
    let changes = between(&old, |it| {
        respelled(it);
        action(it, "GetRow").dependent_actions.pop();
    });
    let why = &changes.lines[0].security[0].why;
    assert_eq!(why, "no longer requires `iam:PassRole`");
    assert_eq!(changes.marks, 1);
}

#[test]
fn an_action_required_only_in_another_context_is_marked() {
    let changes = between(&orchard(), |it| {
        for needed in it.operations.iter_mut().flat_map(|it| &mut it.actions) {
            for values in needed.context.values_mut() {
                *values = vec!["shed.example".to_owned()];
            }
        }
    });
    let reasons = changes.lines.iter().flat_map(|it| &it.security);
    let reasons: Vec<_> = reasons.map(|it| it.why.as_str()).collect();
    assert_eq!(
        reasons,
        ["a Deny of `iam:PassRole` in the former context no longer stops the call"]
    );
}

#[test]
fn placeholders_in_another_order_are_other_arns() {
    let arn = |names: &str| {
        let mut service = orchard();
        let row = service.resource_types.get_mut("tree").expect("a type");
        row.arn = format!("arn:${{Partition}}:orchard:::{names}");
        service
    };
    let old = arn("row/${Row}/tree/${Tree}");
    let changes = between(&old, |it| *it = arn("row/${Tree}/tree/${Row}"));
    assert_eq!(changes.lines[0].security[0].kind, MarkKind::IdentifierMoved);
    assert_eq!(changes.bump, Bump::Major);
    let changes = between(&old, |it| *it = arn("row/${Row}/tree/${Id}"));
    assert!(marked(&changes).is_empty());
}

#[test]
fn identifiers_of_a_key_in_another_spelling_and_of_fields_are_compared() {
    let names = |key: &str, one: &str, other: &str| -> Names {
        let text = format!(
            r#"{{"condition_keys": {{"{key}": {{"variant": "Tag", "item": "tag"}}}},
                "placeholders": {{"Row": "{one}", "Tree": "{other}"}}}}"#
        );
        serde_json::from_str(&text).expect("names")
    };
    let old = names("aws:Tag/${TagKey}", "row", "tree");
    assert!(changes::identifiers(&old, &names("aws:Tag/${Tag}", "row", "tree")).is_empty());
    let moved = changes::identifiers(&old, &names("aws:Tag/${TagKey}", "tree", "row"));
    let is_moved = |it: &&changes::Change| matches!(it.kind, changes::Kind::IdentifierMoved { .. });
    assert_eq!(moved.iter().filter(is_moved).count(), 2);
}
