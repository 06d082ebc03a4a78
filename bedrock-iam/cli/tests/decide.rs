//! `simulate` and `test`.

mod support;

use serde_json::Value;
use support::{failed, printed, written};

const MODELS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Models", "Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "arn:aws:bedrock:*::foundation-model/*"},
    {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "arn:aws:s3:::*"}
  ]
}"#;

const REGIONS: &str = r#"{"Statement": [
    {"Effect": "Allow", "Action": "*", "Resource": "*"},
    {"Sid": "Europe", "Effect": "Deny", "Action": "bedrock:*", "Resource": "*",
     "Condition": {"StringNotLike": {"aws:RequestedRegion": "eu-*"}}}
]}"#;

const MODEL: &str = "arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0";

/// Runs `simulate` for a role that invokes a model.
fn simulate(more: &[&str]) -> (String, Option<i32>) {
    let mut arguments = vec![
        "simulate",
        "--principal",
        "arn:aws:iam::123456789012:role/app",
        "--action",
        "bedrock:InvokeModel",
        "--resource",
        MODEL,
    ];
    arguments.extend(more);
    printed(&arguments, "")
}

#[test]
fn a_request_is_decided_with_the_statement_that_decides() {
    let models = written("decide/models.json", MODELS);
    let regions = written("decide/regions.json", REGIONS);
    let (text, status) = simulate(&["--identity", &models]);
    assert!(
        text.starts_with(
            "allowed: by `Models`, statement 1 of policy 1 of the identity-based policies\n"
        ),
        "{text}"
    );
    assert!(text.contains("models.json:4:33"), "{text}");
    assert_eq!(status, Some(0));

    let (text, status) = simulate(&[
        "--identity",
        &models,
        "--scp",
        &regions,
        "--context",
        "aws:requestedregion=us-east-1",
    ]);
    assert!(text.starts_with("explicitly denied: by `Europe`, statement 2 of policy 1 at level 1 of the service control policies\n"), "{text}");
    assert!(
        text.contains("`aws:RequestedRegion` is `us-east-1`, expected a value not like `eu-*`"),
        "{text}"
    );
    assert_eq!(status, Some(3));

    // a key that is not stated is absent, which the first line says
    let (text, _) = simulate(&["--identity", &models, "--scp", &regions]);
    let first = text.lines().next().unwrap();
    assert!(first.contains("while `aws:RequestedRegion` is absent (`--context aws:RequestedRegion=VALUE` states it)"), "{text}");

    // in a partial request it is unknown, unless it is stated as absent
    let (text, status) = simulate(&["--identity", &models, "--scp", &regions, "--partial"]);
    assert!(
        text.starts_with("undecided\n") && text.contains("`aws:RequestedRegion` decides"),
        "{text}"
    );
    assert_eq!(status, Some(3));
    let absent = [
        "--identity",
        &models,
        "--scp",
        &regions,
        "--partial",
        "--absent",
        "aws:RequestedRegion",
    ];
    let (text, _) = simulate(&absent);
    assert!(text.starts_with("explicitly denied"), "{text}");

    // an empty level of service control policies allows nothing
    let (text, _) = simulate(&[
        "--identity",
        &models,
        "--scp",
        &regions,
        "--scp",
        "",
        "--context",
        "aws:RequestedRegion=eu-west-1",
    ]);
    assert!(
        text.starts_with("implicitly denied\n")
            && text.contains("level 2 of the service control policies"),
        "{text}"
    );
}

#[test]
fn the_facts_tell_which_actions_have_no_resource_types() {
    let models = written("decide/lists.json", MODELS);
    let arguments = [
        "simulate",
        "--principal",
        "123456789012",
        "--action",
        "s3:ListAllMyBuckets",
        "--identity",
        &models,
    ];
    let list = |principal: &'static str| {
        let mut arguments = arguments;
        arguments[2] = principal;
        printed(&arguments, "").0
    };
    assert!(list("arn:aws:iam::123456789012:user/ana").starts_with("implicitly denied"));
    // the root user needs no policy
    assert!(list("123456789012").starts_with("allowed"));
}

