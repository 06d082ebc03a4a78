//! The ARNs of principals that make requests.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns>,
//! looked up on 2026-11-26.

/// The kind of a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallerKind {
    /// The root user of an account.
    Root,
    /// An IAM user.
    User,
    /// A role: any of its sessions.
    Role,
    /// A session of a role.
    Session,
    /// A session of `GetFederationToken`.
    FederatedUser,
    /// An AWS service that calls on its own behalf.
    Service,
    /// A user of an identity provider, who asks AWS STS for a session.
    Federated,
    /// Nobody in particular: a request without credentials.
    Anonymous,
}

/// Returns the kind of caller that an ARN with this service field and last field names; the error is the
/// form that is expected.
pub(crate) fn kind(service: &str, resource: &str) -> Result<CallerKind, Option<&'static str>> {
    let (of, name) = resource.split_once('/').unwrap_or((resource, ""));
    let is_named = !name.is_empty() && !name.ends_with('/');
    match (service, of) {
        ("iam", "root") if name.is_empty() => Ok(CallerKind::Root),
        ("iam", "user") if is_named => Ok(CallerKind::User),
        ("iam", "role") if is_named => Ok(CallerKind::Role),
        ("sts", "assumed-role") if is_named && name.contains('/') => Ok(CallerKind::Session),
        ("sts", "assumed-role") => Err(Some(
            "a session name after the role, such as `assumed-role/app/worker-1`",
        )),
        ("sts", "federated-user") if is_named => Ok(CallerKind::FederatedUser),
        _ => Err(None),
    }
}

/// Returns whether a role of this name has a path, which the ARN of a session does not contain.
///
/// Source: <https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html>.
pub(crate) fn has_path(role: &str) -> bool {
    role.starts_with("AWSReservedSSO_")
}

/// Returns why no policy lets a caller make a request, if that is so.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>.
pub(crate) fn refused(kind: CallerKind, prefix: &str, name: &str) -> Option<&'static str> {
    if !prefix.eq_ignore_ascii_case("sts") || !name.eq_ignore_ascii_case("AssumeRole") {
        return None;
    }
    match kind {
        CallerKind::Root => Some("the root user of an account cannot assume roles"),
        CallerKind::Anonymous => Some("a role is assumed with credentials"),
        _ => None,
    }
}

/// Returns whether an action needs no permission, and cannot be denied.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>.
pub(crate) fn is_free(prefix: &str, name: &str) -> bool {
    prefix.eq_ignore_ascii_case("sts") && name.eq_ignore_ascii_case("GetCallerIdentity")
}

/// Returns the ARN of the root user of an account.
pub(crate) fn root(account: &str) -> String {
    format!("arn:aws:iam::{account}:root")
}

/// Returns the ARN of the role of a session, given the session's last field. A session's ARN does not
/// contain the path of its role.
pub(crate) fn role_of_session(partition: &str, account: &str, resource: &str) -> Option<String> {
    let (role, _) = resource.strip_prefix("assumed-role/")?.split_once('/')?;
    Some(["arn:", partition, ":iam::", account, ":role/", role].concat())
}
