//! The requests on customer managed keys.

use super::*;

const KEY: &str = "arn:aws:kms:us-east-1:123456789012:key/k";

/// Returns the actions on the key that a call causes, with the encryption context, `via` for requests that
/// Amazon Bedrock makes, and `optional`.
fn uses(operation: &str, mut members: Value) -> Vec<String> {
    members["kms_key"] = json!(KEY);
    let found = requests(operation, members);
    let on_key = found
        .caller
        .iter()
        .filter(|it| it.action.starts_with("kms:"));
    let mut all: Vec<_> = on_key
        .map(|it| {
            assert_eq!(it.resources, [KEY], "{operation}");
            let mut text = it.action.clone();
            for (key, values) in &it.context {
                if let Some(key) = key.strip_prefix("kms:EncryptionContext:") {
                    let value = values.join(", ").replace(PREFIX, "");
                    text += &format!(" {key}={value}");
                } else {
                    assert_eq!(key, "kms:ViaService");
                    assert_eq!(values, &["bedrock.us-east-1.amazonaws.com"]);
                    text += " via";
                }
            }
            text + if it.required { "" } else { " optional" }
        })
        .collect();
    all.sort();
    all
}

#[test]
fn flows_prompts_and_sessions_are_encrypted_in_the_callers_name() {
    let role = "arn:aws:iam::123456789012:role/r";
    let flow = format!("{PREFIX}flow/F1");
    let alias = format!("{PREFIX}flow/F1/alias/A1");
    for (operation, members, arn) in [
        ("CreateFlow", json!({"role": role}), "flow/*"),
        ("UpdateFlow", json!({"role": role, "flow": flow}), "flow/F1"),
        ("InvokeFlow", json!({"flow_alias": alias}), "flow/F1"),
    ] {
        let expected = ["Decrypt", "GenerateDataKey"]
            .map(|it| format!("kms:{it} aws:bedrock-flows:arn={arn} via"));
        assert_eq!(uses(operation, members), expected, "{operation}");
    }
    let version = format!("{PREFIX}prompt/P1:3");
    for (operation, members, arn) in [
        ("CreatePrompt", json!({}), "prompt/*"),
        ("GetPrompt", json!({"prompt": version}), "prompt/P1"),
    ] {
        let expected = ["Decrypt", "GenerateDataKey"]
            .map(|it| format!("kms:{it} aws:bedrock-prompts:arn={arn} via"));
        assert_eq!(uses(operation, members), expected, "{operation}");
    }
    assert_eq!(
        uses("CreateSession", json!({})),
        [
            "kms:Decrypt aws:bedrock:session:arn=session/* via",
            "kms:DescribeKey via",
            "kms:Encrypt aws:bedrock:session:arn=session/* via",
            "kms:GenerateDataKey aws:bedrock:session:arn=session/* via",
        ]
    );
}

#[test]
fn agents_are_encrypted_in_the_callers_name() {
    let agent = format!("{PREFIX}agent/A1");
    let alias = format!("{PREFIX}agent-alias/B1/C1");
    let base = format!("{PREFIX}knowledge-base/K1");
    let data = |arn: &str| {
        ["Decrypt", "GenerateDataKey"].map(|it| format!("kms:{it} aws:bedrock:arn={arn}"))
    };
    assert_eq!(uses("CreateAgent", json!({})), data("agent/*"));
    assert_eq!(
        uses("InvokeAgent", json!({"agent_alias": alias})),
        data("agent/B1")
    );
    for (operation, members) in [
        ("UpdateAgent", json!({"agent": agent})),
        ("CreateAgentActionGroup", json!({"agent": agent})),
        (
            "AssociateAgentKnowledgeBase",
            json!({"agent": agent, "knowledge_base": base}),
        ),
        // the alias is that of another agent
        (
            "AssociateAgentCollaborator",
            json!({"agent": agent, "agent_alias": alias}),
        ),
    ] {
        assert_eq!(uses(operation, members), data("agent/A1"), "{operation}");
    }
    let inline = uses("InvokeInlineAgent", json!({"model": MODEL}));
    assert_eq!(inline, ["kms:Decrypt", "kms:GenerateDataKey"]);
}