#[test]
fn json_has_the_decision_the_layers_and_the_needs() {
    let models = written("decide/json.json", MODELS);
    let (text, _) = simulate(&[
        "--identity",
        &models,
        "--format",
        "json",
        "--boundary",
        &models,
    ]);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["decision"], "allowed");
    assert_eq!(value["layers"][1]["layer"], "boundary");
    assert_eq!(value["layers"][1]["result"], "allows");
    assert_eq!(
        value["statements"][1]["mismatch"]["path"],
        "Statement[1].Action"
    );
    assert_eq!(value["needs"], serde_json::json!([]));
    let request = format!(
        r#"{{"principal": {{"Service": "bedrock.amazonaws.com"}}, "action": "bedrock:InvokeModel", "resource": "{MODEL}"}}"#
    );
    let request = written("decide/request.json", &request);
    let (text, status) = printed(
        &["simulate", "--request", &request, "--identity", &models],
        "",
    );
    assert!(
        text.contains("no statement of the resource-based policy allows"),
        "{text}"
    );
    assert_eq!(status, Some(3));
}

#[test]
fn invalid_requests_and_policies_are_errors() {
    let models = written("decide/errors.json", MODELS);
    for (arguments, wanted, code) in [
        (
            vec!["--principal", "me", "--action", "s3:GetObject"],
            "`me` is not a caller",
            1,
        ),
        (
            vec!["--principal", "*", "--action", "s3:Get*"],
            "`s3:Get*` is not an action",
            1,
        ),
        (
            vec![
                "--principal",
                "*",
                "--action",
                "s3:GetObject",
                "--resource",
                "bucket",
            ],
            "`bucket` is not a resource",
            1,
        ),
        (
            vec![
                "--principal",
                "*",
                "--action",
                "s3:GetObject",
                "--context",
                "a",
            ],
            "expected a key and its value",
            2,
        ),
        (
            vec![
                "--principal",
                "*",
                "--action",
                "s3:GetObject",
                "--identity",
                "missing.json",
            ],
            "missing.json: ",
            1,
        ),
        (
            vec!["--action", "s3:GetObject", "--identity", &models],
            "--principal <ARN>",
            2,
        ),
    ] {
        let mut all = vec!["simulate"];
        all.extend(arguments);
        let (text, status) = failed(&all, "");
        assert!(text.contains(wanted), "{text}");
        assert_eq!(status, Some(code), "{text}");
    }
}

#[test]
fn an_action_that_does_not_exist_is_an_error_with_the_right_name() {
    let simulate = |action: &str| failed(&["simulate", "--principal", "*", "--action", action], "");
    for (action, wanted) in [
        (
            "bedrock:InvokeModle",
            "`bedrock:InvokeModle` is not a Bedrock action; did you mean `bedrock:InvokeModel`?",
        ),
        ("s3:GetObjekt", "did you mean `s3:GetObject`?"),
        (
            "bedrock-runtime:InvokeModel",
            "not a service prefix; expected `bedrock`; did you mean `bedrock:InvokeModel`?",
        ),
        (
            "bedrock:Converse",
            "`Converse` is a Bedrock API operation, not an action; it requires `bedrock:InvokeModel`",
        ),
    ] {
        let (text, status) = simulate(action);
        assert!(
            text.starts_with("error: ") && text.contains(wanted),
            "{text}"
        );
        assert_eq!(status, Some(1));
    }
    let file = r#"{"principal": "*", "action": "bedrock:InvokeModle"}"#;
    let file = written("decide/misspelled.json", file);
    let (text, status) = failed(&["simulate", "--request", &file], "");
    assert!(text.contains("is not a Bedrock action"), "{text}");
    assert_eq!(status, Some(1));
}

