//! Services whose resources are not in a region.
//!
//! Sources, looked up on 2026-11-26: the ARN formats of
//! <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
//! and <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>.

/// The service fields of ARNs in which the region is empty.
const WITHOUT_REGION: &[&str] = &[
    "cloudfront",
    "globalaccelerator",
    "iam",
    "networkmanager",
    "organizations",
    "route53",
];

/// Returns whether ARNs with this service field have no region.
pub(crate) fn has_no_region(service: &str) -> bool {
    WITHOUT_REGION.contains(&service)
}
