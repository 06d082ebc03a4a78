//! Handing a role to a service.
//!
//! By <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>, read
//! 2026-11-21: a policy names the roles, and the services that they may be handed to.

/// The action.
pub(crate) const ACTION: &str = "iam:PassRole";

/// The service field of a role's ARN.
pub(crate) const SERVICE: &str = "iam";

/// What stands for every role in the last field of an ARN.
pub(crate) const EVERY_ROLE: &[&str] = &["*", "role/*", "role*"];

/// The condition key of the service that a role is handed to.
pub(crate) const PASSED_TO: &str = "iam:PassedToService";
