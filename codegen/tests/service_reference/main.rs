//! Comparison of snapshots with service references that are derived from them, unchanged and with
//! planted differences.

mod committed;
mod derive;
mod laws;
mod mutate;
mod operations;
mod planted;
mod reading;
#[path = "../support/real.rs"]
mod real;
mod shared;
#[path = "../support/strategy.rs"]
mod strategy;

use codegen::service_reference::{self, Comparison, Stated};
use iam_policy::Layout;
use iam_policy::wire::Service;
use serde_json::Value;

/// Reads a reference and compares a page with it.
fn compare(service: &Value, layout: Layout, reference: &Value) -> Comparison {
    let service: Service = serde_json::from_value(service.clone()).expect("a snapshot");
    let reference = service_reference::read("derived.json", &reference.to_string());
    let reference = reference.unwrap_or_else(|error| panic!("{error}"));
    let page = Stated {
        service: &service,
        layout,
    };
    service_reference::compare(&[page], &reference)
}

/// Returns the disagreements, one line each.
fn lines(comparison: &Comparison) -> Vec<String> {
    let lines = comparison.disagreements.iter();
    lines.map(ToString::to_string).collect()
}

/// Returns the snapshot of the golden files.
fn grove() -> Value {
    let text = include_str!("../golden/current/grove.service.json");
    serde_json::from_str(text).expect("JSON")
}
