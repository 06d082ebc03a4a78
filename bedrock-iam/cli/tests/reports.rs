//! Files of public bug reports, from `../shared/reports`, that only the tool reads. The library's tests
//! have the findings of the others.

mod support;

use std::path::Path;

use serde_json::Value;
use support::json_of;

#[test]
fn reported_files_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reports");
    if !folder.exists() {
        let line = format!("skipped: {} does not exist\n", folder.display());
        let _ = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
        return;
    }
    // a repeated member is found at its place
    let twice = folder.join("04-duplicate-action.json");
    let object = json_of(&["check", "--format=json", twice.to_str().unwrap()], "");
    assert_eq!(object["findings"][0]["code"], "not-a-policy");
    assert_eq!(object["findings"][0]["path"], "Statement[0].Action");
    // a byte order mark is read, and each of several misspelled prefixes is found
    let bom = folder.join("33-bom.json");
    let object = json_of(&["check", "--format=json", bom.to_str().unwrap()], "");
    assert_ne!(object["findings"][0]["code"], "not-a-policy");
    let prefixes = folder.join("02-runtime-prefix.json");
    let object = json_of(&["check", "--format=json", prefixes.to_str().unwrap()], "");
    let findings = object["findings"].as_array().unwrap().iter();
    let fixed = findings.filter(|it: &&Value| it["fix"].is_object()).count();
    assert!(fixed >= 4, "{object:#}");
}
