//! Findings: each kind seen once where it is right, and none where it would be wrong.

#![cfg(all(feature = "serde", feature = "bedrock"))]

use std::fs;
use std::path::Path;

use bedrock_iam::check::{Change, Code, Finding, Severity, check};
use bedrock_iam::document::Document;
use proptest::prelude::*;
use serde_json::{Value, json};

fn findings(policy: Value) -> Vec<Finding> {
    check(&serde_json::from_value(policy).unwrap())
}

/// Findings of a policy with these statements.
fn of(statements: Value) -> Vec<Finding> {
    findings(json!({"Version": "2012-10-17", "Statement": statements}))
}

fn codes(findings: &[Finding]) -> Vec<&str> {
    findings
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

/// The managed policies, by name.
fn managed() -> Vec<(String, Document)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/policies");
    if !folder.exists() {
        eprintln!("skipped: there is no {}", folder.display());
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

/// What a statement is found to be, its other members given.
fn allow(action: Value, resource: Value) -> Vec<Finding> {
    of(json!([{"Effect": "Allow", "Action": action, "Resource": resource}]))
}

fn deny(action: Value, resource: Value, condition: Value) -> Vec<Finding> {
    of(json!([{"Effect": "Deny", "Action": action, "Resource": resource, "Condition": condition}]))
}

/// The only finding, by its code.
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

#[test]
fn good_policies_have_no_findings() {
    none(allow(
        json!(["bedrock:InvokeModel*", "bedrock:ApplyGuardrail"]),
        json!([MODEL, GUARDRAIL]),
    ));
    none(allow(json!("bedrock:ListFoundationModels"), json!("*")));
    none(allow(json!(["bedrock:Get*", "s3:GetObject"]), json!("*")));
    // global inference profiles
    none(allow(
        json!("bedrock:InvokeModel*"),
        json!([
            "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/global.x",
            "arn:aws:bedrock:*::foundation-model/x",
            "arn:aws:bedrock:::foundation-model/x"
        ]),
    ));
    none(allow(
        json!("bedrock:InvokeAgent"),
        json!("arn:aws:bedrock:*:*:agent-alias/${aws:PrincipalTag/AgentId}/*"),
    ));
    none(of(
        json!({"Effect": "Allow", "Principal": {"Service": "bedrock.amazonaws.com"}, "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": "123456789012"}, "ArnLike": {"aws:SourceArn": "arn:aws:bedrock:*:123456789012:*"}}}),
    ));
    // other services are left alone
    none(allow(
        json!(["s3:NoSuchAction", "ec2:RunInstance"]),
        json!(["arn:aws:s3:::b/*", "arn:aws:ec2:nowhere:1:x"]),
    ));
}

#[test]
fn actions_that_are_none() {
    let finding = only(
        allow(json!("bedrock:InvokeModle"), json!("*")),
        Code::UnknownAction,
    );
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(
        finding.fix.unwrap().change,
        Change::Replace(vec!["bedrock:InvokeModel".to_owned()])
    );
    // of known words: it may be newer than the snapshot
    for newer in [
        "bedrock:GetAgents",
        "bedrock:InvokeAgentAlias",
        "bedrock:FrobnicateThing",
        "bedrock:InvokeModels",
    ] {
        let finding = only(allow(json!([newer]), json!("*")), Code::UnknownAction);
        assert_eq!(
            (finding.severity, finding.path.as_str()),
            (Severity::Warning, "Statement[0].Action[0]")
        );
        assert!(finding.message.contains("list_bedrock.html"), "{finding}");
        assert_eq!(finding.fix, None);
    }
    only(
        allow(json!("bedrock:Frobnicate*"), json!("*")),
        Code::UnknownAction,
    );
    let finding = only(
        allow(json!("bedrock:Converse"), json!("*")),
        Code::OperationAsAction,
    );
    assert_eq!(
        finding.fix.unwrap().change,
        Change::Replace(vec!["bedrock:InvokeModel".to_owned()])
    );
    assert!(
        finding
            .message
            .contains("`bedrock:ApplyGuardrail` with a guardrail"),
        "{}",
        finding.message
    );
    let finding = only(
        allow(json!("InvokeFlow"), json!("*")),
        Code::MalformedAction,
    );
    assert_eq!(
        finding.fix.unwrap().change,
        Change::Replace(vec!["bedrock:InvokeFlow".to_owned()])
    );
    only(
        allow(json!("s3-GetObject"), json!("*")),
        Code::MalformedAction,
    );
    none(allow(json!("*:*"), json!("*")));
}

