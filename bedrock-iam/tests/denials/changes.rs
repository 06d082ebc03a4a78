//! The statements of changes allow the request, parse, and pass `check`.

use bedrock_iam::check::{Options, Severity, check_as};
use bedrock_iam::decide::Layer;
use bedrock_iam::document::Document;
use bedrock_iam::{ActionPattern, ArnPattern, PolicyKind, catalog};
use serde_json::{Value, json};

use super::{causes_of, corpus, sentence};

/// Returns the kind of a policy with statements for a layer.
fn kind(layer: Option<Layer>, document: &Value) -> PolicyKind {
    let action = document["Statement"][0]["Action"].to_string();
    match layer {
        Some(Layer::Resource) if action.contains("sts:") => PolicyKind::Trust,
        Some(Layer::Resource) if action.contains("kms:") => PolicyKind::KmsKey,
        Some(Layer::Resource) => PolicyKind::Resource,
        Some(Layer::VpcEndpoint) => PolicyKind::VpcEndpoint,
        Some(Layer::ServiceControl) => PolicyKind::ServiceControl,
        Some(Layer::Boundary) => PolicyKind::Boundary,
        Some(Layer::Session) => PolicyKind::Session,
        _ => PolicyKind::Identity,
    }
}

/// Asserts that the statements of all changes parse and have no finding. Returns their number.
fn assert_checked(message: &str) -> usize {
    let mut checked = 0;
    for cause in causes_of(message) {
        let Some(policy) = cause.fix.policy else {
            continue;
        };
        let text = policy.to_json();
        let document = Document::from_json(&text).expect("a document");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let options = Options::default().kind(kind(cause.fix.layer, &value));
        let report = check_as(&document, catalog(), &options);
        let findings = report.findings.iter();
        let wrong: Vec<_> = findings
            .filter(|it| it.severity <= Severity::Warning)
            .map(ToString::to_string)
            .collect();
        assert!(
            wrong.is_empty(),
            "{message}\n{}\n{text}\n{wrong:#?}",
            cause.code
        );
        // nothing that the request does not need
        assert!(!text.contains("async-invoke"), "{message}\n{text}");
        checked += 1;
    }
    checked
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

/// Returns whether a statement of a policy covers an action and a resource.
fn covers(policy: &Value, action: &str, resource: &str) -> bool {
    let statements = policy["Statement"].as_array().expect("statements");
    statements.iter().any(|statement| {
        let mut actions = texts(&statement["Action"]).into_iter();
        let mut resources = texts(&statement["Resource"]).into_iter();
        actions.any(|it| ActionPattern::parse(it).is_ok_and(|it| it.matches(action)))
            && resources.any(|it| ArnPattern::parse(it).is_ok_and(|it| it.matches(resource)))
    })
}

#[test]
fn statements_cover_the_request_and_have_no_findings() {
    let account = "arn:aws:bedrock:us-east-1:123456789012";
    for (action, resource) in [
        (
            "bedrock:InvokeModel",
            "arn:aws:bedrock:eu-west-3::foundation-model/amazon.nova-pro-v1:0".to_owned(),
        ),
        (
            "bedrock:InvokeModel",
            "arn:aws:bedrock:::foundation-model/amazon.nova-pro-v1:0".to_owned(),
        ),
        (
            "bedrock:InvokeModel",
            format!("{account}:inference-profile/us.amazon.nova-pro-v1:0"),
        ),
        (
            "bedrock:InvokeModelWithResponseStream",
            format!("{account}:inference-profile/global.amazon.nova-2-lite-v1:0"),
        ),
        (
            "bedrock:InvokeModel",
            format!("{account}:application-inference-profile/a1b2c3"),
        ),
        (
            "bedrock:InvokeModel",
            format!("{account}:provisioned-model/a1b2c3d4e5f6"),
        ),
        (
            "bedrock:Retrieve",
            format!("{account}:knowledge-base/KB12345678"),
        ),
        ("bedrock:ListFoundationModels", "*".to_owned()),
        ("bedrock:CallWithBearerToken", "*".to_owned()),
        (
            "bedrock:ApplyGuardrail",
            format!("{account}:guardrail-profile/us.guardrail.v1:0"),
        ),
        (
            "iam:PassRole",
            "arn:aws:iam::123456789012:role/batch".to_owned(),
        ),
        (
            "kms:Decrypt",
            "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
                .to_owned(),
        ),
        ("s3:ListBucket", "arn:aws:s3:::handbook".to_owned()),
        (
            "aoss:APIAccessAll",
            "arn:aws:aoss:us-east-1:123456789012:collection/c1".to_owned(),
        ),
        (
            "lambda:InvokeFunction",
            "arn:aws:lambda:us-east-1:123456789012:function:f".to_owned(),
        ),
        (
            "sns:Publish",
            "arn:aws:sns:us-east-1:123456789012:t".to_owned(),
        ),
    ] {
        for reason in [
            "because no identity-based policy allows the action",
            "because no session policy allows the action",
            "because no permissions boundary allows the action",
            "because no service control policy allows the action",
            "because no VPC endpoint policy allows the action",
            "because no resource-based policy allows the action",
            "with an explicit deny in an identity-based policy",
            "",
        ] {
            let message = sentence(action, &resource, reason);
            assert!(assert_checked(&message) > 0, "{message}");
            let causes = causes_of(&message);
            let first = causes.iter().find_map(|cause| cause.fix.policy.as_ref());
            let policy = serde_json::to_value(first.expect("statements")).unwrap();
            let resource = if resource == "*" {
                "arn:aws:a:b:c:d"
            } else {
                &*resource
            };
            let of_key = action.starts_with("kms:") && reason.contains("resource-based");
            assert!(
                of_key || covers(&policy, action, resource),
                "{message}\n{policy}"
            );
        }
    }
}

#[test]
fn changes_of_reported_messages_have_no_findings() {
    let rows = corpus::messages();
    let messages = rows.iter().filter_map(|row| row["message"].as_str());
    let checked: usize = messages.map(assert_checked).sum();
    assert!(rows.is_empty() || checked > 100, "{checked}");
}

#[test]
fn a_role_is_passed_to_the_service_of_the_call() {
    let role = "arn:aws:iam::123456789012:role/batch";
    let message = sentence(
        "iam:PassRole",
        role,
        "because no identity-based policy allows the iam:PassRole action",
    );
    let message = format!(
        "An error occurred (AccessDeniedException) when calling the CreateModelInvocationJob operation: {message}"
    );
    let policy = causes_of(&message)[0].fix.policy.clone();
    let statement =
        serde_json::to_value(policy.expect("a statement")).unwrap()["Statement"][0].clone();
    let expected = json!({
        "Effect": "Allow", "Action": "iam:PassRole", "Resource": role,
        "Condition": {"StringEquals": {"iam:PassedToService": "bedrock.amazonaws.com"}}
    });
    assert_eq!(statement, expected);
}

#[test]
fn an_action_on_two_resources_at_once_gets_both() {
    let runtime = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/a";
    let reason =
        "because no identity-based policy allows the bedrock-agentcore:InvokeAgentRuntime action";
    let message = sentence("bedrock-agentcore:InvokeAgentRuntime", runtime, reason);
    let policy = causes_of(&message)[0]
        .fix
        .policy
        .clone()
        .expect("a statement");
    let resource = &serde_json::to_value(policy).unwrap()["Statement"][0]["Resource"];
    assert_eq!(
        *resource,
        json!([runtime, format!("{runtime}/runtime-endpoint/*")])
    );
}

#[test]
fn masked_parts_become_wildcards() {
    let message = sentence(
        "bedrock:Retrieve",
        "arn:aws:bedrock:<region>:****:knowledge-base/KB12345678",
        "because no identity-based policy allows the bedrock:Retrieve action",
    );
    let policy = causes_of(&message)[0]
        .fix
        .policy
        .clone()
        .expect("a statement");
    assert!(
        policy
            .to_json()
            .contains("\"arn:aws:bedrock:*:*:knowledge-base/KB12345678\"")
    );
}

#[test]
fn resource_policies_name_the_role_or_the_account() {
    let runtime = "arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/a";
    let reason =
        "because no resource-based policy allows the bedrock-agentcore:InvokeAgentRuntime action";
    let message = sentence("bedrock-agentcore:InvokeAgentRuntime", runtime, reason);
    let principal = |message: &str| {
        let policy = causes_of(message)[0]
            .fix
            .policy
            .clone()
            .expect("a statement");
        serde_json::to_value(policy).unwrap()["Statement"][0]["Principal"]["AWS"].clone()
    };
    assert_eq!(
        principal(&message),
        json!("arn:aws:iam::123456789012:role/app")
    );
    // the path of the role is not in the message
    let message = message.replace(
        "assumed-role/app",
        "assumed-role/AWSReservedSSO_Dev_0123456789abcdef",
    );
    assert_eq!(principal(&message), json!("123456789012"));
}
