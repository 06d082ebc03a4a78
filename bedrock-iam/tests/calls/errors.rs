//! Calls that are not well-formed.

use super::*;

#[test]
fn unknown_and_malformed_members_are_errors_that_name_them() {
    for (members, expected) in [
        (
            json!({"modell": "m"}),
            "`modell` is not a member of a call; did you mean `model`?",
        ),
        (
            json!({"guardrail": {"versoin": "m"}}),
            "`guardrail.versoin` is not a member of a call; did you mean `version`?",
        ),
        (
            json!({"model": 1}),
            "member `model`: found a number; expected a text",
        ),
        (
            json!({"model": ""}),
            "member `model`: found ``; expected a text that is not empty",
        ),
        (
            json!({"tags": ["a"]}),
            "member `tags`: found a list; expected an object",
        ),
        (
            json!({"tags": {"a": 1}}),
            "member `tags.a`: found a number; expected a text",
        ),
        (
            json!({"account": "1"}),
            "member `account`: found `1`; expected an account id of 12 digits",
        ),
        (
            json!({"region": "us"}),
            "member `region`: found `us`; expected a region, such as `us-east-1`",
        ),
        (
            json!({"api_key": "x"}),
            "member `api_key`: found `x`; expected `short-term` or `long-term`",
        ),
        (
            json!({"knowledge_base": "KB1"}),
            "member `knowledge_base`: found `KB1`; expected the ARN of a `knowledge-base`, such as `arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB1`",
        ),
        (
            json!({"role": "r"}),
            "member `role`: found `r`; expected an ARN such as `arn:aws:iam::123456789012:role/…`",
        ),
        (
            json!({"buckets": {"input": "s3://b/p"}}),
            "member `buckets.input`: found `s3://b/p`; expected the name of a bucket, without `s3://` and path",
        ),
        (
            json!({"profile_models": ["m"]}),
            "member `profile_models[0]`: found `m`; expected the ARN of a model or inference profile",
        ),
        (
            json!({"guardrail": {"id": "abc", "version": "one"}}),
            "member `guardrail.version`: found `one`; expected a number or `DRAFT`",
        ),
        (
            json!({"agent": format!("{PREFIX}agent/*")}),
            "member `agent`: found `arn:aws:bedrock:us-east-1:123456789012:agent/*`; expected the ARN of an `agent`, such as `arn:aws:bedrock:us-east-1:123456789012:agent/…`",
        ),
        (
            json!({"model": format!("{PREFIX}prompt/P1"), "prompt": format!("{PREFIX}prompt/P2")}),
            "member `model`: found `arn:aws:bedrock:us-east-1:123456789012:prompt/P1`; expected `arn:aws:bedrock:us-east-1:123456789012:prompt/P2`, as in `prompt.arn`",
        ),
        (
            json!({"image": "app:1"}),
            "member `image`: found `app:1`; expected the URI of an image in Amazon ECR, such as `123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1`",
        ),
        (
            json!({"schema": "s3://bucket/schema.json"}),
            "member `schema`: found `s3://bucket/schema.json`; expected the ARN of an object in Amazon S3, such as `arn:aws:s3:::bucket/schema.json`",
        ),
        (
            json!({"sources": "web"}),
            "member `sources`: found `web`; expected `s3` or `byte-content`",
        ),
        (
            json!({"collaborators": ["A"]}),
            "member `collaborators[0]`: found `A`; expected the ARN of an `agent-alias`, such as `arn:aws:bedrock:us-east-1:123456789012:agent-alias/A/A`",
        ),
        (
            json!({"nodes": {"rolle": "A"}}),
            "`nodes.rolle` is not a member of a call",
        ),
        (
            json!({"client": "bedrock-agent"}),
            "`Converse` is an operation of `bedrock-runtime`, not of `bedrock-agent`",
        ),
        (
            json!({"client": "bedrok"}),
            "`bedrok` is not an SDK client of Amazon Bedrock; did you mean `bedrock`?",
        ),
    ] {
        assert_eq!(error("Converse", members.clone()), expected, "{members}");
    }
    // without a similar name, all are listed
    let error_of_age = error("Converse", json!({"age_days": 30}));
    let (before, listed) = error_of_age
        .split_once("; expected one of ")
        .expect("a list");
    assert_eq!(before, "`age_days` is not a member of a call");
    assert!(
        listed.starts_with("`account`, `actor_id`, `agent_alias`, "),
        "{listed}"
    );
    let end = "`vector_store`, `workload`, or a resource type of the reference with `_` for `-`";
    assert!(listed.ends_with(end), "{listed}");
    assert_eq!(
        error("Convers", json!({})),
        "`Convers` is not an operation of Amazon Bedrock; did you mean `Converse`?"
    );
    assert_eq!(
        error("ChatCompletions", json!({"model": MODEL})),
        "`ChatCompletions` is an operation of several SDK clients; expected the member `client`: `bedrock-runtime` or `bedrock-mantle`"
    );
    for text in [
        "",
        "[]",
        "{",
        "{\"operation\": \"A\", \"operation\": \"B\"}",
        "{\"operation\": \"Converse\"}",
    ] {
        assert!(Call::from_json(text).is_err(), "{text}");
    }
}

