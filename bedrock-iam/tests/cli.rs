//! The built tool, run.

#![cfg(feature = "cli")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": ["bedrock:InvokeModle", "s3:GetObject"], "Resource": "*"},
    {"Effect": "Deny", "Action": "bedrock:Invoke*", "Resource": "*"}
  ]
}"#;

const GOOD: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow",
    "Action": ["bedrock:GetGuardrail", "bedrock:ListGuardrails"], "Resource": "*"}}"#;

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bedrock-iam"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // a command that reads nothing may be gone already
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What a command prints, and its status.
fn printed(arguments: &[&str], input: &str) -> (String, Option<i32>) {
    let output = run(arguments, input);
    (
        String::from_utf8(output.stdout).unwrap(),
        output.status.code(),
    )
}

fn told(arguments: &[&str], input: &str) -> (String, Option<i32>) {
    let output = run(arguments, input);
    (
        String::from_utf8(output.stderr).unwrap(),
        output.status.code(),
    )
}

#[test]
fn check_underlines_the_source() {
    let (text, status) = printed(&["check", "-"], POLICY);
    assert!(text.contains("error[unknown-action]"), "{text}");
    assert!(text.contains("--> <stdin>:4:36"), "{text}");
    let line = text
        .lines()
        .position(|line| line.contains("\"bedrock:InvokeModle\""))
        .unwrap();
    let under = text.lines().nth(line + 1).unwrap();
    assert!(
        under
            .trim_start_matches(['|', ' '])
            .trim()
            .bytes()
            .all(|byte| byte == b'^'),
        "{text}"
    );
    assert_eq!(
        under.matches('^').count(),
        "\"bedrock:InvokeModle\"".len(),
        "{text}"
    );
    assert!(
        text.contains("replace it by `bedrock:InvokeModel`"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "no colours into a pipe: {text}");
    assert_eq!(status, Some(5));
}

#[test]
fn the_status_tells_the_worst() {
    assert_eq!(
        printed(&["check", "-"], GOOD),
        ("no findings\n".to_owned(), Some(0))
    );
    let sensitive = GOOD.replace("GetGuardrail", "Put*");
    assert_eq!(printed(&["check", "-"], &sensitive).1, Some(4));
    assert_eq!(
        printed(&["check", "--fail-on", "error", "-"], &sensitive).1,
        Some(0)
    );
    let dead = GOOD.replace("\"*\"", "\"arn:aws:bedrock:*:*:agent/*\"");
    assert_eq!(printed(&["check", "-"], &dead).1, Some(0));
    assert_eq!(
        printed(&["check", "--fail-on=warning", "-"], &dead).1,
        Some(3)
    );
    let allowed = [
        "check",
        "--fail-on=suggestion",
        "--allow=action-without-resource,resource-without-action",
        "-",
    ];
    assert_eq!(printed(&allowed, &dead).1, Some(0));
    let (error, status) = told(&["check", "--allow=nothing", "-"], GOOD);
    assert!(
        error.contains("`nothing` is no code") && status == Some(1),
        "{error}"
    );
    let (error, status) = told(&["check", "-"], "{\"Statement\": [3]}");
    assert!(
        error.contains("<stdin>: Statement[0]: ") && error.contains("line 1") && status == Some(1),
        "{error}"
    );
    assert_eq!(told(&["check", "/there/is/no.json"], "").1, Some(1));
    assert_eq!(told(&["check"], "").1, Some(2));
}

#[test]
fn json_and_sarif_are_what_they_say() {
    let (text, _) = printed(&["check", "--format=json", "-"], POLICY);
    let findings: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(findings[0]["code"], "unknown-action");
    assert_eq!(
        (findings[0]["line"].as_u64(), findings[0]["column"].as_u64()),
        (Some(4), Some(36))
    );
    assert_eq!(
        findings[0]["fix"]["change"]["replace"][0],
        "bedrock:InvokeModel"
    );
    let file = folder().join("policy.json");
    fs::write(&file, POLICY).unwrap();
    let (text, status) = printed(&["check", "--format=sarif", file.to_str().unwrap()], "");
    let log: serde_json::Value = serde_json::from_str(&text).unwrap();
    let run = &log["runs"][0];
    let result = &run["results"][0];
    assert_eq!(
        result["locations"][0]["physicalLocation"]["region"]["startLine"],
        4
    );
    assert_eq!(result["level"], "error");
    let rule = result["ruleIndex"].as_u64().unwrap() as usize;
    assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    assert_eq!(status, Some(5));
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}

#[test]
fn explain_is_a_table() {
    let (text, status) = printed(&["explain", "-"], GOOD);
    let lines: Vec<_> = text
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(lines[0], "RESOURCES LEVEL ALLOWED CONDITION");
    assert_eq!(lines[1], "* List bedrock:ListGuardrails (1)");
    assert_eq!(lines[2], "* Read bedrock:GetGuardrail (1)");
    assert_eq!(status, Some(0));
    let (text, _) = printed(&["explain", "-"], POLICY);
    assert!(
        text.contains("DENIED") && text.contains("s3:GetObject"),
        "{text}"
    );
}

#[test]
fn patterns_there_and_back() {
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
    let (error, status) = told(&["expand", "bedrock:Nothing*"], "");
    assert!(error.contains("`bedrock:Nothing*` matches no known action") && status == Some(1));
}

#[test]
fn completions_and_the_manual_page() {
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
    let (text, status) = told(&["convert", "-"], "{");
    assert!(text.starts_with("error: "), "{text}");
    assert_eq!(status, Some(1));
}
