//! Reports of each kind of disagreement, and differences that are not disagreements.

use codegen::service_reference::{self, Stated};
use expect_test::{Expect, expect};
use iam_policy::Layout;
use serde_json::{Value, json};

use crate::derive::{Form, reference};
use crate::{compare, grove, lines};

/// Compares the grove with its edited reference.
pub(crate) fn planted(edit: impl FnOnce(&mut Value), expected: Expect) {
    planted_in(Form::Full, Layout::Current, edit, expected);
}

fn planted_in(form: Form, layout: Layout, edit: impl FnOnce(&mut Value), expected: Expect) {
    let mut changed = reference(&grove(), form);
    edit(&mut changed);
    let comparison = compare(&grove(), layout, &changed);
    let lines = lines(&comparison)
        .iter()
        .map(|line| format!("{line}\n"))
        .collect::<String>();
    expected.assert_eq(&lines);
}

pub(crate) fn entry<'a>(reference: &'a mut Value, table: &str, name: &str) -> &'a mut Value {
    let mut entries = reference[table].as_array_mut().expect("a table").iter_mut();
    entries.find(|it| it["Name"] == name).expect("an entry")
}

fn property<'a>(reference: &'a mut Value, action: &str, name: &str) -> &'a mut Value {
    &mut entry(reference, "Actions", action)["Annotations"]["Properties"][name]
}

