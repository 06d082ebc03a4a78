//! Errors of JSON that does not state the facts of a service: they contain the position, and
//! nothing panics.

use iam_policy::Service;
use proptest::prelude::*;

use crate::{PAGE, SERVICE_REFERENCE, SNAPSHOT};

const FORMS: &str = "the facts of a service: a snapshot (`page`, `prefix`, `actions`, …), the facts of a page (those and `locale`), or AWS's service reference (`Name`, `Actions`, …)";

fn refused(text: &str) -> String {
    let error = Service::from_json(text).expect_err("an error");
    let message = error.to_string();
    assert_eq!(message.lines().count(), 1, "{message}");
    let expected = message.matches("expected ").count();
    assert_eq!(expected, 1, "{message}");
    message
}

#[test]
fn other_forms_are_refused() {
    let cases = [
        ("", "EOF while parsing a value at line 1 column 0"),
        ("[]", "a list at line 1 column 0"),
        ("<html>", "text that is not JSON at line 1 column 1"),
        ("{}", "an empty object"),
        (
            r#"{"Version": "2012-10-17", "Statement": []}"#,
            "an object with `Statement`, `Version`",
        ),
        (r#"{"Name": "orchard"}"#, "an object with `Name`"),
        (
            r#"{"a": 1, "b\n": 2, "c": 3, "d": 4, "e": 5, "prefix": ""}"#,
            r"an object with `a`, `b\n`, `c`, `d`, `e`, …",
        ),
    ];
    for (text, found) in cases {
        assert_eq!(refused(text), format!("found {found}, expected {FORMS}"));
    }
    let twice = format!("{SNAPSHOT}{SNAPSHOT}");
    assert!(
        refused(&twice)
            .starts_with("found text that is not JSON (trailing characters) at line 57 column 1"),
        "{}",
        refused(&twice)
    );
}

/// Returns the error of the fixture after replacing a text.
fn edited(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    refused(&text.replacen(from, to, 1))
}

#[test]
fn errors_contain_the_path() {
    let snapshot = |from: &str, to: &str| edited(SNAPSHOT, from, to);
    assert_eq!(
        snapshot(r#"["Read"]"#, r#"["Look"]"#),
        "`actions.GetTree.access_levels[0]`: found `Look`, which is not an access level of IAM at line 7 column 30, expected a snapshot"
    );
    assert_eq!(
        snapshot(r#""api":"#, r#""apis":"#),
        "`actions.PlantTree.apis`: found unknown field `apis` at line 13 column 12, expected one of `access_levels`, `api`, `permission_only`, `resources`, `condition_keys`, `dependent_actions`, `scenarios`"
    );
    assert_eq!(
        snapshot(r#""required": true"#, r#""required": "yes""#),
        "`actions.GetTree.resources[0].required`: found a string \"yes\" at line 9 column 63, expected a boolean"
    );
    assert_eq!(
        snapshot(r#""service": "#, r#""servce": "#)
            .split(" at line")
            .next(),
        Some("`servce`: found unknown field `servce`")
    );
    assert_eq!(
        refused(r#"{"prefix": "orchard", "actions": {}}"#),
        "found no `page` at line 1 column 36, expected a snapshot"
    );
    assert_eq!(
        refused(r#"{"prefix": "orchard" "actions": {}}"#),
        "found text that is not JSON at line 1 column 22, expected `,` or `}`"
    );
    assert_eq!(
        edited(PAGE, "en_us", "xx_xx")
            .split(" at line")
            .next()
            .unwrap()
            .split(':')
            .next(),
        Some("`locale`")
    );
    assert_eq!(
        edited(SERVICE_REFERENCE, r#""IsWrite": false"#, r#""IsWrite": 0"#),
        "`Actions[0].Annotations.Properties.IsWrite`: found an integer `0` at line 9 column 94, expected a boolean"
    );
}

#[test]
fn repeated_names_are_refused() {
    let message = edited(SNAPSHOT, "\"GetTree\"", "\"PlantTree\"");
    assert!(message.starts_with("`actions"), "{message}");
    assert!(
        message.contains("duplicate member `PlantTree`"),
        "{message}"
    );
    assert_eq!(
        edited(SNAPSHOT, "\"GetTree\"", "\"plantTREE\""),
        "`actions`: found `PlantTree` and `plantTREE`, expected names that differ in more than case, which IAM ignores"
    );
    assert_eq!(
        edited(
            SNAPSHOT,
            r#""resource_type": "orchard""#,
            r#""resource_type": "tree""#
        ),
        "`actions.PlantTree.resources`: found `tree` twice, expected each resource type once"
    );
    let message = edited(
        SNAPSHOT,
        r#""prefix": "orchard","#,
        r#""prefix": "orchard", "prefix": "a","#,
    );
    assert!(message.contains("duplicate field `prefix`"), "{message}");
    // a name with a line end stays on one line
    assert_eq!(
        edited(
            PAGE,
            r#""actions": [{"action": "orchard:listTrees"}]"#,
            r#""act\nions": []"#
        ),
        "`operations[1].act\\nions`: found unknown field `act\\nions` at line 48 column 63, expected one of `operation`, `sdk`, `actions`"
    );
}

#[test]
fn names_of_other_characters_are_refused() {
    for name in ["*", "", "Get:Tree", "Get Tree", "Get_Tree", "Get\\\"Tree"] {
        let message = edited(SNAPSHOT, "\"GetTree\"", &format!("\"{name}\""));
        assert!(
            message.ends_with("expected the name of an action, of letters, digits and `-`"),
            "{message}"
        );
    }
    for prefix in ["", "*", "orchard:x", "Orchard", "orch\\u202eard"] {
        for (text, member) in [
            (SNAPSHOT, "prefix"),
            (PAGE, "prefix"),
            (SERVICE_REFERENCE, "Name"),
        ] {
            let from = format!("\"{member}\": \"orchard\"");
            let message = edited(text, &from, &format!("\"{member}\": \"{prefix}\""));
            assert!(message.starts_with("`prefix`: "), "{message}");
            assert!(
                message
                    .ends_with("expected a service prefix of lower-case letters, digits and `-`"),
                "{message}"
            );
        }
    }
    let other = "text without control characters, line ends and marks of direction";
    let type_ = "the name of a resource type, of letters, digits, `-`, `_`, `/` and spaces";
    let key = "a condition key of letters, digits and `- _ / . < > $ { } :`";
    for (from, to, expected) in [
        ("Amazon Orchard", r"Orchard\u001b[2J", format!("`service`: found `Orchard\\u{{1b}}[2J`, expected {other}")),
        ("PlantTree.html", r"\u2028", format!("`actions.PlantTree.api`: found `https://docs.example.com/orchard/API_\\u{{2028}}`, expected {other}")),
        ("\"tree\", \"required\"", "\"tree?\", \"required\"", format!("`actions.GetTree.resources[0].resource_type`: found `tree?`, expected {type_}")),
        ("\"tree\": {", "\"tree`\": {", format!("`resource_types.tree'`: found `tree'`, expected {type_}")),
        ("tree/${TreeId}", r"tree/\u200f", format!("`resource_types.tree.arn`: found `arn:${{Partition}}:orchard:${{Region}}:${{Account}}:tree/\\u{{200f}}`, expected {other}")),
        ("saml:aud", "saml:(aud)", format!("`actions.ShareHarvest.condition_keys[0]`: found `saml:(aud)`, expected {key}")),
        ("orchard:Ripe", "orchard:Ripe#", format!("`condition_keys.orchard:Ripe#`: found `orchard:Ripe#`, expected {key}")),
        ("Almanac", r"\u0007", format!("`condition_keys.orchard:Season.type`: found `\\u{{7}}`, expected {other}")),
        ("\"iam:PassRole\"]", "\"iam:Pass/Role\"]", "`actions.PlantTree.dependent_actions[0]`: found `iam:Pass/Role`, expected an action such as `prefix:Name`, of letters, digits and `-`".into()),
        ("\"operation\": \"PlantTree\"", "\"operation\": \"Plant.Tree\"", "`operations[2].operation`: found `Plant.Tree`, expected the name of an operation, of letters, digits and `-`".into()),
        ("orchard-v2", "orchard v2", "`operations[1].sdk`: found `orchard v2`, expected the name of an SDK client, of letters, digits and `-`".into()),
        ("iam:PassedToService", "iam:\\\"", format!("`operations[2].actions[1].context.iam:\"`: found `iam:\"`, expected {key}")),
        ("orchard.example.com", r"a\u202eb", format!("`operations[2].actions[1].context.iam:PassedToService[0]`: found `a\\u{{202e}}b`, expected {other}")),
    ] {
        assert_eq!(edited(SNAPSHOT, from, to), expected);
    }
}

#[test]
fn more_names_than_row_indices_are_refused() {
    let keys =
        (0..=u32::from(u16::MAX)).map(|number| format!("\"a:{number}\": {{\"type\": \"String\"}}"));
    let keys = keys.collect::<Vec<_>>().join(", ");
    let text = format!(
        r#"{{"page": "a", "prefix": "a", "service": "A", "actions": {{}}, "resource_types": {{}}, "condition_keys": {{{keys}}}}}"#
    );
    assert_eq!(
        refused(&text),
        "`condition_keys`: found 65536 names, expected 65535 at most"
    );
}

#[test]
fn deep_nesting_is_refused() {
    let open = "[".repeat(100_000);
    let deep = |name: &str| format!("{{\"prefix\": \"a\", \"actions\": {{}}, \"{name}\": {open}");
    refused(&deep("page"));
    refused(&deep("more"));
    let closed = format!("{open}{}", "]".repeat(100_000));
    let message = edited(SNAPSHOT, r#"["Read"]"#, &closed);
    assert!(
        message.starts_with("`actions.GetTree.access_levels[0]`"),
        "{message}"
    );
}

proptest! {
    #[test]
    fn damaged_documents_never_panic(which in 0..3usize, at in 0..2000usize, length in 0..40usize, put in "\\PC{0,8}|[\\[\\]{}\",:0-9]{0,4}") {
        let text = [PAGE, SNAPSHOT, SERVICE_REFERENCE][which];
        let at = at % text.len();
        let end = (at + length).min(text.len());
        let damaged = format!("{}{put}{}", &text[..at], &text[end..]);
        if let Err(error) = Service::from_json(&damaged) {
            prop_assert_eq!(error.to_string().lines().count(), 1);
        }
    }
}
