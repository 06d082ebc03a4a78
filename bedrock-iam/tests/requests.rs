//! Requests by names of the modules.

#![cfg(feature = "all-modules")]

use bedrock_iam::decide::{Caller, Outcome, Policies, Request};
use bedrock_iam::{
    AnyResource, Partition, Policy, Segment, Site, Statement, account, bedrock, dynamodb, global,
    iam, region, s3, seg,
};

fn here() -> Site {
    Site::new(
        Partition::Aws,
        region!("eu-central-1"),
        account!("123456789012"),
    )
}

fn caller() -> Caller {
    "arn:aws:iam::123456789012:user/ana".parse().unwrap()
}

/// Returns policies with one identity-based policy.
fn allowing<A, R>(statement: Statement<A, R>) -> Policies {
    Policies::new().identity(Policy::identity().with(statement).build().unwrap())
}

/// Returns the fault of a request by the same caller, which is never decided.
fn fault<A, R>(request: Request<A, R>) -> String {
    let request = request.by(caller());
    let policies = Policies::new();
    let decision = policies.decide(&request);
    assert_eq!(decision.outcome(), Outcome::Undecided);
    let fault = request.fault().unwrap().to_string();
    assert!(decision.to_string().contains(&fault), "{decision}");
    fault
}

#[test]
fn keys_of_each_value_type_are_stated() {
    let model = bedrock::arn::FoundationModel {
        resource_id: seg!("amazon.nova-lite-v1:0"),
    }
    .at(here());
    let app = iam::arn::Role {
        role_name_with_path: seg!("app"),
    }
    .at(here());
    let invoke = Statement::allow(bedrock::action::InvokeModel).on(&model);
    let policies = allowing(
        invoke
            .when(bedrock::key::SERVICE_TIER.string_equals("flex"))
            .when(global::SECURE_TRANSPORT.bool(true))
            .when(global::SOURCE_IP.ip_address("203.0.113.0/24"))
            .when(global::MULTI_FACTOR_AUTH_AGE.numeric_less_than(300))
            .when(global::CURRENT_TIME.date_less_than("2027-01-01T00:00:00Z"))
            .when(global::PRINCIPAL_ARN.arn_equals(&app)),
    );
    let call = Request::new(bedrock::action::InvokeModel)
        .on(&model)
        .by(&app)
        .with(global::SECURE_TRANSPORT, true)
        .with(global::SOURCE_IP, "203.0.113.7")
        .with(global::MULTI_FACTOR_AUTH_AGE, 299)
        .with(global::CURRENT_TIME, "2026-12-31T23:59:59Z");
    policies.assert_denies(&call);
    policies.assert_allows(&call.clone().with(bedrock::key::SERVICE_TIER, "flex"));
    policies.assert_denies(&call.with(bedrock::key::SERVICE_TIER, "priority"));

    let table = dynamodb::arn::Table {
        table_name: seg!("games"),
    }
    .at(here());
    let own = bedrock_iam::Value::raw("${aws:username}");
    let policies = allowing(
        Statement::allow(dynamodb::action::GetItem).on(&table).when(
            dynamodb::key::LEADING_KEYS
                .for_all_values()
                .string_equals(own),
        ),
    );
    let read = Request::new(dynamodb::action::GetItem)
        .on(&table)
        .by(caller());
    policies.assert_allows(&read.clone().with(dynamodb::key::LEADING_KEYS, ["ana"]));
    policies.assert_denies(&read.with(dynamodb::key::LEADING_KEYS, ["ana", "bob"]));
}

#[test]
fn resources_are_concrete() {
    let object = |name| s3::arn::Object {
        bucket_name: seg!("docs"),
        object_name: name,
    };
    let policies = allowing(
        Statement::allow(s3::action::GetObject)
            .on(object(Segment::prefix("reports/").unwrap()).at(here())),
    );
    let read = |name: &'static str| {
        let name = Segment::parse(name).unwrap();
        Request::new(s3::action::GetObject)
            .on(object(name).at(here()))
            .by(caller())
    };
    policies.assert_allows(&read("reports/a"));
    policies.assert_denies(&read("drafts/a"));
    // characters that have a meaning in patterns only
    let price = bedrock_iam::raw_arn!("arn:aws:s3:::docs/reports/a$b${*}");
    let price = Request::new(s3::action::GetObject).on(price).by(caller());
    assert_eq!(price.resource(), "arn:aws:s3:::docs/reports/a$b*");
    policies.assert_allows(&price);

    let get = || Request::new(s3::action::GetObject);
    assert_eq!(
        fault(get().on(object(Segment::ANY).at(here()))),
        "found `arn:aws:s3:::docs/*`; expected one resource, without wildcards or variables"
    );
    let two = [seg!("a"), seg!("b")].map(|name| object(name).at(here()));
    assert_eq!(
        fault(get().on(two)),
        "found `arn:aws:s3:::docs/a`, `arn:aws:s3:::docs/b`; expected one resource, without wildcards or \
         variables"
    );
    let agent = bedrock::arn::AgentAlias {
        agent_id: seg!("A"),
        agent_alias_id: seg!("B"),
    };
    let ask = Request::new(bedrock::action::InvokeAgent).on(agent.at(here().no_region()));
    assert!(fault(ask).contains("region"));
    assert_eq!(
        fault(
            Request::new((s3::action::GetObject, s3::action::PutObject))
                .on(object(seg!("a")).at(here()))
        ),
        "found `s3:GetObject`, `s3:PutObject`; expected one action, without wildcards"
    );
}

#[test]
fn actions_without_resource_types_are_on_everything() {
    let list = Request::new(bedrock::action::ListFoundationModels)
        .on(AnyResource)
        .by(caller());
    let policies =
        allowing(Statement::allow(bedrock::action::ListFoundationModels).on(AnyResource));
    policies.assert_allows(&list);
    // an ARN in another author's policy matches no such request
    let policies = allowing(
        Statement::allow(bedrock_iam::foreign_action!("bedrock:ListFoundationModels"))
            .on(bedrock_iam::raw_arn!("arn:aws:bedrock:*:*:*")),
    );
    policies.assert_denies(&list);
}

#[test]
fn values_are_checked() {
    let object = s3::arn::Bucket {
        bucket_name: seg!("docs"),
    }
    .at(here());
    let list = || Request::new(s3::action::ListBucket).on(&object);
    assert_eq!(
        fault(list().with(s3::key::MAX_KEYS, "ten")),
        "`ten` is not a value of `s3:max-keys`; expected Numeric"
    );
    assert_eq!(
        fault(list().with(s3::key::PREFIX, ["a", "b"])),
        "found several values of `s3:prefix`; expected one"
    );
    assert_eq!(
        list().fault().unwrap().to_string(),
        "found no caller; expected one from `.by(…)`"
    );
    let someone = s3::arn::Bucket {
        bucket_name: seg!("docs"),
    }
    .at(here());
    assert!(
        list()
            .by(someone)
            .fault()
            .unwrap()
            .to_string()
            .contains("is not a caller")
    );
}
