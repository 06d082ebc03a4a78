//! Messages that users reported, from `../shared/denials/messages.jsonl`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use bedrock_iam::denials::Denial;
use serde_json::Value;

/// Returns the labelled messages; prints that a test is skipped if the file is missing.
pub(super) fn messages() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/denials/messages.jsonl");
    if !path.exists() {
        // `eprintln!` would be captured by the test harness
        let _ = writeln!(
            std::io::stderr(),
            "skipped: {} does not exist",
            path.display()
        );
        return Vec::new();
    }
    let text = fs::read_to_string(path).expect("messages");
    let rows = text.lines().map(serde_json::from_str);
    rows.collect::<Result<_, _>>().expect("JSON")
}

/// Returns the facts that differ from the label of a message.
fn misses(row: &Value, denial: &Denial) -> Vec<String> {
    let facts = [
        ("principal", denial.principal()),
        ("action", denial.action()),
        ("resource", denial.resource()),
        ("policy_arn", denial.policy_arn()),
    ];
    let wrong = facts
        .iter()
        .filter(|(name, read)| row[name].as_str() != *read);
    let mut misses: Vec<_> = wrong
        .map(|(name, read)| format!("{name} is {read:?}, expected {}", row[name]))
        .collect();
    let layer = denial.layer().map_or("unknown", |it| it.as_str());
    let kind = denial.kind().map_or("unknown", |it| it.as_str());
    let fits = |said: &Value| said["layer"] == layer && said["kind"] == kind;
    let others = row["said_alt"].as_array().into_iter().flatten();
    if !std::iter::once(&row["said"]).chain(others).any(fits) {
        misses.push(format!("{layer}, {kind}, expected {}", row["said"]));
    }
    if let Some(all) = row["actions_stated"].as_array() {
        let read = denial.stated().actions();
        if !all.iter().eq(read) {
            misses.push(format!("actions are {read:?}, expected {all:?}"));
        }
    }
    misses
}

#[test]
fn reported_messages_are_read_as_labelled() {
    let rows = messages();
    // by layer: messages, without a miss
    let mut layers: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    // by confidence: messages, right about IAM
    let mut about_iam: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut missed = Vec::new();
    for row in &rows {
        let message = row["message"].as_str().expect("a message");
        let denial = Denial::read(message);
        let misses = misses(row, &denial);
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let layer = layers.entry(word(&row["said"]["layer"])).or_default();
        layer[0] += 1;
        layer[1] += usize::from(misses.is_empty());
        let iam = about_iam.entry(word(&row["confidence"])).or_default();
        iam[0] += 1;
        match row["is_iam"].as_bool() == denial.is_iam() {
            true => iam[1] += 1,
            false => missed.push(format!("{}: is_iam is {:?}", row["id"], denial.is_iam())),
        }
        missed.extend(misses.iter().map(|miss| format!("{}: {miss}", row["id"])));
        assert!(
            !super::causes_of(message).is_empty(),
            "{}: no cause",
            row["id"]
        );
    }
    for (layer, [all, right]) in &layers {
        println!("{layer:12} {right:3} of {all:3}");
    }
    println!("misses {}\n  {}", missed.len(), missed.join("\n  "));
    let right = layers.values().map(|it| it[1]).sum::<usize>();
    assert_eq!(right, rows.len(), "{missed:#?}");
    for (confidence, percent) in [("high", 95), ("medium", 90)] {
        let [all, right] = about_iam.get(confidence).copied().unwrap_or_default();
        assert!(
            right * 100 >= all * percent,
            "{confidence}: {right} of {all}"
        );
    }
}
