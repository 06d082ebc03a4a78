//! Findings about whole documents, and properties of checks on any document.

use super::*;
use bedrock_iam::rules::PROFILE_WITHOUT_MODELS;

#[test]
fn statements_that_grant_too_much_are_reported() {
    let found = of(
        json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*", "Condition": {"StringEquals": {"bedrock:ServiceTier": "flex"}}}),
    );
    assert_eq!(
        codes(&found),
        ["allow-not-action", "not-action-service-key"]
    );
    none(of(
        json!({"Effect": "Deny", "NotAction": "bedrock:*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-central-1"}}}),
    ));
    assert_eq!(
        only(
            allow(json!("iam:PassRole"), json!("*")),
            Code::PASS_ROLE_ON_EVERY_ROLE
        )
        .severity,
        Severity::SecurityWarning
    );
    only(
        allow(
            json!("iam:Pass*"),
            json!("arn:aws:iam::123456789012:role/*"),
        ),
        Code::PASS_ROLE_ON_EVERY_ROLE,
    );
    none(allow(
        json!("iam:PassRole"),
        json!("arn:aws:iam::123456789012:role/Bedrock*"),
    ));
    assert_eq!(
        only(
            allow(json!("bedrock:PutResourcePolicy"), json!("*")),
            Code::SENSITIVE_ACTION
        )
        .severity,
        Severity::Suggestion
    );
    let found = allow(json!("bedrock:Put*"), json!("*"));
    assert_eq!(found[0].severity, Severity::Warning);
    let everything = || json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    for (kind, expected) in [
        (
            PolicyKind::Identity,
            &["pass-role-on-every-role", "sensitive-action"][..],
        ),
        (PolicyKind::Boundary, &[]),
        (PolicyKind::Session, &[]),
        (PolicyKind::ServiceControl, &[]),
    ] {
        let found = as_kind(kind, everything());
        let codes: Vec<_> = found.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(codes, expected, "{kind}");
        let severe = |it: &Finding| it.severity == Severity::SecurityWarning;
        assert!(found.iter().all(severe), "{found:#?}");
    }
    // what another statement denies is not granted
    let denied = |action: &str| json!({"Effect": "Deny", "Action": action, "Resource": "*"});
    let pattern = json!({"Effect": "Allow", "Action": "bedrock:*Guardrail", "Resource": "*"});
    let finding = only(
        of(json!([pattern.clone(), denied("bedrock:DeleteGuardrail")])),
        Code::SENSITIVE_ACTION,
    );
    assert!(!finding.message.contains("Delete"), "{finding}");
    none(of(json!([pattern, denied("bedrock:*Guardrail")])));
    for action in ["iam:PassRole", "iam:*", "*"] {
        let found = of(
            json!({"Effect": "Allow", "Action": action, "NotResource": "arn:aws:iam::*:role/admin"}),
        );
        assert_eq!(found[0].code, Code::PASS_ROLE_ON_EVERY_ROLE, "{action}");
        assert_eq!(found[0].path.to_string(), "Statement.NotResource");
    }
    only(
        of(
            json!({"Effect": "Allow", "NotPrincipal": {"AWS": "123456789012"}, "Action": "sqs:*", "Resource": "*"}),
        ),
        Code::ALLOW_NOT_PRINCIPAL,
    );
}

#[test]
fn only_named_services_limit_the_passing_of_roles() {
    let of = |resource: &str, condition: Value| {
        let mut statement =
            json!({"Effect": "Allow", "Action": "iam:PassRole", "Resource": resource});
        if condition != json!({}) {
            statement["Condition"] = condition;
        }
        let found = of(statement);
        let mut found = found.iter();
        let found = found.find(|it| it.code == Code::PASS_ROLE_ON_EVERY_ROLE);
        found.map(|it| it.severity)
    };
    for every in [
        "*",
        "arn:aws:iam::*",
        "arn:aws:*",
        "arn:aws:iam::111122223333:*",
    ] {
        assert_eq!(
            of(every, json!({})),
            Some(Severity::SecurityWarning),
            "{every}"
        );
    }
    for other in [
        "arn:aws:s3:*",
        "arn:aws:iam::111122223333:role/app",
        "arn:aws:iam:us-*",
    ] {
        assert_eq!(of(other, json!({})), None, "{other}");
    }
    for (operator, key, value) in [
        ("StringEquals", "aws:RequestedRegion", "us-east-1"),
        ("Bool", "aws:SecureTransport", "true"),
        ("StringEquals", "aws:PrincipalTag/team", "ml"),
        ("StringEquals", "aws:ResourceTag/team", "ml"),
        ("StringLike", "iam:PassedToService", "*"),
        ("StringLike", "iam:PassedToService", "*.amazonaws.com"),
        ("StringLike", "iam:PassedToService", "?*.amazonaws.com.cn"),
        (
            "StringNotEquals",
            "iam:PassedToService",
            "ec2.amazonaws.com",
        ),
        (
            "StringEqualsIfExists",
            "iam:PassedToService",
            "lambda.amazonaws.com",
        ),
        ("Null", "iam:PassedToService", "false"),
    ] {
        let found = of("*", json!({operator: {key: value}}));
        assert_eq!(
            found,
            Some(Severity::SecurityWarning),
            "{operator} {key} {value}"
        );
    }
    for (operator, value) in [
        ("StringEquals", json!("lambda.amazonaws.com")),
        (
            "StringLike",
            json!(["lambda.amazonaws.com", "*.sagemaker.amazonaws.com"]),
        ),
    ] {
        let found = of("*", json!({operator: {"iam:PassedToService": value}}));
        assert_eq!(found, Some(Severity::Warning), "{operator}");
    }
}

