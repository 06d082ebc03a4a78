//! Reads any text as a policy.
//!
//! The text is rejected with a one-line message, or the policy can be checked without a panic, prints
//! the same JSON, and can be re-read.

#![no_main]

use bedrock_iam::Policy;
use bedrock_iam::document::Document;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    let read: Result<Policy, _> = serde_json::from_str(text);
    if let Err(error) = Document::from_json(text) {
        assert!(!error.to_string().contains('\n'), "{error}");
        return;
    }
    let policy = read.expect("serde accepts the same text as `from_json`");
    for finding in policy.check(bedrock_iam::catalog()).findings {
        assert!(!finding.message.is_empty());
    }
    let printed = policy.to_json();
    let again: Policy = serde_json::from_str(&printed).expect("the printed policy can be re-read");
    assert_eq!(again, policy, "{printed}");
    let value: Value = serde_json::from_str(text).expect("the text is JSON");
    assert_eq!(serde_json::to_value(&policy).expect("a value"), value, "{printed}");
});
