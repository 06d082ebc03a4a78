//! Printing of statements and conditions.

use super::*;
use bedrock_iam::{ArnPattern, ForeignKey};

#[test]
fn elements_are_printed_in_the_order_of_aws() {
    let policy = Policy::new()
        .with(
            Statement::allow((action::GetAgent, action::DeleteAgent))
                .when(global::SECURE_TRANSPORT.bool(true))
                .on(agent().at(HERE))
                .sid("One")
                .principal(Principal::account(account!("111122223333"))),
        )
        .id("the-id")
        .build()
        .unwrap();
    assert_eq!(
        policy.to_json(),
        concat!(
            r#"{"Version":"2012-10-17","Id":"the-id","Statement":[{"Sid":"One","Effect":"Allow","#,
            r#""Principal":{"AWS":"111122223333"},"#,
            r#""Action":["bedrock:GetAgent","bedrock:DeleteAgent"],"#,
            r#""Resource":"arn:aws:bedrock:eu-central-1:123456789012:agent/AGENT12345","#,
            r#""Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}"#
        )
    );
    assert_eq!(policy.to_string(), policy.to_json());
    assert_eq!(format!("{policy:#}"), policy.to_json_pretty());
}

#[test]
fn tuples_arrays_and_vectors_of_actions_and_resources_are_accepted() {
    let nested = Statement::allow((
        (action::GetAgent, action::DeleteAgent),
        action::UpdateAgent,
        [foreign_action!("any:A"), foreign_action!(glob "any:B*")],
    ));
    let ids = ["A", "B"].map(|id| arn::Agent {
        agent_id: Segment::parse(id).unwrap(),
    });
    let listed: Vec<_> = ids.into_iter().map(|agent| agent.at(HERE)).collect();
    let single = agent().at(HERE.any_account());
    let statement = built(nested.on((&single, listed, raw_arn!("arn:aws:any:::thing"))));
    assert_eq!(
        statement["Action"],
        json!([
            "bedrock:GetAgent",
            "bedrock:DeleteAgent",
            "bedrock:UpdateAgent",
            "any:A",
            "any:B*"
        ])
    );
    assert_eq!(
        statement["Resource"],
        json!([
            "arn:aws:bedrock:eu-central-1:*:agent/AGENT12345",
            "arn:aws:bedrock:eu-central-1:123456789012:agent/A",
            "arn:aws:bedrock:eu-central-1:123456789012:agent/B",
            "arn:aws:any:::thing"
        ])
    );
}

#[test]
fn exceptions_are_printed_as_not_action_and_not_resource() {
    let statement = built(
        Statement::allow_all_except(action::CreateAgent)
            .on_all_except(raw_arn!("arn:aws:iam::123456789012:*")),
    );
    assert_eq!(
        statement,
        json!({"Effect": "Allow", "NotAction": "bedrock:CreateAgent",
               "NotResource": "arn:aws:iam::123456789012:*"})
    );
    let statement = built(
        Statement::deny(action::GetAgent)
            .on_all_except(agent().at(HERE))
            .when(key::resource_tag("team").string_equals("search")),
    );
    assert_eq!(statement["Action"], "bedrock:GetAgent");
    assert_eq!(
        statement["NotResource"],
        "arn:aws:bedrock:eu-central-1:123456789012:agent/AGENT12345"
    );
}

#[test]
fn conditions_with_the_same_operator_and_key_are_merged() {
    let statement = built(
        Statement::allow(action::CreateAgent)
            .on(AnyResource)
            .when(key::request_tag("team").string_not_equals("a"))
            .when(global::SECURE_TRANSPORT.bool(true))
            .when(key::request_tag("TEAM").string_not_equals(["b", "a"]))
            .when(key::request_tag("team").string_equals("c").if_exists())
            .when(key::request_tag("env").string_not_equals("prod"))
            .when(global::SECURE_TRANSPORT.bool(true)),
    );
    assert_eq!(
        statement["Condition"],
        json!({
            "StringNotEquals": {"aws:RequestTag/team": ["a", "b"], "aws:RequestTag/env": "prod"},
            "Bool": {"aws:SecureTransport": "true"},
            "StringEqualsIfExists": {"aws:RequestTag/team": "c"},
        })
    );
}