#[test]
fn the_service_of_a_service_linked_role_is_named() {
    let of = |actions: Value, resource: &str, condition: Value| {
        let mut statement = json!({"Effect": "Allow", "Action": actions, "Resource": resource});
        if condition != json!({}) {
            statement["Condition"] = condition;
        }
        of(statement)
    };
    let create = || json!("iam:CreateServiceLinkedRole");
    for any in [
        "*",
        "arn:aws:iam::*",
        "arn:aws:iam::*:*",
        "arn:aws:iam::111122223333:role/*",
        "arn:aws:iam::*:role/aws-service-role/*",
        "arn:aws:iam::*:role/aws-service-role/*.amazonaws.com/AWSServiceRoleFor*",
    ] {
        for actions in [
            create(),
            json!(["iam:GetRole", create()]),
            json!("iam:CreateServiceL*"),
        ] {
            let finding = only(of(actions, any, json!({})), Code::ANY_SERVICE_LINKED_ROLE);
            assert_eq!(finding.severity, Severity::Warning);
            assert_eq!(finding.path.to_string(), "Statement.Resource");
        }
    }
    for named in [
        "arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS*",
        "arn:aws:iam::*:role/aws-service-role/*autoscaling*/*",
    ] {
        none(of(create(), named, json!({})));
    }
    let with = |operator: &str, value: &str| {
        of(
            create(),
            "*",
            json!({operator: {"iam:AWSServiceName": value}}),
        )
    };
    none(with("StringEquals", "ecs.amazonaws.com"));
    none(with("StringLike", "*.autoscaling.amazonaws.com"));
    only(
        with("StringLike", "*.amazonaws.com"),
        Code::ANY_SERVICE_LINKED_ROLE,
    );
    only(
        with("StringNotEquals", "ecs.amazonaws.com"),
        Code::ANY_SERVICE_LINKED_ROLE,
    );
    let except = super::of(
        json!({"Effect": "Allow", "Action": create(), "NotResource": "arn:aws:iam::*:role/a"}),
    );
    assert_eq!(codes(&except), ["any-service-linked-role"]);
}

#[test]
fn missing_related_actions_and_resources_are_reported() {
    let deny = |actions: Value, resource: &str, condition: Value| {
        let mut statement = json!({"Effect": "Deny", "Action": actions, "Resource": resource});
        if condition != json!({}) {
            statement["Condition"] = condition;
        }
        as_kind(PolicyKind::ServiceControl, statement)
    };
    let finding = only(
        deny(json!(["bedrock:InvokeModel"]), "*", json!({})),
        Code::FORGOTTEN_SIBLING,
    );
    assert_eq!(finding.severity, Severity::Warning);
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
        "*",
        json!({}),
    ));
    // neither the other endpoint nor batch jobs have guardrails, nor is a model a project
    let both = || {
        json!([
            "bedrock:InvokeModel",
            "bedrock:InvokeModelWithResponseStream"
        ])
    };
    let without = json!({"Null": {"bedrock:GuardrailIdentifier": "true"}});
    none(deny(both(), "*", without));
    let finding = only(deny(both(), MODEL, json!({})), Code::FORGOTTEN_SIBLING);
    assert!(!finding.message.contains("mantle"), "{finding}");
    // an identity can do only what its policies allow
    let denied = json!({"Effect": "Deny", "Action": "bedrock:InvokeModel", "Resource": "*"});
    none(of(denied.clone()));
    let more = json!({"Effect": "Allow", "Action": "bedrock:InvokeModelWith*", "Resource": "*"});
    only(of(json!([denied, more])), Code::FORGOTTEN_SIBLING);
    none(allow(json!("bedrock:InvokeModel"), json!(MODEL)));
    let profile = json!("arn:aws:bedrock:*:123456789012:inference-profile/eu.x");
    only(
        allow(json!("bedrock:InvokeModel*"), profile),
        PROFILE_WITHOUT_MODELS,
    );
    let through = of(
        json!([{"Effect": "Allow", "Action": "bedrock:InvokeModel*", "Resource": MODEL,
        "Condition": {"ArnLike": {"bedrock:InferenceProfileArn": "arn:aws:bedrock:*:*:inference-profile/*"}}}]),
    );
    only(through, PROFILE_WITHOUT_MODELS);
    let finding = only(
        allow(json!("bedrock:CreateAgent"), json!("*")),
        Code::MISSING_DEPENDENT_ACTION,
    );
    assert!(finding.message.contains("`iam:PassRole`"), "{finding}");
    only(
        allow(json!("bedrock:Rerank"), json!("*")),
        Code::MISSING_DEPENDENT_ACTION,
    );
    let agent = json!("arn:aws:bedrock:*:123456789012:agent/A");
    only(
        allow(json!("bedrock:AssociateAgentKnowledgeBase"), agent),
        Code::MISSING_REQUIRED_RESOURCE,
    );
}

