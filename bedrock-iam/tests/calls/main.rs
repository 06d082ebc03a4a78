//! API calls and their authorization requests.

#![cfg(all(feature = "json", feature = "all-modules"))]

mod corpus;
mod errors;
mod keys;
mod needs;
mod statements;
mod typed;
mod unused;

use std::collections::BTreeSet;

use bedrock_iam::Policy;
use bedrock_iam::calls::{Call, CallRequest, CallRequests};
use serde_json::{Value, json};

const PREFIX: &str = "arn:aws:bedrock:us-east-1:123456789012:";
const MODEL: &str = "anthropic.claude-3-haiku-20240307-v1:0";

/// Returns a call as JSON, with the members that each has to have.
fn call(operation: &str, members: Value) -> Value {
    let mut call = json!({
        "operation": operation, "region": "us-east-1", "account": "123456789012",
    });
    let object = call.as_object_mut().expect("an object");
    object.extend(members.as_object().expect("an object").clone());
    call
}

fn requests(operation: &str, members: Value) -> CallRequests {
    let call = Call::from_json(&call(operation, members).to_string()).expect("a call");
    call.requests().expect("requests")
}

fn error(operation: &str, members: Value) -> String {
    let call = Call::from_json(&call(operation, members).to_string());
    let error = call.and_then(|it| it.requests()).expect_err("an error");
    assert_eq!(
        format!("{error:?}"),
        error.to_string(),
        "`main` prints `Debug`"
    );
    error.to_string()
}

/// Returns the pairs of action and resource that are required.
fn required(requests: &[CallRequest]) -> BTreeSet<(String, String)> {
    let rows = requests.iter().filter(|it| it.required);
    let pairs = rows.flat_map(|it| {
        let arns = it.resources.iter();
        arns.map(|arn| (it.action.clone(), arn.clone()))
    });
    pairs.collect()
}

/// Returns the required pairs of a call, in short: without the prefix of Bedrock's ARNs.
fn short(operation: &str, members: Value) -> Vec<String> {
    let requests = requests(operation, members);
    assert_eq!(requests.missing, [""; 0], "{operation}");
    let pairs = required(&requests.caller).into_iter();
    pairs
        .map(|(action, arn)| format!("{action} {}", arn.replace(PREFIX, "")))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// Returns the statements of a policy that allows requests.
fn policy(requests: &CallRequests) -> Value {
    let statements = requests.statements().expect("statements");
    let policy = Policy::identity()
        .with_all(statements)
        .build()
        .expect("a policy");
    serde_json::from_str(&policy.to_json()).expect("JSON")
}
