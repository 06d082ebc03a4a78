//! Condition keys of services that requests lack if the caller leaves out the thing that they are about.
//!
//! Sources, looked up on 2026-11-26:
//! - <https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html>
//! - <https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/security-vpc-condition.html>
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html>
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>
//! - <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>
//! - <https://docs.aws.amazon.com/service-authorization/latest/reference/list_bedrock.html>

/// A condition key that a request can lack.
pub(crate) struct OptionalKey {
    /// The key; if it ends with `/`, all keys that begin with it.
    pub(crate) key: &'static str,
    /// The requests without the key.
    pub(crate) lacking: &'static str,
    /// Whether the key stands for a safeguard.
    pub(crate) is_safeguard: bool,
}

const fn safeguard(key: &'static str, lacking: &'static str) -> OptionalKey {
    OptionalKey {
        key,
        lacking,
        is_safeguard: true,
    }
}

const fn other(key: &'static str, lacking: &'static str) -> OptionalKey {
    OptionalKey {
        key,
        lacking,
        is_safeguard: false,
    }
}

/// The keys, sorted.
pub(crate) const OPTIONAL_KEYS: &[OptionalKey] = &[
    other("aws:RequestTag/", "requests without the tag"),
    safeguard(
        "bedrock-agentcore:securityGroups",
        "resources outside of a VPC",
    ),
    safeguard("bedrock-agentcore:subnets", "resources outside of a VPC"),
    safeguard(
        "bedrock:GuardrailIdentifier",
        "invocations without a guardrail",
    ),
    other(
        "bedrock:InferenceProfileArn",
        "invocations without an inference profile",
    ),
    other(
        "bedrock:PromptRouterArn",
        "invocations without a prompt router",
    ),
    safeguard(
        "iam:PermissionsBoundary",
        "users and roles without a permissions boundary",
    ),
    other(
        "kms:ViaService",
        "requests that a service did not make for the caller",
    ),
    safeguard("sts:ExternalId", "callers without an external id"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted() {
        assert!(OPTIONAL_KEYS.is_sorted_by_key(|it| it.key));
    }
}
