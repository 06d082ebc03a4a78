//! The ARNs of secrets.
//!
//! Source: <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html>,
//! read on 2026-11-26. Secrets Manager appends a hyphen and six random characters to a secret's name.

/// The service field of a secret's ARN.
pub(crate) const SERVICE: &str = "secretsmanager";

/// The last field of every secret's ARN.
pub(crate) const RESOURCE: &str = "secret:*-??????";

/// A pattern for what follows the name.
pub(crate) const SUFFIX: &str = "-??????";
