//! Reads any text as an error message.
//!
//! The facts that it states are in it, nothing panics, the statements of the changes are a policy that
//! can be parsed, and the sentences have no control characters.

#![no_main]

use bedrock_iam::denials::Denial;
use bedrock_iam::document::Document;
use bedrock_iam::{catalog, words};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let denial = Denial::read(text);
    let plain = denial.stated().plain();
    assert!(!plain.chars().any(|it| it.is_control() && it != '\n'), "{plain:?}");
    let joined: String = plain.split_whitespace().collect();
    let facts = [denial.principal(), denial.action(), denial.resource(), denial.policy_arn()];
    for fact in facts.into_iter().flatten() {
        let fact: String = fact.split_whitespace().collect();
        assert!(joined.contains(&fact), "{fact}");
    }
    for cause in denial.causes(catalog()) {
        for sentence in [&cause.text, &cause.sign, &cause.fix.text] {
            assert!(!sentence.is_empty());
            assert!(!words::visible(sentence).chars().any(char::is_control), "{sentence:?}");
        }
        if let Some(policy) = cause.fix.policy {
            Document::from_json(&policy.to_json()).expect("a policy");
        }
    }
    for unknown in denial.unknowns() {
        assert!(!words::visible(&unknown).chars().any(char::is_control), "{unknown:?}");
    }
});
