//! Members on which the requests of a call do not depend, and those of single operations.

use super::*;

fn unused(operation: &str, members: Value) -> Vec<String> {
    requests(operation, members).unused
}

#[test]
fn members_that_do_not_matter_are_named() {
    let guardrail = json!({"guardrail": {"id": "abc", "version": "1"}});
    assert_eq!(
        unused("ListAgents", guardrail.clone()),
        ["`guardrail`: the requests of `ListAgents` do not depend on it"]
    );
    // it lists the versions of a guardrail
    assert_eq!(
        unused("ListGuardrails", guardrail.clone()),
        ["`guardrail.version`: the requests of `ListGuardrails` do not depend on it"]
    );
    assert_eq!(unused("ApplyGuardrail", guardrail), [""; 0]);
    let role = "arn:aws:iam::123456789012:role/app";
    assert_eq!(
        unused(
            "Converse",
            json!({"model": MODEL, "role": role, "buckets": {"input": "docs"}, "tags": {"a": "b"},
                "profile_models": [format!("arn:aws:bedrock:us-east-1::foundation-model/{MODEL}")]}),
        ),
        ["profile_models", "role", "buckets.input", "tags"]
            .map(|it| format!("`{it}`: the requests of `Converse` do not depend on it"))
    );
    let agent = format!("{PREFIX}agent/A");
    assert_eq!(
        unused(
            "Converse",
            json!({"model": MODEL, "agent": agent, "mode": "none"})
        ),
        ["mode", "agent"]
            .map(|it| format!("`{it}`: the requests of `Converse` do not depend on it"))
    );
}

#[test]
fn members_that_repeat_others_are_used() {
    let prompt = format!("{PREFIX}prompt/P1");
    let global = "global.anthropic.claude-haiku-4-5-20251001-v1:0";
    let model = "anthropic.claude-haiku-4-5-20251001-v1:0";
    let models =
        ["us-east-1", ""].map(|it| format!("arn:aws:bedrock:{it}::foundation-model/{model}"));
    for (operation, members) in [
        (
            "Converse",
            json!({"model": prompt, "prompt": {"arn": prompt, "model": MODEL}}),
        ),
        (
            "Converse",
            json!({"model": global, "profile_models": models}),
        ),
        // the role of the requests of the service
        (
            "InvokeAgent",
            json!({"agent_alias": format!("{PREFIX}agent-alias/A/B"), "role": "arn:aws:iam::123456789012:role/a"}),
        ),
        (
            "Responses",
            json!({"client": "bedrock-mantle", "model": "m", "tools": ["web_search"], "external_web_access": true}),
        ),
    ] {
        assert_eq!(unused(operation, members.clone()), [""; 0], "{members}");
    }
}

