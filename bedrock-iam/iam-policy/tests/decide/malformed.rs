//! Policies that IAM rejects are refused or undecided, whichever part is malformed: they end in no certain
//! answer that a policy in force could have.

use iam_policy::decide::{Outcome, Policies, Request};
use serde_json::{Value, json};

use crate::laws::read_request;

const USER: &str = "arn:aws:iam::111111111111:user/ana";

fn request() -> Request {
    let request = json!({"principal": USER, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/a",
                         "resource_account": "111111111111", "context": {"aws:SourceIp": "203.0.113.7"}});
    read_request(&request, false)
}

/// Returns a policy with a statement, in which the element of this name has another value.
fn policy(effect: &str, element: &str, value: Value) -> Value {
    let mut statement = json!({"Effect": effect, "Principal": {"AWS": USER}, "Action": "s3:GetObject",
                               "Resource": "arn:aws:s3:::b/*"});
    if let Some(positive) = element.strip_prefix("Not") {
        statement.as_object_mut().unwrap().remove(positive);
    }
    statement[element] = value;
    json!({"Version": "2012-10-17", "Statement": [statement]})
}

/// Returns the outcomes of a policy alone and beside one that allows everything, in a layer; none if it
/// is refused.
fn outcomes(layer: &str, mut document: Value) -> Option<[Outcome; 2]> {
    let statement = document.pointer_mut("/Statement/0");
    if let Some(Value::Object(statement)) = statement.filter(|_| layer == "identity") {
        statement.remove("Principal");
    }
    let in_layer = match layer {
        "resource" => document,
        _ => json!([document]),
    };
    let alone = Policies::from_json(&json!({layer: in_layer}).to_string()).ok()?;
    let first = in_layer.get(0).cloned();
    let everything =
        r#"{"identity": [{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}]}"#;
    let mut both: Value = serde_json::from_str(everything).unwrap();
    match layer {
        "identity" => both[layer].as_array_mut().unwrap().extend(first),
        _ => both[layer] = in_layer,
    }
    let both = Policies::from_json(&both.to_string()).unwrap();
    Some([alone, both].map(|policies| {
        let (request, prepared) = (request(), policies.prepare());
        let decision = policies.decide(&request);
        assert_eq!(decision.outcome(), prepared.decide(&request).outcome());
        if decision.outcome() == Outcome::Undecided {
            assert!(!decision.explain().needs.is_empty(), "{decision}");
        }
        decision.outcome()
    }))
}

/// Checks that a policy is refused, or undecided where it matters: an Allow by itself, a Deny beside an Allow.
fn check(what: &str, layer: &str, documents: [Value; 2]) {
    let [allow, deny] = documents.map(|document| outcomes(layer, document));
    if let Some([alone, both]) = allow {
        assert_eq!(alone, Outcome::Undecided, "{what}, in an Allow of {layer}");
        assert!(
            both == Outcome::Undecided || both == Outcome::Allowed,
            "{what}"
        );
    }
    if let Some([_, both]) = deny {
        assert_eq!(both, Outcome::Undecided, "{what}, in a Deny of {layer}");
    }
}

#[test]
fn malformed_elements_are_refused_or_undecided() {
    let rows: &[(&str, &[Value])] = &[
        (
            "Action",
            &[
                json!(5),
                json!([5]),
                json!(["s3:GetObject", 5]),
                json!(["ec2:Run*", true]),
                json!({}),
                json!({"a": "b"}),
                json!(null),
                json!([["s3:*"]]),
                json!("s3*:GetObject"),
                json!("GetObject"),
            ],
        ),
        (
            "NotAction",
            &[json!(5), json!([]), json!(["ec2:*", 5]), json!(null)],
        ),
        (
            "Resource",
            &[
                json!(5),
                json!([false]),
                json!(["arn:aws:s3:::b/*", 5]),
                json!(["arn:aws:s3:::c", 5]),
                json!({"Ref": "bucket"}),
                json!(null),
                json!("b/a"),
                json!("execute-api:/*"),
                json!("s3:::b/a"),
            ],
        ),
        (
            "NotResource",
            &[json!(5), json!([]), json!(["arn:aws:s3:::c", 5])],
        ),
        (
            "Condition",
            &[
                json!([]),
                json!("x"),
                json!(null),
                json!({"IpAddress": []}),
                json!({"IpAddress": "x"}),
                json!({"IpAddress": {"aws:SourceIp": []}}),
                json!({"IpAddress": {"aws:SourceIp": {"a": 1}}}),
                json!({"IpAddress": {"aws:SourceIp": "private"}}),
                json!({"InAddress": {"aws:SourceIp": "0.0.0.0/0"}}),
            ],
        ),
        (
            "Effect",
            &[
                json!("allow"),
                json!("deny"),
                json!("Permit"),
                json!(5),
                json!(true),
                json!(null),
                json!(["Allow"]),
            ],
        ),
        ("Sid", &[json!(5), json!(null), json!([])]),
        ("Notes", &[json!("x"), json!(null)]),
    ];
    for (element, values) in rows {
        for value in *values {
            let documents = || ["Allow", "Deny"].map(|it| policy(it, element, value.clone()));
            for layer in ["identity", "resource"] {
                if (layer, *element, value) != ("resource", "Resource", &json!(null)) {
                    check(&format!("`{element}`: {value}"), layer, documents());
                }
            }
        }
    }
}