#[test]
fn api_keys_are_for_operations_that_accept_them() {
    let bearer = |operation: &str, client: &str| {
        let found = requests(
            operation,
            json!({"client": client, "model": MODEL, "api_key": "long-term"}),
        );
        let mut requests = found.caller.into_iter();
        requests.find(|it| it.action.ends_with(":CallWithBearerToken"))
    };
    for (operation, client) in [
        ("Converse", "bedrock-runtime"),
        // the reference's table does not state the action for this one
        ("ListImportedModels", "bedrock"),
        ("ChatCompletions", "bedrock-mantle"),
    ] {
        let found = bearer(operation, client).expect(operation);
        assert_eq!(
            (&found.resources[..], found.required),
            (&["*".to_owned()][..], true)
        );
    }
    for (operation, client) in [
        ("InvokeModelWithBidirectionalStream", "bedrock-runtime"),
        ("Retrieve", "bedrock-agent-runtime"),
        ("CreateAgent", "bedrock-agent"),
        (
            "InvokeDataAutomationAsync",
            "bedrock-data-automation-runtime",
        ),
        ("InvokeAgentRuntime", "bedrock-agentcore"),
    ] {
        let error = error(operation, json!({"api_key": "long-term"}));
        let expected = format!(
            "`{operation}` of `{client}` does not accept API keys; expected an operation of"
        );
        assert!(error.starts_with(&expected), "{error}");
    }
}

#[test]
fn models_are_of_a_type_that_the_operation_accepts() {
    let provisioned = format!("{PREFIX}provisioned-model/abc");
    let custom = format!("{PREFIX}custom-model/m/abc");
    let profile = format!("us.{MODEL}");
    let profile_arn = format!("{PREFIX}inference-profile/{profile}");
    for (operation, members, found, expected) in [
        (
            "CountTokens",
            json!({"client": "bedrock-runtime", "model": provisioned}),
            &provisioned,
            "the ARN of `foundation-model`",
        ),
        (
            "GetFoundationModel",
            json!({"model": custom}),
            &custom,
            "the ARN of `foundation-model`",
        ),
        (
            "CreateProvisionedModelThroughput",
            json!({"model": profile}),
            &profile_arn,
            "the ARN of `custom-model` or `foundation-model`",
        ),
        (
            "CreateModelCopyJob",
            json!({"model": provisioned}),
            &provisioned,
            "the ARN of `custom-model`",
        ),
    ] {
        let expected = format!("member `model`: found `{found}`; expected {expected}");
        assert_eq!(error(operation, members), expected, "{operation}");
    }
}
