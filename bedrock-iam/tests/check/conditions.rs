//! Findings about conditions: operators, keys, and their effect together.

mod values;

use super::*;

/// Returns the findings of a statement about an action whose requests have only the global keys.
fn with(effect: &str, condition: Value) -> Vec<Finding> {
    of(
        json!([{"Effect": effect, "Action": "bedrock:ListAgents", "Resource": "*", "Condition": condition}]),
    )
}

fn deny_or_allow(effect: &str, action: &str, condition: Value) -> Vec<Finding> {
    of(json!({"Effect": effect, "Action": action, "Resource": "*", "Condition": condition}))
}

#[track_caller]
fn grade(effect: &str, condition: Value, code: Code) -> Severity {
    only(with(effect, condition), code).severity
}

#[track_caller]
fn right(condition: Value) {
    none(with("Allow", condition.clone()));
    none(with("Deny", condition));
}

#[test]
fn misspelled_keys_and_operators_are_errors() {
    for (key, meant) in [
        ("aws:PrincipalOrganizationId", None),
        ("aws:PrincipalOrgIDs", Some("aws:PrincipalOrgID")),
        ("aws:PrincipleTag/a:b", Some("aws:PrincipalTag/a:b")),
        ("PrincipalOrgID", Some("aws:PrincipalOrgID")),
        ("aws:UserIdentity", Some("aws:userid")),
        ("aws:AccountId", None),
        ("aws:PrincipalTag/", None),
        ("bedrock:GuardrailId", Some("bedrock:GuardrailIdentifier")),
    ] {
        let finding = only(
            with("Allow", json!({"StringEquals": {key: "o-exampleorgid"}})),
            Code::UNKNOWN_KEY,
        );
        assert_eq!(finding.severity, Severity::Error, "{finding}");
        let meant = meant.map(|meant| Change::Rename(meant.to_owned()));
        assert_eq!(finding.fix.map(|fix| fix.change), meant, "{key}");
    }
    for (key, hint) in [
        ("bedrock:ModelId", ": `Resource` names the model"),
        (
            "bedrock:knowledgebaseid",
            ": `Resource` names the knowledge base",
        ),
        (
            "bedrock:GuardrailArn",
            "; did you mean `bedrock:GuardrailIdentifier`?",
        ),
        ("bedrock:Region", "; did you mean `aws:RequestedRegion`?"),
    ] {
        let finding = only(
            with("Allow", json!({"StringEquals": {key: "arn:aws:bedrock:x"}})),
            Code::UNKNOWN_KEY,
        );
        let message = format!("`{key}` is not a Bedrock condition key{hint}");
        assert_eq!(
            (finding.severity, finding.message),
            (Severity::Error, message)
        );
    }
    // the key that `Bool` applies to, not the nearest one
    let finding = only(
        with("Allow", json!({"Bool": {"aws:MultiFactorAuth": "true"}})),
        Code::UNKNOWN_KEY,
    );
    assert!(
        finding.message.contains("`aws:MultiFactorAuthPresent`"),
        "{finding}"
    );
    for (operator, meant) in [
        ("StringEqual", Some("StringEquals")),
        ("NotStringEquals", Some("StringNotEquals")),
        ("IfExistsStringEquals", Some("StringEqualsIfExists")),
        ("NullIfExists", Some("Null")),
        ("NotNull", None),
    ] {
        let found = with("Allow", json!({operator: {"aws:PrincipalTag/team": "x"}}));
        let finding = only(found, Code::UNKNOWN_OPERATOR);
        let path = format!("Statement[0].Condition.{operator}");
        assert_eq!(
            finding.path.to_string(),
            format!("{path}.aws:PrincipalTag/team")
        );
        let fix = finding.fix.map(|fix| (fix.path.to_string(), fix.change));
        assert_eq!(
            fix,
            meant.map(|meant| (path, Change::Rename(meant.to_owned())))
        );
    }
}

#[test]
fn keys_that_differ_in_case_are_one_key() {
    let twice = json!({"StringEquals": {"aws:SourceVpce": "vpce-12345678", "aws:sourcevpce": "vpce-87654321"}});
    assert_eq!(grade("Deny", twice, Code::DUPLICATE_KEY), Severity::Error);
    right(
        json!({"StringLike": {"aws:PrincipalTag/a": "a*"}, "StringNotLike": {"aws:principaltag/A": "ab*"}}),
    );
}

