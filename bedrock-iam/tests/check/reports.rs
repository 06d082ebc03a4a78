//! Mistakes that people reported, from `../shared/reports`.

use super::*;

#[test]
fn reported_mistakes_are_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/reports");
    if skipped(&folder) {
        return;
    }
    // the file, and the code, severity and place of a finding; none at all without a code
    for (file, expected) in [
        (
            "02-runtime-prefix",
            Some(("unknown-service", Severity::Error, "Action")),
        ),
        (
            "05a-profile-one-region",
            Some(("profile-regions", Severity::Warning, "Resource")),
        ),
        (
            "05c-profile-id-as-model",
            Some(("profile-id-as-model", Severity::Error, "Resource")),
        ),
        (
            "05h-global-profile-no-unspecified",
            Some(("profile-regions", Severity::Warning, "Resource")),
        ),
        (
            "07b-agentcore-workload",
            Some(("missing-required-resource", Severity::Warning, "Action")),
        ),
        (
            "07c-agentcore-typo",
            Some(("unknown-action", Severity::Error, "Action")),
        ),
        (
            "07d-agentcore-runtime-no-endpoint",
            Some(("missing-required-resource", Severity::Warning, "Action")),
        ),
        (
            "08a-gov-wrong-partition",
            Some(("malformed-arn", Severity::Error, "Resource")),
        ),
        ("21b-guardrail-arn", None),
        (
            "46-star",
            Some((
                "pass-role-on-every-role",
                Severity::SecurityWarning,
                "Resource",
            )),
        ),
        ("61-deny-no-guardrail", None),
    ] {
        let text = fs::read_to_string(folder.join(format!("{file}.json"))).expect(file);
        let found = check(&Document::from_json(&text).expect(file), catalog()).findings;
        let Some((code, severity, place)) = expected else {
            assert!(found.is_empty(), "{file}: {found:#?}");
            continue;
        };
        let fits = |it: &Finding| {
            let path = it.path.to_string();
            it.code.as_str() == code && it.severity == severity && path.contains(place)
        };
        assert!(found.iter().any(fits), "{file}: {found:#?}");
    }
}
