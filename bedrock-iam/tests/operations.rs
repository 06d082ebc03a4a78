//! Statements for API operations, and recipes.

#![cfg(feature = "bedrock")]

use bedrock_iam::bedrock::{Operation, arn};
use bedrock_iam::{
    AnyOperation, Operations, Partition, Policy, Segment, Site, account, raw_arn, recipes, region,
    seg,
};
use serde_json::{Value, json};

fn here() -> Site {
    Site::new(
        Partition::Aws,
        region!("eu-central-1"),
        account!("123456789012"),
    )
}

fn haiku() -> arn::FoundationModel {
    arn::FoundationModel {
        resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0"),
    }
}

const HAIKU: &str =
    "arn:aws:bedrock:eu-central-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0";

fn statements(operations: &Operations) -> Value {
    let statements = operations.statements().expect("statements");
    let policy = Policy::new()
        .with_all(statements)
        .build()
        .expect("a policy");
    let value: Value = serde_json::from_str(&policy.to_json()).expect("JSON");
    value["Statement"].clone()
}

#[test]
fn operations_become_statements_on_their_arns() {
    let handbook = arn::KnowledgeBase {
        knowledge_base_id: seg!("KB12345678"),
    };
    let operations = Operations::of([Operation::Converse, Operation::Retrieve])
        .on(haiku().at(here()))
        .on(handbook.at(here()));
    let expected = json!([
        {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": HAIKU},
        {
            "Effect": "Allow", "Action": "bedrock:Retrieve",
            "Resource": "arn:aws:bedrock:eu-central-1:123456789012:knowledge-base/KB12345678"
        },
    ]);
    assert_eq!(statements(&operations), expected);
}

#[test]
fn api_keys_are_for_operations_that_accept_them() {
    let bearer = "bedrock:CallWithBearerToken";
    let converse = Operations::of([Operation::Converse]).on(haiku().at(here()));
    // the reference's table does not state the action for the second one
    let list = Operations::of([Operation::ListImportedModels]);
    for operations in [converse, list] {
        assert!(resources(&operations, bearer).is_empty());
        assert_eq!(resources(&operations.with_api_keys(), bearer), ["*"]);
    }
    for operation in [
        Operation::InvokeModelWithBidirectionalStream,
        Operation::Retrieve,
        Operation::CreateAgent,
        Operation::InvokeDataAutomationAsync,
    ] {
        let operations = Operations::of([Operation::ListGuardrails, operation]);
        let error = operations.with_api_keys().statements().unwrap_err();
        let expected = format!(
            "`{}` does not accept API keys; ",
            AnyOperation::from(operation).facts.name
        );
        assert!(error.to_string().starts_with(&expected), "{error}");
    }
}

#[test]
fn models_behind_a_profile_are_called_only_through_it() {
    let profile = |id: &'static str| {
        let resource_id = Segment::parse(id).expect("an id");
        arn::InferenceProfile { resource_id }.at(here())
    };
    let on_model = |resource: Value, profiles: Value| {
        json!({
            "Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": resource,
            "Condition": {"ArnEquals": {"bedrock:InferenceProfileArn": profiles}}
        })
    };
    let titan = arn::FoundationModel {
        resource_id: seg!("amazon.titan-embed-text-v2:0"),
    };
    let elsewhere = here().with_region(region!("eu-west-3"));
    let geographic = "eu.anthropic.claude-3-haiku-20240307-v1:0";
    let models = json!([HAIKU, HAIKU.replace("eu-central-1", "eu-west-3")]);
    let operations = Operations::of([Operation::Converse])
        .on(profile(geographic))
        .on(haiku().at(here()))
        .on(haiku().at(elsewhere))
        .on(titan.clone().at(here()));
    let found = statements(&operations);
    // another model than the profile's is called directly
    assert_eq!(
        found[0]["Resource"],
        json!([
            of_us(&format!("inference-profile/{geographic}")),
            titan.clone().at(here()).to_string()
        ])
    );
    assert_eq!(found[0]["Condition"], Value::Null);
    let through = json!(profile(geographic).to_string());
    assert_eq!(found[1], on_model(models.clone(), through));

    // any model can be behind an application's own profile
    let own = arn::ApplicationInferenceProfile {
        resource_id: seg!("a1b2c3d4e5f6"),
    }
    .at(here());
    let found = statements(&operations.on(own.clone()));
    let own = own.to_string();
    let titan = titan.at(here()).to_string();
    assert_eq!(found[1], on_model(json!(titan), json!(own)));
    let both = json!([own, profile(geographic).to_string()]);
    assert_eq!(found[2], on_model(models, both));

    let everywhere = Operations::of([Operation::Converse])
        .on(profile("global.anthropic.claude-3-haiku-20240307-v1:0"))
        .on(haiku().at(here()))
        .on(haiku().at(here().no_region()));
    let found = statements(&everywhere);
    assert_eq!(found[1]["Resource"].as_array().map(Vec::len), Some(2));
    assert!(found[1]["Condition"].is_object(), "{found}");
}