#[test]
fn resources_against_their_grammar() {
    let finding = only(
        allow(
            json!("bedrock:InvokeModel*"),
            json!([
                "arn:aws:bedrock:us-east-1:123456789012:foundation-model/x",
                MODEL
            ]),
        ),
        Code::ArnAccount,
    );
    assert_eq!(
        (finding.severity, finding.path.as_str()),
        (Severity::Error, "Statement[0].Resource[0]")
    );
    assert_eq!(
        finding.fix.unwrap().change,
        Change::Replace(vec![
            "arn:aws:bedrock:us-east-1::foundation-model/x".to_owned()
        ])
    );
    // alone it is one finding still: by an ARN of no type no pair can be judged
    let alone = json!("arn:aws:bedrock:us-east-1:123456789012:foundation-model/x");
    only(
        allow(json!("bedrock:InvokeModel*"), alone),
        Code::ArnAccount,
    );
    let with = |resource: &str| {
        let found = allow(
            json!("bedrock:ApplyGuardrail"),
            json!([GUARDRAIL, resource]),
        );
        only(found, Code::MalformedArn)
    };
    for wrong in [
        "arn:aws:bedrock:us-east-1:12345:guardrail/x",
        "arn:amazon:bedrock:us-east-1:123456789012:guardrail/x",
        "arn:aws:bedrock:frankfurt:123456789012:guardrail/x",
        "guardrail/x",
    ] {
        assert_eq!(with(wrong).severity, Severity::Error, "{wrong}");
    }
    let found = allow(
        json!("bedrock:ApplyGuardrail"),
        json!([GUARDRAIL, "arn:aws:bedrock:us-east-1::guardrail/x"]),
    );
    assert!(
        found.iter().any(
            |finding| finding.code == Code::ArnAccount && finding.severity == Severity::Warning
        )
    );
    let found = allow(
        json!("bedrock:ApplyGuardrail"),
        json!([GUARDRAIL, "arn:aws:bedrock:*:*:guardrails/x"]),
    );
    let unknown = found
        .iter()
        .find(|finding| finding.code == Code::UnknownResourceType)
        .unwrap();
    assert!(
        unknown.message.contains("a guardrail is `arn:"),
        "{unknown}"
    );
    only(
        allow(
            json!("bedrock:ListTagsForResource"),
            json!("arn:aws:bedrock:*:*:flow/*"),
        ),
        Code::WiderThanItSeems,
    );
}

#[test]
fn pairs_that_can_not_be() {
    let finding = only(
        allow(
            json!(["bedrock:GetGuardrail", "bedrock:InvokeAgent"]),
            json!([GUARDRAIL]),
        ),
        Code::ActionWithoutResource,
    );
    assert_eq!(finding.path, "Statement[0].Action[1]");
    assert!(finding.message.contains("agent-alias"), "{finding}");
    only(
        allow(json!("bedrock:GetGuardrail"), json!([GUARDRAIL, MODEL])),
        Code::ResourceWithoutAction,
    );
    // a wildcard only where nothing in it is right
    none(allow(json!("bedrock:Get*"), json!(GUARDRAIL)));
    let found = allow(json!("bedrock:ListF*"), json!(GUARDRAIL));
    assert!(
        codes(&found).contains(&"action-without-resource"),
        "{found:#?}"
    );
    // another service's action may use the resource, and a variable may be anything
    none(allow(
        json!(["bedrock:GetGuardrail", "ram:X"]),
        json!([GUARDRAIL, MODEL]),
    ));
    none(allow(
        json!("bedrock:GetGuardrail"),
        json!("arn:aws:bedrock:*:*:${aws:PrincipalTag/x}"),
    ));
}

