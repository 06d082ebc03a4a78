//! Parsing and printing of existing policy documents.

#![cfg(feature = "serde")]

use std::fs;
use std::path::Path;

use bedrock_iam::document::{Document, List, Scalar, Statements};
use serde_json::{Value, json};

fn read(text: &str) -> Result<Document, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn unchanged(value: &Value) {
    let document: Document =
        serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"));
    assert_eq!(serde_json::to_value(&document).unwrap(), *value);
}

#[test]
fn existing_documents_are_printed_unchanged() {
    unchanged(&json!({}));
    unchanged(&json!({"Version": "2008-10-17", "Id": "x", "Statement": []}));
    unchanged(&json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": ["*"]}}));
    unchanged(&json!({
        "Statement": [{
            "Sid": "A", "Effect": "Deny", "NotPrincipal": {"AWS": ["1"], "Service": "x.amazonaws.com"},
            "NotAction": [], "NotResource": "a",
            "Condition": {"Bool": {"aws:SecureTransport": false}, "NumericLessThan": {"k": [1, -2, 2.5, "3"]}},
            "Comment": {"by": [null, true, {"x": 1}]}
        }, {"Principal": "*"}],
        "Author": "example"
    }));
}

#[test]
fn a_text_and_a_list_of_one_are_distinguished() {
    let document = read(r#"{"Statement": {"Action": ["a:B"], "Resource": "*"}}"#).unwrap();
    let Some(Statements::Alone(statement)) = document.statements else {
        panic!()
    };
    assert_eq!(
        statement.action,
        Some(List::Several(vec![Scalar::Text("a:B".to_owned())]))
    );
    assert_eq!(
        statement.resource,
        Some(List::Alone(Scalar::Text("*".to_owned())))
    );
}

#[test]
fn duplicate_keys_are_refused_at_every_depth() {
    for text in [
        r#"{"Version": "a", "Version": "a"}"#,
        r#"{"Statement": [{"Action": "a", "Action": "b"}]}"#,
        r#"{"Statement": {"Condition": {"Bool": {}, "Bool": {}}}}"#,
        r#"{"Statement": {"Condition": {"Bool": {"a": "1", "a": "2"}}}}"#,
        r#"{"Statement": {"Condition": {}, "Condition": {}}}"#,
        r#"{"Statement": {"Principal": {"AWS": "1", "AWS": "2"}}}"#,
        r#"{"Note": {"x": {"y": 1, "y": 2}}}"#,
        r#"{"Note": 1, "Note": 2}"#,
    ] {
        let error = read(text).expect_err(text);
        assert!(error.contains("twice; expected it once"), "{text}: {error}");
    }
    // More than the number from which on names are hashed.
    let many: Vec<_> = (0..100).map(|index| format!("\"k{index}\": 1")).collect();
    assert!(read(&format!("{{{}}}", many.join(","))).is_ok());
    assert!(read(&format!("{{{}, \"k7\": 1}}", many.join(","))).is_err());
}

#[test]
fn other_shapes_are_refused() {
    for (text, expected) in [
        ("[]", "a policy document"),
        (
            r#"{"Statement": "x"}"#,
            "a statement or a list of statements",
        ),
        (r#"{"Statement": [3]}"#, "a statement, which is an object"),
        (
            r#"{"Statement": {"Action": {}}}"#,
            "a string or a list of strings",
        ),
        (r#"{"Statement": {"Action": [[]]}}"#, "a string"),
        (r#"{"Statement": {"Condition": []}}"#, "an object"),
        (
            r#"{"Statement": {"Principal": 3}}"#,
            "`*` or an object of principals",
        ),
    ] {
        let error = read(text).expect_err(text);
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn managed_policies_are_parsed_and_printed_unchanged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/policies");
    if !folder.exists() {
        // Bypasses the test harness, which captures the output of passing tests.
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: {} is missing\n", folder.display()),
        );
        return;
    }
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        // The files may wrap the document.
        let document = value
            .get("PolicyVersion")
            .and_then(|version| version.get("Document"))
            .unwrap_or(&value);
        unchanged(document);
        count += 1;
    }
    assert!(count > 200, "{count}");
}

#[test]
fn policies_are_parsed_and_printed_unchanged() {
    use bedrock_iam::{AnyResource, Policy, Statement, foreign_action};

    let text = r#"{"Statement":{"Effect":"Allow","Action":["a:B"],"Resource":"*","Condition":{"Bool":{"k":true}},"Note":[1,-2,0.5,null,{}]}}"#;
    let read: Policy = serde_json::from_str(text).unwrap();
    assert_eq!(read.to_json(), text);
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    let value: Value = serde_json::from_str(&read.to_json_pretty()).unwrap();
    assert_eq!(value, serde_json::from_str::<Value>(text).unwrap());

    let built = Policy::new()
        .with(Statement::allow(foreign_action!("sts:GetCallerIdentity")).on(AnyResource))
        .build()
        .unwrap();
    let again: Policy = serde_json::from_str(&built.to_json()).unwrap();
    assert_eq!(again, built);
    assert_eq!(serde_json::to_string(&built).unwrap(), built.to_json());
    assert_ne!(again, read);
}
