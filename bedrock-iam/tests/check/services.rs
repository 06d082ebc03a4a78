//! Findings about services, partitions and regions that do not exist or do not go together.

use super::*;

fn replaced(finding: &Finding) -> Vec<String> {
    match finding.fix.as_ref().map(|fix| &fix.change) {
        Some(Change::Replace(values)) => values.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn names_of_clients_and_misspelled_prefixes_are_errors() {
    for (given, right) in [
        ("bedrock-runtime:InvokeModel", &["bedrock:InvokeModel"][..]),
        // an operation stands for the action that it requires
        ("bedrock-runtime:Converse", &["bedrock:InvokeModel"]),
        ("Bedrock-Runtime:invokemodel", &["bedrock:InvokeModel"]),
        ("bedrockruntime:InvokeModel", &["bedrock:InvokeModel"]),
        ("bedrock-agent:CreateAgent", &["bedrock:CreateAgent"]),
        ("bedrok:InvokeModel", &["bedrock:InvokeModel"]),
        ("amazonbedrock:InvokeModel", &["bedrock:InvokeModel"]),
        (
            "bedrock-agent-core:GetMemory",
            &["bedrock-agentcore:GetMemory"],
        ),
        ("cloudwatch-logs:PutLogEvents", &["logs:PutLogEvents"]),
        ("dyanmodb:PutItem", &["dynamodb:PutItem"]),
    ] {
        let finding = only(allow(json!(given), json!("*")), Code::UNKNOWN_SERVICE);
        assert_eq!(finding.severity, Severity::Error, "{finding}");
        assert_eq!(replaced(&finding), right);
    }
    // which of Bedrock's actions are meant is not certain
    let finding = only(
        allow(json!("bedrock-runtime:*"), json!("*")),
        Code::UNKNOWN_SERVICE,
    );
    assert_eq!((finding.severity, &finding.fix), (Severity::Error, &None));
    assert_eq!(
        finding.message,
        "`bedrock-runtime` is the name of an SDK client or endpoint, not a service prefix; expected `bedrock`"
    );
    for (entries, path) in [
        (["bedrock-runtime:*", "iam:*"], "Statement.NotAction[0]"),
        (["iam:*", "bedrock-runtime:*"], "Statement.NotAction[1]"),
    ] {
        let statement = json!({"Effect": "Deny", "NotAction": entries, "Resource": "*"});
        let finding = only(of(statement), Code::UNKNOWN_SERVICE);
        assert_eq!(finding.path.to_string(), path);
    }
}

#[test]
fn prefixes_that_aws_does_not_have_are_warnings() {
    for (given, meant) in [
        ("eventbridge:PutRule", Some("events:PutRule")),
        (
            "StepFunctions:StartExecution",
            Some("states:StartExecution"),
        ),
        ("cognito:AdminGetUser", Some("cognito-idp:AdminGetUser")),
        (
            "cloudfornt:GetDistribution",
            Some("cloudfront:GetDistribution"),
        ),
        ("frobnicator:Get", None),
    ] {
        let finding = only(allow(json!(given), json!("*")), Code::UNKNOWN_SERVICE);
        assert_eq!(finding.severity, Severity::Warning, "{finding}");
        assert!(
            finding.message.contains(bedrock_iam::PREFIXES.date),
            "{finding}"
        );
        let hint = meant.map(|meant| format!("did you mean `{meant}`?"));
        assert_eq!(
            finding.message.contains("did you mean"),
            hint.is_some(),
            "{finding}"
        );
        assert!(
            finding.message.ends_with(&hint.unwrap_or_default()),
            "{finding}"
        );
    }
    for right in [
        "states:StartExecution",
        "Cognito-IDP:AdminGetUser",
        "aws-portal:View*",
        "*",
    ] {
        let statement = json!({"Effect": "Deny", "Action": right, "Resource": "*"});
        none(of(statement));
    }
}

#[test]
fn services_of_arns_are_checked() {
    let of_resource = |action: &str, arn: &str| {
        let found = allow(json!(action), json!([arn, "*"])).into_iter();
        let mut found: Vec<_> = found
            .filter(|it| it.code == Code::UNKNOWN_SERVICE)
            .collect();
        assert!(found.len() < 2, "{found:#?}");
        found.pop()
    };
    for (given, right) in [
        (
            "arn:aws:bedrock-runtime:us-east-1::foundation-model/x",
            "arn:aws:bedrock:us-east-1::foundation-model/x",
        ),
        (
            "arn:aws:Bedrock:us-east-1::foundation-model/x",
            "arn:aws:bedrock:us-east-1::foundation-model/x",
        ),
        (
            "arn:aws:bedrok:us-east-1::foundation-model/x",
            "arn:aws:bedrock:us-east-1::foundation-model/x",
        ),
    ] {
        let finding = of_resource("bedrock:InvokeModel", given).expect(given);
        assert_eq!(finding.severity, Severity::Error, "{finding}");
        assert_eq!(replaced(&finding), [right]);
    }
    let finding = of_resource(
        "events:PutRule",
        "arn:aws:eventbridge:us-east-1:123456789012:rule/x",
    );
    let finding = finding.expect("a finding");
    assert_eq!(finding.severity, Severity::Warning);
    assert!(
        finding.message.ends_with("did you mean `events`?"),
        "{finding}"
    );
    for right in [
        "arn:aws:events:us-east-1:123456789012:rule/x",
        "arn:aws:catalog:us-east-1:123456789012:product/x",
        "arn:aws:*:us-east-1:123456789012:rule/x",
    ] {
        assert_eq!(of_resource("events:PutRule", right), None);
    }
}

#[test]
fn partitions_and_regions_have_to_go_together() {
    let of_arn = |arn: &str| allow(json!("bedrock:GetAgent"), json!(arn));
    for (arn, partition) in [
        (
            "arn:aws:bedrock:us-gov-west-1:123456789012:agent/A",
            "aws-us-gov",
        ),
        (
            "arn:aws:bedrock:us-gov-*:123456789012:agent/A",
            "aws-us-gov",
        ),
        (
            "arn:aws-us-gov:bedrock:us-east-1:123456789012:agent/A",
            "aws",
        ),
        ("arn:aws:bedrock:cn-north-1:123456789012:agent/A", "aws-cn"),
    ] {
        let finding = only(of_arn(arn), Code::MALFORMED_ARN);
        assert_eq!(finding.severity, Severity::Error);
        let hint = format!("expected the partition `{partition}`");
        assert!(finding.message.ends_with(&hint), "{finding}");
    }
    // without facts about the service
    let found = allow(
        json!("sqs:*"),
        json!("arn:aws:sqs:cn-north-1:123456789012:x"),
    );
    only(found, Code::MALFORMED_ARN);
    let finding = only(
        of_arn("arn:aws:bedrock:us-esat-1:123456789012:agent/A"),
        Code::MALFORMED_ARN,
    );
    assert_eq!(finding.severity, Severity::Warning);
    assert!(
        finding.message.ends_with("did you mean `us-east-1`?"),
        "{finding}"
    );
    for right in [
        "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:agent/A",
        "arn:aws*:bedrock:us-*:123456789012:agent/A",
        "arn:*:bedrock:cn-north-1:123456789012:agent/A",
        "arn:aws:bedrock:mx-central-1:123456789012:agent/A",
    ] {
        none(of_arn(right));
    }
}

#[test]
fn variables_are_replaced_only_in_the_last_field() {
    let of_arn = |arn: &str| allow(json!("bedrock:GetAgent"), json!(arn));
    for arn in [
        "arn:aws:bedrock:${aws:RequestedRegion}:123456789012:agent/A",
        "arn:aws:bedrock:us-east-1:${aws:PrincipalAccount}:agent/A",
    ] {
        let finding = only(of_arn(arn), Code::MALFORMED_ARN);
        assert_eq!(finding.severity, Severity::Warning, "{finding}");
    }
    none(of_arn(
        "arn:aws:bedrock:us-east-1:123456789012:agent/${aws:PrincipalTag/agent}",
    ));
}

#[test]
fn resources_of_aws_have_no_account_id() {
    let tool = |account: &str, name: &str| {
        let arn = format!("arn:aws:bedrock-agentcore:us-east-1:{account}:{name}");
        allow(json!("bedrock-agentcore:InvokeCodeInterpreter"), json!(arn))
    };
    let finding = only(
        tool("123456789012", "code-interpreter/aws.codeinterpreter.v1"),
        Code::UNKNOWN_RESOURCE_TYPE,
    );
    assert!(
        finding
            .message
            .ends_with("expected `aws`, because a code-interpreter belongs to AWS"),
        "{finding}"
    );
    none(tool("aws", "code-interpreter/aws.codeinterpreter.v1"));
    none(tool("123456789012", "code-interpreter-custom/x"));
}

#[test]
fn misspelled_resource_types_are_errors() {
    let of_arn = |action: &str, rest: &str| {
        let arn = format!("arn:aws:bedrock:us-east-1:{rest}");
        let mut found = allow(json!(action), json!([arn, "*"]));
        found.retain(|it| it.code == Code::UNKNOWN_RESOURCE_TYPE);
        only(found, Code::UNKNOWN_RESOURCE_TYPE)
    };
    for (action, given, right) in [
        ("bedrock:InvokeModel", ":model/x", ":foundation-model/x"),
        (
            "bedrock:InvokeModel",
            ":foundation-models/x",
            ":foundation-model/x",
        ),
        (
            "bedrock:GetKnowledgeBase",
            "123456789012:knowledge-bases/*",
            "123456789012:knowledge-base/*",
        ),
        (
            "bedrock:GetKnowledgeBase",
            "123456789012:knowledgebase/A",
            "123456789012:knowledge-base/A",
        ),
        (
            "bedrock:GetGuardrail",
            "123456789012:gaurdrail/A",
            "123456789012:guardrail/A",
        ),
    ] {
        let finding = of_arn(action, given);
        assert_eq!(finding.severity, Severity::Error, "{finding}");
        assert_eq!(
            replaced(&finding),
            [format!("arn:aws:bedrock:us-east-1:{right}")]
        );
    }
    // several types end with the word, and a new type is possible
    for given in ["123456789012:model/x", "123456789012:orchard/x"] {
        assert_eq!(
            of_arn("bedrock:GetAgent", given).severity,
            Severity::Warning
        );
    }
}

#[test]
fn dependent_actions_that_only_the_older_pages_state_are_known() {
    for (action, needed) in [
        ("s3:CreateJob", "`iam:PassRole`"),
        ("s3:PutReplicationConfiguration", "`iam:PassRole`"),
        (
            "s3:PauseReplication",
            "`s3:GetReplicationConfiguration`, `s3:PutReplicationConfiguration`",
        ),
        ("kms:ReplicateKey", "`kms:CreateKey`"),
    ] {
        let found = allow(json!(action), json!("*"));
        let finding = found
            .iter()
            .find(|it| it.code == Code::MISSING_DEPENDENT_ACTION);
        let message = &finding.expect(action).message;
        assert_eq!(
            *message,
            format!("`{action}` also requires {needed}, which no statement allows")
        );
    }
}