#[test]
fn keys_by_name_and_type() {
    let with = |condition: Value| {
        of(
            json!([{"Effect": "Allow", "Action": "bedrock:InvokeModel*", "Resource": MODEL, "Condition": condition}]),
        )
    };
    none(with(
        json!({"StringEquals": {"BEDROCK:servicetier": "default"}}),
    ));
    none(with(
        json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}, "Bool": {"aws:SecureTransport": true}}),
    ));
    let finding = only(
        with(json!({"StringEquals": {"bedrock:ServiceTear": "x"}})),
        Code::UnknownKey,
    );
    assert_eq!(
        finding.path,
        "Statement[0].Condition.StringEquals.bedrock:ServiceTear"
    );
    assert!(
        finding
            .message
            .contains("did you mean `bedrock:ServiceTier`"),
        "{finding}"
    );
    only(
        with(json!({"StringEquals": {"aws:SourceArm": "x"}})),
        Code::UnknownKey,
    );
    only(
        with(json!({"NumericEquals": {"bedrock:ServiceTier": "1"}})),
        Code::OperatorType,
    );
    only(
        with(json!({"StringLike": {"aws:SourceIp": "10.*"}})),
        Code::OperatorType,
    );
    only(
        with(json!({"StringEqual": {"bedrock:ServiceTier": "x"}})),
        Code::UnknownOperator,
    );
    only(
        with(json!({"NullIfExists": {"bedrock:ServiceTier": "true"}})),
        Code::UnknownOperator,
    );
    only(
        with(json!({"StringEquals": {"aws:CalledVia": "x"}})),
        Code::MissingSetOperator,
    );
    only(
        with(json!({"ForAnyValue:StringEquals": {"aws:PrincipalAccount": "x"}})),
        Code::NeedlessSetOperator,
    );
    only(
        with(json!({"Null": {"bedrock:ServiceTier": "no"}})),
        Code::InvalidValue,
    );
    only(
        with(json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/33"}})),
        Code::InvalidValue,
    );
    let all = json!({"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "x"}});
    assert_eq!(
        only(with(all), Code::UnguardedForAllValues).severity,
        Severity::SecurityWarning
    );
    none(with(
        json!({"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "x"}, "Null": {"aws:PrincipalOrgPaths": "false"}}),
    ));
}

#[test]
fn keys_in_effect_for_some_pairs_only() {
    let found = deny(
        json!(["bedrock:GetGuardrail", "bedrock:ListFoundationModels"]),
        json!("*"),
        json!({"StringEquals": {"aws:ResourceTag/x": "y"}}),
    );
    let finding = only(found, Code::OpenCondition);
    assert_eq!(finding.severity, Severity::SecurityWarning);
    assert!(
        finding.message.contains("`bedrock:ListFoundationModels`")
            && !finding.message.contains("GetGuardrail"),
        "{finding}"
    );
    let found = of(
        json!({"Effect": "Allow", "Action": "bedrock:ListFoundationModels", "Resource": "*",
        "Condition": {"StringEquals": {"aws:ResourceTag/x": "y"}}}),
    );
    assert!(
        only(found, Code::DeadCondition)
            .message
            .contains("no effect")
    );
    let found = deny(
        json!("bedrock:GetGuardrail"),
        json!("*"),
        json!({"StringNotEquals": {"bedrock:GuardrailIdentifier": "y"}}),
    );
    only(found, Code::VacuousCondition);
    // a wildcard only where nothing in it has the key; deliberate forms never
    none(deny(
        json!("bedrock:Get*"),
        json!("*"),
        json!({"StringEquals": {"aws:ResourceTag/x": "y"}}),
    ));
    none(deny(
        json!("bedrock:GetGuardrail"),
        json!("*"),
        json!({"StringEqualsIfExists": {"bedrock:ServiceTier": "y"}}),
    ));
}

#[test]
fn statements_that_grant_too_much() {
    let found = of(
        json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*", "Condition": {"StringEquals": {"bedrock:ServiceTier": "x"}}}),
    );
    assert_eq!(
        codes(&found),
        ["allow-not-action", "not-action-service-key"]
    );
    none(of(
        json!({"Effect": "Deny", "NotAction": "bedrock:*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "x"}}}),
    ));
    assert_eq!(
        only(
            allow(json!("iam:PassRole"), json!("*")),
            Code::PassRoleOnEveryRole
        )
        .severity,
        Severity::SecurityWarning
    );
    only(
        allow(
            json!("iam:Pass*"),
            json!("arn:aws:iam::123456789012:role/*"),
        ),
        Code::PassRoleOnEveryRole,
    );
    none(allow(
        json!("iam:PassRole"),
        json!("arn:aws:iam::123456789012:role/Bedrock*"),
    ));
    assert_eq!(
        only(
            allow(json!("bedrock:PutResourcePolicy"), json!("*")),
            Code::SensitiveAction
        )
        .severity,
        Severity::Suggestion
    );
    let found = allow(json!("bedrock:Put*"), json!("*"));
    assert_eq!(found[0].severity, Severity::SecurityWarning);
    only(
        of(
            json!({"Effect": "Allow", "NotPrincipal": {"AWS": "1"}, "Action": "s3:*", "Resource": "*"}),
        ),
        Code::AllowNotPrincipal,
    );
}

#[test]
fn what_is_forgotten_beside() {
    let finding = only(
        deny(json!(["bedrock:InvokeModel"]), json!("*"), json!({})),
        Code::ForgottenSibling,
    );
    assert_eq!(finding.severity, Severity::SecurityWarning);
    for sibling in [
        "bedrock:InvokeModelWithResponseStream",
        "bedrock-mantle:CreateInference",
        "bedrock:CreateModelInvocationJob",
    ] {
        assert!(finding.message.contains(sibling), "{finding}");
    }
    none(deny(
        json!([
            "bedrock:InvokeModel",
            "bedrock:InvokeModelWith*",
            "bedrock:Create*",
            "bedrock-mantle:*"
        ]),
        json!("*"),
        json!({}),
    ));
    assert_eq!(
        only(
            allow(json!("bedrock:InvokeModel"), json!(MODEL)),
            Code::ForgottenSibling
        )
        .severity,
        Severity::Suggestion
    );
    let profile = json!("arn:aws:bedrock:*:123456789012:inference-profile/eu.x");
    only(
        allow(json!("bedrock:InvokeModel*"), profile),
        Code::ProfileWithoutModels,
    );
    let through = of(
        json!([{"Effect": "Allow", "Action": "bedrock:InvokeModel*", "Resource": MODEL,
        "Condition": {"ArnLike": {"bedrock:InferenceProfileArn": "arn:aws:bedrock:*:*:inference-profile/*"}}}]),
    );
    only(through, Code::ProfileWithoutModels);
    let finding = only(
        allow(json!("bedrock:CreateAgent"), json!("*")),
        Code::MissingDependentAction,
    );
    assert!(finding.message.contains("`iam:PassRole`"), "{finding}");
    only(
        allow(json!("bedrock:Rerank"), json!("*")),
        Code::MissingDependentAction,
    );
    let agent = json!("arn:aws:bedrock:*:123456789012:agent/A");
    only(
        allow(json!("bedrock:AssociateAgentKnowledgeBase"), agent),
        Code::MissingRequiredResource,
    );
}

#[test]
fn entries_and_statements_that_add_nothing() {
    let finding = only(
        allow(json!(["s3:Get*", "s3:GetObject"]), json!("*")),
        Code::RedundantEntry,
    );
    assert_eq!(
        (finding.path.as_str(), finding.fix.unwrap().change),
        ("Statement[0].Action[1]", Change::Remove)
    );
    only(
        allow(json!(["s3:GetObject", "S3:getobject"]), json!("*")),
        Code::RedundantEntry,
    );
    none(allow(json!(["s3:Get?", "s3:Get*A"]), json!("*")));
    let one =
        json!({"Sid": "A", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"});
    let same =
        json!({"Sid": "B", "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*"});
    only(of(json!([one, same])), Code::DuplicateStatement);
    let wide = json!({"Effect": "Allow", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::*"]});
    assert_eq!(
        only(of(json!([one, wide])), Code::ShadowedStatement).path,
        "Statement[0]"
    );
    let limited = json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}});
    none(of(json!([one, limited])));
    let many: Vec<_> = (0..400)
        .map(|index| format!("s3:GetObject{index:03}"))
        .collect();
    only(allow(json!(many), json!("*")), Code::PolicySize);
}

#[test]
fn documents_by_form() {
    let with = |policy: Value| {
        findings(policy)
            .iter()
            .map(|finding| finding.code.as_str())
            .collect::<Vec<_>>()
    };
    let statement = json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*"});
    assert_eq!(
        with(json!({"Version": "2012-10-17"})),
        ["missing-statement"]
    );
    assert_eq!(
        with(json!({"Version": "2012-10-18", "Statement": statement})),
        ["invalid-version"]
    );
    assert_eq!(with(json!({"Statement": statement})), ["old-version"]);
    assert_eq!(
        with(json!({"Version": "2012-10-17", "statement": 1, "Statement": statement})),
        ["unknown-element"]
    );
    for (bad, code) in [
        (
            json!({"Effect": "allow", "Action": "s3:*", "Resource": "*"}),
            "invalid-effect",
        ),
        (json!({"Action": "s3:*", "Resource": "*"}), "invalid-effect"),
        (
            json!({"Effect": "Deny", "Resource": "*"}),
            "missing-element",
        ),
        (
            json!({"Effect": "Deny", "Action": "s3:*"}),
            "missing-element",
        ),
        (
            json!({"Effect": "Deny", "Action": "s3:*", "NotAction": "s3:*", "Resource": "*"}),
            "conflicting-elements",
        ),
        (
            json!({"Effect": "Deny", "Action": [], "Resource": "*"}),
            "empty-list",
        ),
        (
            json!({"Effect": "Deny", "Action": [3, "s3:*"], "Resource": "*"}),
            "not-a-text",
        ),
        (
            json!({"Effect": "Deny", "Actions": [], "Action": "s3:*", "Resource": "*"}),
            "unknown-element",
        ),
    ] {
        assert_eq!(codes(&of(json!([bad]))), [code], "{bad}");
    }
    let twice = json!([{"Sid": "A", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}, {"Sid": "A", "Effect": "Deny", "Action": "ec2:*", "Resource": "*"}]);
    let finding = only(of(twice), Code::DuplicateSid);
    assert_eq!(finding.path, "Statement[1].Sid");
}

/// Any document at all, of pieces that the checks look for.
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_document_makes_it_panic(policy in documents()) {
        let text = policy.to_string();
        if let Ok(document) = serde_json::from_str::<Document>(&text) {
            for finding in check(&document) {
                prop_assert!(!finding.message.is_empty() && !finding.message.ends_with('.'));
                prop_assert_eq!(finding.to_string().contains(finding.code.as_str()), true);
            }
        }
    }
}

#[test]
fn no_managed_policy_has_an_error() {
    let policies = managed();
    let mut errors = Vec::new();
    for (name, document) in &policies {
        let named = serde_json::to_string(document)
            .unwrap()
            .contains("\"bedrock");
        for finding in check(document) {
            if named || finding.severity == Severity::Error {
                println!("{name}: {finding}");
            }
            if finding.severity == Severity::Error {
                errors.push(format!("{name}: {finding}"));
            }
        }
    }
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
#[cfg_attr(debug_assertions, ignore = "a figure of optimized code")]
fn all_managed_policies_take_less_than_30_milliseconds() {
    let policies = managed();
    let count = |policies: &[(String, Document)]| -> usize {
        policies
            .iter()
            .map(|(_, document)| check(document).len())
            .sum()
    };
    count(&policies);
    let begin = std::time::Instant::now();
    let found = count(&policies);
    let taken = begin.elapsed();
    println!("{} policies, {found} findings: {taken:?}", policies.len());
    assert!(taken.as_millis() < 30, "{taken:?}");
}
