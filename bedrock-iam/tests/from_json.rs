//! Parsing of documents from JSON: errors contain the position.

#![cfg(feature = "json")]

use bedrock_iam::document::Document;

#[test]
fn errors_have_a_path_a_line_and_a_column() {
    for (text, path, line, column, message) in [
        (
            "{\n  \"Statement\": [{}, {\"Action\": {}}]\n}",
            "Statement[1].Action",
            2,
            33,
            "expected a string or a list of strings",
        ),
        (
            "{\"Statement\": [{\"Condition\": {\"Bool\": {\"a\": \"1\", \"a\": \"2\"}}}]}",
            "Statement[0].Condition.Bool.a",
            1,
            0,
            "`a` twice",
        ),
        (
            "{\"Statement\": {\"Condition\": {\"StringEquals\": 3}}}",
            "Statement.Condition.StringEquals",
            1,
            0,
            "an object",
        ),
        ("[]", "", 1, 0, "a policy document"),
        ("{\"Statement\": [", "Statement", 1, 15, "EOF"),
        ("", "", 1, 0, "EOF"),
    ] {
        let error = Document::from_json(text).expect_err(text);
        assert_eq!(
            (error.path(), error.line()),
            (path, line),
            "{text}: {error}"
        );
        assert!(error.message().contains(message), "{text}: {error}");
        assert!(column == 0 || error.column() == column, "{text}: {error}");
        assert!(
            error
                .to_string()
                .contains(&format!("(line {line}, column ")),
            "{error}"
        );
        assert_eq!(error.to_string().matches("line").count(), 1, "{error}");
    }
}

#[test]
fn documents_that_are_too_long_or_too_deep_are_refused() {
    let long = format!("{{\"Id\": \"{}\"}}", "x".repeat(1 << 20));
    assert!(
        Document::from_json(&long)
            .unwrap_err()
            .message()
            .contains("at most")
    );
    let deep = format!("{{\"Note\": {}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(
        Document::from_json(&deep)
            .unwrap_err()
            .message()
            .contains("recursion")
    );
    assert!(Document::from_json("{\"Note\": [[[[]]]]}").is_ok());
    let wide =
        |statements: usize| format!("{{\"Statement\": [{}]}}", vec!["{}"; statements].join(","));
    assert!(Document::from_json(&wide(50_000)).is_ok());
    let error = Document::from_json(&wide(50_001)).unwrap_err();
    assert!(
        error.message().contains("more than 50000 statements"),
        "{error}"
    );
    let named = |length: usize| format!("{{\"{}\": 1}}", "x".repeat(length));
    assert!(Document::from_json(&named(16 << 10)).is_ok());
    let error = Document::from_json(&named((16 << 10) + 1)).unwrap_err();
    assert!(error.message().contains("at most 16384"), "{error}");
}

#[test]
fn messages_have_one_line_for_any_member_name() {
    // Found by fuzzing.
    for text in ["{\"a\\nb\": {\"c\": ", "{\"a\\nb\": 1, \"a\\nb\": 2}"] {
        let error = Document::from_json(text).expect_err(text).to_string();
        assert!(!error.contains('\n') && error.contains("a\\nb"), "{error}");
    }
}

#[test]
fn policies_are_parsed_from_json() {
    let text = r#"{"Version":"2012-10-17","Statement":[]}"#;
    assert_eq!(
        bedrock_iam::Policy::from_json(text).unwrap().to_json(),
        text
    );
    assert!(bedrock_iam::Policy::from_json("[]").is_err());
}