#[test]
fn data_automation_and_custom_models_use_keys_through_bedrock() {
    let data =
        |context: &str| ["Decrypt", "GenerateDataKey"].map(|it| format!("kms:{it} {context} via"));
    let project = format!("{PREFIX}data-automation-project/P1");
    let profile = format!("{PREFIX}data-automation-profile/us.data-automation-v1");
    for (operation, members, context, grant) in [
        (
            "CreateBlueprint",
            json!({}),
            "BlueprintArn=blueprint/*",
            " optional",
        ),
        (
            "UpdateDataAutomationProject",
            json!({"data_automation_project": project}),
            "DataAutomationProjectArn=data-automation-project/P1",
            " optional",
        ),
        (
            "CreateDataAutomationLibrary",
            json!({}),
            "aws:bedrock:data-automation-library-arn=data-automation-library/*",
            "",
        ),
        (
            "InvokeDataAutomationAsync",
            json!({"data_automation_project": project, "data_automation_profile": profile}),
            "aws:bedrock:data-automation-customer-account-id=123456789012",
            "",
        ),
    ] {
        let mut expected = data(context).to_vec();
        expected.extend([
            format!("kms:CreateGrant via{grant}"),
            "kms:DescribeKey via".to_owned(),
        ]);
        expected.sort();
        assert_eq!(uses(operation, members), expected, "{operation}");
    }
    let deployment = format!("{PREFIX}custom-model-deployment/d");
    for operation in ["Converse", "InvokeModelWithResponseStream"] {
        assert_eq!(
            uses(operation, json!({"model": deployment})),
            ["kms:Decrypt via", "kms:GenerateDataKey via optional"]
        );
        // a foundation model has no key
        assert_eq!(uses(operation, json!({"model": MODEL})), [""; 0]);
    }
    let custom = uses("CreateModelCustomizationJob", json!({"model": MODEL}));
    let all = ["CreateGrant", "Decrypt", "DescribeKey", "GenerateDataKey"];
    assert_eq!(custom, all.map(|it| format!("kms:{it} via")));
}

/// A key is never dropped: without a source, its requests are optional, or it is unused.
#[test]
fn keys_of_other_operations_are_optional_or_unused() {
    for service in bedrock_iam::SERVICES {
        if !service.prefix.starts_with("bedrock") {
            continue;
        }
        for facts in service.operations.iter().filter(|it| it.removed.is_none()) {
            let client = facts.sdk_clients[0];
            let found = requests(facts.name, json!({"client": client, "kms_key": KEY}));
            let mut requests = found.caller.iter().chain(&found.service_role);
            let is_used = requests.any(|it| it.action.starts_with("kms:"));
            let is_unused = found.unused.iter().any(|it| it.starts_with("`kms_key`"));
            assert!(is_used != is_unused, "{} {}", client, facts.name);
        }
    }
    let role = "arn:aws:iam::123456789012:role/r";
    let memory = uses("CreateMemory", json!({"role": role}));
    let all = ["CreateGrant", "Decrypt", "DescribeKey", "GenerateDataKey"];
    assert_eq!(memory, all.map(|it| format!("kms:{it} optional")));
}

#[test]
fn statements_limit_keys_to_what_is_encrypted() {
    let found = requests(
        "CreateFlow",
        json!({"role": "arn:aws:iam::123456789012:role/r", "kms_key": KEY}),
    );
    let policy = policy(&found);
    let mut statements = policy["Statement"].as_array().expect("a list").iter();
    let statement = statements.find(|it| it["Resource"] == KEY).expect("it");
    assert_eq!(
        statement["Condition"],
        json!({
            "StringLike": {"kms:EncryptionContext:aws:bedrock-flows:arn": format!("{PREFIX}flow/*")},
            "StringEquals": {"kms:ViaService": "bedrock.us-east-1.amazonaws.com"},
        })
    );
}
