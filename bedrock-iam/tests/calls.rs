//! API calls and their authorization requests.

#![cfg(all(feature = "json", feature = "all-modules"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bedrock_iam::calls::{ApiKey, Call, CallRequest, CallRequests};
use bedrock_iam::check::{Severity, check};
use bedrock_iam::{Policy, SERVICES, account, catalog, region};
use serde_json::{Value, json};

const PREFIX: &str = "arn:aws:bedrock:us-east-1:123456789012:";
const MODEL: &str = "anthropic.claude-3-haiku-20240307-v1:0";

/// Returns a call as JSON, with the members that each has to have.
fn call(operation: &str, members: Value) -> Value {
    let mut call = json!({
        "operation": operation, "region": "us-east-1", "account": "123456789012",
    });
    let object = call.as_object_mut().expect("an object");
    object.extend(members.as_object().expect("an object").clone());
    call
}

fn requests(operation: &str, members: Value) -> CallRequests {
    let call = Call::from_json(&call(operation, members).to_string()).expect("a call");
    call.requests().expect("requests")
}

fn error(operation: &str, members: Value) -> String {
    let call = Call::from_json(&call(operation, members).to_string());
    let error = call.and_then(|it| it.requests()).expect_err("an error");
    assert_eq!(
        format!("{error:?}"),
        error.to_string(),
        "`main` prints `Debug`"
    );
    error.to_string()
}

/// Returns the pairs of action and resource that are required.
fn required(requests: &[CallRequest]) -> BTreeSet<(String, String)> {
    let rows = requests.iter().filter(|it| it.required);
    let pairs = rows.flat_map(|it| {
        let arns = it.resources.iter();
        arns.map(|arn| (it.action.clone(), arn.clone()))
    });
    pairs.collect()
}

/// Returns the required pairs of a call, in short: without the prefix of Bedrock's ARNs.
fn short(operation: &str, members: Value) -> Vec<String> {
    let requests = requests(operation, members);
    assert_eq!(requests.missing, [""; 0], "{operation}");
    let pairs = required(&requests.caller).into_iter();
    pairs
        .map(|(action, arn)| format!("{action} {}", arn.replace(PREFIX, "")))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Calls whose requests differ from the corpus, each with the reason.
const DIFFERENT: &[(&str, &str)] = &[(
    "create-agent-runtime-wrong-prefix",
    "the denials of other calls name `runtime/*`, and the rules beside the corpus state it",
)];

#[test]
fn documented_and_observed_calls_have_the_requests_of_their_sources() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/calls/calls.jsonl");
    let Ok(corpus) = fs::read_to_string(&path) else {
        eprintln!("skipped: {} is missing", path.display());
        return;
    };
    let (mut same, mut wrong) = (0, Vec::new());
    for line in corpus.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let found = Call::from_json(&row["call"].to_string()).and_then(|it| it.requests());
        let id = text(&row["id"]);
        let Some(difference) = difference(&row, found.map_err(|error| error.to_string())) else {
            same += usize::from(is_sure(&row));
            continue;
        };
        println!("{id} ({}): {difference}", row["confidence"]);
        if is_sure(&row) && !DIFFERENT.iter().any(|(known, _)| *known == id) {
            wrong.push(id);
        }
    }
    println!("{same} documented or observed calls have the requests of their sources");
    assert_eq!(wrong, [""; 0]);
}

/// Returns whether a row uses only the members of the common form and was documented or observed.
fn is_sure(row: &Value) -> bool {
    row["core"] == true && row["confidence"] != "inferred"
}

