//! The commands other than `check`.

mod support;

use serde_json::{Value, json};
use support::{GOOD, POLICY, failed, json_of, printed, run};

#[test]
fn explain_prints_a_table() {
    let (text, status) = printed(&["explain", "-"], GOOD);
    let lines: Vec<_> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(lines[0], "RESOURCES LEVEL ALLOWED CONDITION");
    assert_eq!(lines[1], "* List (1) bedrock:ListGuardrails");
    assert_eq!(lines[2], "* Read (1) bedrock:GetGuardrail");
    assert_eq!(status, Some(0));
    let without_effect = POLICY.replacen("\"Allow\"", "\"allow\"", 1);
    let (text, _) = printed(&["explain", "-"], &without_effect);
    assert!(
        text.contains("not shown, without the effect `Allow` or `Deny`: Statement[0]\n"),
        "{text}"
    );
    let (text, _) = printed(&["explain", "-"], POLICY);
    assert!(
        text.contains("DENIED") && text.contains("sqs:SendMessage"),
        "{text}"
    );
    // entries as written, what a Deny takes away, and what has no effect
    let policy = r#"{"Statement": [
        {"Effect": "Allow", "Principal": {"Service": "bedrock.amazonaws.com"}, "Resource":
         "arn:aws:bedrock:*::foundation-model/*", "Action": ["bedrock:InvokeModel", "bedrock:GetAgent",
         "bedrock:InvokeModelWithResponseStream"]},
        {"Effect": "Deny", "Action": "bedrock:InvokeModel", "Resource": "*",
         "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}"#;
    let (text, _) = printed(&["explain", "-"], policy);
    let header = text.lines().next().unwrap().split_whitespace();
    let header: Vec<_> = header.collect();
    assert_eq!(
        header,
        [
            "PRINCIPALS",
            "RESOURCES",
            "LEVEL",
            "ALLOWED",
            "CONDITION",
            "DENIED"
        ]
    );
    assert!(text.contains("Service bedrock.amazonaws.com"), "{text}");
    assert!(
        text.contains("  `bedrock:InvokeModel` in part (Statement[1])\n"),
        "{text}"
    );
    assert!(!text.contains("InvokeModel*"), "{text}");
    assert!(
        text.contains("fits: `bedrock:GetAgent` (Statement[0])\n"),
        "{text}"
    );
}

#[test]
fn patterns_are_expanded_and_minimized() {
    let (actions, status) = printed(&["expand", "bedrock:Get*", "bedrock:*Tag*"], "");
    assert!(
        actions.lines().count() > 40 && actions.contains("bedrock:UntagResource\n"),
        "{actions}"
    );
    assert_eq!(status, Some(0));
    let (patterns, _) = printed(&["minimize", "-"], &actions);
    assert!(
        patterns.contains("bedrock:Get*\n") && patterns.lines().count() < 7,
        "{patterns}"
    );
    let (distant, _) = printed(&["minimize", "--keep-distance", "bedrock:Get*"], "");
    assert!(
        !distant.contains("bedrock:Get*\n") && distant.contains("bedrock:GetAgent*\n"),
        "{distant}"
    );
    // misses are reported beside the rest, and services without facts pass through
    let output = run(
        &["expand", "bedrock:InvokeModel", "bedrock:Nothing*", "sqs:*"],
        "",
    );
    assert_eq!(output.stdout, b"bedrock:InvokeModel\n");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        errors.matches(" matches no known action").count(),
        2,
        "{errors}"
    );
    assert_eq!(output.status.code(), Some(1));
    let output = run(&["minimize", "sqs:SendMessage", "bedrock:InvokeModel"], "");
    assert_eq!(output.stdout, b"bedrock:InvokeModel\nsqs:SendMessage\n");
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .starts_with("1 pattern for 1 action; 1 entry")
    );
    assert_eq!(output.status.code(), Some(0));
    let (error, status) = failed(&["expand", "bedrock:Nothing*"], "");
    assert!(error.contains("`bedrock:Nothing*` matches no known action") && status == Some(1));
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            printed(&["completions", shell], "").0.contains("minimize"),
            "{shell}"
        );
    }
    assert!(printed(&["man"], "").0.contains(".TH bedrock-iam 1"));
    assert!(printed(&["--help"], "").0.contains("explain"));
}

