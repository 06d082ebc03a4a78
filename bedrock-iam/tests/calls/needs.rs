//! The requests that members of a call cause.

mod operations;

use bedrock_iam::SERVICES;

use super::*;

#[test]
fn every_operation_can_be_called_by_name() {
    let mut count = 0;
    for service in SERVICES
        .iter()
        .filter(|it| it.prefix.starts_with("bedrock"))
    {
        let operations = service.operations.iter().filter(|it| it.removed.is_none());
        let named =
            operations.flat_map(|it| it.sdk_clients.iter().map(|client| (it.name, *client)));
        for (name, client) in named {
            let found = requests(name, json!({"client": client}));
            let states_something = !found.caller.is_empty() || !found.missing.is_empty();
            assert!(states_something, "{client} {name}");
            for request in &found.caller {
                assert!(!request.resources.is_empty(), "{client} {name}");
            }
            count += 1;
        }
    }
    assert!(count > 400, "{count} operations");
}

#[test]
fn models_are_named_in_any_form() {
    let foundation = format!("arn:aws:bedrock:us-east-1::foundation-model/{MODEL}");
    let invoke = |arn: &str| format!("bedrock:InvokeModel {arn}");
    for (model, more) in [
        (MODEL, json!({})),
        (&foundation, json!({})),
        (
            &format!("{PREFIX}prompt/P1:2"),
            json!({"prompt": {"arn": format!("{PREFIX}prompt/P1:2"), "model": MODEL}}),
        ),
    ] {
        let mut members = more;
        members["model"] = json!(model);
        let found = short("Converse", members);
        assert!(found.contains(&invoke(&foundation)), "{model}: {found:?}");
    }
    for kind in [
        "provisioned-model",
        "custom-model-deployment",
        "imported-model",
    ] {
        let arn = format!("{PREFIX}{kind}/abc");
        assert_eq!(
            short("Converse", json!({"model": arn})),
            [invoke(&format!("{kind}/abc"))]
        );
    }
    let endpoint = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/e";
    assert_eq!(
        short("ConverseStream", json!({"model": endpoint})),
        [
            "bedrock:InvokeModelWithResponseStream marketplace/model-endpoint/all-access"
                .to_owned(),
            format!("sagemaker:InvokeEndpointWithResponseStream {endpoint}"),
        ]
    );
    let custom = format!("{PREFIX}custom-model/m/abc");
    assert!(
        error("Converse", json!({"model": custom}))
            .ends_with("; hint: name its deployment or provisioned model")
    );
}

#[test]
fn profiles_are_authorized_on_the_models_behind_them() {
    // a global profile's models follow from its id
    let found = requests("Converse", json!({"model": format!("global.{MODEL}")}));
    assert_eq!(found.missing, [""; 0]);
    let profile = format!("{PREFIX}inference-profile/global.{MODEL}");
    let regions = ["us-east-1", "us-east-1", "unspecified"];
    let arns = [
        profile.clone(),
        format!("arn:aws:bedrock:us-east-1::foundation-model/{MODEL}"),
        format!("arn:aws:bedrock:::foundation-model/{MODEL}"),
    ];
    let invocations = found.caller.iter().filter(|it| it.required);
    for ((request, arn), region) in invocations.zip(arns).zip(regions) {
        assert_eq!(request.resources, [arn.as_str()]);
        assert_eq!(request.context["aws:RequestedRegion"], [region]);
        let own = request.context.get("bedrock:InferenceProfileArn");
        assert_eq!(
            own,
            (arn != profile).then(|| vec![profile.clone()]).as_ref()
        );
    }
    // those of any other are stated by the call, or missing
    for model in [
        format!("eu.{MODEL}"),
        format!("{PREFIX}application-inference-profile/abc"),
    ] {
        let found = requests("Converse", json!({"model": model}));
        assert_eq!(required(&found.caller).len(), 1, "{model}");
        assert!(
            found.missing[0].starts_with("`profile_models`: "),
            "{model}"
        );
        let answer =
            json!({"models": [{"modelArn": "arn:aws:bedrock:eu-west-1::foundation-model/m"}]});
        let found = requests(
            "Converse",
            json!({"model": model, "profile_models": answer}),
        );
        assert_eq!(required(&found.caller).len(), 2, "{model}");
        assert_eq!(found.missing, [""; 0], "{model}");
    }
    // other operations than invocations are authorized on the profile alone
    assert_eq!(
        short(
            "GetInferenceProfile",
            json!({"model": format!("us.{MODEL}")})
        ),
        [format!(
            "bedrock:GetInferenceProfile inference-profile/us.{MODEL}"
        )]
    );
}

