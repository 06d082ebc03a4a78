//! Decides a request with policies, both from any text: the request stands before the first line feed.
//!
//! Each text is rejected with a one-line message, or the request is decided: prepared policies decide the
//! same, and the explanation is text without control characters, and JSON.

#![no_main]

use bedrock_iam::decide::{Outcome, Policies, Request};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|text: &str| {
    let (request, policies) = text.split_once('\n').unwrap_or((text, "{}"));
    let request = Request::from_json(request).map_err(|error| is_line(&error.to_string()));
    let policies = Policies::from_json(policies).map_err(|error| is_line(&error.to_string()));
    let (Ok(request), Ok(policies)) = (request, policies) else {
        return;
    };
    for request in [request.clone(), request.partial()] {
        let decision = policies.decide(&request);
        let prepared = policies.prepare();
        let again = prepared.decide(&request);
        assert_eq!(again.outcome(), decision.outcome());
        assert_eq!(again.deciding_statement(), decision.deciding_statement());
        let explained = decision.explain();
        assert_eq!(explained.decision.outcome(), decision.outcome());
        let is_open = decision.outcome() == Outcome::Undecided;
        assert_eq!(explained.needs.is_empty(), !is_open, "{explained}");
        explained.to_string().lines().for_each(is_line);
        let value: Value = serde_json::from_str(&explained.to_json()).expect("JSON");
        assert_eq!(value["decision"], decision.outcome().as_str());
    }
});

fn is_line(text: &str) {
    assert!(!text.contains(char::is_control), "{text:?}");
}
