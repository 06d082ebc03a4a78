//! Any text read as a policy: it is refused with a message of one line, or kept as it is, checked
//! without a panic, and read back from what it prints.

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
    let policy = read.expect("what `from_json` reads, serde reads");
    for finding in policy.check(bedrock_iam::catalog()).findings {
        assert!(!finding.message.is_empty());
    }
    let printed = policy.to_json();
    let again: Policy = serde_json::from_str(&printed).expect("what is printed can be read");
    assert_eq!(again, policy, "{printed}");
    let value: Value = serde_json::from_str(text).expect("it was read");
    assert_eq!(serde_json::to_value(&policy).expect("a value"), value, "{printed}");
});
