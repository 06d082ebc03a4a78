//! What statements, conditions and policies print, and what `build` refuses.
#![cfg(feature = "bedrock")]

use std::net::Ipv4Addr;
use std::time::{Duration, UNIX_EPOCH};

use bedrock_iam::bedrock::{action, arn, key};
use bedrock_iam::typing::{InEffect, KeyId};
use bedrock_iam::{
    AnyResource, Bytes, Condition, Effect, FaultKind, ForeignAction, Key, Partition, Policy,
    PolicyError, Principal, RawArn, Segment, Site, SizeLimit, Statement, Value, Variable, account,
    foreign_action, foreign_key, global, raw_arn, region, seg,
};
use serde_json::{Value as Json, json};

const HERE: Site = Site::new(
    Partition::Aws,
    region!("eu-central-1"),
    account!("123456789012"),
);

fn agent() -> arn::Agent {
    arn::Agent {
        agent_id: seg!("AGENT12345"),
    }
}

fn built<A, R>(statement: Statement<A, R>) -> Json {
    let policy = Policy::new().with(statement).build().unwrap();
    let compact: Json = serde_json::from_str(&policy.to_json()).unwrap();
    let pretty: Json = serde_json::from_str(&policy.to_json_pretty()).unwrap();
    assert_eq!(compact, pretty);
    compact["Statement"][0].clone()
}

fn condition<I: KeyId + InEffect<ForeignAction, AnyResource>, O>(
    condition: Condition<I, O>,
) -> Json {
    let statement = Statement::allow(foreign_action!("any:Thing")).on(AnyResource);
    built(statement.when(condition))["Condition"].clone()
}

fn refused<A, R>(statement: Statement<A, R>) -> Vec<FaultKind> {
    kinds(&Policy::new().with(statement).build().unwrap_err())
}

fn kinds(error: &PolicyError) -> Vec<FaultKind> {
    error
        .faults()
        .iter()
        .map(|fault| fault.kind().clone())
        .collect()
}

