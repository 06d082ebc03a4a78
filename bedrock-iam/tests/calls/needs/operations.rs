//! The requests of particular operations.

use super::*;

#[test]
fn agentcore_operations_need_endpoints_parents_and_what_their_options_use() {
    let agentcore = "arn:aws:bedrock-agentcore:us-east-1:123456789012:";
    let role = "arn:aws:iam::123456789012:role/r";
    let runtime = format!("{agentcore}runtime/r-1");
    let memory = format!("{agentcore}memory/m-1");
    let gateway = format!("{agentcore}gateway/g-1");
    let provider = format!("{agentcore}capacity-provider/p-1");
    let names = |operation: &str, members: Value, is_required: bool| {
        let found = requests(operation, members);
        let found = found
            .caller
            .into_iter()
            .filter(|it| it.required == is_required);
        found
            .map(|it| it.action.replace("bedrock-agentcore:", ""))
            .collect::<Vec<_>>()
    };
    for (operation, members, required, optional) in [
        (
            "InvokeAgentRuntime",
            json!({"runtime": runtime, "user_id": "u"}),
            &["InvokeAgentRuntime", "InvokeAgentRuntimeForUser"][..],
            &[][..],
        ),
        (
            "CreateAgentRuntime",
            json!({"role": role, "capacity_provider": provider}),
            &["CreateAgentRuntime", "PassCapacityProvider", "iam:PassRole"],
            &[],
        ),
        (
            "CreateGatewayTarget",
            json!({"gateway": gateway}),
            &["CreateGatewayTarget"],
            &["SynchronizeGatewayTargets"],
        ),
        (
            "CreateHarness",
            json!({"role": role}),
            &[
                "CreateAgentRuntime",
                "CreateHarness",
                "iam:PassRole",
                "GetAgentRuntime",
            ],
            &["CreateMemory"],
        ),
        (
            "CreateHarness",
            json!({"role": role, "memory": memory}),
            &[
                "CreateAgentRuntime",
                "CreateHarness",
                "GetMemory",
                "iam:PassRole",
                "GetAgentRuntime",
            ],
            &["CreateMemory"],
        ),
    ] {
        assert_eq!(
            names(operation, members.clone(), true),
            required,
            "{members}"
        );
        assert_eq!(
            names(operation, members.clone(), false),
            optional,
            "{members}"
        );
    }
    // the vault of the provider and the directory of the identity
    let key = json!({
        "apikeycredentialprovider": format!("{agentcore}token-vault/default/apikeycredentialprovider/p"),
        "workload_identity": format!("{agentcore}workload-identity-directory/default/workload-identity/w"),
    });
    assert_eq!(short("GetResourceApiKey", key).len(), 4);
    // a role that is passed to two services
    let found = requests("CreateCapacityProvider", json!({"role": role}));
    let mut passed = found.caller.iter().filter(|it| it.action == "iam:PassRole");
    assert_eq!(
        passed.next().expect("a request").context["iam:PassedToService"],
        ["bedrock-agentcore.amazonaws.com", "ec2.amazonaws.com"]
    );
}

#[test]
fn new_resources_of_agentcore_are_named_by_their_type() {
    for (operation, arn) in [
        ("CreateBrowser", "browser-custom/*"),
        ("CreateCodeInterpreter", "code-interpreter-custom/*"),
        ("CreateMemory", "memory/*"),
        ("CreatePolicyEngine", "policy-engine/*"),
        ("CreateRegistry", "registry/*"),
    ] {
        let arn = format!("arn:aws:bedrock-agentcore:us-east-1:123456789012:{arn}");
        let expected = format!("bedrock-agentcore:{operation} {arn}");
        assert!(
            short(operation, json!({})).contains(&expected),
            "{operation}"
        );
    }
    assert_eq!(
        short("ListMemories", json!({})),
        ["bedrock-agentcore:ListMemories *"]
    );
}

#[test]
fn inline_agents_run_with_the_permissions_of_their_caller() {
    let plain = json!({"model": MODEL});
    let invoke = format!("bedrock:InvokeModel arn:aws:bedrock:us-east-1::foundation-model/{MODEL}");
    let own = "bedrock:InvokeInlineAgent *".to_owned();
    assert_eq!(
        short("InvokeInlineAgent", plain),
        [own.clone(), invoke.clone()]
    );
    let function = "arn:aws:lambda:us-east-1:123456789012:function:f";
    let members = json!({
        "model": MODEL, "knowledge_base": format!("{PREFIX}knowledge-base/K1"), "guardrail": "abc",
        "function": function,
    });
    assert_eq!(
        short("InvokeInlineAgent", members),
        [
            "bedrock:ApplyGuardrail guardrail/abc".to_owned(),
            own,
            invoke,
            "bedrock:Retrieve knowledge-base/K1".to_owned(),
            format!("lambda:InvokeFunction {function}"),
        ]
    );
}