#[test]
fn a_request_that_no_service_makes_has_a_note() {
    let models = written("decide/notes.json", MODELS);
    let simulate = |action: &str, resource: &str, format: &str| {
        let mut arguments = vec!["simulate", "--principal", "*", "--identity", &models];
        arguments.extend([
            "--action",
            action,
            "--resource",
            resource,
            "--format",
            format,
        ]);
        let (text, status) = printed(&arguments, "");
        assert_eq!(status, Some(3));
        text
    };
    const BUCKET: &str = "arn:aws:s3:::b";
    for (action, resource, wanted) in [
        (
            "bedrock:InvokeModel",
            BUCKET,
            "`bedrock:InvokeModel` does not apply to `arn:aws:s3:::b`; expected an ARN of one of the types",
        ),
        (
            "s3:ListAllMyBuckets",
            BUCKET,
            "expected `*`, because it does not support resource-level permissions",
        ),
        (
            "bedrock:DescribeThing",
            "*",
            "`bedrock:DescribeThing` is not a Bedrock action in the facts from",
        ),
    ] {
        let text = simulate(action, resource, "text");
        let (_, note) = text.split_once("\nnote: ").expect(action);
        assert!(note.contains(wanted), "{note}");
        let value: Value = serde_json::from_str(&simulate(action, resource, "json")).unwrap();
        assert!(
            value["notes"][0].as_str().unwrap().contains(wanted),
            "{value}"
        );
    }
    // nothing is known of a service without facts, of `*`, or wrong with these
    for (action, resource) in [
        ("sqs:SendMessages", BUCKET),
        ("bedrock:InvokeModel", "*"),
        ("bedrock:InvokeModel", MODEL),
        ("s3:ListBucket", BUCKET),
        ("s3:listbucket", BUCKET),
        ("s3:ListAllMyBuckets", "*"),
    ] {
        let text = simulate(action, resource, "text");
        assert!(!text.contains("note: "), "{text}");
        let value: Value = serde_json::from_str(&simulate(action, resource, "json")).unwrap();
        assert_eq!(value.get("notes"), None, "{value}");
    }
}

#[test]
fn a_case_of_an_action_that_does_not_exist_has_a_note() {
    let case = r#"{"cases": [{"name": "typo", "expected": "denied", "policies": {}, "request":
        {"principal": "arn:aws:iam::123456789012:user/ana", "action": "s3:GetObjekt", "resource": "arn:aws:s3:::b/a"}}]}"#;
    let file = written("decide/typo.json", case);
    let (text, status) = printed(&["test", &file], "");
    assert!(
        text.starts_with("note: typo (") && text.contains("did you mean `s3:GetObject`?"),
        "{text}"
    );
    assert_eq!(status, Some(0));
    let (text, _) = printed(&["test", &file, "--format", "json"], "");
    let value: Value = serde_json::from_str(&text).unwrap();
    let note = value["cases"][0]["notes"][0].as_str().unwrap();
    assert!(
        note.contains("`s3:GetObjekt` is not an S3 action"),
        "{note}"
    );
}

