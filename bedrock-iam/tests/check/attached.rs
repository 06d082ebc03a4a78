//! The trust policies and resource policies that AWS's guides print for Bedrock's features, from
//! `../shared/roles`.

use super::*;

/// Returns the rows of a file in `../shared/roles`.
fn rows(name: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/roles");
    let path = folder.join(name);
    if skipped(&path) {
        return Vec::new();
    }
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Returns the errors and security warnings of a policy.
fn serious(kind: &str, policy: &Value) -> Vec<String> {
    let mut found = of_kind(kind, policy["Statement"].clone());
    found.retain(|it| it.starts_with("error") || it.starts_with("security-warning"));
    // about the actions that a Deny leaves out
    found.retain(|it| !it.contains("forgotten-sibling"));
    found
}

#[test]
fn documented_trust_policies_are_not_accused() {
    for row in rows("roles.jsonl") {
        if row["trust"].is_object() {
            let found = serious("trust", &row["trust"]);
            assert!(found.is_empty(), "{}: {found:#?}", row["id"]);
        }
    }
}

#[test]
fn documented_resource_policies_are_not_accused() {
    for row in rows("resource_policies.jsonl") {
        // a data access policy is not a policy of IAM
        let (Some(kind), true) = (row["kind"].as_str(), row["policy"].is_object()) else {
            continue;
        };
        let kind = match kind.starts_with("kms-") {
            true => "kms-key",
            false => "resource",
        };
        let found = serious(kind, &row["policy"]);
        assert!(found.is_empty(), "{}: {found:#?}", row["id"]);
    }
}
