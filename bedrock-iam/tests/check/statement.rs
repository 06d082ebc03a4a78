//! Findings about a single statement.

use super::*;

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
    // services without facts are not checked
    none(allow(
        json!(["sqs:NoSuchAction", "ec2:RunInstance"]),
        json!(["arn:aws:sqs:::b/*", "arn:aws:ec2:nowhere:1:x"]),
    ));
}

#[test]
fn unknown_and_malformed_actions_are_reported() {
    let finding = only(
        allow(json!("bedrock:InvokeModle"), json!("*")),
        Code::UNKNOWN_ACTION,
    );
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(
        finding.fix.as_ref().unwrap().change,
        Change::Replace(vec!["bedrock:InvokeModel".to_owned()])
    );
    assert_eq!(
        finding.message,
        "`bedrock:InvokeModle` is not a Bedrock action"
    );
    // another number is another form of the same name, not a newer one
    for (given, wanted) in [
        ("bedrock:GetAgents", "bedrock:GetAgent"),
        ("bedrock:InvokeModels", "bedrock:InvokeModel"),
        ("bedrock:UpdateGuardRails", "bedrock:UpdateGuardrail"),
    ] {
        let finding = only(allow(json!(given), json!("*")), Code::UNKNOWN_ACTION);
        assert_eq!(finding.severity, Severity::Error, "{given}");
        let change = Change::Replace(vec![wanted.to_owned()]);
        assert_eq!(finding.fix.as_ref().map(|it| &it.change), Some(&change));
    }
    // consists of known words, so it may be newer than the facts
    for newer in ["bedrock:InvokeAgentAlias", "bedrock:FrobnicateThing"] {
        let finding = only(allow(json!([newer]), json!("*")), Code::UNKNOWN_ACTION);
        assert_eq!(
            (finding.severity, finding.path.to_string().as_str()),
            (Severity::Warning, "Statement[0].Action[0]")
        );
        assert!(finding.message.contains("list_bedrock.html"), "{finding}");
        assert_eq!(finding.fix, None);
    }
    only(
        allow(json!("bedrock:Frobnicate*"), json!("*")),
        Code::UNKNOWN_ACTION,
    );
    let finding = only(
        allow(json!("bedrock:Converse"), json!("*")),
        Code::OPERATION_AS_ACTION,
    );
    assert_eq!(
        finding.fix.unwrap().change,
        Change::Replace(vec!["bedrock:InvokeModel".to_owned()])
    );
    assert!(
        finding
            .message
            .contains("`bedrock:ApplyGuardrail` (with a guardrail)"),
        "{}",
        finding.message
    );
    let finding = only(
        allow(json!("InvokeFlow"), json!("*")),
        Code::MALFORMED_ACTION,
    );
    assert_eq!(
        finding.fix.unwrap().change,
        Change::Replace(vec!["bedrock:InvokeFlow".to_owned()])
    );
    only(
        allow(json!("s3-GetObject"), json!("*")),
        Code::MALFORMED_ACTION,
    );
    let finding = only(
        allow(json!("bedrock:Invoke\u{200b}Model"), json!("*")),
        Code::MALFORMED_ACTION,
    );
    let visible = "`bedrock:Invoke\\u{200b}Model`";
    assert!(finding.message.starts_with(visible), "{finding}");
    // as in the CIS benchmark for AWS, which means `*` by it
    let messages = |action: &str| {
        let found = allow(json!(action), json!("*")).into_iter();
        found
            .map(|it| it.message.replace("`*:*`", "`*`"))
            .collect::<Vec<_>>()
    };
    assert_eq!(messages("*:*"), messages("*"));
    none(deny(json!("*:*"), json!("*"), json!({})));
}