#[test]
fn cases_are_run() {
    let case = |name: &str, expected: &str| {
        format!(
            r#"{{"name": "{name}", "expected": "{expected}", "policies": {{"identity": [{MODELS}]}}, "request":
               {{"principal": "arn:aws:iam::123456789012:user/ana", "action": "bedrock:InvokeModel", "resource": "{MODEL}"}}}}"#
        )
    };
    let good = written(
        "decide/cases/good.json",
        &format!(r#"{{"cases": [{}]}}"#, case("good", "allowed")),
    );
    let (text, status) = printed(&["test", &good], "");
    assert_eq!(
        (text.as_str(), status),
        ("1 case passed, 0 failed\n", Some(0))
    );
    let bad = format!(
        r#"{{"cases": [{}, {}]}}"#,
        case("bad", "denied"),
        case("good", "allowed")
    );
    let bad = written("decide/cases/bad.json", &bad);
    let (text, status) = printed(&["test", &bad], "");
    assert!(
        text.starts_with("failed: bad (")
            && text.contains("expected: denied\n  found: allowed: by `Models`"),
        "{text}"
    );
    assert_eq!(status, Some(1));
    let folder = bad.strip_suffix("/bad.json").unwrap();
    written("decide/cases/policy.json", MODELS);
    let (text, _) = printed(&["test", folder, "--format", "json"], "");
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&value["passed"], &value["failed"]), (&2.into(), &1.into()));
    assert_eq!(value["cases"][0]["decision"], "allowed");
    let none = written("decide/none.json", r#"{"cases": []}"#);
    let (text, status) = failed(&["test", &none], "");
    assert!(text.contains("found no cases"), "{text}");
    assert_eq!(status, Some(1));
    let broken = written(
        "decide/broken.json",
        r#"{"cases": [{"request": {"principal": "*", "action": "x"}}]}"#,
    );
    let (text, status) = failed(&["test", &broken], "");
    assert!(
        text.contains("`cases[0].request`") && text.contains("`x`, which is not an action"),
        "{text}"
    );
    assert_eq!(status, Some(1));
}

const CALL: &str = r#"{"operation": "Converse", "client": "bedrock-runtime", "region": "eu-central-1",
    "account": "123456789012", "model": "eu.amazon.nova-lite-v1:0", "profile_models":
    ["arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0",
     "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0"]}"#;

#[test]
fn generated_policies_allow_their_call_and_no_less_does() {
    let call = written("decide/call.json", CALL);
    let (policy, _) = printed(&["generate", &call], "");
    let generated = written("decide/generated.json", &policy);
    let simulate = |identity: &str, more: &[&str]| {
        let mut arguments = vec!["simulate", "--call", &call, "--identity", identity];
        arguments.extend(["--principal", "arn:aws:iam::123456789012:role/app"]);
        arguments.extend(more);
        printed(&arguments, "")
    };
    let (text, status) = simulate(&generated, &[]);
    assert!(text.ends_with("\nthe call works\n"), "{text}");
    assert_eq!(status, Some(0));
    // without the second region, one request fails, and the change is named
    let routed = r#""arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0""#;
    let less = written(
        "decide/less.json",
        &policy.replace(routed, r#""arn:aws:bedrock:::none""#),
    );
    let (text, status) = simulate(&less, &[]);
    let change = "  change: add `arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0` to `Statement[";
    assert!(
        text.contains(change) && text.ends_with("\nthe call fails\n"),
        "{text}"
    );
    assert_eq!(status, Some(3));
    let (text, _) = simulate(&less, &["--format", "json"]);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["allowed"], false);
    assert_eq!(value["requests"][2]["decision"], "implicitly-denied");
    let (program, _) = printed(&["generate", &call, "--rust"], "");
    assert!(
        program.contains("arn::InferenceProfile {")
            && program.contains("key::INFERENCE_PROFILE_ARN"),
        "{program}"
    );
}

#[test]
fn a_call_is_decided_for_a_role_of_its_account() {
    let call = r#"{"operation": "Converse", "client": "bedrock-runtime", "region": "us-gov-west-1",
        "account": "123456789012", "model": "amazon.nova-lite-v1:0"}"#;
    let call = written("decide/gov-call.json", call);
    let (policy, _) = printed(&["generate", &call], "");
    let generated = written("decide/gov-generated.json", &policy);
    let arguments = ["simulate", "--call", &call, "--identity", &generated];
    let (text, status) = printed(&arguments, "");
    assert!(text.ends_with("\nthe call works\n"), "{text}");
    assert_eq!(status, Some(0));
    let (note, _) = failed(&arguments, "");
    assert_eq!(
        note,
        "note: no `--principal` is given; decided for `arn:aws-us-gov:iam::123456789012:role/caller`\n"
    );
    let mut arguments = arguments.to_vec();
    arguments.extend(["--principal", "arn:aws:iam::123456789012:role/app"]);
    let (error, status) = failed(&arguments, "");
    assert!(
        error.ends_with(
            "`region` of the call is `us-gov-west-1`, in partition `aws-us-gov`, and \
             `arn:aws:iam::123456789012:role/app` is in partition `aws`; expected a caller of the region's partition\n"
        ),
        "{error}"
    );
    assert_eq!(status, Some(1));
}

