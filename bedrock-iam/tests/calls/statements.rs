//! Statements that allow calls.

use bedrock_iam::decide::{Caller, Policies, Request};
use bedrock_iam::document::Document;

use super::*;

/// Returns the required requests of the caller, each on one resource.
fn decided(requests: &CallRequests, account: &str) -> Vec<Request> {
    // accounts of two partitions have no access to each other
    let mut arns = requests.caller.iter().flat_map(|it| &it.resources);
    let partition = arns.find_map(|arn| arn.split(':').nth(1)).unwrap_or("aws");
    let caller = format!("arn:{partition}:iam::{account}:role/app");
    let caller: Caller = caller.parse().expect("a caller");
    let required = requests.caller.iter().filter(|it| it.required);
    let each = required.map(|it| it.to_requests(&caller).expect("requests"));
    each.flatten().collect()
}

/// Returns whether a policy of the caller allows all requests. The resources' own policies, as keys and
/// resources of other accounts need them, leave it to the caller's.
fn allows_all(policy: &Value, account: &str, requests: &[Request]) -> bool {
    let document = |value: &Value| Document::from_json(&value.to_string()).expect("a document");
    let delegates = json!({"Statement": {
        "Effect": "Allow", "Principal": {"AWS": account}, "Action": "*", "Resource": "*",
    }});
    let policies = Policies::new()
        .identity(document(policy))
        .resource(document(&delegates));
    requests.iter().all(|it| policies.decide(it).is_allowed())
}

/// Returns the policies without one action, one resource or one value of a condition.
fn smaller(policy: &Value) -> Vec<Value> {
    let statements = policy["Statement"].as_array().expect("statements").iter();
    let pointers = statements.enumerate().flat_map(|(at, statement)| {
        let conditions = statement["Condition"].as_object().into_iter().flatten();
        let keys = conditions.flat_map(|(operator, keys)| {
            let keys = keys.as_object().expect("an object").keys();
            keys.map(move |key| format!("Condition/{operator}/{}", key.replace('/', "~1")))
        });
        let fields = ["Action", "Resource"].map(str::to_owned).into_iter();
        let fields: Vec<_> = fields.chain(keys).collect();
        fields
            .into_iter()
            .map(move |field| (at, format!("/Statement/{at}/{field}")))
    });
    let mut all = Vec::new();
    for (at, pointer) in pointers {
        let count = policy
            .pointer(&pointer)
            .and_then(Value::as_array)
            .map_or(1, Vec::len);
        for index in 0..count {
            let mut less = policy.clone();
            match less.pointer_mut(&pointer) {
                Some(Value::Array(values)) if count > 1 => drop(values.remove(index)),
                // a statement without any matches nothing
                _ => drop(
                    less["Statement"]
                        .as_array_mut()
                        .expect("statements")
                        .remove(at),
                ),
            }
            all.push(less);
        }
    }
    all
}

