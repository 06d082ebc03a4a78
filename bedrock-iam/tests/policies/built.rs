//! The checks of `build`, principals and raw statements.

use super::*;

#[test]
fn build_reports_faults_that_types_cannot_prevent() {
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
    assert_eq!(kinds(&error), [FaultKind::DuplicateSid { first: 0 }]);
    assert_eq!(
        error.to_string(),
        "Statement[1] (`Same`): the Sid is already used by Statement[0]; expected a unique one"
    );
    // `main` prints `Debug`
    assert_eq!(format!("{error:?}"), error.to_string());
}

#[test]
fn only_some_resource_types_accept_an_arn_without_a_region() {
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
fn a_region_of_another_partition_is_a_fault() {
    let site = |partition, region| Site::new(partition, region, account!("123456789012"));
    let faults = refused(
        Statement::allow(action::GetAgent)
            .on(agent().at(site(Partition::Aws, region!("us-gov-west-1")))),
    );
    let expected = "the region of `arn:aws:bedrock:us-gov-west-1:123456789012:agent/AGENT12345` is in another \
                    partition; expected `aws-us-gov`, the partition of `us-gov-west-1`";
    assert_eq!(
        faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [expected]
    );
    // also in a raw ARN
    let faults = refused(Statement::allow(action::GetAgent).on(raw_arn!(
        "arn:aws-cn:bedrock:eu-central-1:123456789012:agent/A"
    )));
    assert!(
        matches!(faults.as_slice(), [FaultKind::OtherPartition { .. }]),
        "{faults:?}"
    );
    for site in [
        site(Partition::AwsUsGov, region!("us-gov-west-1")),
        site(Partition::Aws, region!("us-orchard-1")),
        site(Partition::Aws, region!("us-gov-west-1")).any_partition(),
    ] {
        built(Statement::allow(action::GetAgent).on(agent().at(site)));
    }
}

#[test]
fn on_mixed_requires_a_match_for_each_action_and_resource() {
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
    // foreign actions and raw ARNs go with everything
    built(Statement::allow(action::ListAgents).on_mixed(AnyResource));
    built(Statement::allow(foreign_action!(newer "bedrock:New")).on_mixed(agent().at(HERE)));
    built(Statement::allow(action::GetAgent).on_mixed(raw_arn!("arn:aws:bedrock:::x")));
}

#[cfg(feature = "bedrock-mantle")]
#[test]
fn types_of_two_services_with_the_same_name_are_distinct() {
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
fn a_document_larger_than_the_limit_is_refused() {
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
            .contains("at most 6144 for a managed policy"),
        "{error}"
    );
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
fn raw_statements_accept_any_text() {
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
fn checked_statements_can_be_stored_in_lists() {
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
