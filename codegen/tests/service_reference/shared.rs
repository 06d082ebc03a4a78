//! Comparison of snapshots of many services, which are not part of the project, with derived
//! references.

use std::fs;

use iam_policy::Layout;
use serde_json::Value;

use crate::derive::{FORMS, reference};
use crate::real::shared;
use crate::{compare, lines};

#[test]
fn snapshots_of_many_services_agree_with_derived_references() {
    let Some(folder) = shared("expected/snapshots") else {
        return;
    };
    let mut compared = 0;
    for (part, layout) in [("classic", Layout::Classic), ("current", Layout::Current)] {
        for entry in fs::read_dir(folder.join(part)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let text = fs::read_to_string(&path).expect("a snapshot");
            let service: Value = serde_json::from_str(&text).expect("JSON");
            for form in FORMS {
                let comparison = compare(&service, layout, &reference(&service, form));
                assert_eq!(lines(&comparison), [""; 0], "{} {form:?}", path.display());
                compared += comparison.compared.actions;
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}