/// Asserts that a policy allows the required requests of a call, and that it does not without any part
/// of it.
pub(crate) fn assert_smallest(call: &Value, policy: &Value, requests: &CallRequests) {
    let account = text(&call["account"]);
    let requests = decided(requests, &account);
    assert!(
        allows_all(policy, &account, &requests),
        "{call}: {policy:#}"
    );
    for less in smaller(policy) {
        assert!(
            !allows_all(&less, &account, &requests),
            "{call}: {less:#} of {policy:#}"
        );
    }
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

#[test]
fn statements_are_as_small_as_they_can_be() {
    let role = "arn:aws:iam::123456789012:role/r";
    let secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s";
    for (operation, members) in [
        (
            "Converse",
            json!({"model": format!("global.{MODEL}"), "guardrail": "abc", "api_key": "short-term"}),
        ),
        (
            "CreateKnowledgeBase",
            json!({"role": role, "credentials_secret": secret, "tags": {"team": "a"}}),
        ),
        ("CreateCapacityProvider", json!({"role": role})),
        ("CreateMarketplaceModelEndpoint", json!({"role": role})),
    ] {
        let found = requests(operation, members.clone());
        assert_smallest(&call(operation, members), &policy(&found), &found);
    }
    // a model that is called directly and through its profile
    let model = json!({"model": MODEL});
    let through = requests("Converse", json!({"model": format!("global.{MODEL}")}));
    let both = requests("Converse", model.clone()).and(through);
    assert_smallest(&call("Converse", model), &policy(&both), &both);
}

/// The regions and models of a profile that its id shows are compared with those that the call states.
#[test]
fn a_profile_needs_its_model_in_each_region() {
    for (profile, expected) in [
        (
            format!("au.{MODEL}"),
            "also routes to `ap-southeast-4`, where no statement allows its model; hint: ",
        ),
        (
            format!("global.{MODEL}"),
            "no statement allows its model in us-east-1, from which it is called; ",
        ),
        (
            "au.amazon.nova-lite-v1:0".to_owned(),
            "no statement allows `amazon.nova-lite-v1:0`, the model that the profile",
        ),
    ] {
        let model = format!("arn:aws:bedrock:ap-southeast-2::foundation-model/{MODEL}");
        let found = requests(
            "Converse",
            json!({"model": profile, "profile_models": [model]}),
        );
        let error = found.statements().expect_err("an error").to_string();
        assert!(error.contains(expected), "{error}");
    }
}

/// `GetInferenceProfile` can list one region for a profile of a geography.
#[test]
fn a_profile_with_models_in_one_region_is_noted() {
    let model = format!("arn:aws:bedrock:ap-southeast-2::foundation-model/{MODEL}");
    let members = json!({"model": format!("apac.{MODEL}"), "profile_models": [model]});
    let found = requests("Converse", members);
    let expected = "routes to several regions, but its model is allowed only in `ap-southeast-2`; ";
    assert_eq!(found.notes().len(), 1);
    assert!(found.notes()[0].contains(expected), "{:?}", found.notes());
    assert_eq!(policy(&found)["Statement"][1]["Resource"], json!(model));
}

#[test]
fn a_role_that_is_not_stated_is_noted() {
    let expected = "no `role` is stated, so the statements do not allow `iam:PassRole`; `check` suggests it as \
                    `missing-dependent-action`";
    assert_eq!(requests("CreateMemory", json!({})).notes(), [expected]);
    let role = json!({"role": "arn:aws:iam::123456789012:role/r"});
    assert_eq!(requests("CreateMemory", role).notes(), [""; 0]);
    assert_eq!(requests("ListMemories", json!({})).notes(), [""; 0]);
}

/// No narrower ARN than `flow/*` names a new flow.
#[test]
fn tags_of_new_resources_are_not_wider_than_they_seem() {
    let role = "arn:aws:iam::123456789012:role/r";
    for operation in ["CreateAgentRuntime", "CreateFlow", "CreatePrompt"] {
        let members = json!({"role": role, "tags": {"team": "a"}});
        let members = match operation {
            "CreatePrompt" => json!({"tags": {"team": "a"}}),
            _ => members,
        };
        let policy = policy(&requests(operation, members));
        assert_eq!(codes(&policy), [""; 0], "{operation}");
    }
    // without the permission to create flows, the ARN of a flow can be narrower
    let tagging = json!({
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "bedrock:TagResource", "Resource": format!("{PREFIX}flow/*")}],
    });
    assert_eq!(codes(&tagging), ["wider-than-it-seems"]);
}

fn codes(policy: &Value) -> Vec<String> {
    let document = serde_json::from_value(policy.clone()).expect("a document");
    let findings = bedrock_iam::check::check(&document, bedrock_iam::catalog()).findings;
    findings
        .iter()
        .map(|it| it.code.as_str().to_owned())
        .collect()
}