#[test]
fn resources_follow_from_others_or_have_fixed_names() {
    let alias = format!("{PREFIX}flow/F1/alias/A1");
    assert_eq!(
        short("StartFlowExecution", json!({"flow_alias": alias})),
        [
            "bedrock:StartFlowExecution flow/F1",
            "bedrock:StartFlowExecution flow/F1/alias/A1",
        ]
    );
    let agentcore = "arn:aws:bedrock-agentcore:us-east-1:123456789012:";
    let provider = format!("{agentcore}token-vault/v/apikeycredentialprovider/p");
    let found = requests(
        "GetApiKeyCredentialProvider",
        json!({"apikeycredentialprovider": provider}),
    );
    let expected = [provider.clone(), format!("{agentcore}token-vault/v")];
    assert_eq!(found.caller[0].resources, expected);
    // a runtime of another account has its endpoint there
    let runtime = "arn:aws:bedrock-agentcore:eu-west-1:111122223333:runtime/r-1";
    let found = requests("InvokeAgentRuntime", json!({"runtime": runtime}));
    let expected = [
        runtime.to_owned(),
        format!("{runtime}/runtime-endpoint/DEFAULT"),
    ];
    assert_eq!(found.caller[0].resources, expected);
    // of two types that a member can have, one is authorized
    let version = format!("{PREFIX}prompt/P1:2");
    assert_eq!(
        short("GetPrompt", json!({"prompt_version": version})),
        ["bedrock:GetPrompt prompt/P1:2"]
    );
    assert_eq!(
        short("ListFiles", json!({"client": "bedrock-mantle"})),
        ["bedrock-mantle:ListFiles arn:aws:bedrock-mantle:us-east-1:123456789012:project/default"]
    );
}

#[test]
fn new_resources_have_no_id() {
    let agent = format!("{PREFIX}agent/A1");
    assert_eq!(
        short(
            "CreateAgentAlias",
            json!({"agent": agent, "tags": {"team": "a"}})
        ),
        [
            "bedrock:CreateAgentAlias agent/A1",
            "bedrock:TagResource agent-alias/A1/*",
        ]
    );
    assert_eq!(
        short(
            "StartAsyncInvoke",
            json!({"model": MODEL, "buckets": {"output": "videos"}})
        ),
        [
            "bedrock:InvokeModel async-invoke/*",
            "bedrock:InvokeModel arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0",
            "s3:PutObject arn:aws:s3:::videos/*",
        ]
    );
    let found = requests(
        "CreateGuardrail",
        json!({"tags": {"env": "x", "team": "y"}}),
    );
    for request in &found.caller {
        assert_eq!(request.resources, [format!("{PREFIX}guardrail/*")]);
        assert_eq!(request.context["aws:TagKeys"], ["env", "team"]);
        assert_eq!(request.context["aws:RequestTag/team"], ["y"]);
    }
    assert_eq!(found.caller.len(), 2);
    // the reference's table has no operations of this service
    let project = json!({"client": "bedrock-mantle", "tags": {"a": "b"}});
    let found = short("CreateProject", project);
    let new = "arn:aws:bedrock-mantle:us-east-1:123456789012:project/*";
    let actions = ["CreateProject", "TagResource"];
    assert_eq!(
        found,
        actions.map(|it| format!("bedrock-mantle:{it} {new}"))
    );
    // an operation whose request has no tags
    let found = requests("Converse", json!({"model": MODEL, "tags": {"a": "b"}}));
    assert!(found.caller[0].context.is_empty(), "{found:?}");
}