#[test]
fn malformed_and_unknown_arns_are_reported() {
    let finding = only(
        allow(
            json!("bedrock:InvokeModel*"),
            json!([
                "arn:aws:bedrock:us-east-1:123456789012:foundation-model/x",
                MODEL
            ]),
        ),
        Code::ARN_ACCOUNT,
    );
    assert_eq!(
        (finding.severity, finding.path.to_string().as_str()),
        (Severity::Error, "Statement[0].Resource[0]")
    );
    assert_eq!(
        finding.fix.unwrap().change,
        Change::Replace(vec![
            "arn:aws:bedrock:us-east-1::foundation-model/x".to_owned()
        ])
    );
    // a version is not a part of the ARN, and not a misspelled type
    let finding = only(
        allow(
            json!("bedrock:ApplyGuardrail"),
            json!(format!("{GUARDRAIL}:1")),
        ),
        Code::UNKNOWN_RESOURCE_TYPE,
    );
    assert_eq!(
        finding.fix.unwrap().change,
        Change::Replace(vec![GUARDRAIL.to_owned()])
    );
    let agents = [
        "arn:aws:bedrock:us-east-1:123456789012:agent/*",
        "arn:aws:bedrock:us-east-1:123456789012:agent/x",
    ];
    for separator in [",", ", ", ";", " "] {
        let finding = only(
            allow(json!("bedrock:GetAgent"), json!(agents.join(separator))),
            Code::MALFORMED_ARN,
        );
        let fix = Change::Replace(agents.map(str::to_owned).into());
        assert_eq!(finding.fix.map(|fix| fix.change), Some(fix));
    }
    // without another resource there is still one finding: rules about pairs skip unknown types
    let alone = json!("arn:aws:bedrock:us-east-1:123456789012:foundation-model/x");
    only(
        allow(json!("bedrock:InvokeModel*"), alone),
        Code::ARN_ACCOUNT,
    );
    let with = |resource: &str| {
        let found = allow(
            json!("bedrock:ApplyGuardrail"),
            json!([GUARDRAIL, resource]),
        );
        only(found, Code::MALFORMED_ARN)
    };
    for wrong in [
        "arn:aws:bedrock:us-east-1:12345:guardrail/x",
        "arn:amazon:bedrock:us-east-1:123456789012:guardrail/x",
        "arn:aws:bedrock:frankfurt:123456789012:guardrail/x",
        "guardrail/x",
        // a guardrail is in a region
        "arn:aws:bedrock::123456789012:guardrail/x",
        "arn:aws:bedrock:::guardrail/x",
    ] {
        assert_eq!(with(wrong).severity, Severity::Error, "{wrong}");
    }
    // with fewer than six fields; `*` alone may stand for the rest
    for wrong in [
        "arn:aws:s3::b-b-b/*",
        "arn:aws:bedrock:us-east-1:agent/*",
        "arn:aws:bedrock::foundation-model/*",
        "arn:aws:bedrock:*:foundation-model/anthropic.*",
        "arn:aws:iam:111122223333:role/*",
        "arn:aws:dynamodb:us-east-1:table/*",
        "arn:aws:bedrock:us-east-1:agent/*:x",
        "arn:aws:bedrock:us-east-?",
        "arnold/*",
    ] {
        let found = of(json!({"Effect": "Deny", "Action": "*", "Resource": wrong}));
        let found = found.iter().find(|it| it.code == Code::MALFORMED_ARN);
        assert_eq!(
            found.map(|it| it.severity),
            Some(Severity::Error),
            "{wrong}"
        );
    }
    for right in [
        "arn:aws:codepipeline:*",
        "arn:aws:*",
        "arn:*:bedrock:us-*",
        "arn:aws:sqs:eu-west-1:1111*",
    ] {
        none(deny(
            json!("codepipeline:GetPipeline"),
            json!(right),
            json!({}),
        ));
    }
    // of a service or a resource type that is not in a region
    for (wrong, right) in [
        ("arn:aws:s3:us-east-1::bucket/*", "arn:aws:s3:::bucket/*"),
        ("arn:aws:s3:us-*:111122223333:bucket", "arn:aws:s3:::bucket"),
        (
            "arn:aws:iam:us-east-1:111122223333:role/x",
            "arn:aws:iam::111122223333:role/x",
        ),
        (
            "arn:aws:route53:eu-west-1::hostedzone/Z1",
            "arn:aws:route53:::hostedzone/Z1",
        ),
        (
            "arn:aws:organizations:us-east-1:111122223333:account/o-a1/1",
            "arn:aws:organizations::111122223333:account/o-a1/1",
        ),
    ] {
        let found = of(json!({"Effect": "Deny", "Action": "*", "Resource": wrong}));
        let finding = only(found, Code::MALFORMED_ARN);
        assert_eq!(finding.severity, Severity::Error, "{wrong}");
        assert_eq!(
            finding.fix.unwrap().change,
            Change::Replace(vec![right.to_owned()])
        );
        none(of(
            json!({"Effect": "Deny", "Action": "*", "Resource": right}),
        ));
    }
    none(deny(
        json!("*"),
        json!("arn:aws:cloudfront:*:*:*"),
        json!({}),
    ));
    // without another resource too; a model that a global profile invokes has no region
    let alone = json!("arn:aws:bedrock::123456789012:agent/ABCDEFGHIJ");
    let finding = only(allow(json!("bedrock:GetAgent"), alone), Code::MALFORMED_ARN);
    assert_eq!(
        finding.message,
        "`arn:aws:bedrock::123456789012:agent/ABCDEFGHIJ` has no region; expected one or `*`, because \
         an agent is in a region"
    );
    none(allow(
        json!("bedrock:GetFoundationModel"),
        json!("arn:aws:bedrock:::foundation-model/x"),
    ));
    let found = allow(
        json!("bedrock:ApplyGuardrail"),
        json!([GUARDRAIL, "arn:aws:bedrock:us-east-1::guardrail/x"]),
    );
    assert!(
        found
            .iter()
            .any(|finding| finding.code == Code::ARN_ACCOUNT
                && finding.severity == Severity::Warning)
    );
    let found = allow(
        json!("bedrock:ApplyGuardrail"),
        json!([GUARDRAIL, "arn:aws:bedrock:*:*:guardrails/x"]),
    );
    let unknown = found
        .iter()
        .find(|finding| finding.code == Code::UNKNOWN_RESOURCE_TYPE)
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
        Code::WIDER_THAN_IT_SEEMS,
    );
}