#[test]
fn conditions_that_requests_evade_are_reported() {
    let grade_of = |effect: &str, action: &str, condition: Value| {
        let statement =
            json!([{"Effect": effect, "Action": action, "Resource": "*", "Condition": condition}]);
        let found = of(statement);
        let mut weak = found.iter().filter(|it| it.code == Code::WEAK_CONDITION);
        weak.next().map(|it| it.severity)
    };
    let weak = Some(Severity::SecurityWarning);
    let private = json!({"aws:VpcSourceIp": "10.0.0.0/8"});
    let mine = json!({"aws:SourceVpc": "vpc-1a2b3c4d"});
    let allow = |condition: Value| grade_of("Allow", "bedrock:ListAgents", condition);
    let deny = |condition: Value| grade_of("Deny", "bedrock:ListAgents", condition);
    assert_eq!(allow(json!({"IpAddress": private})), weak);
    assert_eq!(deny(json!({"NotIpAddress": private})), weak);
    assert_eq!(deny(json!({"IpAddress": private})), None);
    assert_eq!(
        allow(json!({"IpAddress": private, "StringEquals": mine})),
        None
    );
    let elsewhere = of(json!([
        {"Effect": "Allow", "Action": "bedrock:ListAgents", "Resource": "*", "Condition": {"IpAddress": private}},
        {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": mine}},
    ]));
    assert_eq!(
        elsewhere.iter().find(|it| it.code == Code::WEAK_CONDITION),
        None
    );
    if !cfg!(feature = "companions") {
        return;
    }
    let attributes = json!({"dynamodb:Attributes": ["id", "name"], "dynamodb:LeadingKeys": ["a"]});
    let read = |condition: Value| grade_of("Allow", "dynamodb:GetItem", condition);
    assert_eq!(read(json!({"ForAllValues:StringEquals": attributes})), weak);
    assert_eq!(
        read(json!({"ForAllValues:StringEquals": attributes,
            "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}})),
        None
    );
    // the key of the selection is only in read requests
    let written = json!({"ForAllValues:StringEquals": attributes});
    assert_eq!(grade_of("Allow", "dynamodb:PutItem", written), None);
    let list = |effect: &str, condition: Value| grade_of(effect, "s3:ListBucket", condition);
    let private = json!({"s3:prefix": "private/*"});
    assert_eq!(list("Deny", json!({"StringLike": private})), weak);
    assert_eq!(list("Allow", json!({"StringNotLike": private})), weak);
    assert_eq!(list("Allow", json!({"StringLike": private})), None);
    assert_eq!(list("Deny", json!({"StringNotLike": private})), None);
    assert_eq!(list("Deny", json!({"Null": {"s3:prefix": "true"}})), None);
    assert_eq!(
        list(
            "Allow",
            json!({"StringLike": {"s3:prefix": "home/*"}, "StringNotLike": {"s3:prefix": "home/x/*"}})
        ),
        Some(Severity::Suggestion)
    );
}

#[test]
fn conditions_that_exclude_each_other_are_reported() {
    let tag = "aws:PrincipalTag/a";
    let principal = "aws:PrincipalArn";
    let role = |account: &str, name: &str| format!("arn:aws:iam::{account}:role/{name}");
    for never in [
        json!({"StringEquals": {tag: ["x", "y"]}, "StringNotEquals": {tag: ["y", "x", "z"]}}),
        json!({"StringEquals": {tag: "x"}, "StringEqualsIfExists": {tag: "y"}}),
        json!({"StringEquals": {tag: "x-1"}, "StringNotLike": {tag: "x-*"}}),
        json!({"StringEquals": {"aws:RequestedRegion": "us-east-1"}, "StringLike": {"aws:RequestedRegion": "eu-*"}}),
        json!({"StringLike": {tag: "a*b"}, "StringNotLike": {tag: "a*b"}}),
        json!({"StringLike": {tag: "ml-a*"}, "StringNotLike": {tag: "ml-*"}}),
        json!({"StringLike": {tag: ["ml-?", "b*c"]}, "StringNotLike": {tag: "*"}}),
        json!({"ArnLike": {principal: role("111122223333", "dev-*")}, "ArnNotLike": {principal: role("111122223333", "*")}}),
        json!({"StringEquals": {"aws:PrincipalAccount": "444455556666"}, "ArnLike": {principal: role("111122223333", "dev-*")}}),
        json!({"Null": {"aws:CalledVia": "true"}, "ForAnyValue:StringEquals": {"aws:CalledVia": "athena.amazonaws.com"}}),
        json!({"Null": {tag: "true"}, "StringLike": {tag: "x"}}),
        json!({"NumericGreaterThan": {"aws:MultiFactorAuthAge": "300"}, "NumericLessThanEquals": {"aws:MultiFactorAuthAge": "300"}}),
        json!({"DateGreaterThan": {"aws:TokenIssueTime": "2030-01-01"}, "DateLessThan": {"aws:TokenIssueTime": "2029-12-31T23:00:00Z"}}),
        json!({"IpAddress": {"aws:SourceIp": "203.0.113.16/28"}, "NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}),
        json!({"Bool": {"aws:SecureTransport": "true"}, "BoolIfExists": {"aws:SecureTransport": "False"}}),
    ] {
        let code = Code::CONTRADICTORY_CONDITION;
        assert_eq!(
            grade("Allow", never.clone(), code),
            Severity::Error,
            "{never}"
        );
        let found = with("Deny", never);
        let severities = found
            .iter()
            .filter(|it| it.code == code)
            .map(|it| it.severity);
        assert_eq!(severities.collect::<Vec<_>>(), [Severity::SecurityWarning]);
    }
    for possible in [
        json!({"StringEquals": {tag: ["x", "y"]}, "StringNotEquals": {tag: "y"}}),
        json!({"StringLike": {tag: "x*"}, "StringNotLike": {tag: "x-*"}}),
        json!({"StringLike": {tag: "x*"}, "StringNotLike": {tag: "x?"}}),
        json!({"StringLike": {tag: ["x*", "y*"]}, "StringNotLike": {tag: "x*"}}),
        json!({"StringLike": {tag: "x-*"}, "StringNotEquals": {tag: "x-*"}}),
        json!({"StringEqualsIgnoreCase": {tag: "x"}, "StringNotEquals": {tag: "x"}}),
        json!({"StringEquals": {"aws:PrincipalAccount": "111122223333"}, "ArnLike": {principal: role("111122223333", "*")}}),
        json!({"StringEquals": {"aws:PrincipalAccount": "111122223333"}, "ArnLike": {principal: role("*", "dev")}}),
        json!({"Null": {"aws:CalledVia": "true"}, "ForAllValues:StringEquals": {"aws:CalledVia": "athena.amazonaws.com"}}),
        json!({"StringNotEquals": {tag: "x"}, "StringNotLike": {tag: "y*"}}),
        json!({"StringEquals": {tag: "${aws:username}"}, "StringLike": {tag: "x*"}}),
        json!({"StringEquals": {tag: "x"}, "StringNotEquals": {tag: "${aws:username}"}}),
        json!({"StringEqualsIgnoreCase": {tag: "X"}, "StringEquals": {tag: "x"}}),
        json!({"NumericGreaterThan": {"aws:MultiFactorAuthAge": "300"}, "NumericLessThan": {"aws:MultiFactorAuthAge": ["200", "400"]}}),
        json!({"ForAnyValue:StringEquals": {"aws:CalledVia": "athena.amazonaws.com"}, "ForAnyValue:StringNotEquals": {"aws:CalledVia": "athena.amazonaws.com"}}),
        json!({"Null": {tag: "false"}, "StringEquals": {tag: "x"}}),
    ] {
        let found = with("Deny", possible.clone());
        let of = |finding: &&Finding| finding.code == Code::CONTRADICTORY_CONDITION;
        assert_eq!(found.iter().find(of), None, "{possible}");
    }
    none(with("Allow", json!({"StringLike": {tag: "*"}})));
    let always = json!({"StringLike": {"aws:RequestedRegion": "*"}});
    assert_eq!(
        grade("Allow", always, Code::CONDITION_ALWAYS_TRUE),
        Severity::Suggestion
    );
}

#[test]
fn absent_keys_are_considered() {
    let vpce = |operator: &str| json!({operator: {"aws:SourceVpce": "vpce-12345678"}});
    only(
        with("Allow", vpce("StringEqualsIfExists")),
        Code::ABSENT_KEY_ALLOWED,
    );
    none(with("Allow", vpce("StringEquals")));
    none(with("Deny", vpce("StringEqualsIfExists")));
    let required = json!({"StringEqualsIfExists": {"aws:PrincipalTag/a": "x"}, "Null": {"aws:PrincipalTag/a": "false"}});
    none(with("Allow", required));
    let factor =
        |operator: &str, value: &str| json!({operator: {"aws:MultiFactorAuthPresent": value}});
    only(
        with("Deny", factor("Bool", "false")),
        Code::ABSENT_KEY_NOT_DENIED,
    );
    none(with("Deny", factor("BoolIfExists", "false")));
    none(with("Deny", factor("Bool", "true")));
    none(with("Allow", factor("Bool", "true")));
    let tags = |operator: &str| {
        deny(
            json!("bedrock:TagResource"),
            json!("*"),
            json!({operator: {"aws:TagKeys": ["a", "b"]}}),
        )
    };
    let finding = only(
        tags("ForAllValues:StringEquals"),
        Code::FOR_ALL_VALUES_IN_DENY,
    );
    assert_eq!(finding.severity, Severity::Warning);
    let finding = only(
        tags("ForAllValues:StringNotEquals"),
        Code::FOR_ALL_VALUES_IN_DENY,
    );
    assert_eq!(finding.severity, Severity::Suggestion);
    none(tags("ForAnyValue:StringEquals"));
    let other = of(
        json!([{"Effect": "Deny", "NotAction": "bedrock:GetAgent", "Resource": "*",
        "Condition": {"StringEquals": {"aws:ResourceTag/stage": "prod"}}}]),
    );
    only(other, Code::NOT_ACTION_TAG_KEY);
}

#[test]
fn sets_of_several_values_have_a_suggestion() {
    let severity = |action: &str, key: &str| {
        let statement = json!({"Effect": "Allow", "Action": action, "Resource": "*",
            "Condition": {"ForAllValues:StringLike": {key: "a"}}});
        let found = of(statement);
        let severities: Vec<_> = found
            .iter()
            .filter(|it| {
                it.code.as_str().contains("set-operator") || it.code.as_str().contains("for-all")
            })
            .map(|it| it.severity)
            .collect();
        severities
    };
    for (action, key) in [
        ("dynamodb:GetItem", "dynamodb:LeadingKeys"),
        ("kms:CreateGrant", "kms:GrantOperations"),
        ("kms:Decrypt", "kms:EncryptionContextKeys"),
        ("lambda:CreateFunction", "lambda:Layer"),
        (
            "route53:ChangeResourceRecordSets",
            "route53:ChangeResourceRecordSetsNormalizedRecordNames",
        ),
    ] {
        assert_eq!(severity(action, key), [Severity::Suggestion], "{key}");
    }
    let single = severity("kms:Decrypt", "kms:ViaService");
    assert_eq!(single, [Severity::SecurityWarning]);
}

#[test]
fn claims_of_a_session_are_in_requests_for_any_action() {
    let with = |effect: &str, action: &str, key: &str| {
        deny_or_allow(effect, action, json!({"StringEquals": {key: "x"}}))
    };
    for key in [
        "saml:sub_type",
        "SAML:sub",
        "saml:namequalifier",
        "cognito-identity.amazonaws.com:aud",
        "cognito-identity.amazonaws.com:sub",
        "accounts.google.com:sub",
        "www.amazon.com:user_id",
        "graph.facebook.com:id",
    ] {
        for (effect, action) in [
            ("Allow", "s3:GetObject"),
            ("Deny", "kms:Decrypt"),
            ("Deny", "s3:Get*"),
        ] {
            none(with(effect, action, key));
        }
    }
    // only the request that assumes the role has these, and no session of a provider makes it
    for (action, key) in [
        ("s3:GetObject", "saml:aud"),
        ("s3:GetObject", "sts:ExternalId"),
        ("sts:AssumeRoleWithSAML", "accounts.google.com:sub"),
    ] {
        let finding = only(with("Allow", action, key), Code::DEAD_CONDITION);
        assert_eq!(finding.severity, Severity::Error, "{key}");
    }
}

#[test]
fn an_allow_requires_what_a_caller_can_leave_out() {
    const ALLOWED: &str = "absent-key-allowed";
    let statement = |actions: &Value, condition: Value| json!({"Effect": "Allow", "Action": actions, "Resource": "*", "Condition": condition});
    let invoke = json!([
        "bedrock:InvokeModel",
        "bedrock:InvokeModelWithResponseStream"
    ]);
    let guardrail = |operator: &str| json!({operator: {"bedrock:GuardrailIdentifier": GUARDRAIL}});
    let graded = |statements: Value| {
        let found = of(statements).into_iter();
        let found = found.filter(|it| it.code.as_str() == ALLOWED);
        found.map(|it| it.severity).collect::<Vec<_>>()
    };
    for operator in [
        "StringEqualsIfExists",
        "ArnEqualsIfExists",
        "StringLikeIfExists",
        "ArnLikeIfExists",
    ] {
        let found = graded(statement(&invoke, guardrail(operator)));
        assert_eq!(found, [Severity::SecurityWarning], "{operator}");
    }
    let optional = statement(&invoke, guardrail("StringEqualsIfExists"));
    for right in [
        statement(&invoke, guardrail("StringEquals")),
        statement(&invoke, guardrail("StringNotEqualsIfExists")),
        // the requests never have the key
        statement(
            &json!("bedrock:GetGuardrail"),
            guardrail("StringEqualsIfExists"),
        ),
        // the absence of some keys is the usual case
        statement(
            &invoke,
            json!({"StringEqualsIfExists": {"bedrock:ServiceTier": "default"}}),
        ),
        statement(
            &invoke,
            json!({"StringEqualsIfExists": {"bedrock:BearerTokenType": "SHORT_TERM"}}),
        ),
    ] {
        assert_eq!(graded(right.clone()), [], "{right}");
    }
    let deny = |actions: &Value, resource: &str, condition: Value| json!([optional, {"Effect": "Deny", "Action": actions, "Resource": resource, "Condition": condition}]);
    let absent = json!({"Null": {"bedrock:GuardrailIdentifier": "true"}});
    assert_eq!(
        graded(deny(&json!("bedrock:Invoke*"), "*", absent.clone())),
        []
    );
    assert_eq!(graded(deny(&invoke, "*", guardrail("StringNotEquals"))), []);
    for open in [
        deny(&json!("bedrock:InvokeModel"), "*", absent.clone()),
        deny(&invoke, MODEL, absent.clone()),
        deny(&invoke, "*", guardrail("StringEquals")),
        deny(
            &invoke,
            "*",
            json!({"Null": {"bedrock:GuardrailIdentifier": "true"}, "Bool": {"aws:SecureTransport": "false"}}),
        ),
    ] {
        assert_eq!(graded(open.clone()), [Severity::SecurityWarning], "{open}");
    }
    let profile = json!({"ArnLikeIfExists": {"bedrock:InferenceProfileArn": "arn:aws:bedrock:*:111122223333:inference-profile/*"}});
    assert_eq!(graded(statement(&invoke, profile)), [Severity::Warning]);
    let tag = json!({"StringEqualsIfExists": {"aws:RequestTag/team": "search"}});
    assert_eq!(
        graded(statement(&json!("bedrock:CreateGuardrail"), tag)),
        [Severity::Warning]
    );
}

#[test]
fn values_that_a_whole_statement_requires_in_vain_are_errors() {
    let graded = |action: &str, key: &str, operator: &str, values: Value| {
        let found = of(
            json!({"Effect": "Allow", "Action": action, "Resource": "*", "Condition": {operator: {key: values}}}),
        );
        let path = format!("Statement.Condition.{operator}.{key}");
        let at_key = found
            .iter()
            .filter(|it| it.path.to_string().starts_with(&path));
        let rows = at_key.map(|it| format!("{} {}", it.severity, it.code));
        rows.filter(|it| !it.contains("profile-without-models"))
            .collect::<Vec<_>>()
    };
    let profile =
        |account: &str| format!("arn:aws:bedrock:us-east-1:{account}:inference-profile/us.a");
    let model = "arn:aws:bedrock:us-east-1::foundation-model/a";
    let through = |operator: &str, values: Value| {
        graded(
            "bedrock:InvokeModel",
            "bedrock:InferenceProfileArn",
            operator,
            values,
        )
    };
    for operator in ["StringEquals", "ArnLike", "ArnEquals", "StringLike"] {
        let none = [""; 0];
        assert_eq!(through(operator, json!(profile("111122223333"))), none);
        assert_eq!(through(operator, json!(profile(""))), ["error arn-account"]);
        assert_eq!(
            through(operator, json!([profile("111122223333"), profile("")])),
            ["warning arn-account"]
        );
        assert_eq!(through(operator, json!(model)), none);
    }
    let source = |operator: &str, values: Value| {
        graded("bedrock:InvokeModel", "aws:SourceArn", operator, values)
    };
    assert_eq!(
        source("ArnLike", json!("arn:aws:bedrock:us-east-1::*")),
        [""; 0]
    );
    assert_eq!(
        source("ArnLike", json!("arn:aws:ec2:us-east-1::image/ami-1")),
        [""; 0]
    );
    assert_eq!(source("ArnLike", json!("arn:aws:s3:::bucket")), [""; 0]);
}

#[test]
fn a_condition_without_effect_names_the_other_conditions() {
    let vacuous = |others: Value| {
        let mut condition = json!({"StringNotEquals": {"bedrock:GuardrailIdentifier": GUARDRAIL}});
        condition
            .as_object_mut()
            .unwrap()
            .extend(others.as_object().unwrap().clone());
        only(
            deny(json!("bedrock:GetGuardrail"), json!("*"), condition),
            Code::VACUOUS_CONDITION,
        )
        .message
    };
    assert!(vacuous(json!({})).contains("always denies the action"));
    let message = vacuous(json!({"Bool": {"aws:SecureTransport": "false"}}));
    assert!(
        message.contains("whenever its other conditions are true"),
        "{message}"
    );
}

#[test]
fn statements_that_allow_nothing_are_errors() {
    let tagged = |actions: Value| {
        of(
            json!([{"Effect": "Allow", "Action": actions, "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/x": "y"}}}]),
        )
    };
    let all = only(tagged(json!(["bedrock:ListAgents"])), Code::DEAD_CONDITION);
    assert_eq!(all.severity, Severity::Error);
    let one = only(
        tagged(json!(["bedrock:ListAgents", "bedrock:GetAgent"])),
        Code::DEAD_CONDITION,
    );
    assert_eq!(one.severity, Severity::Warning);
    let found = allow(json!("bedrock:GetAgent"), json!(MODEL));
    assert_eq!(found[0].code, Code::ACTION_WITHOUT_RESOURCE);
    assert_eq!(found[0].severity, Severity::Error);
}

/// The table of Access Analyzer's checks names codes that exist.
#[test]
fn the_checks_of_access_analyzer_have_codes() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("iam-policy/src/check/access_analyzer.md");
    let page = fs::read_to_string(path).expect("the page");
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let codes = catalog().codes();
    let mut checks = 0;
    for row in rows.skip(1) {
        let columns: Vec<_> = row.trim_matches('|').split(" | ").collect();
        let [name, grade, reported] = columns.as_slice() else {
            panic!("three columns: {row}");
        };
        checks += 1;
        assert!(
            ["error", "security warning", "warning", "suggestion"].contains(grade),
            "{name}: {grade}"
        );
        let is_not = reported.trim().starts_with("not reported: ");
        let list = reported.split([';', ':']).next().unwrap_or_default();
        let named: Vec<_> = list.split('`').skip(1).step_by(2).collect();
        assert_eq!(named.is_empty(), is_not, "{name}");
        for code in named {
            assert!(
                code == "not-a-policy" || codes.iter().any(|it| it.as_str() == code),
                "{name}: {code}"
            );
        }
    }
    assert!(checks > 80, "{checks}");
}
