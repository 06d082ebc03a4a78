//! Findings: each kind is reported for a wrong policy, and not for a right one.

#![cfg(all(feature = "serde", feature = "bedrock"))]

#[cfg(feature = "companions")]
mod across_services;
#[cfg(feature = "all-modules")]
mod attached;
#[cfg(feature = "companions")]
mod companions;
mod conditions;
#[cfg(all(feature = "all-modules", feature = "json"))]
mod corpus;
#[cfg(all(feature = "all-modules", feature = "json"))]
mod fixes;
mod kinds;
mod principals;
mod profiles;
#[cfg(all(feature = "all-modules", feature = "json"))]
mod reports;
#[cfg(feature = "companions")]
mod services;
#[cfg(all(feature = "all-modules", feature = "json"))]
mod shown;
mod statement;
mod whole;

use std::fs;
use std::path::Path;

use bedrock_iam::check::{Change, Code, Finding, Options, Severity, check, check_as};
use bedrock_iam::document::Document;
use bedrock_iam::{PolicyKind, catalog};
use proptest::prelude::*;
use serde_json::{Value, json};

fn findings(policy: Value) -> Vec<Finding> {
    check(&serde_json::from_value(policy).unwrap(), catalog()).findings
}

/// Returns the findings of a policy with these statements.
fn of(statements: Value) -> Vec<Finding> {
    findings(json!({"Version": "2012-10-17", "Statement": statements}))
}

/// Returns the findings of statements in a policy of this kind.
fn as_kind(kind: PolicyKind, statements: Value) -> Vec<Finding> {
    let document = json!({"Version": "2012-10-17", "Statement": statements});
    let document: Document = serde_json::from_value(document).unwrap();
    check_as(&document, catalog(), &Options::default().kind(kind)).findings
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

/// Reports that a test was skipped if a path does not exist.
fn skipped(path: &Path) -> bool {
    if !path.exists() {
        // not with `eprintln!`: the test harness hides what a passing test prints
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: {} does not exist\n", path.display()),
        );
    }
    !path.exists()
}

/// Returns AWS's managed policies with their names.
fn managed() -> Vec<(String, Document)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/policies");
    if skipped(&folder) {
        return Vec::new();
    }
    let mut policies = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let value: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let inner = value.pointer("/PolicyVersion/Document").cloned();
        let document = serde_json::from_value(inner.unwrap_or(value)).unwrap();
        policies.push((
            path.file_stem().unwrap().to_string_lossy().into_owned(),
            document,
        ));
    }
    policies.sort_by(|a, b| a.0.cmp(&b.0));
    policies
}

/// Returns the findings of an `Allow` statement.
fn allow(action: Value, resource: Value) -> Vec<Finding> {
    of(json!([{"Effect": "Allow", "Action": action, "Resource": resource}]))
}

/// Returns the findings of a `Deny` statement, without `Condition` if it would be empty.
fn deny(action: Value, resource: Value, condition: Value) -> Vec<Finding> {
    let mut statement = json!({"Effect": "Deny", "Action": action, "Resource": resource});
    if condition != json!({}) {
        statement["Condition"] = condition;
    }
    of(json!([statement]))
}

/// Returns the findings of a policy of this kind, each with its severity, code and path.
fn of_kind(kind: &str, statements: Value) -> Vec<String> {
    let policy = json!({"Version": "2012-10-17", "Statement": statements});
    let document: Document = serde_json::from_value(policy).unwrap();
    let options = Options::default().kind(kind.parse().unwrap());
    let report = check_as(&document, catalog(), &options);
    let rows = report.findings.iter();
    rows.map(|it| format!("{} {} {}", it.severity, it.code, it.path))
        .collect()
}

/// Returns the only finding, which has to have this code.
#[track_caller]
fn only(findings: Vec<Finding>, code: Code) -> Finding {
    assert_eq!(codes(&findings), [code.as_str()], "{findings:#?}");
    findings.into_iter().next().unwrap()
}

#[track_caller]
fn none(findings: Vec<Finding>) {
    assert!(findings.is_empty(), "{findings:#?}");
}

const MODEL: &str = "arn:aws:bedrock:*::foundation-model/anthropic.*";
const GUARDRAIL: &str = "arn:aws:bedrock:eu-central-1:123456789012:guardrail/abc";

/// Generates documents of arbitrary parts, including those that the checks look for.
fn documents() -> impl Strategy<Value = Value> {
    let texts = prop_oneof![
        prop::sample::select(vec![
            "*",
            "*:*",
            "bedrock:*",
            "bedrock:InvokeModel",
            "bedrock:Converse",
            "bedrock:InvokeModle",
            "BEDROCK:Get*",
            "bedrock:",
            ":",
            "iam:PassRole",
            "arn:aws:bedrock:*:*:*",
            "arn:aws:bedrock:us-east-1:1:guardrail/é",
            "arn:aws:bedrock:::foundation-model/x",
            "arn:::::",
            "arn:${aws:a:b}:bedrock:::flow/*",
            "${",
            "é:é",
            "aws:é",
            "aws:RequestTag/",
            "aws:RequestTag/a",
            "aws:TagKeys",
            "Allow",
            "Deny",
            "true",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
    ];
    let scalar = prop_oneof![
        8 => texts.prop_map(Value::from), 1 => any::<bool>().prop_map(Value::from), 1 => any::<f32>().prop_map(Value::from),
    ].prop_filter("no null", |value| !value.is_null());
    let list = prop_oneof![
        scalar.clone(),
        prop::collection::vec(scalar.clone(), 0..5).prop_map(Value::from)
    ]
    .boxed();
    let key = prop_oneof![
        prop::sample::select(vec![
            "aws:TagKeys",
            "aws:RequestTag/x",
            "bedrock:ServiceTier",
            "bedrock:X",
            "aws:é",
            "iam:PassedToService",
            "x"
        ])
        .prop_map(str::to_owned),
        "\\PC{0,20}",
    ];
    let operator = prop_oneof![
        prop::sample::select(vec![
            "StringEquals",
            "ForAllValues:StringLike",
            "Null",
            "NullIfExists",
            "IpAddress",
            "NumericEquals",
            "BoolIfExists",
            "é:IfExists"
        ])
        .prop_map(str::to_owned),
        "\\PC{0,9}",
    ];
    let keys = prop::collection::btree_map(key, list.clone(), 0..3);
    let condition = prop::collection::btree_map(operator, keys, 0..3).prop_map(|map| json!(map));
    let principal = prop_oneof![
        Just(json!("*")),
        Just(json!({"AWS": "*"})),
        Just(json!({"é": []}))
    ];
    let member = prop_oneof![
        (prop::sample::select(vec!["Sid", "Effect"]), scalar.boxed()),
        (
            prop::sample::select(vec![
                "Action",
                "NotAction",
                "Resource",
                "NotResource",
                "Action",
                "Resource"
            ]),
            list
        ),
        (Just("Condition"), condition.boxed()),
        (
            prop::sample::select(vec!["Principal", "NotPrincipal"]),
            principal.boxed()
        ),
    ];
    let statement = prop::collection::vec(member, 0..6).prop_map(|members| {
        let mut statement: serde_json::Map<_, _> = members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        statement.entry("Effect").or_insert("Allow".into());
        Value::from(statement)
    });
    prop::collection::vec(statement, 0..4)
        .prop_map(|statements| json!({"Version": "2012-10-17", "Statement": statements}))
}
