//! Resources whose own policy has to allow a request, also in the account of the caller.
//!
//! Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html> and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html>,
//! looked up on 2026-11-26.

/// Returns whether the policy of a resource has to allow the requests on it.
pub(crate) fn must_allow(prefix: &str, service: &str, resource: &str) -> bool {
    match service {
        "kms" => resource.starts_with("key/") && prefix.eq_ignore_ascii_case("kms"),
        "iam" => resource.starts_with("role/") && prefix.eq_ignore_ascii_case("sts"),
        _ => false,
    }
}
