//! `generate`, and `simulate --call`.

mod support;

use serde_json::Value;
use support::{failed, printed, written};

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