#[test]
fn every_listed_member_is_one() {
    let mut count = 0;
    for (names, value) in Call::members() {
        assert!(!value.is_empty(), "{names}");
        for name in names.split('`').skip(1).step_by(2) {
            let text = json!({ name: null }).to_string();
            let error = Call::from_json(&text).expect_err(name).to_string();
            assert!(
                error.starts_with(&format!("member `{name}")),
                "{name}: {error}"
            );
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

#[test]
fn members_of_single_operations_cause_requests() {
    let guardrail = "bedrock:ApplyGuardrail guardrail/abc".to_owned();
    let found = short(
        "Converse",
        json!({"model": MODEL, "enforced_guardrail": "abc"}),
    );
    assert!(found.contains(&guardrail), "{found:?}");
    let job = format!("{PREFIX}model-invocation-job/abc");
    assert_eq!(
        short("StopModelInvocationJob", json!({"job": job})),
        ["bedrock:StopModelInvocationJob model-invocation-job/abc"]
    );
    let identity =
        "arn:aws:bedrock-agentcore:us-east-1:123456789012:workload-identity-directory/default";
    assert_eq!(
        short("GetWorkloadAccessToken", json!({"workload": "app"})),
        ["", "/workload-identity/app"]
            .map(|it| format!("bedrock-agentcore:GetWorkloadAccessToken {identity}{it}"))
    );
    let found = requests(
        "CreateFoundationModelAgreement",
        json!({"marketplace_product": "prod-1"}),
    );
    let mut subscribe = found
        .caller
        .iter()
        .filter(|it| it.action == "aws-marketplace:Subscribe");
    let subscribe = subscribe.next().expect("a request");
    assert_eq!(subscribe.context["aws-marketplace:ProductId"], ["prod-1"]);
    let found = short(
        "Responses",
        json!({"client": "bedrock-mantle", "model": "m", "tools": ["web_search"]}),
    );
    let tool = "arn:aws:bedrock-websearch:us-east-1:aws:tool/*";
    for request in [
        format!("bedrock-websearch:InvokeFetch {tool}"),
        format!("bedrock-websearch:InvokeSearch {tool}"),
        "bedrock-websearch:ExternalWebAccess *".to_owned(),
    ] {
        assert!(found.contains(&request), "{found:?}");
    }
    let read = |sources: &str| {
        let bucket = json!({"input": "docs"});
        let members = json!({"model": MODEL, "buckets": bucket, "sources": sources});
        let found = short("RetrieveAndGenerate", members);
        found.contains(&"s3:GetObject arn:aws:s3:::docs/*".to_owned())
    };
    assert_eq!((read("s3"), read("byte-content")), (true, false));
    let model = |id: &str| format!("arn:aws:bedrock:us-east-1::foundation-model/{id}");
    let found = short(
        "CreateEvaluationJob",
        json!({"model": MODEL, "judge_model": "judge"}),
    );
    let judged = format!("bedrock:CreateEvaluationJob {}", model("judge"));
    assert!(found.contains(&judged), "{found:?}");
}

#[test]
fn members_of_single_operations_cause_requests_of_the_service() {
    let role = |operation: &str, members: Value| {
        let found = requests(operation, members);
        assert_eq!(found.unused, [""; 0], "{operation}");
        required(&found.service_role)
    };
    let has = |found: &BTreeSet<(String, String)>, action: &str, arn: &str| {
        let pair = (action.to_owned(), arn.to_owned());
        assert!(found.contains(&pair), "{action} {arn}: {found:?}");
    };
    let (alias, other) = (
        format!("{PREFIX}agent-alias/A/B"),
        format!("{PREFIX}agent-alias/C/D"),
    );
    let found = role(
        "InvokeAgent",
        json!({"agent_alias": alias, "agent_model": "m", "collaborators": [other],
            "schema": "arn:aws:s3:::docs/schema.json"}),
    );
    has(&found, "s3:GetObject", "arn:aws:s3:::docs/schema.json");
    let model = |id: &str| format!("arn:aws:bedrock:us-east-1::foundation-model/{id}");
    has(&found, "bedrock:InvokeModel", &model("m"));
    has(&found, "bedrock:GetAgentAlias", &other);
    has(&found, "bedrock:InvokeAgent", &other);
    let (prompt, function) = (
        format!("{PREFIX}prompt/P1"),
        "arn:aws:lambda:us-east-1:123456789012:function:f",
    );
    let found = role(
        "InvokeFlow",
        json!({"flow_alias": format!("{PREFIX}flow/F/alias/A"),
            "nodes": {"agent_alias": other, "function": function, "model": MODEL, "prompt": prompt}}),
    );
    has(&found, "bedrock:InvokeAgent", &other);
    has(&found, "bedrock:RenderPrompt", &prompt);
    has(&found, "bedrock:InvokeModel", &model(MODEL));
    has(&found, "lambda:InvokeFunction", function);
    let found = role(
        "CreateModelCustomizationJob",
        json!({"model": MODEL, "teacher_model": "teacher"}),
    );
    has(&found, "bedrock:InvokeModel", &model("teacher"));
    let image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:1";
    let found = role("CreateAgentRuntime", json!({"image": image}));
    let repository = "arn:aws:ecr:us-east-1:123456789012:repository/team/app";
    has(&found, "ecr:BatchGetImage", repository);
    has(&found, "ecr:GetAuthorizationToken", "*");
}
