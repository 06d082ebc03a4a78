//! Parsing of service references: errors are one line with the place, and unknown fields are ignored.

use codegen::service_reference;
use expect_test::{Expect, expect};

fn refused(text: &str, expected: Expect) {
    let error = service_reference::read("grove.json", text).expect_err("an error");
    assert!(error.hint.is_some());
    let message = error.to_string();
    assert_eq!(message.lines().count(), 1, "one line: {message}");
    expected.assert_eq(&format!("{message}\n"));
}

#[test]
fn invalid_json_is_rejected() {
    refused(
        "",
        expect![[r#"
            grove.json: found EOF while parsing a value at line 1 column 0, expected a service reference, an object with `Name` and `Actions`
        "#]],
    );
    refused(
        "<html>no such key</html>",
        expect![[r#"
            grove.json: found text that is not JSON at line 1 column 1, expected a service reference, an object with `Name` and `Actions`
        "#]],
    );
    refused(
        r#"{"Name": "grove", "Actions": []} {"#,
        expect![[r#"
            grove.json: found text that is not JSON (trailing characters) at line 1 column 34, expected a service reference, an object with `Name` and `Actions`
        "#]],
    );
}

#[test]
fn json_of_another_kind_is_rejected() {
    refused(
        "[]",
        expect![[r#"
            grove.json: found a list at line 1 column 0, expected a service reference, an object with `Name` and `Actions`
        "#]],
    );
    refused(
        r#"{"Message": "Forbidden"}"#,
        expect![[r#"
            grove.json: found no `Name` at line 1 column 24, expected a service reference, an object with `Name` and `Actions`
        "#]],
    );
    refused(
        r#"{"Name": "grove", "Resources": []}"#,
        expect![[r#"
            grove.json: found no `Actions` at line 1 column 34, expected a service reference, an object with `Name` and `Actions`
        "#]],
    );
}

#[test]
fn values_of_the_wrong_type_are_rejected() {
    refused(
        r#"{"Name": "grove", "Actions": [["ListTrees", [], null, []]]}"#,
        expect![[r#"
            grove.json: `Actions[0]`: found a list at line 1 column 30, expected an object
        "#]],
    );
    refused(
        r#"{"Name": "grove", "Actions": null}"#,
        expect![[r#"
            grove.json: `Actions`: found null at line 1 column 33, expected a list
        "#]],
    );
    refused(
        r#"{"Name": "grove", "Actions": [{"Name": "ListTrees"}, {"Name": 3}]}"#,
        expect![[r#"
            grove.json: `Actions[1].Name`: found an integer `3` at line 1 column 63, expected a string
        "#]],
    );
    refused(
        r#"{"Name": "grove", "Actions": [{"Name": "ListTrees", "Annotations": {"Properties": {"IsList": "yes"}}}]}"#,
        expect![[r#"
            grove.json: `Actions[0].Annotations.Properties.IsList`: found a string "yes" at line 1 column 98, expected a boolean
        "#]],
    );
    refused(
        r#"{"Name": "grove", "Actions": [], "Operations": [{"Name": "ListTrees", "AuthorizedActions": [{"Name": "ListTrees"}]}]}"#,
        expect![[r#"
            grove.json: `Operations[0].AuthorizedActions[0]`: found no `Service` at line 1 column 113, expected a service reference, an object with `Name` and `Actions`
        "#]],
    );
    refused(
        r#"{"Name": "grove", "Actions": [], "Resources": [{"Name": "tree", "ARNFormats": "arn"}]}"#,
        expect![[r#"
            grove.json: `Resources[0].ARNFormats`: found a string "arn" at line 1 column 83, expected a list
        "#]],
    );
}

#[test]
fn unknown_fields_may_be_deeply_nested() {
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let text = format!(r#"{{"Name": "grove", "Actions": [], "More": {open}{close}}}"#);
    service_reference::read("grove.json", &text).expect("a reference");
}

#[test]
fn unknown_null_and_missing_fields_are_accepted() {
    let text = r#"{
        "Name": "grove", "Version": 2, "Regions": ["everywhere"],
        "Actions": [
            {"Name": "ListTrees"},
            {"Name": "PlantTree", "ActionConditionKeys": null, "Annotations": null, "Resources": null, "New": {}}
        ],
        "ConditionKeys": [{"Name": "grove:Species", "Types": null}],
        "Operations": null,
        "Resources": [{"Name": "tree"}]
    }"#;
    let read = service_reference::read("grove.json", text).expect("a reference");
    assert_eq!(read.prefix, "grove");
    assert_eq!(read.actions.len(), 2);
    assert!(
        read.actions
            .values()
            .all(|action| *action == Default::default())
    );
    assert_eq!(read.condition_keys["grove:Species"], None);
    assert_eq!(read.resource_types["tree"].arn_formats, None);
    assert!(read.operations.is_empty());
}

#[test]
fn repeated_entries_are_merged() {
    let text = r#"{"Name": "grove", "Actions": [
        {"Name": "ListTrees", "ActionConditionKeys": ["grove:Species"], "Resources": [{"Name": "tree"}]},
        {"Name": "ListTrees", "ActionConditionKeys": ["aws:TagKeys"], "Resources": [{"Name": "bed"}]}
    ]}"#;
    let read = service_reference::read("grove.json", text).expect("a reference");
    let action = &read.actions["ListTrees"];
    assert_eq!(
        (action.condition_keys.len(), action.resources.len()),
        (2, 2)
    );
}
