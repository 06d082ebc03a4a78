//! Comparison of the committed snapshots with derived references.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use codegen::page::Source;
use iam_policy::Layout;
use serde_json::Value;

use crate::derive::{FORMS, Form, reference};
use crate::mutate::MUTATIONS;
use crate::{compare, lines};

/// Returns all committed snapshots, with their layouts.
fn snapshots() -> Vec<(String, Value, Layout)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../snapshots");
    let mut snapshots = Vec::new();
    for entry in fs::read_dir(folder).expect("the snapshots") {
        let module = entry.expect("an entry").path();
        let Ok(service) = fs::read_to_string(module.join("service.json")) else {
            continue;
        };
        let source = fs::read_to_string(module.join("source.json")).expect("its source");
        let source: Source = serde_json::from_str(&source).expect("a source");
        let service = serde_json::from_str(&service).expect("JSON");
        snapshots.push((module.display().to_string(), service, source.layout));
    }
    assert!(snapshots.len() >= 4, "found {}", snapshots.len());
    snapshots
}

#[test]
fn snapshots_agree_with_derived_references() {
    for (module, service, layout) in snapshots() {
        for form in FORMS {
            let comparison = compare(&service, layout, &reference(&service, form));
            assert_eq!(lines(&comparison), [""; 0], "{module} {form:?}");

            let compared = comparison.compared;
            let entries = |table: &str| service[table].as_object().expect("a table").len();
            assert_eq!(compared.actions, entries("actions"));
            assert_eq!(compared.resource_types, entries("resource_types"));
            assert_eq!(compared.condition_keys, entries("condition_keys"));
            let operations = service.get("operations").and_then(Value::as_array);
            let operations: BTreeSet<_> = operations
                .into_iter()
                .flatten()
                .map(|it| it["operation"].as_str())
                .collect();
            assert_eq!(compared.operations, operations.len());
        }
    }
}

#[test]
fn exactly_the_planted_differences_are_found() {
    let mut found = BTreeSet::new();
    for (module, service, _) in snapshots() {
        for (what, mutation) in MUTATIONS {
            for at in [0, 7, 110] {
                let mut changed = reference(&service, Form::Bare);
                let Some(planted) = mutation(&mut changed, at) else {
                    continue;
                };
                // the current layout, which states all levels
                let comparison = compare(&service, Layout::Current, &changed);
                let lines = lines(&comparison);
                assert_eq!(lines.len(), 1, "{module}: {what}: {lines:#?}");
                let disagreement = comparison.disagreements.first().expect("one");
                assert_eq!(
                    (disagreement.kind, &disagreement.name),
                    (planted.kind, &planted.name),
                    "{module}: {what}"
                );
                found.insert(what);
            }
        }
    }
    // no snapshot has keys that are in effect on a single resource type and not its own
    assert!(found.len() >= MUTATIONS.len() - 1, "{found:?}");
}