/// Returns how the required requests differ from those of a row, with their contexts.
fn difference(row: &Value, found: Result<CallRequests, String>) -> Option<String> {
    let found = match found {
        Ok(found) => found,
        Err(error) => return Some(error),
    };
    let one = |request: &Value| {
        let arns = request["resources"].as_array().expect("a list").iter();
        let context = &request["context"];
        let rows = arns.map(|arn| format!("{} {arn} {context}", request["action"]));
        rows.collect::<Vec<_>>()
    };
    let theirs = row["caller_requests"].as_array().expect("a list").iter();
    let theirs = theirs.filter(|it| it["required"] == true);
    let theirs: BTreeSet<_> = theirs.flat_map(one).collect();
    let ours = found.caller.iter().filter(|it| it.required);
    let ours = ours
        .map(|it| json!({"action": it.action, "resources": it.resources, "context": it.context}));
    let ours: BTreeSet<_> = ours.collect::<Vec<_>>().iter().flat_map(one).collect();
    let (more, less) = (&ours - &theirs, &theirs - &ours);
    let is_same = more.is_empty() && less.is_empty() && found.missing.is_empty();
    (!is_same).then(|| format!("more {more:#?} less {less:#?} missing {:?}", found.missing))
}

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
fn constructors_make_the_calls_that_json_describes() {
    let at = |call: Call| {
        let call = call.at(region!("us-east-1"), account!("123456789012"));
        call.requests().expect("requests")
    };
    let role = "arn:aws:iam::123456789012:role/r";
    let knowledge_base = format!("{PREFIX}knowledge-base/KB1");
    for (call, operation, members) in [
        (
            Call::converse(MODEL)
                .guardrail("abc", Some("1"))
                .api_key(ApiKey::ShortTerm),
            "Converse",
            json!({"model": MODEL, "guardrail": {"id": "abc", "version": "1"}, "api_key": "short-term"}),
        ),
        (
            Call::converse_stream(format!("us.{MODEL}")).profile_models([format!(
                "arn:aws:bedrock:us-east-1::foundation-model/{MODEL}"
            )]),
            "ConverseStream",
            json!({"model": format!("us.{MODEL}"), "profile_models": [format!("arn:aws:bedrock:us-east-1::foundation-model/{MODEL}")]}),
        ),
        (
            Call::retrieve_and_generate(&knowledge_base, MODEL),
            "RetrieveAndGenerate",
            json!({"knowledge_base": knowledge_base, "model": MODEL}),
        ),
        (
            Call::create_model_invocation_job(MODEL, role, "in-bucket", "out-bucket").tag("a", "b"),
            "CreateModelInvocationJob",
            json!({"model": MODEL, "role": role, "buckets": {"input": "in-bucket", "output": "out-bucket"}, "tags": {"a": "b"}}),
        ),
        (
            Call::apply_guardrail("abc", "2"),
            "ApplyGuardrail",
            json!({"guardrail": {"id": "abc", "version": "2"}}),
        ),
        (
            Call::count_tokens(MODEL).client("bedrock-runtime"),
            "CountTokens",
            json!({"model": MODEL, "client": "bedrock-runtime"}),
        ),
    ] {
        assert_eq!(at(call), requests(operation, members), "{operation}");
    }
    let error = Call::converse(MODEL)
        .requests()
        .expect_err("no region")
        .to_string();
    assert_eq!(
        error,
        "the call has no region and account; hint: set them with `.at(…)`"
    );
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

/// A statement of a policy, as lists of texts.
#[derive(Clone)]
struct Allowed {
    actions: Vec<String>,
    resources: Vec<String>,
    conditions: Vec<(String, Vec<String>)>,
}

impl Allowed {
    fn of(statement: &Value) -> Self {
        let list = |value: &Value| match value {
            Value::Array(rows) => rows.iter().map(text).collect(),
            one => vec![text(one)],
        };
        let operators = statement["Condition"].as_object().into_iter().flatten();
        let keys = operators.flat_map(|(_, keys)| keys.as_object().expect("an object"));
        Self {
            actions: list(&statement["Action"]),
            resources: list(&statement["Resource"]),
            conditions: keys
                .map(|(key, values)| (key.clone(), list(values)))
                .collect(),
        }
    }

    fn allows(&self, request: &CallRequest, arn: &str) -> bool {
        let is_matched = |(key, values): &(String, Vec<String>)| {
            let given = request.context.get(key).into_iter().flatten();
            given.into_iter().any(|it| values.contains(it))
        };
        self.actions.contains(&request.action)
            && self.resources.iter().any(|it| it == arn)
            && self.conditions.iter().all(is_matched)
    }

    /// Returns the statements without one action, one resource or one value of a condition.
    fn smaller(&self) -> Vec<Self> {
        let actions = (0..self.actions.len()).map(|at| {
            let mut less = self.clone();
            less.actions.remove(at);
            less
        });
        let resources = (0..self.resources.len()).map(|at| {
            let mut less = self.clone();
            less.resources.remove(at);
            less
        });
        let values = (0..self.conditions.len())
            .flat_map(|at| (0..self.conditions[at].1.len()).map(move |value| (at, value)));
        let values = values.map(|(at, value)| {
            let mut less = self.clone();
            less.conditions[at].1.remove(value);
            less
        });
        actions.chain(resources).chain(values).collect()
    }
}

fn allow_all(statements: &[Allowed], requests: &CallRequests) -> bool {
    let required = requests.caller.iter().filter(|it| it.required);
    let mut pairs = required.flat_map(|it| it.resources.iter().map(move |arn| (it, arn)));
    pairs.all(|(request, arn)| statements.iter().any(|it| it.allows(request, arn)))
}

/// Returns the statements of a policy that allows requests.
fn policy(requests: &CallRequests) -> Value {
    let statements = requests.statements().expect("statements");
    let policy = Policy::identity()
        .with_all(statements)
        .build()
        .expect("a policy");
    serde_json::from_str(&policy.to_json()).expect("JSON")
}

#[test]
fn statements_allow_the_requests_and_nothing_can_be_taken_out() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/calls/calls.jsonl");
    let Ok(corpus) = fs::read_to_string(&path) else {
        eprintln!("skipped: {} is missing", path.display());
        return;
    };
    let mut count = 0;
    for line in corpus.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let call = Call::from_json(&row["call"].to_string());
        let Ok(requests) = call.and_then(|it| it.requests()) else {
            assert_ne!(row["core"], true, "{line}");
            continue;
        };
        if !requests.missing.is_empty() {
            continue;
        }
        let policy = policy(&requests);
        let document = serde_json::from_value(policy.clone()).expect("a document");
        let findings = check(&document, catalog()).findings;
        // a suggestion can be about the call itself, such as a sensitive action
        let mistakes = findings
            .iter()
            .filter(|it| it.severity != Severity::Suggestion);
        let mistakes: Vec<_> = mistakes.map(ToString::to_string).collect();
        if is_sure(&row) {
            assert_eq!(mistakes, [""; 0], "{}", row["id"]);
        }
        let statements = match &policy["Statement"] {
            Value::Array(rows) => rows.iter().map(Allowed::of).collect(),
            one => vec![Allowed::of(one)],
        };
        assert!(allow_all(&statements, &requests), "{policy:#}");
        for at in 0..statements.len() {
            for smaller in statements[at].smaller() {
                let mut less = statements.clone();
                less[at] = smaller;
                assert!(!allow_all(&less, &requests), "{}: {policy:#}", row["id"]);
            }
        }
        count += 1;
    }
    println!("the statements of {count} calls are as small as they can be");
    assert!(count > 100, "{count}");
}

