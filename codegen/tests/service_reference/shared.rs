//! Snapshots of many services, in both layouts; they are not part of the project.

use std::fs;
use std::path::Path;

use codegen::source::Layout;
use serde_json::Value;

use crate::derive::{FORMS, reference};
use crate::{compare, lines};

#[test]
fn snapshots_of_many_services_agree_with_what_is_derived_from_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/expected/snapshots");
    if !folder.exists() {
        // past the test harness, which keeps what a passing test prints to itself
        let _ = std::io::Write::write_fmt(
            &mut std::io::stderr(),
            format_args!("skipped: there is no {}\n", folder.display()),
        );
        return;
    }
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
