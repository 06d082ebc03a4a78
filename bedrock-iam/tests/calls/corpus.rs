//! Calls with the requests that their sources state, from `../shared/calls`.

use std::fs;
use std::path::Path;

use bedrock_iam::catalog;
use bedrock_iam::check::{Severity, check};

use super::statements::assert_smallest;
use super::*;

/// Returns the calls; none if they are not available.
fn rows() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/calls/calls.jsonl");
    let Ok(corpus) = fs::read_to_string(&path) else {
        // not with `eprintln!`: the test harness hides what a passing test prints
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: {} does not exist\n", path.display()),
        );
        return Vec::new();
    };
    let rows = corpus
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    rows.collect()
}

/// Calls whose requests differ from the corpus, each with the reason.
const DIFFERENT: &[(&str, &str)] = &[(
    "create-agent-runtime-wrong-prefix",
    "the denials of other calls name `runtime/*`, and the rules beside the corpus state it",
)];

#[test]
fn documented_and_observed_calls_have_the_requests_of_their_sources() {
    let (mut same, mut wrong) = (0, Vec::new());
    for row in rows() {
        let found = Call::from_json(&row["call"].to_string()).and_then(|it| it.requests());
        let id = text(&row["id"]);
        let Some(difference) = difference(&row, found.map_err(|error| error.to_string())) else {
            same += usize::from(is_sure(&row));
            continue;
        };
        println!("{id} ({}): {difference}", row["confidence"]);
        if is_sure(&row) && !DIFFERENT.iter().any(|(known, _)| *known == id) {
            wrong.push(id);
        }
    }
    println!("{same} documented or observed calls have the requests of their sources");
    assert_eq!(wrong, [""; 0]);
}

/// Returns whether a row uses only the members of the common form and was documented or observed.
fn is_sure(row: &Value) -> bool {
    row["core"] == true && row["confidence"] != "inferred"
}

/// Returns how the required requests differ from those of a row, with their contexts.
fn difference(row: &Value, found: Result<CallRequests, String>) -> Option<String> {
    let found = match found {
        Ok(found) => found,
        Err(error) => return Some(error),
    };
    let one = |request: &Value| {
        let arns = request["resources"].as_array().expect("a list").iter();
        let context = &request["context"];
        let rows = arns.map(|arn| format!("{} {arn} {context}", request["action"]));
        rows.collect::<Vec<_>>()
    };
    let theirs = row["caller_requests"].as_array().expect("a list").iter();
    let theirs = theirs.filter(|it| it["required"] == true);
    let theirs: BTreeSet<_> = theirs.flat_map(one).collect();
    let ours = found.caller.iter().filter(|it| it.required);
    let ours = ours
        .map(|it| json!({"action": it.action, "resources": it.resources, "context": it.context}));
    let ours: BTreeSet<_> = ours.collect::<Vec<_>>().iter().flat_map(one).collect();
    let (more, less) = (&ours - &theirs, &theirs - &ours);
    let is_same = more.is_empty() && less.is_empty() && found.missing.is_empty();
    (!is_same).then(|| format!("more {more:#?} less {less:#?} missing {:?}", found.missing))
}

#[test]
fn statements_allow_the_requests_and_nothing_can_be_taken_out() {
    let rows = rows();
    let mut count = 0;
    for row in &rows {
        let id = text(&row["id"]);
        let call = Call::from_json(&row["call"].to_string());
        let requests = match call.and_then(|it| it.requests()) {
            Ok(requests) if requests.missing.is_empty() => requests,
            Ok(_) => continue,
            Err(error) => {
                assert_ne!(row["core"], true, "{id}: {error}");
                continue;
            }
        };
        let policy = policy(&requests);
        let document = serde_json::from_value(policy.clone()).expect("a document");
        let findings = check(&document, catalog()).findings;
        // a suggestion can be about the call itself, such as a sensitive action
        let mistakes = findings
            .iter()
            .filter(|it| it.severity != Severity::Suggestion);
        let mistakes: Vec<_> = mistakes.map(ToString::to_string).collect();
        if is_sure(row) {
            assert_eq!(mistakes, [""; 0], "{id}");
        }
        assert_smallest(&row["call"], &policy, &requests);
        count += 1;
    }
    println!("the statements of {count} calls are as small as they can be");
    assert!(rows.is_empty() || count > 100, "{count}");
}
