//! Service-linked roles: roles that a service owns, which the policies of an organization do not limit.
//!
//! Sources, read on 2026-11-26:
//!
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>;
//! - <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>;
//! - <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>.

/// The action that creates the role of a service.
pub(crate) const CREATE: &str = "iam:CreateServiceLinkedRole";

/// The condition key for the service whose role is created.
pub(crate) const SERVICE_NAME: &str = "iam:AWSServiceName";

/// The last fields of the ARNs of service-linked roles whose services have nothing in common: a pattern that
/// matches all of them does not name a service.
pub(crate) const UNRELATED_ROLES: &[&str] = &[
    "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
    "role/aws-service-role/lex.amazonaws.com/AWSServiceRoleForLexBots",
    "role/aws-service-role/organizations.amazonaws.com/AWSServiceRoleForOrganizations",
];

/// Returns whether the last field of an ARN is that of a service-linked role.
pub(crate) fn is_role(resource: &str) -> bool {
    resource.starts_with("role/aws-service-role/")
}

/// Returns whether a request is about assuming a service-linked role, given the last field of its ARN: then
/// resource control policies do not limit it either.
pub(crate) fn is_trusting(prefix: &str, resource: &str) -> bool {
    prefix.eq_ignore_ascii_case("sts") && is_role(resource)
}

/// Returns whether a role's name is that of a service-linked role. The ARN of a session has the name
/// only, without the path.
pub(crate) fn is_role_name(name: &str) -> bool {
    name.starts_with("AWSServiceRoleFor")
}
