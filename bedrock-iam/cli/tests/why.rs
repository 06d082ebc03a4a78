//! The command `why`.

mod support;

use serde_json::{Value, json};
use support::{MODELS, failed, json_of, printed, written};

const MESSAGE: &str = "User: arn:aws:sts::123456789012:assumed-role/app/session is not authorized \
    to perform: bedrock:Retrieve on resource: \
    arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB12345678 because no session policy \
    allows the bedrock:Retrieve action";

#[test]
fn json_has_the_facts_causes_and_fixes() {
    let mut read = json_of(&["why", "--format", "json"], MESSAGE);
    // as an argument, and in words
    assert_eq!(read, json_of(&["why", MESSAGE, "--format=json"], ""));
    let words: Vec<_> = MESSAGE.split(' ').collect();
    let arguments = [&["why", "--format", "json"], words.as_slice()].concat();
    assert_eq!(read, json_of(&arguments, ""));
    let members = read.as_object_mut().expect("an object");
    let causes = members.remove("causes").expect("causes");
    let fixes = members.remove("fixes").expect("fixes");
    members.remove("unknowns").expect("unknowns");
    let expected = json!({
        "principal": "arn:aws:sts::123456789012:assumed-role/app/session",
        "action": "bedrock:Retrieve",
        "resource": "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB12345678",
        "layer": "session", "kind": "implicit", "policy_arn": null, "is_iam": true,
    });
    assert_eq!(read, expected);
    assert_eq!(causes[0]["code"], "session-policy");
    assert_eq!(fixes[0]["cause"], "session-policy");
    assert_eq!(fixes[0]["layer"], "session");
    let statement = json!([{
        "Effect": "Allow", "Action": "bedrock:Retrieve",
        "Resource": "arn:aws:bedrock:us-east-1:123456789012:knowledge-base/KB12345678"
    }]);
    assert_eq!(fixes[0]["statements"], statement);
}

#[test]
fn facts_that_are_not_stated_are_null_or_unknown() {
    let read = json_of(&["why", "-", "--format", "json"], "something else");
    let expected = json!({
        "principal": null, "action": null, "resource": null, "layer": "unknown", "kind": "unknown",
        "policy_arn": null, "is_iam": null, "causes": [], "fixes": [], "unknowns": [],
    });
    assert_eq!(read, expected);
    let (text, status) = printed(&["why", "-"], "something else");
    assert!(text.starts_with("not recognized"), "{text}");
    assert_eq!(status, Some(0));
    let (error, status) = failed(&["why"], " \n");
    assert!(error.starts_with("error: no text; expected"), "{error}");
    assert_eq!(status, Some(1));
}

#[test]
fn text_shows_what_a_person_needs() {
    let (text, status) = printed(&["why"], MESSAGE);
    for line in [
        "action     bedrock:Retrieve\n",
        "denied by  session policy (implicit)\n",
        "1. the session policy, ",
        "   sign: the reason names the session policy\n",
        "   {\n     \"Effect\": \"Allow\",\n     \"Action\": \"bedrock:Retrieve\",\n",
        "The message does not show:\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(status, Some(0));
    let (text, _) = printed(&["why"], "ThrottlingException: Too many tokens per day");
    assert!(text.starts_with("not a matter of IAM"), "{text}");
}

#[test]
fn hostile_text_is_escaped() {
    let hostile = "\u{1b}]0;title\u{7}User: arn:aws:iam::1:user/\u{1b}[31m[a](https://example.com)\u{202e}`x \
        is not authorized to perform: bedrock:Retrieve on resource: \
        arn:aws:bedrock:::knowledge-base/\u{9b}31m\u{8}<script> with an explicit deny in a service \
        control policy: arn:aws:organizations::1:policy/\u{1b}[2J\u{200b}p";
    for hostile in [
        hostile.to_owned(),
        json!({ "Message": hostile }).to_string(),
    ] {
        let (text, _) = printed(&["why"], &hostile);
        let controls: Vec<_> = text
            .chars()
            .filter(|it| it.is_control() && *it != '\n')
            .collect();
        assert!(controls.is_empty(), "{controls:?}: {text}");
        assert!(!text.contains(['\u{202e}', '\u{200b}']), "{text}");
        let read: Value = json_of(&["why", "--format", "json"], &hostile);
        assert_eq!(read["action"], "bedrock:Retrieve");
        let shown = read.to_string();
        assert!(!shown.chars().any(char::is_control), "{shown}");
        assert!(!shown.contains("](http"), "{shown}");
    }
    // bytes that are not UTF-8 do not hide the rest
    let (text, _) = printed(&["why"], &MESSAGE.replace("app/", "app\u{fffd}/"));
    assert!(text.contains("bedrock:Retrieve"), "{text}");
}

#[test]
fn addresses_in_the_facts_are_no_links_in_markdown() {
    let hostile = "User: arn:aws:iam::1:user/https://a.example is not authorized to perform: \
        bedrock:Retrieve on resource: \
        arn:aws:bedrock:us-east-1:123456789012:knowledge-base/http://b.example because no \
        identity-based policy allows the bedrock:Retrieve action \
        \u{1b}]8;;https://c.example\u{1b}\\text\u{1b}]8;;\u{1b}\\";
    let (text, _) = printed(&["why"], hostile);
    assert!(!text.contains("c.example"), "{text}");
    let outside: String = text.split('`').step_by(2).collect();
    assert!(
        text.contains("a.example") && outside.contains("b.example"),
        "{text}"
    );
    assert!(!outside.contains("://"), "{text}");
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
