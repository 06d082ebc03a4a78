//! Decisions that other projects' tests state, from `../shared`.

use std::fs;
use std::path::PathBuf;

use iam_policy::decide::{Case, Policies, Request};
use serde_json::Value;

/// Returns a path in `../shared`, or `None`, with a note, if it is missing.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/access");
    let found = PathBuf::from(root).join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: no `{path}` in `../shared/access`");
    None
}

#[test]
fn cases_are_decided() {
    let Some(folder) = shared("decisions") else {
        return;
    };
    let mut failed = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let cases = Case::list(&fs::read_to_string(&path).unwrap());
        for case in cases.unwrap_or_else(|error| panic!("{}: {error}", path.display())) {
            let case = case.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            count += 1;
            let decision = case.policies.decide(&case.request);
            let prepared = case.policies.prepare();
            let again = prepared.decide(&case.request);
            assert_eq!(decision.outcome(), again.outcome());
            assert_eq!(decision.deciding_statement(), again.deciding_statement());
            if !case.expected.agrees(&decision) {
                failed.push(format!(
                    "{}: {}: expected {}, {decision}",
                    path.file_name().unwrap().display(),
                    case.name,
                    case.expected
                ));
            }
        }
    }
    assert!(count > 0);
    assert!(
        failed.is_empty(),
        "{} of {count} failed\n{}",
        failed.len(),
        failed.join("\n")
    );
}

#[test]
fn vectors_are_decided() {
    let Some(file) = shared("vectors/decisions.jsonl") else {
        return;
    };
    let text = fs::read_to_string(file).unwrap();
    let mut failed = Vec::new();
    for line in text.lines() {
        let vector: Value = serde_json::from_str(line).unwrap();
        let request = Request::from_json(&vector["request"].to_string());
        let request = request.unwrap_or_else(|error| panic!("{}: {error}", vector["id"]));
        let policies = Policies::from_json(&vector["policies"].to_string());
        let policies = policies.unwrap_or_else(|error| panic!("{}: {error}", vector["id"]));
        let decision = policies.decide(&request);
        let outcome = decision.outcome().as_str();
        let expected = vector["aws_expected"]
            .as_str()
            .or(vector["expected"].as_str())
            .unwrap();
        let agrees = outcome == expected || expected == "denied" && decision.is_denied();
        match vector["aws"].as_str().unwrap() {
            "unsure" => println!(
                "{}: {outcome}, the source {expected}: {}",
                vector["id"], vector["why"]
            ),
            _ if agrees => {}
            _ => failed.push(format!("{}: expected {expected}, {decision}", vector["id"])),
        }
    }
    assert!(
        failed.is_empty(),
        "{} failed\n{}",
        failed.len(),
        failed.join("\n")
    );
}