#[test]
fn members_decide_which_optional_actions_are_needed() {
    let actions = |members: Value| {
        let mut members = members;
        members["model"] = json!(MODEL);
        let found = requests("Converse", members);
        let required = found.caller.into_iter().filter(|it| it.required);
        required.map(|it| it.action).collect::<BTreeSet<_>>()
    };
    let plain = actions(json!({}));
    let with = |members: Value| {
        let more = &actions(members) - &plain;
        more.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(
        with(json!({"guardrail": "abc"})),
        ["bedrock:ApplyGuardrail"]
    );
    assert_eq!(
        with(json!({"api_key": "long-term"})),
        ["bedrock:CallWithBearerToken"]
    );
    assert_eq!(
        with(json!({"system_tools": ["nova_grounding"]})),
        ["bedrock:InvokeTool"]
    );
    let key = "arn:aws:kms:us-east-1:123456789012:key/k";
    assert_eq!(
        with(json!({"guardrail": {"id": "abc"}, "kms_key": key})),
        ["bedrock:ApplyGuardrail", "kms:Decrypt"]
    );
    assert_eq!(with(json!({"kms_key": key})), [""; 0]);
    // a role is passed only by operations that take one
    let role = "arn:aws:iam::123456789012:role/r";
    assert_eq!(with(json!({"role": role})), [""; 0]);
    let found = requests("CreateAgent", json!({"role": role}));
    let passed = found
        .caller
        .iter()
        .find(|it| it.action == "iam:PassRole")
        .expect("it");
    assert_eq!(
        passed.context["iam:PassedToService"],
        ["bedrock.amazonaws.com"]
    );
    assert!(passed.required);
    // a vector store of another provider
    let secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s";
    let third = requests("CreateKnowledgeBase", json!({"credentials_secret": secret}));
    let third = third
        .caller
        .iter()
        .find(|it| it.action.ends_with(":AssociateThirdPartyKnowledgeBase"));
    let key = "bedrock:ThirdPartyKnowledgeBaseCredentialsSecretArn";
    assert_eq!(third.expect("it").context[key], [secret]);
    let cluster = "arn:aws:rds:us-east-1:123456789012:cluster:c";
    let own = json!({"credentials_secret": secret, "vector_store": cluster});
    let own = requests("CreateKnowledgeBase", own);
    assert!(
        own.caller
            .iter()
            .all(|it| !it.action.contains("ThirdParty"))
    );
}

#[test]
fn a_guardrails_context_has_its_version_unless_it_is_the_draft() {
    for (version, end) in [("3", ":3"), ("DRAFT", "")] {
        let guardrail = json!({"id": "abc", "version": version});
        let found = requests(
            "InvokeModel",
            json!({"model": MODEL, "guardrail": guardrail}),
        );
        let invoked = found
            .caller
            .iter()
            .find(|it| it.action == "bedrock:InvokeModel")
            .expect("it");
        let expected = format!("{PREFIX}guardrail/abc{end}");
        assert_eq!(invoked.context["bedrock:GuardrailIdentifier"], [expected]);
    }
    let guardrail = json!({"id": "abc", "profile": "us.guardrail.v1:0"});
    let found = requests("ApplyGuardrail", json!({"guardrail": guardrail}));
    assert!(
        found.missing[0].starts_with("`guardrail.profile_regions`: "),
        "{found:?}"
    );
}

#[test]
fn resource_tags_are_in_the_context_of_the_resource_that_is_called() {
    let profile = format!("{PREFIX}application-inference-profile/abc");
    let members = json!({
        "model": profile, "profile_models": ["arn:aws:bedrock:us-east-1::foundation-model/m"],
        "resource_tags": {"team": "search"}, "guardrail": "abc",
    });
    let found = requests("Converse", members);
    let tagged = found
        .caller
        .iter()
        .filter(|it| it.context.contains_key("aws:ResourceTag/team"));
    let tagged: BTreeSet<_> = tagged.flat_map(|it| &it.resources).collect();
    assert_eq!(tagged, BTreeSet::from([&profile]));
}

#[test]
fn missing_members_are_named() {
    for (operation, members, member) in [
        ("Converse", json!({}), "model"),
        ("CreateModelInvocationJob", json!({}), "model"),
        ("RetrieveAndGenerate", json!({}), "model"),
        ("Retrieve", json!({}), "knowledge_base"),
        ("GetPrompt", json!({}), "prompt"),
        ("StartFlowExecution", json!({}), "flow_alias"),
        (
            "PutResourcePolicy",
            json!({"client": "bedrock"}),
            "resource",
        ),
        ("GetWorkloadIdentity", json!({}), "workload_identity"),
        (
            "DeleteHarness",
            json!({"harness": "arn:aws:bedrock-agentcore:us-east-1:123456789012:harness/h-1"}),
            "runtime",
        ),
        (
            "AssociateAgentKnowledgeBase",
            json!({"agent": format!("{PREFIX}agent/A1")}),
            "knowledge_base",
        ),
        (
            "Converse",
            json!({"model": format!("{PREFIX}prompt/P1")}),
            "prompt",
        ),
        (
            "Converse",
            json!({"model": format!("{PREFIX}prompt-router/r")}),
            "router_models",
        ),
    ] {
        let found = requests(operation, members);
        let begin = format!("`{member}`: ");
        assert_eq!(found.missing.len(), 1, "{operation}: {:?}", found.missing);
        assert!(
            found.missing[0].starts_with(&begin),
            "{operation}: {:?}",
            found.missing
        );
    }
}

#[test]
fn roles_are_authorized_on_what_they_read_write_and_invoke() {
    let role = "arn:aws:iam::123456789012:role/r";
    let model = format!("us.{MODEL}");
    let members = json!({
        "model": model, "role": role, "buckets": {"input": "in-bucket", "output": "out-bucket"},
        "profile_models": [format!("arn:aws:bedrock:us-west-2::foundation-model/{MODEL}")],
    });
    let found = requests("CreateModelInvocationJob", members);
    let pairs = required(&found.service_role);
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(action, arn)| format!("{action} {arn}"))
        .collect();
    assert_eq!(
        pairs,
        [
            format!("bedrock:InvokeModel {PREFIX}inference-profile/{model}"),
            format!("bedrock:InvokeModel arn:aws:bedrock:us-west-2::foundation-model/{MODEL}"),
            "s3:GetObject arn:aws:s3:::in-bucket/*".to_owned(),
            "s3:ListBucket arn:aws:s3:::in-bucket".to_owned(),
            "s3:ListBucket arn:aws:s3:::out-bucket".to_owned(),
            "s3:PutObject arn:aws:s3:::out-bucket/*".to_owned(),
        ]
    );
}