#[test]
fn evaluations_and_batches_accept_inference_profiles() {
    let role = "arn:aws:iam::123456789012:role/r";
    for kind in [
        "application-inference-profile",
        "custom-model",
        "imported-model",
        "provisioned-model",
    ] {
        let id = if kind == "custom-model" {
            "m/abc"
        } else {
            "abc"
        };
        let model = format!("{PREFIX}{kind}/{id}");
        let members = json!({
            "model": model, "role": role,
            "profile_models": [format!("arn:aws:bedrock:us-east-1::foundation-model/{MODEL}")],
        });
        let found = requests("CreateEvaluationJob", members);
        assert_eq!(found.caller[0].resources, [model.as_str()]);
        let document = serde_json::from_value(policy(&found)).expect("a document");
        let findings = bedrock_iam::check::check(&document, bedrock_iam::catalog()).findings;
        assert!(findings.is_empty(), "{findings:?}");
    }
    let model = format!("us.{MODEL}");
    let models = ["us-east-1", "us-west-2"]
        .map(|it| format!("arn:aws:bedrock:{it}::foundation-model/{MODEL}"));
    let members = json!({"model": model, "role": role, "profile_models": models});
    let found = requests("CreateModelInvocationJob", members);
    let document = serde_json::from_value(policy(&found)).expect("a document");
    let findings = bedrock_iam::check::check(&document, bedrock_iam::catalog()).findings;
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn files_of_data_automation_are_read_and_written_as_the_caller() {
    let found = short(
        "InvokeDataAutomationAsync",
        json!({
            "data_automation_project": format!("{PREFIX}data-automation-project/P1"),
            "data_automation_profile": format!("{PREFIX}data-automation-profile/us.data-automation-v1"),
            "buckets": {"input": "in-bucket", "output": "out-bucket"},
        }),
    );
    for expected in [
        "s3:GetObject arn:aws:s3:::in-bucket/*",
        "s3:PutObject arn:aws:s3:::out-bucket/*",
    ] {
        assert!(found.iter().any(|it| it == expected), "{found:?}");
    }
}

#[test]
fn copies_are_tagged_as_custom_models() {
    let model = format!("{PREFIX}custom-model/m/abc");
    assert_eq!(
        short(
            "CreateModelCopyJob",
            json!({"model": model, "tags": {"a": "b"}})
        ),
        [
            "bedrock:CreateModelCopyJob custom-model/m/abc",
            "bedrock:TagResource custom-model/*",
        ]
    );
}

#[test]
fn a_prompt_is_rendered_even_if_its_model_is_not_stated() {
    let model = format!("{PREFIX}prompt/P1:1");
    let found = requests("Converse", json!({"model": model}));
    assert_eq!(found.caller[0].action, "bedrock:RenderPrompt");
    assert_eq!(found.caller[0].resources, [model.as_str()]);
    assert_eq!(found.missing.len(), 1);
    assert!(found.missing[0].starts_with("`prompt`: "));
}

#[test]
fn an_endpoint_names_its_runtime() {
    let runtime = "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/r-1";
    let endpoint = format!("{runtime}/runtime-endpoint/PROD");
    let found = requests("InvokeAgentRuntime", json!({"runtime": endpoint}));
    let mut resources = found.caller[0].resources.clone();
    resources.sort();
    assert_eq!(resources, [runtime, endpoint.as_str()]);
}

#[test]
fn a_deployment_is_changed_beside_its_new_model() {
    let model = format!("{PREFIX}custom-model/m/abc");
    let found = requests("UpdateCustomModelDeployment", json!({"model": model}));
    assert_eq!(
        found.missing,
        ["`custom_model_deployment`: `bedrock:UpdateCustomModelDeployment` is authorized on it"]
    );
    let deployment = format!("{PREFIX}custom-model-deployment/d");
    assert_eq!(
        short(
            "UpdateCustomModelDeployment",
            json!({"model": model, "custom_model_deployment": deployment})
        ),
        [
            "bedrock:UpdateCustomModelDeployment custom-model-deployment/d",
            "bedrock:UpdateCustomModelDeployment custom-model/m/abc",
        ]
    );
}

#[test]
fn guardrails_of_retrieve_are_optional() {
    let base = format!("{PREFIX}knowledge-base/K1");
    let found = requests(
        "Retrieve",
        json!({"knowledge_base": base, "guardrail": {"id": "abc", "version": "1"}}),
    );
    let mut rows = found.caller.iter();
    let row = rows
        .find(|it| it.action == "bedrock:ApplyGuardrail")
        .expect("it");
    assert!(!row.required);
    assert_eq!(row.resources, [format!("{PREFIX}guardrail/abc")]);
}

#[test]
fn marketplace_endpoints_are_created_in_sagemaker() {
    let role = "arn:aws:iam::123456789012:role/r";
    let found = requests("CreateMarketplaceModelEndpoint", json!({"role": role}));
    let resources = |action: &str| {
        let mut rows = found.caller.iter();
        rows.find(|it| it.action == action)
            .expect(action)
            .resources
            .clone()
    };
    let arn = |kind: &str| format!("arn:aws:sagemaker:us-east-1:123456789012:{kind}/*");
    assert_eq!(
        resources("sagemaker:CreateEndpoint"),
        [arn("endpoint"), arn("endpoint-config")]
    );
    assert_eq!(resources("sagemaker:CreateModel"), [arn("model")]);
    let rows = found.caller.iter();
    let passed = rows.filter(|it| it.action == "iam:PassRole");
    let mut services: Vec<_> = passed
        .map(|it| it.context["iam:PassedToService"].join(", "))
        .collect();
    services.sort();
    assert_eq!(
        services,
        ["bedrock.amazonaws.com", "sagemaker.amazonaws.com"]
    );
}