#[test]
fn actions_and_resources_that_do_not_fit_are_reported() {
    let finding = only(
        allow(
            json!(["bedrock:GetGuardrail", "bedrock:InvokeAgent"]),
            json!([GUARDRAIL]),
        ),
        Code::ACTION_WITHOUT_RESOURCE,
    );
    assert_eq!(finding.path.to_string(), "Statement[0].Action[1]");
    assert!(finding.message.contains("agent-alias"), "{finding}");
    only(
        allow(json!("bedrock:GetGuardrail"), json!([GUARDRAIL, MODEL])),
        Code::RESOURCE_WITHOUT_ACTION,
    );
    // a wildcard is reported only if no action that it matches applies
    none(allow(json!("bedrock:Get*"), json!(GUARDRAIL)));
    let found = allow(json!("bedrock:ListF*"), json!(GUARDRAIL));
    assert!(
        codes(&found).contains(&"action-without-resource"),
        "{found:#?}"
    );
    // the resource may belong to another service's action, and a variable can be anything
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
fn wrong_keys_operators_and_values_are_reported() {
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
        Code::UNKNOWN_KEY,
    );
    assert_eq!(
        finding.path.to_string(),
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
        Code::UNKNOWN_KEY,
    );
    only(
        with(json!({"NumericEquals": {"bedrock:ServiceTier": "1"}})),
        Code::OPERATOR_TYPE,
    );
    only(
        with(json!({"StringLike": {"aws:SourceIp": "10.*"}})),
        Code::OPERATOR_TYPE,
    );
    only(
        with(json!({"StringEqual": {"bedrock:ServiceTier": "x"}})),
        Code::UNKNOWN_OPERATOR,
    );
    only(
        with(json!({"NullIfExists": {"bedrock:ServiceTier": "true"}})),
        Code::UNKNOWN_OPERATOR,
    );
    only(
        with(json!({"StringEquals": {"aws:CalledVia": "x"}})),
        Code::MISSING_SET_OPERATOR,
    );
    only(
        with(json!({"ForAnyValue:StringEquals": {"aws:PrincipalAccount": "123456789012"}})),
        Code::NEEDLESS_SET_OPERATOR,
    );
    only(
        with(json!({"Null": {"bedrock:ServiceTier": "no"}})),
        Code::INVALID_VALUE,
    );
    only(
        with(json!({"IpAddress": {"aws:SourceIp": "10.0.0.0/33"}})),
        Code::INVALID_VALUE,
    );
    let all = json!({"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-a1/r-ab/"}});
    assert_eq!(
        only(with(all), Code::UNGUARDED_FOR_ALL_VALUES).severity,
        Severity::Suggestion
    );
    none(with(
        json!({"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-a1/r-ab/"}, "Null": {"aws:PrincipalOrgPaths": "false"}}),
    ));
}

#[test]
fn keys_that_are_not_in_effect_are_reported() {
    let found = deny(
        json!(["bedrock:GetGuardrail", "bedrock:ListFoundationModels"]),
        json!("*"),
        json!({"StringEquals": {"aws:ResourceTag/x": "y"}}),
    );
    let finding = only(found, Code::OPEN_CONDITION);
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
        only(found, Code::DEAD_CONDITION)
            .message
            .contains("no effect")
    );
    let found = deny(
        json!("bedrock:GetGuardrail"),
        json!("*"),
        json!({"StringNotEquals": {"bedrock:GuardrailIdentifier": GUARDRAIL}}),
    );
    only(found, Code::VACUOUS_CONDITION);
    // a wildcard is reported only if no action that it matches has the key, `…IfExists` never
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