#[test]
fn operations_need_what_they_do_for_the_caller_create_and_list() {
    let model = format!("arn:aws:bedrock:us-east-1::foundation-model/{MODEL}");
    let knowledge_base = format!("{PREFIX}knowledge-base/KB1");
    let pass = "iam:PassRole arn:aws:iam::123456789012:role/r";
    let role = "arn:aws:iam::123456789012:role/r";
    for (operation, members, expected) in [
        (
            "Rerank",
            json!({"model": MODEL}),
            &[&format!("bedrock:InvokeModel {model}"), "bedrock:Rerank *"][..],
        ),
        (
            "RetrieveAndGenerate",
            json!({"model": MODEL, "knowledge_base": knowledge_base}),
            &[
                &format!("bedrock:InvokeModel {model}"),
                "bedrock:Retrieve knowledge-base/KB1",
                "bedrock:RetrieveAndGenerate *",
            ],
        ),
        (
            "CreateModelInvocationJob",
            json!({"model": MODEL, "role": role}),
            &[
                &format!("bedrock:CreateModelInvocationJob {model}"),
                "bedrock:CreateModelInvocationJob model-invocation-job/*",
                pass,
            ],
        ),
        (
            "CreateInferenceProfile",
            json!({"model": MODEL}),
            &[
                "bedrock:CreateInferenceProfile application-inference-profile/*",
                &format!("bedrock:CreateInferenceProfile {model}"),
            ],
        ),
        ("ListGuardrails", json!({}), &["bedrock:ListGuardrails *"]),
        (
            "TagResource",
            json!({"client": "bedrock", "resource": format!("{PREFIX}guardrail/g")}),
            &["bedrock:TagResource guardrail/g"],
        ),
        (
            "CreateDataAutomationProject",
            json!({}),
            &["bedrock:CreateDataAutomationProject *"],
        ),
    ] {
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        let mut found = short(operation, members);
        found.sort_unstable();
        assert_eq!(found, expected, "{operation}");
    }
}