#[test]
fn redundant_entries_and_statements_are_reported() {
    let finding = only(
        allow(json!(["sqs:Get*", "sqs:GetObject"]), json!("*")),
        Code::REDUNDANT_ENTRY,
    );
    assert_eq!(
        (
            finding.path.to_string().as_str(),
            finding.fix.unwrap().change
        ),
        ("Statement[0].Action[1]", Change::Remove)
    );
    only(
        allow(json!(["sqs:GetObject", "SQS:getobject"]), json!("*")),
        Code::REDUNDANT_ENTRY,
    );
    none(allow(json!(["sqs:Get?", "sqs:Get*A"]), json!("*")));
    let one = json!({"Sid": "A", "Effect": "Allow", "Action": "sqs:Get*", "Resource": "arn:aws:sqs:::b/*"});
    let same = json!({"Sid": "B", "Effect": "Allow", "Action": "sqs:Get*", "Resource": "arn:aws:sqs:::b/*"});
    only(of(json!([one, same])), Code::DUPLICATE_STATEMENT);
    let wide = json!({"Effect": "Allow", "Action": ["sqs:*"], "Resource": ["arn:aws:sqs:::*"]});
    assert_eq!(
        only(of(json!([one, wide])), Code::SHADOWED_STATEMENT)
            .path
            .to_string(),
        "Statement[0]"
    );
    let limited = json!({"Effect": "Allow", "Action": "sqs:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}});
    none(of(json!([one, limited])));
    let many: Vec<_> = (0..400)
        .map(|index| format!("sqs:GetObject{index:03}"))
        .collect();
    only(allow(json!(many), json!("*")), Code::POLICY_SIZE);
}

#[test]
fn invalid_documents_and_statements_are_reported() {
    let with = |policy: Value| {
        findings(policy)
            .iter()
            .map(|finding| finding.code.as_str())
            .collect::<Vec<_>>()
    };
    let statement = json!({"Effect": "Allow", "Action": "sqs:*", "Resource": "*"});
    assert_eq!(
        with(json!({"Version": "2012-10-17"})),
        ["missing-statement"]
    );
    assert_eq!(
        with(json!({"Version": "2012-10-18", "Statement": statement})),
        ["invalid-version"]
    );
    let without = findings(json!({"Statement": statement}));
    assert_eq!(only(without, Code::OLD_VERSION).severity, Severity::Warning);
    assert_eq!(
        with(json!({"Version": "2012-10-17", "statement": 1, "Statement": statement})),
        ["unknown-element"]
    );
    for (bad, code) in [
        (
            json!({"Effect": "allow", "Action": "sqs:*", "Resource": "*"}),
            "invalid-effect",
        ),
        (
            json!({"Action": "sqs:*", "Resource": "*"}),
            "invalid-effect",
        ),
        (
            json!({"Effect": "Deny", "Resource": "*"}),
            "missing-element",
        ),
        (
            json!({"Effect": "Deny", "Action": "sqs:*"}),
            "missing-element",
        ),
        (
            json!({"Effect": "Deny", "Action": "sqs:*", "NotAction": "sqs:*", "Resource": "*"}),
            "conflicting-elements",
        ),
        (
            json!({"Effect": "Deny", "Action": [], "Resource": "*"}),
            "empty-list",
        ),
        (
            json!({"Effect": "Deny", "Action": [3, "sqs:*"], "Resource": "*"}),
            "not-a-text",
        ),
        (
            json!({"Effect": "Deny", "Actions": [], "Action": "sqs:*", "Resource": "*"}),
            "unknown-element",
        ),
    ] {
        assert_eq!(codes(&of(json!([bad]))), [code], "{bad}");
    }
    let twice = json!([{"Sid": "A", "Effect": "Deny", "Action": "sqs:*", "Resource": "*"}, {"Sid": "A", "Effect": "Deny", "Action": "ec2:*", "Resource": "*"}]);
    let finding = only(of(twice), Code::DUPLICATE_SID);
    assert_eq!(finding.path.to_string(), "Statement[1].Sid");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn checks_do_not_panic(policy in documents()) {
        let text = policy.to_string();
        if let Ok(document) = serde_json::from_str::<Document>(&text) {
            for finding in check(&document, catalog()).findings {
                prop_assert!(!finding.message.is_empty() && !finding.message.ends_with('.'));
                prop_assert_eq!(finding.to_string().contains(finding.code.as_str()), true);
            }
        }
    }
}

#[test]
fn managed_policies_have_no_errors() {
    let policies = managed();
    let mut errors = Vec::new();
    for (name, document) in &policies {
        let named = serde_json::to_string(document)
            .unwrap()
            .contains("\"bedrock");
        for finding in check(document, catalog()).findings {
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