/// `BedrockAgentCoreFullAccess` allows actions without resource types on ARNs.
#[test]
fn a_call_without_resource_types_is_not_decided_by_a_statement_on_every_arn() {
    let call = r#"{"operation": "ListMemories", "region": "us-east-1", "account": "123456789012"}"#;
    let call = written("decide/list-call.json", call);
    let simulate = |resource: &str| {
        let policy = format!(
            r#"{{"Version": "2012-10-17", "Statement": [
                {{"Effect": "Allow", "Action": "bedrock-agentcore:*", "Resource": "{resource}"}}]}}"#
        );
        let policy = written("decide/list-policy.json", &policy);
        printed(&["simulate", "--call", &call, "--identity", &policy], "")
    };
    let (text, status) = simulate("arn:aws:bedrock-agentcore:*:*:*");
    let expected = "undecided: bedrock-agentcore:ListMemories\n  on *\n  AWS states no resource type for the action, and \
                    a statement allows it on every ARN of the service; no source states whether the statement \
                    applies\n  change: allow it on `*`\nthe call is not decided\n";
    assert_eq!((text.as_str(), status), (expected, Some(3)));
    let (text, status) = simulate("arn:aws:bedrock-agentcore:*:*:memory/*");
    assert!(text.ends_with("\nthe call fails\n"), "{text}");
    assert_eq!(status, Some(3));
    let (text, status) = simulate("*");
    assert!(text.ends_with("\nthe call works\n"), "{text}");
    assert_eq!(status, Some(0));
}

#[test]
fn a_call_and_its_caller_are_of_one_account() {
    let call = written("decide/own-call.json", CALL);
    let (policy, _) = printed(&["generate", &call], "");
    let generated = written("decide/own-generated.json", &policy);
    let simulate = |caller: &str| {
        let arguments = [
            "simulate",
            "--call",
            &call,
            "--identity",
            &generated,
            "--principal",
            caller,
        ];
        let (text, _) = printed(&arguments, "");
        let (error, status) = failed(&arguments, "");
        (text, error, status)
    };
    for other in [
        "arn:aws:iam::111122223333:role/app",
        "arn:aws:sts::111122223333:assumed-role/app/s",
        "arn:aws:iam::111122223333:root",
    ] {
        let (text, error, status) = simulate(other);
        assert_eq!((text.as_str(), status), ("", Some(1)));
        let expected = format!(
            "own-call.json: `account` of the call is `123456789012`, and `{other}` is in account `111122223333`; \
             expected the account of the caller; hint: the resources of the call are in its `account` unless their ARNs \
             state another one\n"
        );
        assert!(error.ends_with(&expected), "{error}");
    }
    let (text, _, status) = simulate("arn:aws:sts::123456789012:assumed-role/app/s");
    assert!(text.ends_with("\nthe call works\n"), "{text}");
    assert_eq!(status, Some(0));
}

