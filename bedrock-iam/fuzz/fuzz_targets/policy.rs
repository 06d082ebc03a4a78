//! Reading and checking any text: no panic, and what is read is written back equal.
//!
//! `cargo +nightly fuzz run policy -- -max_total_time=600`, in `bedrock-iam`.

#![no_main]

use bedrock_iam::check::check;
use bedrock_iam::document::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(document) = Document::from_json(text) else {
        return;
    };
    let written = serde_json::to_string(&document).expect("a document is JSON");
    let again = Document::from_json(&written).expect("what was written is read");
    assert_eq!(
        serde_json::to_string(&again).expect("a document is JSON"),
        written
    );
    for finding in check(&document) {
        assert!(!finding.to_string().is_empty());
    }
});
