//! The elements, names and sizes of each kind of policy.

use super::*;

const ROOT: &str = "arn:aws:iam::111122223333:root";

fn allow_apply() -> Value {
    json!({"Effect": "Allow", "Action": "bedrock:ApplyGuardrail", "Resource": GUARDRAIL})
}

/// Returns a statement with one more member.
fn with(mut statement: Value, name: &str, value: Value) -> Value {
    statement[name] = value;
    statement
}

#[test]
fn principals_are_only_in_policies_that_name_them() {
    let named = with(allow_apply(), "Principal", json!({"AWS": ROOT}));
    for kind in ["identity", "boundary", "session", "scp"] {
        assert_eq!(
            of_kind(kind, named.clone()),
            ["error unsupported-element Statement.Principal"],
            "{kind}"
        );
        assert!(of_kind(kind, allow_apply()).is_empty(), "{kind}");
    }
    assert!(of_kind("resource", named).is_empty());
    assert_eq!(
        of_kind("resource", allow_apply()),
        ["error missing-element Statement"]
    );
    let trust = json!({"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "sts:AssumeRole"});
    assert!(of_kind("trust", trust.clone()).is_empty());
    assert_eq!(
        of_kind("trust", with(trust.clone(), "Resource", json!("*"))),
        ["error unsupported-element Statement.Resource"]
    );
    let except =
        json!({"Effect": "Deny", "NotPrincipal": {"AWS": ROOT}, "Action": "sts:AssumeRole"});
    assert_eq!(
        of_kind("trust", except),
        ["error unsupported-element Statement.NotPrincipal"]
    );
    let nobody = json!({"Effect": "Allow", "Action": "sts:AssumeRole"});
    assert_eq!(
        of_kind("trust", nobody),
        ["error missing-element Statement"]
    );
}

#[test]
fn resource_control_policies_deny_to_everyone() {
    let tls = json!({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
        "Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}});
    assert!(of_kind("rcp", tls.clone()).is_empty());
    assert_eq!(
        of_kind("rcp", with(tls.clone(), "Effect", json!("Allow"))),
        ["error unsupported-element Statement.Effect"]
    );
    assert_eq!(
        of_kind("rcp", with(tls.clone(), "Principal", json!({"AWS": ROOT}))),
        ["error unsupported-entry Statement.Principal.AWS"]
    );
    let all = json!({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"});
    assert!(of_kind("rcp", all.clone()).is_empty());
    assert_eq!(
        of_kind("rcp", with(all, "Effect", json!("Deny"))),
        ["error unsupported-entry Statement.Action"]
    );
    let except = json!({"Effect": "Deny", "Principal": "*", "NotAction": "s3:*", "Resource": "*"});
    assert_eq!(
        of_kind("rcp", except),
        ["error unsupported-element Statement.NotAction"]
    );
}

#[test]
fn resource_control_policies_tell_services_from_principals() {
    let of = |condition: Value| {
        let statement = json!({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
            "Condition": condition});
        of_kind("rcp", statement)
    };
    let at = |at: &str| {
        vec![format!(
            "warning unintended-callers Statement.Condition.{at}"
        )]
    };
    let mine = || json!({"aws:PrincipalOrgID": "o-exampleorgid"});
    let source = || json!({"aws:SourceOrgID": "o-exampleorgid"});
    let service = |value: &str| json!({"aws:PrincipalIsAWSService": value});
    let present = |key: &str| json!({key: "false"});
    let found = of(json!({"StringNotEqualsIfExists": mine()}));
    assert_eq!(found, at("StringNotEqualsIfExists.aws:PrincipalOrgID"));
    let found = of(json!({"StringNotEquals": source()}));
    assert_eq!(found, at("StringNotEquals.aws:SourceOrgID"));
    let found = of(json!({"StringNotEqualsIfExists": source(), "Bool": service("true")}));
    assert_eq!(found, at("StringNotEqualsIfExists.aws:SourceOrgID"));
    for right in [
        json!({"StringNotEqualsIfExists": mine(), "BoolIfExists": service("false")}),
        // true only with the key
        json!({"StringEquals": mine()}),
        json!({"StringNotEquals": mine(), "Null": present("aws:PrincipalOrgID")}),
        json!({"StringNotEqualsIfExists": source(), "Bool": service("true"),
            "Null": present("aws:SourceAccount")}),
        json!({"StringNotEqualsIfExists": source(), "BoolIfExists": service("true"),
            "Null": present("aws:SourceArn")}),
        json!({"StringNotEqualsIfExists": source(), "Null": present("aws:SourceAccount")}),
        json!({"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-exampleorgid",
            "aws:SourceOrgID": "o-exampleorgid"}}),
    ] {
        assert_eq!(of(right.clone()), [""; 0], "{right}");
    }
}

#[test]
fn key_policies_are_about_their_key() {
    let statement = |action: Value, resource: &str| {
        json!({"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/App"},
            "Action": action, "Resource": resource})
    };
    let part = "suggestion unmanageable-key ";
    assert_eq!(
        of_kind("kms-key", statement(json!("kms:Decrypt"), "*")),
        [part]
    );
    let found = of_kind(
        "kms-key",
        statement(json!(["kms:Decrypt", "s3:GetObject"]), "*"),
    );
    assert_eq!(found[0], "error unsupported-entry Statement.Action[1]");
    let found = of_kind(
        "kms-key",
        statement(json!("kms:Decrypt"), "arn:aws:s3:::b/*"),
    );
    assert!(
        found.contains(&"error unsupported-entry Statement.Resource".to_owned()),
        "{found:?}"
    );
    let account = |sid: &str| {
        json!({"Sid": sid, "Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*",
            "Resource": "*"})
    };
    assert!(of_kind("kms-key", account("Enable IAM User Permissions")).is_empty());
    let administrator = statement(json!("kms:Disable*"), "*");
    assert_eq!(
        of_kind("kms-key", administrator),
        [part, "suggestion sensitive-action Statement.Action"]
    );
    let describe = json!({"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
        "Action": "kms:DescribeKey", "Resource": "*"});
    assert_eq!(
        of_kind("kms-key", describe),
        [part, "suggestion confused-deputy Statement"]
    );
}

#[test]
fn a_key_policy_can_be_changed_by_someone() {
    let root = json!({"AWS": ROOT});
    let role = json!({"AWS": "arn:aws:iam::111122223333:role/App"});
    let statement = |effect: &str, principal: &Value, action: Value| json!({"Effect": effect, "Principal": principal, "Action": action, "Resource": "*"});
    let use_of_key = statement("Allow", &role, json!(["kms:Decrypt", "kms:DescribeKey"]));
    let found = |other: Value| {
        let mut found = of_kind("kms-key", json!([use_of_key, other]));
        found.retain(|it| it.contains("unmanageable-key"));
        found
    };
    for action in ["kms:*", "kms:Put*", "KMS:PutKeyPolicy", "*"] {
        assert_eq!(found(statement("Allow", &root, json!(action))), [""; 0]);
        assert_eq!(found(statement("Allow", &role, json!(action))), [""; 0]);
    }
    let except =
        json!({"Effect": "Allow", "Principal": root, "NotAction": "kms:Decrypt", "Resource": "*"});
    assert_eq!(found(except), [""; 0]);
    let service = json!({"Service": "bedrock.amazonaws.com"});
    for other in [
        statement("Allow", &root, json!("kms:Create*")),
        statement("Allow", &service, json!("kms:*")),
        statement("Deny", &root, json!("kms:*")),
    ] {
        assert_eq!(
            found(other.clone()),
            ["warning unmanageable-key "],
            "{other}"
        );
    }
}

#[test]
fn resource_control_policies_apply_to_some_services() {
    let deny = |actions: Value| {
        json!({"Effect": "Deny", "Principal": "*", "Action": actions, "Resource": "*",
            "Condition": {"BoolIfExists": {"aws:SecureTransport": "false"}}})
    };
    for right in [
        json!(["s3:*", "sts:AssumeRole", "dynamodb:*", "KMS:Decrypt"]),
        json!("kms:Re*"),
    ] {
        assert_eq!(of_kind("rcp", deny(right)), [""; 0]);
    }
    for never in [
        "bedrock:*",
        "bedrock:InvokeModel",
        "kms:RetireGrant",
        "kms:Retire*",
    ] {
        let found = of_kind("rcp", deny(json!(never)));
        assert!(
            found.contains(&"error unsupported-entry Statement.Action".to_owned()),
            "{never}: {found:?}"
        );
        let found = of_kind("rcp", deny(json!(["s3:GetObject", never])));
        assert!(
            found.contains(&"warning unsupported-entry Statement.Action[1]".to_owned()),
            "{never}: {found:?}"
        );
    }
    // an entry with an effect, in another statement
    let found = of_kind(
        "rcp",
        json!([deny(json!("bedrock:*")), deny(json!("s3:*"))]),
    );
    assert_eq!(found, ["warning unsupported-entry Statement[0].Action"]);
    let found = of_kind("rcp", deny(json!("bedrok:*")));
    assert!(
        found.iter().all(|it| it.contains("unknown-service")),
        "{found:?}"
    );
    let found = of_kind("scp", with(allow_apply(), "Effect", json!("Deny")));
    assert_eq!(found, [""; 0]);
}

#[test]
fn boundaries_and_session_policies_only_limit() {
    let except = json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"});
    for kind in ["boundary", "session"] {
        assert_eq!(of_kind(kind, except.clone()), [""; 0], "{kind}");
    }
    assert_eq!(
        of_kind("identity", except)[0],
        "security-warning allow-not-action Statement.NotAction"
    );
}

#[test]
fn policies_of_vpc_endpoints_only_limit() {
    let anyone = |statement: Value| with(statement, "Principal", json!("*"));
    let all = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    for right in [
        anyone(all),
        anyone(allow_apply()),
        anyone(json!({"Effect": "Allow", "NotAction": "bedrock:DeleteAgent", "Resource": "*"})),
        json!({"Effect": "Deny", "NotPrincipal": {"AWS": ROOT}, "Action": "bedrock:*", "Resource": "*"}),
        anyone(with(allow_apply(), "Sid", json!("any text: a-b"))),
    ] {
        assert_eq!(of_kind("vpc-endpoint", right.clone()), [""; 0], "{right}");
    }
    assert_eq!(
        of_kind("vpc-endpoint", allow_apply()),
        ["error missing-element Statement"]
    );
    let without = anyone(json!({"Effect": "Allow", "Action": "bedrock:InvokeModel"}));
    assert_eq!(
        of_kind("vpc-endpoint", without),
        ["error missing-element Statement"]
    );
}

#[test]
fn sids_are_checked_by_kind() {
    let sid = |sid: Value| with(allow_apply(), "Sid", sid);
    for kind in ["identity", "boundary", "session", "scp"] {
        assert!(of_kind(kind, sid(json!("Apply1"))).is_empty());
        assert_eq!(
            of_kind(kind, sid(json!("apply the guardrail"))),
            ["error invalid-sid Statement.Sid"]
        );
    }
    let named = |sid: &str| {
        json!({"Sid": sid, "Effect": "Allow", "Principal": {"AWS": ROOT},
            "Action": "bedrock:ApplyGuardrail", "Resource": GUARDRAIL})
    };
    assert!(of_kind("resource", named("apply the guardrail")).is_empty());
    assert_eq!(
        of_kind("resource", named("${aws:username}")),
        ["error invalid-sid Statement.Sid"]
    );
    assert_eq!(
        of_kind("identity", sid(json!(1))),
        ["error not-a-text Statement.Sid"]
    );
    let twice = |kind: &str, statement: Value| {
        let found = of_kind(
            kind,
            json!([
                statement,
                with(statement.clone(), "Action", json!("bedrock:GetGuardrail"))
            ]),
        );
        let mut found = found.into_iter();
        found.find(|it| it.contains("duplicate-sid"))
    };
    assert_eq!(
        twice("identity", sid(json!("A"))).as_deref(),
        Some("error duplicate-sid Statement[1].Sid")
    );
    assert_eq!(
        twice("resource", named("A")).as_deref(),
        Some("warning duplicate-sid Statement[1].Sid")
    );
}

#[test]
fn empty_objects_and_lists_are_reported() {
    for (name, value, path) in [
        ("Condition", json!({}), "Statement.Condition"),
        (
            "Condition",
            json!({"StringEquals": {}}),
            "Statement.Condition.StringEquals",
        ),
        (
            "Condition",
            json!({"StringEquals": {"aws:PrincipalOrgID": []}}),
            "Statement.Condition.StringEquals.aws:PrincipalOrgID",
        ),
    ] {
        let found = of_kind("identity", with(allow_apply(), name, value));
        assert_eq!(found, [format!("suggestion empty-list {path}")]);
    }
    let trust = |principal: Value| json!({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"});
    assert_eq!(
        of_kind("trust", trust(json!({}))),
        ["suggestion empty-list Statement.Principal"]
    );
    assert_eq!(
        of_kind("trust", trust(json!({"AWS": []}))),
        ["suggestion empty-list Statement.Principal.AWS"]
    );
    assert_eq!(
        of_kind("trust", trust(json!({"AWS": 111_122_223_333_u64}))),
        ["error not-a-text Statement.Principal.AWS"]
    );
}

#[test]
fn sizes_are_compared_with_the_limits_of_the_kind() {
    let long = |kind: &str, names: usize| {
        let names: Vec<_> = (0..names).map(|at| format!("{at:04}")).collect();
        let statement = match kind {
            "trust" => json!({"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}),
            "kms-key" | "vpc-endpoint" => {
                json!({"Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"})
            }
            _ => json!({"Effect": "Deny", "Action": "bedrock:InvokeModel", "Resource": "*"}),
        };
        let condition = json!({"StringNotEquals": {"aws:PrincipalTag/team": names}});
        let found = of_kind(kind, with(statement, "Condition", condition));
        found.into_iter().find(|it| it.contains("policy-size"))
    };
    for (kind, right, suggested, wrong) in [
        ("identity", 800, Some(1_000), 1_500),
        ("boundary", 800, None, 1_000),
        ("session", 200, None, 300),
        ("scp", 1_400, None, 1_500),
        ("trust", 200, Some(600), 1_200),
        ("kms-key", 4_500, None, 4_700),
        ("vpc-endpoint", 2_800, None, 3_000),
    ] {
        assert_eq!(long(kind, right), None, "{kind}");
        if let Some(suggested) = suggested {
            let found = long(kind, suggested);
            assert_eq!(found.as_deref(), Some("suggestion policy-size "), "{kind}");
        }
        assert_eq!(
            long(kind, wrong).as_deref(),
            Some("warning policy-size "),
            "{kind}"
        );
    }
}

#[cfg(feature = "json")]
#[test]
fn texts_that_can_not_be_read_have_a_finding_at_their_place() {
    use bedrock_iam::check::check_text;

    let statement = r#"{"Effect":"Allow","Action":"bedrock:InvokeModel","Resource":"*"}"#;
    for (text, path) in [
        (r#"{"Statement": "Allow all"}"#.to_owned(), "Statement"),
        (
            format!(r#"{{"Statement": [{statement}, "more"]}}"#),
            "Statement[1]",
        ),
        (
            r#"{"Statement": [{"Resource": null}]}"#.to_owned(),
            "Statement[0].Resource",
        ),
        (
            r#"{"Statement": [{"Action": [["a:B"]]}]}"#.to_owned(),
            "Statement[0].Action[0]",
        ),
        (
            r#"{"Statement": [{"Action": "a:B", "Action": "a:C"}]}"#.to_owned(),
            "Statement[0].Action",
        ),
        (
            r#"{"Statement": [{"Condition": {}, "Condition": {}}]}"#.to_owned(),
            "Statement[0].Condition",
        ),
        (
            r#"{"Statement": [{"Condition": {"Bool": {"a": "1"}, "Bool": {"b": "1"}}}]}"#
                .to_owned(),
            "Statement[0].Condition.Bool",
        ),
        (
            format!(r#"{{"Statement": {statement}, "Statement": []}}"#),
            "Statement",
        ),
    ] {
        let report = check_text(&text, catalog(), &Options::default());
        let [finding] = report.findings.as_slice() else {
            panic!("{text}: {report:#?}");
        };
        assert_eq!(finding.code, Code::NOT_A_POLICY);
        assert_eq!(finding.path.to_string(), path, "{text}: {finding}");
        assert!(!report.is_read);
    }
    let right = format!(r#"{{"Version": "2012-10-17", "Statement": {statement}}}"#);
    assert!(check_text(&right, catalog(), &Options::default()).is_read);
}
