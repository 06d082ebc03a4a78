//! Policies of public bug reports, from `../shared/reports`: the finding of each.

mod support;

use std::path::Path;

use serde_json::Value;
use support::json_of;

/// The files with the severity and code of the finding that each must have; `None` if it must have none
/// that is a warning or worse.
const REPORTS: [(&str, Option<(&str, &str)>); 18] = [
    ("02-runtime-prefix", Some(("error", "unknown-service"))),
    ("04-duplicate-action", Some(("error", "not-a-policy"))),
    (
        "05a-profile-one-region",
        Some(("warning", "profile-regions")),
    ),
    (
        "05c-profile-id-as-model",
        Some(("error", "profile-id-as-model")),
    ),
    (
        "05h-global-profile-no-unspecified",
        Some(("warning", "profile-regions")),
    ),
    (
        "07b-agentcore-workload",
        Some(("warning", "unknown-resource-type")),
    ),
    ("07c-agentcore-typo", Some(("error", "unknown-action"))),
    (
        "07d-agentcore-runtime-no-endpoint",
        Some(("warning", "missing-required-resource")),
    ),
    ("08a-gov-wrong-partition", Some(("error", "malformed-arn"))),
    ("08e-placeholder", Some(("error", "invalid-variable"))),
    ("17-async", Some(("error", "operation-as-action"))),
    (
        "18a-scp-region-cris",
        Some(("warning", "vacuous-condition")),
    ),
    ("21a-guardrail-id-only", Some(("error", "invalid-value"))),
    ("21b-guardrail-arn", None),
    ("27-rag", Some(("warning", "action-without-resource"))),
    ("46-star", Some(("security-warning", "sensitive-action"))),
    ("61-deny-no-guardrail", None),
    ("68-mantle", Some(("warning", "unknown-action"))),
];

#[test]
fn reported_policies_have_their_findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reports");
    if !folder.exists() {
        let line = format!("skipped: {} does not exist\n", folder.display());
        let _ = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
        return;
    }
    for (name, expected) in REPORTS {
        let file = folder.join(format!("{name}.json"));
        let object = json_of(&["check", "--format=json", file.to_str().unwrap()], "");
        let found: Vec<_> = object["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                (
                    it["severity"].as_str().unwrap(),
                    it["code"].as_str().unwrap(),
                )
            })
            .collect();
        match expected {
            Some(finding) => assert!(found.contains(&finding), "{name}: {found:?}"),
            None => assert!(
                found.iter().all(|it| it.0 == "suggestion"),
                "{name}: {found:?}"
            ),
        }
    }
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