#[test]
fn a_document_is_in_the_order_of_aws() {
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
fn actions_and_resources_come_in_tuples_arrays_and_vectors() {
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
fn exceptions_are_not_action_and_not_resource() {
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
fn conditions_with_one_operator_and_key_merge() {
    let statement = built(
        Statement::allow(action::CreateAgent)
            .on(AnyResource)
            .when(key::request_tag("team").string_equals("a"))
            .when(global::SECURE_TRANSPORT.bool(true))
            .when(key::request_tag("TEAM").string_equals(["b", "a"]))
            .when(key::request_tag("team").string_equals("c").if_exists())
            .when(key::request_tag("env").string_equals("prod")),
    );
    assert_eq!(
        statement["Condition"],
        json!({
            "StringEquals": {"aws:RequestTag/team": ["a", "b"], "aws:RequestTag/env": "prod"},
            "Bool": {"aws:SecureTransport": "true"},
            "StringEqualsIfExists": {"aws:RequestTag/team": "c"},
        })
    );
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
fn only_what_is_said_is_a_variable() -> Result<(), Box<dyn std::error::Error>> {
    let user = Variable::new("aws:username")?.or("nobody")?;
    for (printed, value) in [
        (
            foreign_key!("a:b").string_like("${aws:username}/*"),
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
            foreign_key!("a:b").arn_like("arn:${x}:a:::*"),
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
            "`StringEquals` on `a:c` has no value; expected one at least"
        ]
    );
    assert!(error.to_string().starts_with(
        "statement 1: `NumericEquals` on `a:b` has the value `one`; expected a number, such as `3` or `0.5`\n"
    ));
}

#[test]
fn what_types_cannot_see_is_refused() {
    assert_eq!(
        kinds(&Policy::new().build().unwrap_err()),
        [FaultKind::NoStatement]
    );
    assert_eq!(
        refused(Statement::allow(action::GetAgent)),
        [FaultKind::NoResource]
    );
    assert_eq!(
        refused(Statement::allow(Vec::<ForeignAction>::new()).on(Vec::<RawArn>::new())),
        [FaultKind::NoAction, FaultKind::NoResource]
    );
    for sid in ["", "a b", "a-b", "é"] {
        let statement = Statement::allow(action::ListAgents)
            .on(AnyResource)
            .sid(sid);
        assert_eq!(refused(statement), [FaultKind::Sid], "{sid}");
    }
    let same = || {
        Statement::allow(action::ListAgents)
            .on(AnyResource)
            .sid("Same")
    };
    let error = Policy::new()
        .with_all([same(), same()])
        .build()
        .unwrap_err();
    assert_eq!(kinds(&error), [FaultKind::SidTwice { first: 0 }]);
    assert_eq!(
        error.to_string(),
        "statement 2 (`Same`): statement 1 has the same Sid; expected each once"
    );
}

#[test]
fn a_region_may_be_empty_where_the_service_lets_it() {
    let model = arn::FoundationModel {
        resource_id: Segment::ANY,
    };
    let statement = built(Statement::allow(action::InvokeModel).on(model.at(HERE.no_region())));
    assert_eq!(
        statement["Resource"],
        "arn:aws:bedrock:::foundation-model/*"
    );
    let faults = refused(Statement::allow(action::GetAgent).on(agent().at(HERE.no_region())));
    let [FaultKind::NoRegion { resource_type, .. }] = faults.as_slice() else {
        panic!("{faults:?}");
    };
    assert_eq!(*resource_type, "agent");
}

#[test]
fn actions_and_resources_may_match_up_crosswise() {
    let alias = arn::AgentAlias {
        agent_id: seg!("A"),
        agent_alias_id: Segment::ANY,
    };
    let actions = (action::GetAgent, action::InvokeAgent);
    let statement = built(
        Statement::allow(actions)
            .on_mixed((agent().at(HERE), alias.clone().at(HERE)))
            .when(key::resource_tag("team").string_equals("search")),
    );
    assert_eq!(statement["Resource"].as_array().map(Vec::len), Some(2));

    let faults = refused(Statement::allow(actions).on_mixed(alias.at(HERE)));
    assert_eq!(
        faults,
        [FaultKind::NoResourceOf {
            action: "bedrock:GetAgent".to_owned(),
            supports: vec!["agent"]
        }]
    );
    let flow = arn::Flow {
        flow_id: Segment::ANY,
    };
    let faults =
        refused(Statement::allow(action::GetAgent).on_mixed((agent().at(HERE), flow.at(HERE))));
    assert_eq!(
        faults,
        [FaultKind::NoActionOn {
            resource: "arn:aws:bedrock:eu-central-1:123456789012:flow/*".to_owned()
        }]
    );
    let faults = refused(Statement::allow(action::ListAgents).on_mixed(agent().at(HERE)));
    assert_eq!(faults.len(), 2, "{faults:?}");
    // what is not known goes with anything
    built(Statement::allow(action::ListAgents).on_mixed(AnyResource));
    built(Statement::allow(foreign_action!("bedrock:New")).on_mixed(agent().at(HERE)));
    built(Statement::allow(action::GetAgent).on_mixed(raw_arn!("arn:aws:bedrock:::x")));
}

#[cfg(feature = "bedrock-mantle")]
#[test]
fn types_of_one_name_in_two_services_are_two() {
    use bedrock_iam::bedrock_mantle;

    let project = bedrock_mantle::arn::Project {
        resource_id: Segment::ANY,
    };
    let actions = bedrock_mantle::action::GetProject;
    built(Statement::allow(actions).on_mixed(project.clone().at(HERE)));
    let faults = refused(Statement::allow(action::InvokeModel).on_mixed(project.at(HERE)));
    assert_eq!(faults.len(), 2, "{faults:?}");
}

#[test]
fn a_document_has_a_size() {
    let statement = || {
        Statement::allow(action::ListAgents)
            .on(AnyResource)
            .when(key_with_spaces().string_equals("a b"))
    };
    let policy = Policy::new().with(statement()).build().unwrap();
    assert_eq!(
        policy.size(),
        policy.to_json().replace(' ', "").chars().count()
    );
    let exact = SizeLimit::Characters(policy.size());
    assert!(Policy::new().with(statement()).limit(exact).build().is_ok());
    let limit = SizeLimit::Characters(policy.size() - 1);
    let error = Policy::new()
        .with(statement())
        .limit(limit)
        .build()
        .unwrap_err();
    assert_eq!(
        kinds(&error),
        [FaultKind::TooLong {
            size: policy.size(),
            limit
        }]
    );
    let long = vec![raw_arn!("arn:aws:bedrock:eu-central-1:123456789012:agent/AGENT12345"); 100];
    let error = Policy::new()
        .with(Statement::allow(action::GetAgent).on(long))
        .limit(SizeLimit::Managed)
        .build()
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("6144 at most for a managed policy"),
        "{error}"
    );
}

fn key_with_spaces() -> Key<bedrock_iam::ForeignKey> {
    Key::parse("aws:PrincipalTag/Cost Centre").unwrap()
}

#[test]
fn principals_are_grouped_by_kind() {
    let trust = |principals: Vec<Principal>| {
        built(Statement::allow(foreign_action!("sts:AssumeRole")).principal(principals))
    };
    assert_eq!(
        trust(vec![
            Principal::service("bedrock.amazonaws.com"),
            Principal::account(account!("123456789012")),
            Principal::arn(raw_arn!("arn:aws:iam::123456789012:role/x")),
            Principal::federated("cognito-identity.amazonaws.com"),
        ])["Principal"],
        json!({
            "AWS": ["123456789012", "arn:aws:iam::123456789012:role/x"],
            "Service": "bedrock.amazonaws.com",
            "Federated": "cognito-identity.amazonaws.com",
        })
    );
    assert_eq!(trust(vec![Principal::ANYONE])["Principal"], "*");
    assert_eq!(
        trust(vec![Principal::ANY_AWS])["Principal"],
        json!({"AWS": "*"})
    );
    let except = built(
        Statement::deny(action::GetAgent)
            .on(AnyResource)
            .all_principals_except(Principal::account(account!("123456789012"))),
    );
    assert_eq!(except["NotPrincipal"], json!({"AWS": "123456789012"}));
}

#[test]
fn raw_statements_say_anything() {
    let statement = built(
        Statement::raw(Effect::Deny)
            .not_action("iam:*")
            .not_resource("arn:aws:s3:::x")
            .resource("*")
            .condition(
                "ForAllValues:StringLikeIfExists",
                "any:Key",
                ["${aws:username}"],
            )
            .when(key::SERVICE_TIER.string_equals("flex")),
    );
    assert_eq!(
        statement,
        json!({
            "Effect": "Deny", "NotAction": "iam:*", "Resource": "*",
            "Condition": {
                "ForAllValues:StringLikeIfExists": {"any:Key": "${aws:username}"},
                "StringEquals": {"bedrock:ServiceTier": "flex"},
            },
        })
    );
}

#[test]
fn checked_statements_go_in_lists() {
    let statements: Vec<Statement> = vec![
        Statement::allow(action::ListAgents)
            .on(AnyResource)
            .checked(),
        Statement::deny(action::GetAgent)
            .on(agent().at(HERE))
            .checked(),
    ];
    let policy = Policy::new().with_all(statements).build().unwrap();
    assert!(policy.to_json().contains("bedrock:GetAgent"));
}