#[test]
fn access_levels_are_compared() {
    planted(
        |it| *property(it, "ListTrees", "IsList") = json!(false),
        expect![[r#"
            action `ListTrees`: access levels: page `List`, service reference `Read`
        "#]],
    );
    planted(
        |it| *property(it, "PlantTree", "IsWrite") = json!(false),
        expect![[r#"
            action `PlantTree`: access levels: page `Write`, `Tagging`, service reference `Tagging`
        "#]],
    );
    planted(
        |it| *property(it, "shareShade", "IsWrite") = json!(true),
        expect![[r#"
            action `shareShade`: access levels: page `Permissions management`, service reference `Write`, `Permissions management`
        "#]],
    );
}

#[test]
fn a_classic_page_states_only_the_most_specific_level() {
    let classic =
        |edit: fn(&mut Value), expected| planted_in(Form::Full, Layout::Classic, edit, expected);
    classic(
        |it| *property(it, "shareShade", "IsWrite") = json!(true),
        expect![],
    );
    classic(
        |it| *property(it, "shareShade", "IsTaggingOnly") = json!(true),
        expect![[r#"
            action `shareShade`: access levels: page `Permissions management`, service reference `Permissions management`, `Tagging`
        "#]],
    );
    classic(
        |it| *property(it, "ListTrees", "IsWrite") = json!(true),
        expect![[r#"
            action `ListTrees`: access levels: page `List`, service reference `List`, `Write`
        "#]],
    );
}

#[test]
fn missing_levels_are_not_compared() {
    planted(
        |it| {
            let action = entry(it, "Actions", "ListTrees");
            action["Annotations"]["Properties"] = Value::Null;
            let action = entry(it, "Actions", "PlantTree");
            action
                .as_object_mut()
                .expect("an action")
                .remove("Annotations");
        },
        expect![],
    );
}

#[test]
fn condition_keys_of_an_action_are_compared() {
    let keys = |it: &mut Value, action: &str, keys: Value| {
        entry(it, "Actions", action)["ActionConditionKeys"] = keys;
    };
    // the resource type itself has the key
    planted(
        |it| keys(it, "shareShade", json!(["grove:Hour/${hour}"])),
        expect![],
    );
    planted(
        |it| {
            keys(
                it,
                "shareShade",
                json!(["grove:Hour/${hour}", "grove:Species"]),
            )
        },
        expect![[r#"
            action `shareShade`: condition keys: only in the service reference `grove:Species`
        "#]],
    );
    // `grove:Species` is in effect on trees only
    planted(
        |it| keys(it, "PlantTree", json!(["grove:Species"])),
        expect![[r#"
            action `PlantTree`: condition keys on `nursery bed`: only in the service reference `grove:Species`
        "#]],
    );
    planted(
        |it| {
            entry(it, "Actions", "PlantTree")["Resources"][1]["ConditionKeys"] =
                json!(["grove:Hour/${hour}"])
        },
        expect![[r#"
            action `PlantTree`: condition keys on `tree`: only on the page `aws:RequestTag/${TagKey}`, `grove:Species`; only in the service reference `grove:Hour/${hour}`
        "#]],
    );
    // a flat list does not state the resource type of a key, but a key can be missing from it
    planted_in(
        Form::Flat,
        Layout::Current,
        |it| keys(it, "PlantTree", json!(["grove:Species"])),
        expect![[r#"
            action `PlantTree`: condition keys on `tree`: only on the page `aws:RequestTag/${TagKey}`
        "#]],
    );
    planted_in(
        Form::Flat,
        Layout::Current,
        |it| keys(it, "ListTrees", json!(["grove:Species"])),
        expect![[r#"
            action `ListTrees`: condition keys: only in the service reference `grove:Species`
        "#]],
    );
}

#[test]
fn missing_keys_of_types_are_reported_if_other_actions_repeat_them() {
    let mut grove = grove();
    for number in 0..20 {
        grove["actions"][format!("share{number}")] = grove["actions"]["shareShade"].clone();
    }
    let found = |form| {
        let mut changed = reference(&grove, form);
        let action = entry(&mut changed, "Actions", "share7");
        action["ActionConditionKeys"] = json!(["grove:Hour/${hour}"]);
        for resource in action["Resources"].as_array_mut().expect("a list") {
            resource["ConditionKeys"] = json!([]);
        }
        lines(&compare(&grove, Layout::Current, &changed))
    };
    assert_eq!(
        found(Form::Full),
        ["action `share7`: condition keys: only on the page `aws:ResourceTag/${TagKey}`"]
    );
    // nothing is reported if all actions lack the keys of their types
    assert_eq!(found(Form::Bare), [""; 0]);
}

#[test]
fn resource_types_are_compared() {
    planted(
        |it| entry(it, "Actions", "PlantTree")["Resources"][0]["Name"] = json!("bed"),
        expect![[r#"
            action `PlantTree`: resource types: only on the page `nursery bed`; only in the service reference `bed`
        "#]],
    );
    planted(
        |it| entry(it, "Resources", "tree")["Name"] = json!("bush"),
        expect![[r#"
            resource type `bush`: only in the service reference
            resource type `tree`: only on the page
        "#]],
    );
    planted(
        |it| {
            entry(it, "Resources", "tree")["ARNFormats"] =
                json!(["arn:${Partition}:grove:::tree/${TreeId}"])
        },
        expect![[r#"
            resource type `tree`: ARN formats: only on the page `arn:${Partition}:grove:${Region}:${Account}:tree/${TreeId}`; only in the service reference `arn:${Partition}:grove:::tree/${TreeId}`
        "#]],
    );
    planted(
        |it| entry(it, "Resources", "tree")["ConditionKeys"] = json!(["grove:Species"]),
        expect![[r#"
            resource type `tree`: condition keys: only on the page `aws:ResourceTag/${TagKey}`; only in the service reference `grove:Species`
        "#]],
    );
}

#[test]
fn condition_keys_are_compared() {
    planted(
        |it| entry(it, "ConditionKeys", "grove:Species")["Name"] = json!("grove:Kind"),
        expect![[r#"
            condition key `grove:Kind`: only in the service reference
            condition key `grove:Species`: only on the page
        "#]],
    );
    planted(
        |it| {
            entry(it, "ConditionKeys", "grove:Species")["Types"] =
                json!(["String", "ArrayOfString"])
        },
        expect![[r#"
            condition key `grove:Species`: types: page `ArrayOfString`, service reference `ArrayOfString`, `String`
        "#]],
    );
    // the same type with another spelling
    planted(
        |it| entry(it, "ConditionKeys", "grove:Hour/${hour}")["Types"] = json!(["Boolean"]),
        expect![],
    );
}

#[test]
fn a_missing_table_is_reported_in_one_line() {
    let entries: Vec<_> = (0..247)
        .map(|at| json!({"Name": format!("Operation{at}")}))
        .collect();
    let mut page = grove();
    page.as_object_mut()
        .expect("a snapshot")
        .remove("operations");
    let mut changed = reference(&page, Form::Full);
    changed["Operations"] = json!(entries);
    let found = compare(&page, Layout::Classic, &changed);
    assert_eq!(lines(&found), ["operations: page 0, service reference 247"]);

    // a missing table is the same as an empty one
    planted(
        |it| {
            it.as_object_mut()
                .expect("a reference")
                .remove("ConditionKeys");
        },
        expect![[r#"
            condition keys: page 4, service reference 0
        "#]],
    );
}

#[test]
fn pages_of_one_prefix_are_compared_together() {
    let whole: iam_policy::wire::Service = serde_json::from_value(grove()).expect("a snapshot");
    let (mut one, mut other) = (whole.clone(), whole.clone());
    one.actions.retain(|name, _| name == "PlantTree");
    one.resource_types.retain(|name, _| name == "tree");
    other.actions.retain(|name, _| name != "PlantTree");
    other.condition_keys.clear();
    other.operations.clear();
    let stated = |service| Stated {
        service,
        layout: Layout::Current,
    };
    let text = reference(&grove(), Form::Full).to_string();
    let reference = service_reference::read("grove.json", &text).expect("a reference");
    let both = service_reference::compare(&[stated(&one), stated(&other)], &reference);
    assert_eq!(lines(&both), [""; 0]);
    assert_eq!(both.compared.actions, 3);
    let alone = service_reference::compare(&[stated(&one)], &reference);
    assert_eq!(
        lines(&alone),
        [
            "action `ListTrees`: only in the service reference",
            "action `shareShade`: only in the service reference",
            "resource type `nursery bed`: only in the service reference",
        ]
    );
}

#[test]
fn disagreements_are_serialized() {
    let mut changed = reference(&grove(), Form::Full);
    *property(&mut changed, "ListTrees", "IsList") = json!(false);
    entry(&mut changed, "Resources", "tree")["Name"] = json!("bush");
    let comparison = compare(&grove(), Layout::Current, &changed);
    let json = serde_json::to_string_pretty(&comparison.disagreements).expect("JSON");
    expect![[r#"
        [
          {
            "kind": "access_levels",
            "name": "ListTrees",
            "levels": {
              "page": [
                "List"
              ],
              "service_reference": [
                "Read"
              ]
            }
          },
          {
            "kind": "resource_types",
            "name": "bush",
            "only": "service_reference"
          },
          {
            "kind": "resource_types",
            "name": "tree",
            "only": "page"
          }
        ]"#]]
    .assert_eq(&json);
}