#[test]
fn malformed_principals_are_refused_or_undecided() {
    let values = [
        json!(5),
        json!(null),
        json!(true),
        json!([]),
        json!([USER]),
        json!(USER),
        json!("111111111111"),
        json!({"AWS": 5}),
        json!({"AWS": [5, USER]}),
        json!({"AWS": null}),
        json!({"AWS": {"a": "b"}}),
        json!({"AWS": "ana"}),
        json!({"AWS": "arn:aws:iam::111111111111:user/*"}),
        json!({"AWS": "arn:aws:iam::111111111111:group/all"}),
        json!({"AWS": "1111"}),
        json!({"AWS": "s3.amazonaws.com"}),
        json!({"aws": USER}),
        json!({"Unknown": "x"}),
        json!({"Unknown": []}),
        json!({"Service": USER}),
        json!({"Service": "*"}),
        json!({"Federated": "*"}),
        json!({"CanonicalUser": "x"}),
    ];
    for element in ["Principal", "NotPrincipal"] {
        for value in &values {
            let documents = ["Allow", "Deny"].map(|it| policy(it, element, value.clone()));
            check(&format!("`{element}`: {value}"), "resource", documents);
        }
    }
}

#[test]
fn malformed_documents_are_refused_or_undecided() {
    let with = |member: &str, value: Value| {
        ["Allow", "Deny"].map(|effect| {
            let mut document = policy(effect, "Effect", json!(effect));
            document[member] = value.clone();
            document
        })
    };
    for layer in ["identity", "resource"] {
        for (member, value) in [
            ("Version", json!(2012)),
            ("Version", json!("2012-10-18")),
            ("Version", json!(null)),
            ("Version", json!([])),
            ("Id", json!(5)),
            ("Id", json!({})),
            ("Statements", json!([])),
            ("Statement", json!("x")),
            ("Statement", json!([5])),
            ("Statement", json!([[]])),
            ("Statement", json!(null)),
            ("Statement", json!({})),
        ] {
            check(&format!("`{member}`: {value}"), layer, with(member, value));
        }
        let misspelled = with("Version", json!("2012-10-17")).map(|mut document| {
            json!({"Version": "2012-10-17", "statement": document["Statement"].take()})
        });
        check("`statement`", layer, misspelled);
        check(
            "nothing",
            layer,
            [json!({}), json!({"Version": "2012-10-17"})],
        );
    }
}

#[test]
fn a_member_that_is_written_twice_is_refused() {
    for twice in [
        r#""Effect": "Allow""#,
        r#""Action": "ec2:*""#,
        r#""Resource": "*""#,
        r#""Sid": "a", "Sid": "b""#,
        r#""Condition": {}, "Condition": {}"#,
        r#""Condition": {"Bool": {}, "Bool": {}}"#,
        r#""Condition": {"Bool": {"aws:SecureTransport": "true", "aws:SecureTransport": "false"}}"#,
        r#""Principal": {"AWS": "*", "AWS": "111111111111"}"#,
    ] {
        let statement = format!(r#"{{"Effect": "Deny", "Action": "*", "Resource": "*", {twice}}}"#);
        let text = format!(r#"{{"identity": [{{"Statement": {statement}}}]}}"#);
        let error = Policies::from_json(&text).unwrap_err().to_string();
        assert!(error.contains("twice"), "{error}");
    }
}

/// IAM Access Analyzer documents that a statement with an empty list has no effect.
#[test]
fn empty_lists_have_no_effect() {
    for (element, value) in [
        ("Action", json!([])),
        ("Resource", json!([])),
        ("Principal", json!({})),
        ("Principal", json!({"AWS": []})),
    ] {
        let found = ["Allow", "Deny"]
            .map(|effect| outcomes("resource", policy(effect, element, value.clone())));
        let none = Some([Outcome::ImplicitlyDenied, Outcome::Allowed]);
        assert_eq!(found, [none, none], "`{element}`: {value}");
    }
}