#[test]
fn convert_prints_a_program() {
    let (text, status) = printed(&["convert", "-"], GOOD);
    assert!(
        text.contains("action::GetGuardrail, action::ListGuardrails"),
        "{text}"
    );
    assert_eq!(status, Some(0));
    let (text, status) = failed(&["convert", "-"], "{");
    assert!(text.starts_with("error: "), "{text}");
    assert_eq!(status, Some(1));
}

const CALL: &str = r#"{"operation": "Converse", "region": "eu-central-1", "account": "123456789012",
    "model": "global.amazon.nova-2-lite-v1:0", "tags": {"a": "b"}}"#;

#[test]
fn requests_of_a_call_are_printed() {
    let (text, status) = printed(&["requests", "-"], CALL);
    assert_eq!(status, Some(0));
    let expected = "  bedrock:InvokeModel (always)
    arn:aws:bedrock:::foundation-model/amazon.nova-2-lite-v1:0
      aws:RequestedRegion = unspecified
";
    assert!(
        text.starts_with("caller\n") && text.contains(expected),
        "{text}"
    );
    let flags = [
        "requests",
        "--format=json",
        "--operation=Converse",
        "--region=eu-central-1",
        "--account=123456789012",
        "--model=global.amazon.nova-2-lite-v1:0",
        "--tag=a=b",
    ];
    let (by_flags, _) = printed(&flags, "");
    let (by_file, _) = printed(&["requests", "--format=json", "-"], CALL);
    assert_eq!(by_flags, by_file);
    let json: Value = serde_json::from_str(&by_flags).unwrap();
    let members: Vec<_> = json.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        ["caller_requests", "service_role_requests", "unused"]
    );
    let unused = "`tags`: the requests of `Converse` do not depend on it";
    assert_eq!(json["unused"], json!([unused]));
    assert!(text.ends_with(&format!("\n\nunused: {unused}\n")), "{text}");
    let used = CALL.replace(r#", "tags": {"a": "b"}"#, "");
    let json = json_of(&["requests", "--format=json", "-"], &used);
    assert_eq!(json["unused"], Value::Null);
    assert_eq!(
        json["caller_requests"][0],
        json!({
            "action": "bedrock:InvokeModel",
            "context": {"aws:RequestedRegion": ["eu-central-1"]},
            "required": true,
            "resources": [
                "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/global.amazon.nova-2-lite-v1:0"
            ],
            "when": "always",
        })
    );
}

#[test]
fn requests_state_what_a_call_lacks() {
    let geographic = CALL.replace("global.", "eu.");
    let (text, status) = printed(&["requests", "-"], &geographic);
    assert!(text.contains("\nmissing: `profile_models`: "), "{text}");
    assert_eq!(status, Some(3));
    let (text, status) = printed(&["requests", "--format=json", "-"], &geographic);
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (json["missing"].as_array().unwrap().len(), status),
        (1, Some(3))
    );
    let answer = r#"{"models": [{"modelArn": "arn:aws:bedrock:eu-west-1::foundation-model/m"}]}"#;
    let file = support::written("profile.json", answer);
    let flags = [
        "requests",
        "--operation=Converse",
        "--region=eu-central-1",
        "--account=123456789012",
        "--model=eu.m",
        &format!("--profile-models={file}"),
    ];
    let (text, _) = printed(&flags, "");
    assert!(
        text.contains("arn:aws:bedrock:eu-west-1::foundation-model/m"),
        "{text}"
    );
    assert!(!text.contains("missing"), "{text}");
    for (input, message) in [
        (
            CALL.replace("model", "modell"),
            "error: <stdin>: `modell` is not a member of a call; did you mean `model`?\n",
        ),
        (
            CALL.replace("Converse", "Convers\u{1b}"),
            "error: <stdin>: `Convers\\u{1b}` is not an operation of Amazon Bedrock; did you mean `Converse`?\n",
        ),
        (
            "[]".to_owned(),
            "error: <stdin>: found a list; expected an object with the members of a call\n",
        ),
    ] {
        let input = input.replace('\u{1b}', "\\u001b");
        assert_eq!(
            failed(&["requests", "-"], &input),
            (message.to_owned(), Some(1))
        );
    }
    let (message, status) = failed(&["requests"], "");
    assert!(message.contains("required"), "{message}");
    assert_eq!(status, Some(2));
}

