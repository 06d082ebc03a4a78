//! Large policies: the output is bounded, and nothing is lost without a note.
//!
//! `cargo bench -p bedrock-iam-cli --bench check` measures the time and memory.

mod support;

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use support::{printed, shapes, written};

/// The number of findings of a code and severity that are listed.
const MOST: u64 = 1_000;

fn files(size: usize) -> Vec<String> {
    let shapes = shapes::all(size).into_iter();
    let files = shapes.map(|(name, text)| written(&format!("large/{name}.json"), &text));
    files.collect()
}

fn checked(format: &str, files: &[String]) -> String {
    let mut arguments = vec!["check", "--format", format];
    arguments.extend(files.iter().map(String::as_str));
    printed(&arguments, "").0
}

#[test]
fn many_findings_of_a_code_are_counted() {
    let output = checked("json", &files(32 << 10));
    let report: Value = serde_json::from_str(&output).unwrap();
    let mut listed: BTreeMap<_, u64> = BTreeMap::new();
    let key = |value: &Value| {
        let member = |name: &str| value[name].as_str().unwrap().to_owned();
        [member("file"), member("code"), member("severity")]
    };
    for finding in report["findings"].as_array().unwrap() {
        *listed.entry(key(finding)).or_default() += 1;
    }
    assert!(listed.values().all(|number| *number <= MOST));
    assert!(output.len() < 20 << 20, "{} bytes", output.len());
    let more = report["more"].as_array().unwrap();
    assert!(more.len() > 10, "{more:?}");
    for more in more {
        assert_eq!(listed[&key(more)], MOST, "{more}");
        assert!(more["findings"].as_u64().unwrap() > 0, "{more}");
    }
}

#[test]
fn every_finding_is_listed_or_counted() {
    let entries = 2_345;
    let actions = vec![r#""bedrock:InvokeModle""#; entries].join(",");
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": [{actions}], "Resource": "*"}}}}"#
    );
    let path = written("large/entries.json", &policy);
    let (text, status) = printed(&["check", &path], "");
    let note = "1345 more errors [unknown-action] are not listed";
    assert!(text.contains(note), "{note}");
    assert_eq!(text.matches("error[unknown-action]").count(), 1_000);
    assert!(text.contains("\n2345 errors"), "the summary counts all");
    assert_eq!(status, Some(5));
    for format in ["sarif", "github"] {
        assert!(
            checked(format, std::slice::from_ref(&path)).contains(note),
            "{format}"
        );
    }
    let allowed = [
        "check",
        "--allow",
        "unknown-action",
        "--allow",
        "redundant-entry",
        &path,
    ];
    let (text, status) = printed(&allowed, "");
    assert!(!text.contains("not listed") && status == Some(0), "{text}");
}

#[test]
fn long_names_are_shortened_in_messages() {
    let name = "é".repeat(100_000);
    let policy = format!(
        r#"{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "bedrock:{name}", "Resource": "*"}}}}"#
    );
    let path = written("large/name.json", &policy);
    let report: Value =
        serde_json::from_str(&checked("json", std::slice::from_ref(&path))).unwrap();
    let message = report["findings"][0]["message"].as_str().unwrap();
    assert!(
        message.len() < 5_000 && message.contains("é…é"),
        "{message}"
    );
    assert!(message.starts_with("`bedrock:éé"), "{message}");
    assert!(checked("text", std::slice::from_ref(&path)).len() < 20_000);
    fs::remove_file(path).unwrap();
}