#[test]
fn a_denial_is_decided_with_the_policies_at_hand() {
    let models = written("decide/why.json", MODELS);
    let message = "User: arn:aws:iam::123456789012:user/ana is not authorized to perform: bedrock:InvokeAgent on resource: \
                   arn:aws:bedrock:eu-central-1:123456789012:agent-alias/A/B because no identity-based policy allows the \
                   bedrock:InvokeAgent action";
    let (text, status) = printed(&["why", message, "--identity", &models], "");
    let (_, decision) = text.split_once("With the policies at hand:\n").unwrap();
    assert!(decision.starts_with("implicitly denied\n"), "{decision}");
    assert!(
        decision.contains("change: allow `bedrock:InvokeAgent` on "),
        "{decision}"
    );
    assert_eq!(status, Some(0));
    let (text, _) = printed(
        &["why", message, "--identity", &models, "--format", "json"],
        "",
    );
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["decision"]["decision"], "implicitly-denied");
    let (text, _) = printed(
        &[
            "why",
            "User is not authorized to perform: bedrock:InvokeAgent",
            "--identity",
            &models,
        ],
        "",
    );
    assert!(
        text.contains("not decided: the message does not state the caller"),
        "{text}"
    );
}

#[test]
fn a_denial_by_a_layer_that_is_not_at_hand_blames_no_other_layer() {
    let none = written(
        "decide/none-allowed.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#,
    );
    for (reason, kind, name, flag) in [
        (
            "with an explicit deny in a service control policy",
            "a service control policy",
            "scp",
            "--scp",
        ),
        (
            "with an explicit deny in a resource control policy",
            "a resource control policy",
            "rcp",
            "--rcp",
        ),
        (
            "because no permissions boundary allows the bedrock:InvokeAgent action",
            "a permissions boundary",
            "boundary",
            "--boundary",
        ),
        (
            "because no session policy allows the bedrock:InvokeAgent action",
            "a session policy",
            "session",
            "--session",
        ),
        (
            "because no VPC endpoint policy allows the bedrock:InvokeAgent action",
            "a VPC endpoint policy",
            "vpc_endpoint",
            "--vpc-endpoint",
        ),
        (
            "because no resource-based policy allows the bedrock:InvokeAgent action",
            "a resource-based policy",
            "resource",
            "--resource-policy",
        ),
    ] {
        let message = format!(
            "User: arn:aws:iam::123456789012:user/ana is not authorized to perform: bedrock:InvokeAgent on resource: \
             arn:aws:bedrock:eu-central-1:123456789012:agent-alias/A/B {reason}"
        );
        let (text, _) = printed(&["why", &message, "--identity", &none], "");
        let (_, decision) = text.split_once("With the policies at hand:\n").unwrap();
        let expected = format!(
            "not decided: the message names {kind}, and the policies at hand include none; hint: `{flag}` takes it\n"
        );
        assert_eq!(decision, expected);
        let (text, _) = printed(
            &["why", &message, "--identity", &none, "--format", "json"],
            "",
        );
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (&value["layer"], &value["decision"]),
            (&name.into(), &Value::Null)
        );
        assert!(
            value["not_decided"].as_str().unwrap().contains(flag),
            "{text}"
        );
        // with policies of the layer, the request is decided
        let (text, _) = printed(&["why", &message, flag, &none, "--format", "json"], "");
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["not_decided"], Value::Null);
        assert!(value["decision"]["decision"].is_string(), "{text}");
    }
}

#[test]
fn a_layer_that_does_not_deny_at_hand_is_noted() {
    let message = "User: arn:aws:iam::123456789012:user/ana is not authorized to perform: bedrock:ListGuardrails \
                   with an explicit deny in a service control policy";
    let all = written(
        "decide/all.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"#,
    );
    let (text, _) = printed(&["why", message, "--identity", &all, "--scp", &all], "");
    assert!(text.contains("\nnote: the message names a service control policy, but those at hand do not deny the request"), "{text}");
    let denies = written(
        "decide/denies.json",
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "bedrock:*", "Resource": "*"}]}"#,
    );
    let scp = format!("{all},{denies}");
    let (text, _) = printed(&["why", message, "--identity", &all, "--scp", &scp], "");
    assert!(
        text.contains("explicitly denied") && !text.contains("note: the message"),
        "{text}"
    );
}