#[test]
fn a_profile_needs_its_model_in_each_region() {
    let fault = |id: &'static str, model: arn::FoundationModel| {
        let resource_id = Segment::parse(id).expect("an id");
        let operations = Operations::of([Operation::Converse])
            .on(arn::InferenceProfile { resource_id }.at(here()))
            .on(model.at(here().with_region(region!("ap-southeast-2"))));
        operations.statements().unwrap_err().to_string()
    };
    for (id, expected) in [
        (
            "au.anthropic.claude-3-haiku-20240307-v1:0",
            "also routes to `ap-southeast-4`, where no statement allows its model; hint: ",
        ),
        (
            "apac.anthropic.claude-3-haiku-20240307-v1:0",
            "routes to several regions, but its model is allowed only in `ap-southeast-2`; ",
        ),
        (
            "global.anthropic.claude-3-haiku-20240307-v1:0",
            "no statement allows its model in eu-central-1, from which it is called; ",
        ),
        (
            "au.amazon.nova-lite-v1:0",
            "no statement allows `amazon.nova-lite-v1:0`, the model that the profile",
        ),
    ] {
        let error = fault(id, haiku());
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn the_readme_shows_the_printed_policy() {
    let handbook = arn::KnowledgeBase {
        knowledge_base_id: seg!("KB12345678"),
    };
    let operations = Operations::of([Operation::Converse, Operation::Retrieve])
        .on(haiku().at(here()))
        .on(handbook.at(here()));
    let policy = Policy::new()
        .with_all(operations.statements().unwrap())
        .build()
        .unwrap();
    let readme = include_str!("README.md");
    assert!(readme.contains(&format!("```json\n{}\n```", policy.to_json_pretty())));
}

#[test]
fn a_guardrails_arn_adds_apply_guardrail() {
    let guardrail = arn::Guardrail {
        guardrail_id: seg!("abcdef123456"),
    };
    let operations = Operations::of([Operation::ConverseStream])
        .on(haiku().at(here()))
        .on(guardrail.at(here()));
    let expected = json!([
        {
            "Effect": "Allow", "Action": "bedrock:ApplyGuardrail",
            "Resource": "arn:aws:bedrock:eu-central-1:123456789012:guardrail/abcdef123456"
        },
        {"Effect": "Allow", "Action": "bedrock:InvokeModelWithResponseStream", "Resource": HAIKU},
    ]);
    assert_eq!(statements(&operations), expected);
}

#[test]
fn actions_of_other_services_need_an_arn_and_get_conditions() {
    let operations = Operations::of([Operation::CreateAgent]);
    let error = operations.statements().expect_err("no role").to_string();
    let expected = match cfg!(feature = "iam") {
        true => "an ARN of type `role`",
        false => "an ARN of `iam`, such as `raw_arn!(\"arn:aws:iam:…\")`",
    };
    assert_eq!(
        error,
        format!(
            "`CreateAgent` needs `iam:PassRole`, and none of the ARNs fits it; expected {expected}; \
             hint: add it with `.on(…)`"
        )
    );
    // `main` prints `Debug`
    assert_eq!(format!("{:?}", operations.statements().unwrap_err()), error);
    let operations = operations.on(raw_arn!("arn:aws:iam::123456789012:role/agent"));
    let expected = json!([
        {"Effect": "Allow", "Action": "bedrock:CreateAgent", "Resource": "*"},
        {
            "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::123456789012:role/agent",
            "Condition": {"StringEquals": {"iam:PassedToService": "bedrock.amazonaws.com"}}
        },
    ]);
    assert_eq!(statements(&operations), expected);
}

#[test]
fn actions_missing_from_the_reference_are_added() {
    let operations = Operations::of([Operation::Rerank]).on(haiku().at(here()));
    let text = statements(&operations).to_string();
    assert!(
        text.contains("bedrock:Rerank") && text.contains("bedrock:InvokeModel"),
        "{text}"
    );
}

#[test]
fn unused_arns_and_actions_without_an_arn_are_errors() {
    let agent = arn::Agent {
        agent_id: seg!("AGENT12345"),
    };
    let operations = Operations::of([Operation::Converse])
        .on(haiku().at(here()))
        .on(agent.at(here()));
    let error = operations
        .statements()
        .expect_err("an ARN too many")
        .to_string();
    assert!(
        error.starts_with(
            "none of the operations needs `arn:aws:bedrock:eu-central-1:123456789012:agent/"
        ),
        "{error}"
    );
    let error = Operations::of([Operation::Retrieve])
        .statements()
        .expect_err("no ARN")
        .to_string();
    assert!(
        error.starts_with(
            "`Retrieve` needs `bedrock:Retrieve`, and none of the ARNs fits it; expected an ARN of \
             type `"
        ),
        "{error}"
    );
}

fn becomes_statements_with_all_arns(operation: impl Into<AnyOperation>) {
    let operation = operation.into();
    let anything = Operations::of([operation])
        .on(raw_arn!("arn:aws:bedrock:*:*:*"))
        .on(raw_arn!("arn:aws:bedrock-agentcore:*:*:*"))
        .on(raw_arn!("arn:aws:iam::123456789012:role/x"))
        .on(raw_arn!("arn:aws:sagemaker:*:*:endpoint/*"));
    let name = operation.facts.name;
    match anything.statements() {
        Ok(statements) => assert!(!statements.is_empty(), "{name}"),
        // not every operation needs the role or the endpoint
        Err(error) => assert!(
            error
                .to_string()
                .starts_with("none of the operations needs"),
            "{error}"
        ),
    }
}

#[test]
fn every_operation_becomes_statements_with_all_arns() {
    for &operation in Operation::ALL {
        becomes_statements_with_all_arns(operation);
    }
    #[cfg(feature = "bedrock-agentcore")]
    for &operation in bedrock_iam::bedrock_agentcore::Operation::ALL {
        becomes_statements_with_all_arns(operation);
    }
}

#[test]
fn resources_that_are_needed_together_are_required() {
    let profile = arn::InferenceProfile {
        resource_id: seg!("eu.anthropic.claude-3-haiku-20240307-v1:0"),
    };
    let converse = Operations::of([Operation::Converse]).on(profile.at(here()));
    let error = converse.statements().unwrap_err().to_string();
    assert!(
        error.starts_with("`Converse` also needs `bedrock:InvokeModel` on a `foundation-model`: "),
        "{error}"
    );
    let models = haiku().at(here().any_region());
    assert!(converse.on(models).statements().is_ok());

    let agent = arn::Agent {
        agent_id: seg!("AGENT12345"),
    };
    let handbook = arn::KnowledgeBase {
        knowledge_base_id: seg!("KB12345678"),
    };
    let associate = Operations::of([Operation::AssociateAgentKnowledgeBase]).on(agent.at(here()));
    let error = associate.statements().unwrap_err().to_string();
    assert!(error.contains("on a `knowledge-base`: "), "{error}");
    assert!(associate.on(handbook.at(here())).statements().is_ok());
}

/// Returns the resources of an action in the statements of operations.
fn resources(operations: &Operations, action: &str) -> Vec<String> {
    let texts = |value: &Value| match value {
        Value::Array(values) => values.clone(),
        other => vec![other.clone()],
    };
    let statements = statements(operations);
    let found = statements.as_array().unwrap().iter();
    let found = found.filter(|it| texts(&it["Action"]).contains(&json!(action)));
    let found = found.flat_map(|it| texts(&it["Resource"]));
    found.map(|it| it.as_str().unwrap().to_owned()).collect()
}

fn of_us(rest: &str) -> String {
    format!("arn:aws:bedrock:eu-central-1:123456789012:{rest}")
}

#[test]
fn operations_that_act_for_the_caller_need_the_actions_behind_them() {
    let handbook = arn::KnowledgeBase {
        knowledge_base_id: seg!("KB12345678"),
    };
    let rag = Operations::of([Operation::RetrieveAndGenerate]).on(haiku().at(here()));
    let error = rag.statements().unwrap_err().to_string();
    assert!(error.contains("`bedrock:Retrieve`"), "{error}");
    let rag = rag.on(handbook.at(here()));
    assert_eq!(resources(&rag, "bedrock:RetrieveAndGenerate"), ["*"]);
    assert_eq!(
        resources(&rag, "bedrock:Retrieve"),
        [of_us("knowledge-base/KB12345678")]
    );
    assert_eq!(resources(&rag, "bedrock:InvokeModel"), [HAIKU]);

    let prompt = arn::PromptVersion {
        prompt_id: seg!("PROMPT1234"),
        prompt_version: seg!("2"),
    };
    let converse = Operations::of([Operation::Converse]).on(haiku().at(here()));
    assert!(resources(&converse, "bedrock:RenderPrompt").is_empty());
    assert_eq!(
        resources(&converse.on(prompt.at(here())), "bedrock:RenderPrompt"),
        [of_us("prompt/PROMPT1234:2")]
    );
}

#[test]
fn operations_that_create_need_the_new_resource_and_its_source() {
    let incomplete = |operations: &Operations, needed: &str| {
        let error = operations.statements().unwrap_err().to_string();
        assert!(error.contains(&format!("{needed}: ")), "{error}");
    };
    let job = arn::ModelInvocationJob {
        job_identifier: Segment::ANY,
    };
    let role = raw_arn!("arn:aws:iam::123456789012:role/batch");
    let batch = Operations::of([Operation::CreateModelInvocationJob])
        .on(role)
        .on(haiku().at(here()));
    incomplete(&batch, "on a `model-invocation-job`");
    assert_eq!(
        resources(
            &batch.on(job.at(here())),
            "bedrock:CreateModelInvocationJob"
        ),
        [&of_us("model-invocation-job/*"), HAIKU]
    );

    let new = arn::AsyncInvoke {
        resource_id: Segment::ANY,
    };
    let start = Operations::of([Operation::StartAsyncInvoke]).on(haiku().at(here()));
    incomplete(&start, "on an `async-invoke`");
    assert_eq!(
        resources(&start.on(new.at(here())), "bedrock:InvokeModel"),
        [&of_us("async-invoke/*"), HAIKU]
    );
    // a synchronous invocation needs only its model
    let invoke = Operations::of([Operation::InvokeModel]).on(haiku().at(here()));
    assert_eq!(resources(&invoke, "bedrock:InvokeModel"), [HAIKU]);

    let new = arn::ApplicationInferenceProfile {
        resource_id: Segment::ANY,
    };
    let source = arn::InferenceProfile {
        resource_id: seg!("eu.anthropic.claude-3-haiku-20240307-v1:0"),
    };
    let create = || Operations::of([Operation::CreateInferenceProfile]);
    incomplete(
        &create().on(source.clone().at(here())),
        "on an `application-inference-profile`",
    );
    incomplete(
        &create().on(new.clone().at(here())),
        "on a `foundation-model` or `inference-profile`",
    );
    for create in [
        create().on(new.clone().at(here())).on(source.at(here())),
        create().on(new.at(here())).on(haiku().at(here())),
    ] {
        let found = resources(&create, "bedrock:CreateInferenceProfile");
        assert_eq!(found.len(), 2, "{found:?}");
    }
}

#[test]
fn operations_whose_resource_types_are_all_optional_need_no_arn() {
    for operation in [
        Operation::ListAutomatedReasoningPolicies,
        Operation::ListBlueprints,
        Operation::ListDataAutomationLibraries,
        Operation::ListDataAutomationProjects,
        Operation::ListGuardrails,
        Operation::ListPrompts,
        Operation::CreateDataAutomationProject,
    ] {
        let operations = Operations::of([operation]);
        let found = statements(&operations);
        assert_eq!(found[0]["Resource"], "*", "{found}");
    }
    let guardrail = arn::Guardrail {
        guardrail_id: Segment::ANY,
    };
    let create = Operations::of([Operation::CreateGuardrail]);
    let error = create.statements().unwrap_err().to_string();
    assert!(error.contains("`guardrail`"), "{error}");
    assert_eq!(
        resources(&create.on(guardrail.at(here())), "bedrock:CreateGuardrail"),
        [of_us("guardrail/*")]
    );
    // what is to be tagged is always given
    assert!(
        Operations::of([Operation::TagResource])
            .statements()
            .is_err()
    );
}

#[test]
#[cfg(feature = "bedrock-agentcore")]
fn a_runtime_is_invoked_with_its_endpoint() {
    use bedrock_iam::bedrock_agentcore::{Operation, arn};
    let runtime = arn::Runtime {
        runtime_id: seg!("agent-AbCdEf1234"),
    };
    let endpoint = arn::RuntimeEndpoint {
        runtime_id: seg!("agent-AbCdEf1234"),
        name: seg!("DEFAULT"),
    };
    let invoke = Operations::of([Operation::InvokeAgentRuntime]).on(runtime.at(here()));
    let error = invoke.statements().unwrap_err().to_string();
    assert!(error.contains("on a `runtime-endpoint`: "), "{error}");
    let found = resources(
        &invoke.on(endpoint.at(here())),
        "bedrock-agentcore:InvokeAgentRuntime",
    );
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn any_version_of_a_guardrail_is_compared_as_a_pattern() {
    let guardrail = arn::Guardrail {
        guardrail_id: seg!("abcdef123456"),
    }
    .at(here());
    let policy = Policy::new()
        .with_all(recipes::require_guardrail(&guardrail.with_any_version()))
        .build()
        .expect("a policy");
    let value: Value = serde_json::from_str(&policy.to_json()).expect("JSON");
    let condition = &value["Statement"][0]["Condition"];
    assert!(
        condition["ArnNotLike"]["bedrock:GuardrailIdentifier"].is_string(),
        "{condition}"
    );
}

#[test]
fn recipes_build_the_expected_policies() {
    let profile = arn::InferenceProfile {
        resource_id: seg!("eu.anthropic.claude-3-haiku-20240307-v1:0"),
    };
    let guardrail = arn::Guardrail {
        guardrail_id: seg!("abcdef123456"),
    }
    .at(here());
    let regions = [region!("eu-central-1"), region!("eu-west-3")];
    let policy = |statements: Vec<_>| {
        let policy = Policy::new()
            .with_all(statements)
            .build()
            .expect("a policy");
        serde_json::from_str::<Value>(&policy.to_json()).expect("JSON")["Statement"].clone()
    };
    let regional = policy(
        recipes::invoke_through_profile(&profile.clone().at(here()), &haiku(), regions).into(),
    );
    assert_eq!(
        regional[1]["Resource"],
        json!([HAIKU, HAIKU.replace("eu-central-1", "eu-west-3")])
    );
    assert_eq!(
        regional[1]["Condition"]["ArnEquals"]["bedrock:InferenceProfileArn"],
        profile.clone().at(here()).to_string()
    );
    let global =
        policy(recipes::invoke_through_global_profile(&profile.at(here()), &haiku()).into());
    assert_eq!(global[2]["Resource"], HAIKU.replace("eu-central-1", ""));
    assert_eq!(
        global[2]["Condition"]["StringEquals"]["aws:RequestedRegion"],
        "unspecified"
    );
    let guarded = policy(recipes::require_guardrail(&guardrail.clone().with_version(1)).into());
    assert_eq!(
        guarded[0]["Condition"]["StringNotEquals"]["bedrock:GuardrailIdentifier"],
        format!("{guardrail}:1")
    );
    assert_eq!(guarded[1]["Resource"], guardrail.to_string());
    let only = policy(recipes::only_models([haiku().at(here())]).into());
    for statement in only
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["Effect"] == "Deny")
    {
        assert!(
            statement["NotResource"]
                .as_array()
                .unwrap()
                .contains(&json!(HAIKU)),
            "{statement}"
        );
    }
}

#[test]
fn only_models_does_not_deny_other_resources_of_invocations() {
    let policy = Policy::new()
        .with_all(recipes::only_models([haiku().at(here())]))
        .build()
        .unwrap();
    let value: Value = serde_json::from_str(&policy.to_json()).unwrap();
    let statements = value["Statement"].as_array().unwrap();
    // each action that invokes a model has a Deny, which excludes exactly these resource types
    for (action, excluded) in [
        (
            "bedrock:InvokeModel",
            [
                "application-inference-profile",
                "async-invoke",
                "inference-profile",
                "project",
                "system-tool",
            ]
            .as_slice(),
        ),
        (
            "bedrock:InvokeModelWithResponseStream",
            &[
                "application-inference-profile",
                "inference-profile",
                "system-tool",
            ],
        ),
        (
            "bedrock:CreateModelInvocationJob",
            &["model-invocation-job"],
        ),
    ] {
        let deny = statements
            .iter()
            .find(|it| it["Effect"] == "Deny" && it["Action"] == action)
            .unwrap();
        let arns = deny["NotResource"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_str().unwrap());
        let (models, others): (Vec<&str>, Vec<&str>) =
            arns.partition(|arn| arn.contains(":foundation-model/"));
        assert_eq!(models, [HAIKU], "{action}");
        let mut types: Vec<_> = others
            .iter()
            .map(|arn| arn.rsplit(':').next().unwrap().trim_end_matches("/*"))
            .collect();
        types.sort_unstable();
        assert_eq!(types, excluded, "{action}");
    }
}

/// Operations of Amazon Bedrock AgentCore, alone and with those of Amazon Bedrock.
#[cfg(feature = "bedrock-agentcore")]
mod agentcore {
    use super::*;
    use bedrock_iam::bedrock_agentcore::{Operation, arn};

    const ARN: &str = "arn:aws:bedrock-agentcore:eu-central-1:123456789012";

    fn runtime() -> arn::Runtime {
        arn::Runtime {
            runtime_id: seg!("support-AbCdEf1234"),
        }
    }

    /// Returns the actions of all statements.
    fn actions(operations: &Operations) -> Vec<String> {
        let statements = statements(operations);
        let statements = statements.as_array().expect("statements").iter();
        let actions = statements.flat_map(|it| match &it["Action"] {
            Value::String(one) => vec![one.clone()],
            many => serde_json::from_value(many.clone()).expect("a list of actions"),
        });
        actions
            .map(|it| it.replace("bedrock-agentcore:", ""))
            .collect()
    }

    #[test]
    fn operations_of_two_modules_become_one_list_of_statements() {
        let endpoint = arn::RuntimeEndpoint {
            runtime_id: seg!("support-AbCdEf1234"),
            name: seg!("DEFAULT"),
        };
        let operations = Operations::of([super::Operation::Converse])
            .and([Operation::InvokeAgentRuntime])
            .on(haiku().at(here()))
            .on(runtime().at(here()))
            .on(endpoint.at(here()));
        let on = [
            format!("{ARN}:runtime/support-AbCdEf1234"),
            format!("{ARN}:runtime/support-AbCdEf1234/runtime-endpoint/DEFAULT"),
        ];
        let expected = json!([
            {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": HAIKU},
            {"Effect": "Allow", "Action": "bedrock-agentcore:InvokeAgentRuntime", "Resource": on},
        ]);
        assert_eq!(statements(&operations), expected);
        let for_users = statements(&operations.with_user_ids());
        assert_eq!(
            for_users[1]["Action"],
            json!([
                "bedrock-agentcore:InvokeAgentRuntime",
                "bedrock-agentcore:InvokeAgentRuntimeForUser"
            ])
        );
    }

    #[test]
    fn optional_actions_are_included_with_their_use() {
        let create = Operations::of([Operation::CreateAgentRuntime])
            .on(runtime().at(here()))
            .on(raw_arn!("arn:aws:iam::123456789012:role/runtime"));
        let always = [
            "CreateAgentRuntime",
            "CreateAgentRuntimeEndpoint",
            "iam:PassRole",
        ];
        assert_eq!(actions(&create), always);
        assert!(actions(&create.clone().with_tagging()).contains(&"TagResource".to_owned()));
        let provider = arn::CapacityProvider {
            capacity_provider_id: seg!("gpu-AbCdEf1234"),
        };
        let create = create.on(provider.at(here()));
        assert!(actions(&create).contains(&"PassCapacityProvider".to_owned()));

        let target = Operations::of([Operation::CreateGatewayTarget]).on(raw_arn!(
            "arn:aws:bedrock-agentcore:eu-central-1:123456789012:gateway/tools-AbCdEf1234"
        ));
        assert_eq!(actions(&target), ["CreateGatewayTarget"]);
        let expected = ["CreateGatewayTarget", "SynchronizeGatewayTargets"];
        assert_eq!(actions(&target.with_mcp_targets()), expected);
    }

    #[test]
    fn a_harness_with_memory_needs_actions_on_it() {
        let harness = Operations::of([Operation::CreateHarness])
            .on(runtime().at(here()))
            .on(raw_arn!("arn:aws:iam::123456789012:role/harness"));
        let on_memory = |operations: &Operations| -> Vec<String> {
            let actions = actions(operations).into_iter();
            actions.filter(|it| it.ends_with("Memory")).collect()
        };
        assert_eq!(on_memory(&harness), [""; 0]);
        let memory = arn::Memory {
            memory_id: seg!("facts-AbCdEf1234"),
        };
        let harness = harness.on(memory.at(here()));
        assert_eq!(on_memory(&harness), ["GetMemory"]);
        assert_eq!(
            on_memory(&harness.with_memory()),
            ["CreateMemory", "GetMemory"]
        );
    }

    #[test]
    fn credentials_need_the_vault_and_the_identity_too() {
        let provider = arn::ApiKeyCredentialProvider {
            token_vault_id: seg!("default"),
            name: seg!("weather"),
        };
        let vault = arn::TokenVault {
            token_vault_id: seg!("default"),
        };
        let identity = arn::WorkloadIdentity {
            directory_id: seg!("default"),
            workload_identity_name: seg!("support"),
        };
        let directory = arn::WorkloadIdentityDirectory {
            directory_id: seg!("default"),
        };
        let operations = Operations::of([Operation::GetResourceApiKey])
            .on(provider.at(here()))
            .on(vault.at(here()))
            .on(identity.at(here()));
        let error = operations
            .statements()
            .expect_err("no directory")
            .to_string();
        assert!(
            error.starts_with(
                "`GetResourceApiKey` also needs `bedrock-agentcore:GetResourceApiKey` on a \
                 `workload-identity-directory`: "
            ) && !error.contains("recipes"),
            "{error}"
        );
        let operations = operations.on(directory.at(here()));
        assert_eq!(actions(&operations), ["GetResourceApiKey"]);
    }

    #[test]
    fn a_role_that_is_passed_to_two_services_has_both_as_values() {
        let operations = Operations::of([Operation::CreateCapacityProvider])
            .on(raw_arn!("arn:aws:iam::123456789012:role/operator"));
        assert_eq!(
            statements(&operations)[1]["Condition"],
            json!({"StringEquals": {"iam:PassedToService": [
                "bedrock-agentcore.amazonaws.com",
                "ec2.amazonaws.com",
            ]}})
        );
    }
}

#[cfg(all(feature = "kms", feature = "sts"))]
mod companions {
    use super::*;
    use bedrock_iam::{kms, sts};

    #[test]
    fn actions_for_options_of_a_request_are_left_out() {
        let role = "arn:aws:iam::123456789012:role/orchard";
        let assume = Operations::of([sts::Operation::AssumeRole])
            .on(raw_arn!("arn:aws:iam::123456789012:role/orchard"));
        assert_eq!(
            statements(&assume),
            json!([{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": role}])
        );
        // `kms:CreateKey` includes the permission to set the key policy
        let create = Operations::of([kms::Operation::CreateKey]);
        assert_eq!(
            statements(&create),
            json!([{"Effect": "Allow", "Action": "kms:CreateKey", "Resource": "*"}])
        );
    }
}

/// Returns the policies of all recipes, with their names.
fn all_recipes() -> Vec<(&'static str, Policy)> {
    let profile = |id: &'static str| {
        let resource_id = Segment::parse(id).expect("an id");
        arn::InferenceProfile { resource_id }.at(here())
    };
    let own = arn::ApplicationInferenceProfile {
        resource_id: seg!("a1b2c3d4e5f6"),
    }
    .at(here());
    let model = || haiku().at(here());
    let guardrail = arn::Guardrail {
        guardrail_id: seg!("abcdef123456"),
    }
    .at(here());
    let eu = profile("eu.anthropic.claude-3-haiku-20240307-v1:0");
    let global = profile("global.anthropic.claude-3-haiku-20240307-v1:0");
    let regions = [region!("eu-central-1"), region!("eu-west-3")];
    let imported = arn::ImportedModel {
        resource_id: seg!("abcdef123456"),
    };
    let custom = arn::CustomModel {
        resource_id: seg!("abcdef123456"),
    };
    let everywhere = || haiku().at(here().any_region());
    let policies: Vec<(&str, Vec<_>)> = vec![
        (
            "profile",
            recipes::invoke_through_profile(&eu, &haiku(), regions).into(),
        ),
        (
            "global profile",
            recipes::invoke_through_global_profile(&global, &haiku()).into(),
        ),
        (
            "application profile",
            recipes::invoke_through_any_profile(&own, [model()]).into(),
        ),
        (
            "any geographic profile",
            recipes::invoke_through_any_profile(&eu, [everywhere()]).into(),
        ),
        (
            "any global profile",
            recipes::invoke_through_any_profile(&global, [model(), haiku().at(here().no_region())])
                .into(),
        ),
        (
            "guardrail",
            recipes::require_guardrail(&guardrail.clone().with_version(1)).into(),
        ),
        (
            "any version of a guardrail",
            recipes::require_guardrail(&guardrail.with_any_version()).into(),
        ),
        ("models", recipes::only_models([model()]).into()),
        (
            "models of any kind",
            recipes::only_models_of_any_kind([
                model().into(),
                imported.at(here()).into(),
                own.into(),
                custom.at(here()).into(),
            ]),
        ),
        (
            "only custom models",
            recipes::only_models_of_any_kind([arn::CustomModel {
                resource_id: seg!("abcdef123456"),
            }
            .at(here())
            .into()]),
        ),
        ("no models", recipes::only_models_of_any_kind([])),
        ("no API keys", recipes::no_api_keys().into()),
        (
            "tags",
            recipes::resources_of_own_tag("team").expect("it").into(),
        ),
        (
            "costs",
            recipes::only_through_tagged_profiles("team")
                .expect("it")
                .into(),
        ),
    ];
    let built = policies.into_iter().map(|(name, statements)| {
        let policy = Policy::new().with_all(statements).build();
        (
            name,
            policy.unwrap_or_else(|error| panic!("{name}: {error}")),
        )
    });
    built.collect()
}

#[test]
fn recipes_have_no_findings() {
    for (name, policy) in all_recipes() {
        let mut findings = policy.check(bedrock_iam::catalog()).findings;
        // which role a batch job has is up to another statement
        findings.retain(|it| {
            !it.message
                .ends_with("`iam:PassRole`, which no statement allows")
        });
        let found: Vec<_> = findings.iter().map(ToString::to_string).collect();
        assert_eq!(found, [""; 0], "{name}");
    }
}

#[test]
fn recipes_limit_what_they_name() {
    let recipes = all_recipes();
    let of = |wanted: &str| -> Value {
        let (_, policy) = recipes
            .iter()
            .find(|(name, _)| *name == wanted)
            .expect(wanted);
        let policy: Value = serde_json::from_str(&policy.to_json()).expect("JSON");
        policy["Statement"].clone()
    };
    let keys = of("no API keys");
    assert_eq!(
        keys[0]["Action"],
        json!([
            "bedrock:CallWithBearerToken",
            "bedrock-mantle:CallWithBearerToken"
        ])
    );
    assert_eq!(
        keys[1]["Condition"],
        json!({"StringEquals": {"iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com"}})
    );
    let costs = of("costs");
    let profiles = "arn:*:bedrock:*:*:application-inference-profile/*";
    assert_eq!(
        costs[0]["Condition"],
        json!({"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}})
    );
    assert_eq!(
        costs[2]["Condition"],
        json!({"ArnNotLike": {"bedrock:InferenceProfileArn": profiles}})
    );
    // each kind of model is excluded only from the denial of the actions that it supports
    let models = of("models of any kind");
    let excluded = |action: &str, arn: &str| {
        let statements = models.as_array().unwrap().iter();
        let mut denying = statements.filter(|it| it["Effect"] == "Deny" && it["Action"] == action);
        let excluded = denying.next().expect(action)["NotResource"].clone();
        excluded.as_array().unwrap().contains(&json!(arn))
    };
    let imported = of_us("imported-model/abcdef123456");
    let custom = of_us("custom-model/abcdef123456");
    for (action, own, other) in [
        ("bedrock:InvokeModel", &imported, &custom),
        ("bedrock:InvokeModelWithResponseStream", &imported, &custom),
        ("bedrock:CreateModelInvocationJob", &custom, &imported),
    ] {
        assert!(excluded(action, own) && excluded(action, HAIKU), "{action}");
        assert!(!excluded(action, other), "{action}");
    }
    recipes::resources_of_own_tag("a${b").expect_err("a key that ends the variable");
}