#[test]
fn other_members_are_texts_or_json() {
    let of = |members: &[&str]| {
        let mut arguments = vec![
            "requests",
            "--format=json",
            "--operation=Responses",
            "--client=bedrock-mantle",
            "--region=us-east-1",
            "--account=123456789012",
            "--model=m",
        ];
        arguments.extend(members.iter().flat_map(|it| ["--with", it]));
        arguments.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let members = [
        r#"tools=["web_search"]"#,
        "external_web_access=false",
        "project=proj_1",
    ];
    let arguments = of(&members);
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let json = json_of(&arguments, "");
    let actions = json["caller_requests"].as_array().unwrap();
    let actions: Vec<_> = actions
        .iter()
        .map(|it| it["action"].as_str().unwrap())
        .collect();
    assert!(
        actions.contains(&"bedrock-websearch:InvokeSearch"),
        "{actions:?}"
    );
    assert!(
        !actions.contains(&"bedrock-websearch:ExternalWebAccess"),
        "{actions:?}"
    );
    assert!(json.to_string().contains(":project/proj_1"), "{json}");
    let arguments = of(&["tools=[web"]);
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let (error, status) = failed(&arguments, "");
    assert!(
        error.starts_with("error: `--with tools=…`: not JSON: "),
        "{error}"
    );
    assert_eq!(status, Some(1));
}

#[test]
fn help_lists_the_members_of_call_files() {
    for command in ["requests", "generate"] {
        let (help, _) = printed(&[command, "--help"], "");
        let (_, members) = help.split_once("Members of a call file:\n").unwrap();
        let (members, example) = members.split_once("Example:\n").unwrap();
        assert!(
            members.contains("  guardrail\n      id or ARN, or {\"id\", \"version\", "),
            "{members}"
        );
        assert!(!help.contains("named like the flags"), "{help}");
        let (_, status) = printed(&["requests", "-"], example);
        assert_eq!(status, Some(0), "{example}");
        // names in place of the Markdown of the documentation
        assert!(!members.contains('`'), "{members}");
    }
    let (help, _) = printed(&["requests", "--help"], "");
    assert!(help.contains("3 if members are missing"), "{help}");
}

#[test]
fn generate_prints_policies_of_calls() {
    let (text, status) = printed(&["generate", "-"], CALL);
    assert_eq!(status, Some(0));
    let (note, _) = failed(&["generate", "-"], CALL);
    assert_eq!(
        note,
        "note: unused: `tags`: the requests of `Converse` do not depend on it\n"
    );
    let policy: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(policy["Statement"].as_array().unwrap().len(), 2, "{text}");
    let (findings, status) = printed(&["check", "--fail-on=suggestion", "-"], &text);
    assert_eq!(status, Some(0), "{findings}");
    let job = [
        "generate",
        "--operation=CreateModelImportJob",
        "--region=eu-central-1",
        "--account=123456789012",
        "--role=arn:aws:iam::123456789012:role/import",
        "--input-bucket=weights",
    ];
    let of = |more: &[&str]| {
        let (text, _) = printed(&[&job[..], more].concat(), "");
        serde_json::from_str::<Value>(&text).unwrap()["Statement"].clone()
    };
    assert_eq!(of(&[])[1]["Action"], "iam:PassRole");
    assert_eq!(of(&["--for=role"])[0]["Action"], "s3:GetObject");
    let principal = json!({"Service": "bedrock.amazonaws.com"});
    assert_eq!(of(&["--for=trust"])[0]["Principal"], principal);
    let (message, status) = failed(&["generate", "--for=trust", "-"], CALL);
    assert_eq!(
        (message.as_str(), status),
        (
            "error: none of the calls passes a role; hint: name it with `role`\n",
            Some(1)
        )
    );
    let (message, _) = failed(&["generate", "-"], &CALL.replace("global.", "eu."));
    assert!(
        message.starts_with("error: the call lacks members: "),
        "{message}"
    );
}
