//! Quotas on the size of policies.
//!
//! Sources, as of 2026-11-26; the value of Lambda was not looked up again:
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>: identity-based policies, session
//!   policies, trust policies (2,048, at most 8,192 on request; older copies of the page have 4,096)
//! - <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>: service control
//!   policies (10,240 since 2026-05-15, before that 5,120), resource control policies (5,120)
//! - <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html>: 32 KB
//! - <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>: 20,480 characters, white space
//!   included
//! - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html>: 20 KB
//! - <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>: 20 KB
//! - <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html>: 20,480 characters

/// The sizes of resource policies that services document, in bytes, by the service field of their ARNs.
const RESOURCE_POLICIES: &[(&str, usize)] = &[
    ("kms", 32 << 10),
    ("lambda", 20 << 10),
    ("s3", 20 << 10),
    ("secretsmanager", 20 << 10),
];

/// Returns the limit of a resource policy that only names this service, in bytes.
pub(crate) fn of_resource_policy(service: &str) -> Option<usize> {
    let mut rows = RESOURCE_POLICIES.iter();
    let found = rows.find(|(name, _)| *name == service)?;
    Some(found.1)
}