#[test]
fn conditions_that_would_widen_each_other_do_not_build() {
    let tagged = || Statement::allow(action::CreateAgent).on(AnyResource);
    let twice = tagged()
        .when(key::request_tag("team").string_equals("a"))
        .when(key::request_tag("TEAM").string_equals(["b", "a"]));
    let error = Policy::new().with(twice).build().unwrap_err();
    assert!(
        matches!(error.faults()[0].kind(), FaultKind::RepeatedCondition { list, .. }
            if list == r#".string_equals(["a", "b"])"#),
        "{error}"
    );
    let set = |value| key::TAG_KEYS.for_any_value().string_not_equals(value);
    let error = Policy::new()
        .with(tagged().when(set("a")).when(set("b")))
        .build();
    assert!(
        error.is_err(),
        "one value may differ from `a`, another from `b`"
    );
    let null = |absent| key::request_tag("team").null(absent);
    let error = Policy::new()
        .with(tagged().when(null(true)).when(null(false)))
        .build();
    assert!(error.is_err());
    let list = tagged().when(key::request_tag("team").string_equals(["a", "b"]));
    assert!(Policy::new().with(list).build().is_ok());
}

#[test]
fn wildcards_need_an_operator_that_has_them() {
    let fault = |condition: Condition<ForeignKey>| {
        let statement = Statement::allow(foreign_action!("a:B")).on(AnyResource);
        let built = Policy::new().with(statement.when(condition)).build();
        built.err().map(|error| error.faults()[0].kind().clone())
    };
    let like = |condition| match fault(condition) {
        Some(FaultKind::Wildcard { like, .. }) => like,
        other => format!("{other:?}"),
    };
    let key = || foreign_key!("a:b");
    let anywhere = Site::ANYWHERE;
    let arn = arn::Agent {
        agent_id: seg!("AGENT12345"),
    };
    assert_eq!(like(key().string_equals("a*")), "StringLike");
    assert_eq!(like(key().string_not_equals(["a", "b?"])), "StringNotLike");
    assert_eq!(
        like(key().string_equals_ignore_case("a*").if_exists()),
        "StringLikeIfExists"
    );
    assert_eq!(
        like(key().string_equals(arn.clone().at(anywhere))),
        "StringLike"
    );
    let pattern = ArnPattern::parse("arn:aws:iam::*:role/x").unwrap();
    assert_eq!(like(key().string_not_equals(&pattern)), "StringNotLike");
    for right in [
        key().string_equals(Value::literal("a*?")),
        key().string_like("a*"),
        key().string_equals(arn.at(HERE)),
        key().arn_equals(&pattern),
    ] {
        assert_eq!(fault(right), None);
    }
}

#[test]
fn values_have_the_form_of_their_key() {
    let statement = || Statement::allow(foreign_action!("a:B")).on(AnyResource);
    let account = global::PRINCIPAL_ACCOUNT;
    let endpoint = global::SOURCE_VPCE;
    let region = global::REQUESTED_REGION;
    let source = global::SOURCE_ARN;
    for (with, builds) in [
        (
            statement().when(account.clone().string_equals("11112222333")),
            false,
        ),
        (
            statement().when(endpoint.clone().string_equals("vpc-12345678")),
            false,
        ),
        (
            statement().when(region.clone().string_equals("us-east-1a")),
            false,
        ),
        (
            statement().when(source.clone().string_equals("agent/x")),
            false,
        ),
        (
            statement().when(account.string_equals("111122223333")),
            true,
        ),
        (statement().when(endpoint.string_like("vpce-*")), true),
        (statement().when(region.string_equals("unspecified")), true),
        (statement().when(source.string_like("*:agent/x")), true),
    ] {
        let policy = Policy::new().with(with).build();
        assert_eq!(policy.is_ok(), builds, "{policy:?}");
    }
}

#[test]
fn operators_print_by_their_iam_names() {
    let key = || foreign_key!("any:Key");
    for (printed, operator) in [
        (key().string_not_equals("x"), "StringNotEquals"),
        (
            key().string_equals_ignore_case("x"),
            "StringEqualsIgnoreCase",
        ),
        (
            key().string_not_equals_ignore_case("x"),
            "StringNotEqualsIgnoreCase",
        ),
        (key().string_like("x"), "StringLike"),
        (
            key().string_not_like("x").if_exists(),
            "StringNotLikeIfExists",
        ),
        (key().numeric_less_than_equals("1"), "NumericLessThanEquals"),
        (
            key().date_greater_than_equals("2026-07-01"),
            "DateGreaterThanEquals",
        ),
        (key().binary_equals("Zm9v"), "BinaryEquals"),
        (key().not_ip_address("10.0.0.0/8"), "NotIpAddress"),
        (key().arn_not_like("arn:aws:x:::*"), "ArnNotLike"),
        (
            key().for_any_value().arn_equals("*"),
            "ForAnyValue:ArnEquals",
        ),
        (
            key().for_all_values().numeric_equals(1).if_exists(),
            "ForAllValues:NumericEqualsIfExists",
        ),
    ] {
        assert_eq!(printed.operator(), operator);
        assert!(
            condition(printed)[operator]["any:Key"].is_string(),
            "{operator}"
        );
    }
    assert_eq!(
        condition(key().null(false)),
        json!({"Null": {"any:Key": "false"}})
    );
}

#[test]
fn values_are_typed_and_print_as_strings() {
    let arn = agent().at(HERE);
    let at = UNIX_EPOCH + Duration::from_secs(1_782_907_200);
    for (printed, value) in [
        (
            foreign_key!("a:b").numeric_equals([1.5, -2.0]),
            json!(["1.5", "-2"]),
        ),
        (
            foreign_key!("a:b").numeric_equals(u64::MAX),
            json!("18446744073709551615"),
        ),
        (
            foreign_key!("a:b").date_less_than(at),
            json!("2026-07-01T12:00:00Z"),
        ),
        (
            foreign_key!("a:b").date_less_than(1_782_907_200),
            json!("1782907200"),
        ),
        (
            foreign_key!("a:b").bool([true, false]),
            json!(["true", "false"]),
        ),
        (
            foreign_key!("a:b").ip_address(Ipv4Addr::LOCALHOST),
            json!("127.0.0.1"),
        ),
        (
            foreign_key!("a:b").binary_equals(Bytes(b"foo")),
            json!("Zm9v"),
        ),
        (foreign_key!("a:b").arn_equals(&arn), json!(arn.to_string())),
        (
            foreign_key!("a:b").string_equals(vec![region!("eu-west-1")]),
            json!("eu-west-1"),
        ),
        (
            foreign_key!("a:b").string_equals(account!("123456789012")),
            json!("123456789012"),
        ),
        (
            foreign_key!("a:b").string_equals(String::from("\"\\\n")),
            json!("\"\\\n"),
        ),
    ] {
        let operator = printed.operator();
        assert_eq!(condition(printed)[&operator]["a:b"], value);
    }
}

#[test]
fn variables_in_plain_text_are_escaped() -> Result<(), Box<dyn std::error::Error>> {
    let user = Variable::new("aws:username")?.or("nobody")?;
    for (printed, value) in [
        (
            foreign_key!("a:b").string_like("${aws:username}/*".to_owned()),
            "${$}{aws:username}/*",
        ),
        (
            foreign_key!("a:b").string_like(Value::literal("a*?")),
            "a${*}${?}",
        ),
        (
            foreign_key!("a:b").string_equals(&user),
            "${aws:username, 'nobody'}",
        ),
        (
            foreign_key!("a:b").arn_like(Value::text("arn:${x}:a:::*")),
            "arn:${$}{x}:a:::*",
        ),
        (
            foreign_key!("a:b").string_equals(Value::from("u-").then(user.clone())),
            "u-${aws:username, 'nobody'}",
        ),
    ] {
        assert_eq!(printed.values().collect::<Vec<_>>(), [value]);
    }
    Ok(())
}

#[test]
fn variables_in_literals_are_faults() {
    for condition in [
        foreign_key!("a:b").string_like("${aws:username}/*"),
        foreign_key!("a:b").arn_like(["arn:aws:iam::*:role/${aws:username}"]),
    ] {
        let statement = Statement::allow(foreign_action!("a:B")).on(AnyResource);
        let error = Policy::new()
            .with(statement.when(condition))
            .build()
            .unwrap_err();
        assert!(
            matches!(error.faults()[0].kind(), FaultKind::TextVariable { .. }),
            "{error}"
        );
        assert!(error.to_string().contains("`Variable::new(…)`"), "{error}");
    }
    let open = Statement::allow(foreign_action!("a:B"))
        .on(AnyResource)
        .when(foreign_key!("a:b").string_equals("${"));
    assert!(Policy::new().with(open).build().is_ok());
}

#[test]
fn variables_have_keys_that_exist() {
    for name in [
        "aws:PrincipleTag/team",
        "aws:usrname",
        "aws:PrincipalTag/",
        "AWS:None",
    ] {
        assert!(Variable::new(name).is_err(), "{name}");
    }
    let error = Variable::new("aws:usrname").unwrap_err().to_string();
    assert!(error.ends_with("did you mean `aws:username`?"), "{error}");
    for name in [
        "aws:PrincipalTag/team",
        "AWS:UserName",
        "saml:sub",
        "s3:prefix",
    ] {
        assert!(Variable::new(name).is_ok(), "{name}");
    }
}

#[test]
fn values_that_cannot_be_compared_are_refused() {
    let statement = Statement::allow(foreign_action!("any:Thing"))
        .on(AnyResource)
        .when(foreign_key!("a:b").numeric_equals(["1", "one"]))
        .when(foreign_key!("a:b").numeric_less_than(f64::NAN))
        .when(foreign_key!("a:b").date_equals("tomorrow"))
        .when(foreign_key!("a:b").bool("yes"))
        .when(foreign_key!("a:b").ip_address("10.0.0.0/99"))
        .when(foreign_key!("a:b").binary_equals("?"))
        .when(foreign_key!("a:b").arn_equals("agent/A"))
        .when(foreign_key!("a:c").string_equals(Vec::<String>::new()));
    let error = Policy::new().with(statement).build().unwrap_err();
    let values: Vec<_> = kinds(&error)
        .into_iter()
        .map(|kind| match kind {
            FaultKind::Value { value, .. } => value,
            other => format!("{other}"),
        })
        .collect();
    assert_eq!(
        values,
        [
            "one",
            "NaN",
            "tomorrow",
            "yes",
            "10.0.0.0/99",
            "?",
            "agent/A",
            "`StringEquals` on `a:c` has no value; expected at least one"
        ]
    );
    assert!(error.to_string().starts_with(
        "Statement[0]: `NumericEquals` on `a:b` has the value `one`; expected a number, such as `3` or `0.5`\n"
    ));
}
