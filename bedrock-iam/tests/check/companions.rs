//! Findings about the services that policies name beside Bedrock, and their overlays.

use super::*;

#[test]
fn statements_about_companions_have_no_findings() {
    for (action, resource) in [
        ("s3:GetObject", "arn:aws:s3:::orchard/apples/2026: red/*"),
        ("s3:ListBucket", "arn:aws:s3:::orchard"),
        ("s3:ListAllMyBuckets", "*"),
        (
            "kms:Decrypt",
            "arn:aws:kms:eu-central-1:123456789012:key/1234abcd",
        ),
        (
            "iam:PassRole",
            "arn:aws:iam::123456789012:role/service-role/orchard",
        ),
        ("sts:AssumeRole", "arn:aws:iam::123456789012:role/orchard"),
        (
            "lambda:InvokeFunction",
            "arn:aws:lambda:eu-central-1:123456789012:function:pick:*",
        ),
        (
            "logs:CreateLogGroup",
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/orchard/*",
        ),
        (
            "logs:PutLogEvents",
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/orchard:*",
        ),
        (
            "secretsmanager:GetSecretValue",
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:orchard/rake-AbCdEf",
        ),
        (
            "ecr:BatchGetImage",
            "arn:aws:ecr:eu-central-1:123456789012:repository/orchard/pick",
        ),
        ("ecr:GetAuthorizationToken", "*"),
        ("ecr:CreateRepository", "*"),
        (
            "aoss:APIAccessAll",
            "arn:aws:aoss:eu-central-1:123456789012:collection/abc",
        ),
        (
            "dynamodb:GetRecords",
            "arn:aws:dynamodb:eu-central-1:123456789012:table/trees/stream/2026-01-01T00:00:00.000",
        ),
        (
            "cloudwatch:DescribeAlarms",
            "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:Frost: orchard/north",
        ),
    ] {
        none(allow(json!(action), json!(resource)));
    }
}

#[test]
fn wrong_actions_resources_and_keys_of_companions_are_reported() {
    for (action, resource, code) in [
        ("s3:GetObjekt", "arn:aws:s3:::b/*", Code::UNKNOWN_ACTION),
        (
            "s3:GetObject",
            "arn:aws:s3:::orchard",
            Code::ACTION_WITHOUT_RESOURCE,
        ),
        (
            "s3:ListBucket",
            "arn:aws:s3:eu-central-1:123456789012:orchard",
            Code::MALFORMED_ARN,
        ),
        (
            "kms:Decrypt",
            "arn:aws:kms:eu-central-1:123456789012:alias/orchard",
            Code::ACTION_WITHOUT_RESOURCE,
        ),
        (
            "iam:CreateAccessKey",
            "arn:aws:iam::123456789012:user/gardener",
            Code::SENSITIVE_ACTION,
        ),
        ("iam:PassRole", "*", Code::PASS_ROLE_ON_EVERY_ROLE),
    ] {
        let found = allow(json!(action), json!(resource));
        assert!(
            codes(&found).contains(&code.as_str()),
            "{action}: {found:#?}"
        );
    }
    let with_key = |key: &str| {
        of(
            json!([{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*",
            "Condition": {"StringEquals": {key: "orchard"}}}]),
        )
    };
    // the page names the key `secretsmanager:ResourceTag/tag-key`
    none(with_key("secretsmanager:ResourceTag/team"));
    only(
        with_key("secretsmanager:ResourceTags/team"),
        Code::UNKNOWN_KEY,
    );
}

#[test]
fn actions_on_other_pages_of_a_prefix_are_not_called_unknown() {
    // on the page of AWS Marketplace Discovery
    none(allow(
        json!([
            "aws-marketplace:ListPrivateListings",
            "aws-marketplace:Catalog*"
        ]),
        json!("arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/*"),
    ));
    none(allow(
        json!("aws-marketplace:ViewSubscriptions"),
        json!("*"),
    ));
    let misspelled = only(
        allow(json!("aws-marketplace:ViewSubscripions"), json!("*")),
        Code::UNKNOWN_ACTION,
    );
    assert_eq!(misspelled.severity, Severity::Error);
}

#[test]
fn log_groups_are_listed_only_with_a_pattern_for_all() {
    let of_group = |group: &str| {
        allow(
            json!("logs:DescribeLogGroups"),
            json!(format!("arn:aws:logs:eu-central-1:123456789012:{group}")),
        )
    };
    none(of_group("log-group:*"));
    none(of_group("*"));
    let found = of_group("log-group:/aws/orchard:*");
    assert!(
        codes(&found).contains(&Code::ACTION_WITHOUT_RESOURCE.as_str()),
        "{found:#?}"
    );
    assert!(
        found[0].message.ends_with(
            "expected `*` or a pattern that matches `log-group::log-stream:`, its only resource"
        ),
        "{found:#?}"
    );
}

#[test]
fn sensitive_actions_are_reported_only_on_resources_they_apply_to() {
    none(allow(json!("s3:Put*"), json!("arn:aws:s3:::orchard/*")));
    let found = only(
        allow(json!("s3:Put*"), json!("arn:aws:s3:::orchard")),
        Code::SENSITIVE_ACTION,
    );
    assert!(
        found.message.contains("`s3:PutReplicationConfiguration`"),
        "{found}"
    );
}

#[test]
fn actions_that_change_permissions_are_reported() {
    for action in [
        "iam:AttachRolePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeleteRolePermissionsBoundary",
        "iam:PutUserPolicy",
        "iam:UpdateAssumeRolePolicy",
        "kms:PutKeyPolicy",
        "s3:PutBucketPolicy",
    ] {
        let found = only(allow(json!(action), json!("*")), Code::SENSITIVE_ACTION);
        assert_eq!(found.severity, Severity::Suggestion, "{found}");
    }
    for pattern in ["iam:*Policy*", "iam:Attach*"] {
        let found = only(allow(json!(pattern), json!("*")), Code::SENSITIVE_ACTION);
        assert_eq!(found.severity, Severity::Warning, "{found}");
    }
    none(allow(json!("iam:GetRolePolicy"), json!("*")));
}

#[test]
fn siblings_of_denied_actions_are_reported() {
    let scp = |action: &str| {
        as_kind(
            PolicyKind::ServiceControl,
            json!({"Effect": "Deny", "Action": action, "Resource": "*"}),
        )
    };
    let found = only(scp("s3:GetObject"), Code::FORGOTTEN_SIBLING);
    assert!(found.message.contains("`s3:GetObjectVersion`"), "{found}");
    // PartiQL reads a table too
    let found = only(scp("dynamodb:Scan"), Code::FORGOTTEN_SIBLING);
    assert!(
        found.message.contains("`dynamodb:PartiQLSelect`"),
        "{found}"
    );
}

#[test]
fn dependent_actions_of_some_uses_are_not_called_missing() {
    // `s3vectors:GetVectors` is for metadata only
    none(allow(
        json!("s3vectors:QueryVectors"),
        json!("arn:aws:s3vectors:eu-central-1:123456789012:bucket/orchard/index/apples"),
    ));
    let found = only(
        allow(json!("ecr:CreateRepositoryCreationTemplate"), json!("*")),
        Code::MISSING_DEPENDENT_ACTION,
    );
    assert!(found.message.contains("`ecr:CreateRepository`"), "{found}");
    assert!(!found.message.contains("Policy"), "{found}");
}

#[test]
fn resources_that_are_needed_together_are_reported_if_one_is_missing() {
    let runtime = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/agent-AbCdEf1234";
    let endpoint = format!("{runtime}/runtime-endpoint/DEFAULT");
    let invoke = |resources: Value| allow(json!("bedrock-agentcore:InvokeAgentRuntime"), resources);
    let found = |resources: Value| {
        let found = invoke(resources).into_iter();
        let code = Code::MISSING_REQUIRED_RESOURCE;
        found
            .filter(|it| it.code == code)
            .map(|it| it.message)
            .collect::<Vec<_>>()
    };
    let [message] = &found(json!(runtime))[..] else {
        panic!("{:#?}", invoke(json!(runtime)));
    };
    assert!(message.ends_with("of type `runtime-endpoint`"), "{message}");
    assert_eq!(found(json!([runtime, endpoint])), [""; 0]);
    assert_eq!(found(json!([format!("{runtime}*")])), [""; 0]);
    let job = "arn:aws:bedrock:us-east-1:123456789012:model-invocation-job/*";
    let model = "arn:aws:bedrock:us-east-1::foundation-model/apple.core-1";
    let batch = |resources: Value| {
        let found = allow(json!("bedrock:CreateModelInvocationJob"), resources).into_iter();
        found
            .filter(|it| it.code == Code::MISSING_REQUIRED_RESOURCE)
            .count()
    };
    assert_eq!(batch(json!(model)), 1);
    assert_eq!(batch(json!([model, job])), 0);
    // an asynchronous invocation is only one of the uses of the action
    none(allow(json!("bedrock:InvokeModel"), json!(model)));
}

#[test]
fn api_keys_are_credentials_of_one_service() {
    let creating = |service: &str| {
        let condition =
            json!({"StringEquals": {"iam:ServiceSpecificCredentialServiceName": service}});
        deny(
            json!("iam:CreateServiceSpecificCredential"),
            json!("*"),
            condition,
        )
    };
    for wrong in [
        "bedrock",
        "bedrock-runtime.amazonaws.com",
        "Bedrock.amazonaws.com",
    ] {
        let finding = only(creating(wrong), bedrock_iam::rules::API_KEY_SERVICE);
        assert!(
            finding.message.contains("expected `bedrock.amazonaws.com`"),
            "{finding}"
        );
    }
    none(creating("bedrock.amazonaws.com"));
    none(creating("codecommit.amazonaws.com"));
}

#[test]
fn keys_and_guardrails_are_named_by_their_arns() {
    for (action, arn) in [
        // neither an account nor `key/`
        ("kms:DescribeKey", "arn:*:kms:*:::*"),
        // a version is part of the condition, not of the resource
        (
            "bedrock:ApplyGuardrail",
            "arn:aws:bedrock:us-east-1:123456789012:guardrail/abcdef123456:1",
        ),
    ] {
        let found = allow(json!(action), json!(arn));
        let wrong = |it: &Finding| {
            it.severity <= Severity::Warning && it.path.to_string() == "Statement[0].Resource"
        };
        assert!(found.iter().any(wrong), "{arn}: {found:#?}");
    }
    none(allow(
        json!("kms:DescribeKey"),
        json!("arn:aws:kms:*:123456789012:key/*"),
    ));
}
