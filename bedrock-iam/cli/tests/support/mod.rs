//! Runs of the compiled tool, and the policies that tests give it.

#![allow(dead_code, reason = "not every test uses all of it")]

pub(crate) mod shapes;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub(crate) const POLICY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": ["bedrock:InvokeModle", "sqs:SendMessage"], "Resource": "*"},
    {"Effect": "Deny", "Action": "bedrock:Invoke*", "Resource": "*"}
  ]
}"#;

pub(crate) const GOOD: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow",
    "Action": ["bedrock:GetGuardrail", "bedrock:ListGuardrails"], "Resource": "*"}}"#;

/// A policy that allows invoking foundation models.
pub(crate) const MODELS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "Models", "Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": "arn:aws:bedrock:*::foundation-model/*"},
    {"Effect": "Allow", "Action": "s3:ListJobs", "Resource": "arn:aws:s3:::*"}
  ]
}"#;

pub(crate) fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bedrock-iam"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // a command that does not read its input may have exited already
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Returns the output of a command, and its exit status.
pub(crate) fn printed(arguments: &[&str], input: &str) -> (String, Option<i32>) {
    let output = run(arguments, input);
    (
        String::from_utf8(output.stdout).unwrap(),
        output.status.code(),
    )
}

/// Returns the error output of a command, and its exit status.
pub(crate) fn failed(arguments: &[&str], input: &str) -> (String, Option<i32>) {
    let output = run(arguments, input);
    (
        String::from_utf8(output.stderr).unwrap(),
        output.status.code(),
    )
}

/// Writes a file for a test.
pub(crate) fn written(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

pub(crate) fn json_of(arguments: &[&str], input: &str) -> Value {
    let (text, _) = printed(arguments, input);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