#[test]
fn statements_limit_models_to_their_profile_and_roles_to_their_service() {
    let role = "arn:aws:iam::123456789012:role/r";
    let model = format!("us.{MODEL}");
    let models = ["us-east-1", "us-west-2"];
    let models = models.map(|it| format!("arn:aws:bedrock:{it}::foundation-model/{MODEL}"));
    let converse = requests(
        "Converse",
        json!({"model": model, "profile_models": models}),
    );
    let agent = requests(
        "CreateAgent",
        json!({"role": role, "model": model, "profile_models": models}),
    );
    let profile = format!("{PREFIX}inference-profile/{model}");
    let trust = agent.trust().expect("a trust policy");
    let all = converse.and(agent);
    assert_eq!(
        policy(&all)["Statement"],
        json!([
            {"Effect": "Allow", "Action": "bedrock:CreateAgent", "Resource": "*"},
            {"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": profile},
            {
                "Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": models,
                "Condition": {"ArnEquals": {"bedrock:InferenceProfileArn": profile}},
            },
            {
                "Effect": "Allow", "Action": "iam:PassRole", "Resource": role,
                "Condition": {"StringEquals": {"iam:PassedToService": "bedrock.amazonaws.com"}},
            },
        ])
    );
    let role = Policy::identity().with_all(all.role_statements().expect("statements"));
    let role: Value =
        serde_json::from_str(&role.build().expect("a policy").to_json()).expect("JSON");
    assert_eq!(role["Statement"][0]["Resource"], json!(profile));
    let trust = Policy::trust()
        .with(trust)
        .build()
        .expect("a policy")
        .to_json();
    let trust: Value = serde_json::from_str(&trust).expect("JSON");
    assert_eq!(
        trust["Statement"],
        json!([{
            "Effect": "Allow", "Principal": {"Service": "bedrock.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": "123456789012"},
                "ArnLike": {"aws:SourceArn": format!("{PREFIX}agent/*")},
            },
        }])
    );
    let lacking = requests("Converse", json!({"model": model}))
        .statements()
        .expect_err("an error");
    assert!(
        lacking
            .to_string()
            .starts_with("the call lacks members: `profile_models`: "),
        "{lacking}"
    );
}
