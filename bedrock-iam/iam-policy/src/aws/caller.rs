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
/// Sources, read on 2026-11-26: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>,
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html> and, for sessions and federated
/// users, <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html>.
pub(crate) fn refused(kind: CallerKind, prefix: &str, name: &str) -> Option<&'static str> {
    if !prefix.eq_ignore_ascii_case("sts") {
        return None;
    }
    let is_one_of = |names: &[&str]| names.iter().any(|it| name.eq_ignore_ascii_case(it));
    match kind {
        CallerKind::Root if is_one_of(&["AssumeRole", "AssumeRoot"]) => {
            Some("the root user of an account cannot assume roles")
        }
        CallerKind::Anonymous if is_one_of(&["AssumeRole"]) => {
            Some("a role is assumed with credentials")
        }
        CallerKind::Role | CallerKind::Session
            if is_one_of(&["GetFederationToken", "GetSessionToken"]) =>
        {
            Some("a session of a role cannot ask for another kind of session")
        }
        // that action is a permission of other services' operations, and not an operation
        CallerKind::FederatedUser if !is_one_of(&["GetServiceBearerToken"]) => {
            Some("of the operations of AWS STS, a federated user can only call `GetCallerIdentity`")
        }
        _ => None,
    }
}

/// The reason why it is not known whether a federated user can make a request that its policies allow.
pub(crate) const OPEN: &str = "a federated user can call IAM only from a session of the console, which a request does not state";

/// Returns whether it is not known that a caller can make a request that its policies allow.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html>, read on
/// 2026-11-26.
pub(crate) fn is_open(kind: CallerKind, prefix: &str) -> bool {
    kind == CallerKind::FederatedUser && prefix.eq_ignore_ascii_case("iam")
}

/// Returns whether an action needs no permission, and cannot be denied.
///
/// Sources, read on 2026-11-26: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html> and
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html>.
pub(crate) fn is_free(kind: CallerKind, prefix: &str, name: &str) -> bool {
    let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
    prefix.eq_ignore_ascii_case("sts")
        && match kind {
            CallerKind::Anonymous | CallerKind::Federated | CallerKind::Service => false,
            CallerKind::User | CallerKind::Root if is("GetSessionToken") => true,
            _ => is("GetCallerIdentity"),
        }
}

/// Returns the ARN of the root user of an account.
pub(crate) fn root(partition: &str, account: &str) -> String {
    format!("arn:{partition}:iam::{account}:root")
}

/// Returns the ARN of the role of a session, given the session's last field. A session's ARN does not
/// contain the path of its role.
pub(crate) fn role_of_session(partition: &str, account: &str, resource: &str) -> Option<String> {
    let (role, _) = resource.strip_prefix("assumed-role/")?.split_once('/')?;
    Some(["arn:", partition, ":iam::", account, ":role/", role].concat())
}
