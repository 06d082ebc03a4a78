//! Passing a role to a service.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html>, read on
//! 2026-11-21. A policy names the roles, and the services to which they may be passed. According to that page,
//! conditions on the tags of a role do not limit reliably who can pass it.

/// The action that passes a role.
pub(crate) const ACTION: &str = "iam:PassRole";

/// The service field of a role's ARN.
pub(crate) const SERVICE: &str = "iam";

/// The values of an ARN's last field that match every role.
pub(crate) const EVERY_ROLE: &[&str] = &["*", "role/*", "role*"];

/// The condition key for the service to which a role is passed.
pub(crate) const PASSED_TO: &str = "iam:PassedToService";

/// Services whose names have nothing in common: a pattern that matches all of them limits nothing.
pub(crate) const UNRELATED_SERVICES: &[&str] = &["ec2", "lambda", "states"];

/// The ends of the names of service principals.
pub(crate) const SERVICE_SUFFIXES: &[&str] = &[".amazonaws.com", ".amazonaws.com.cn"];
