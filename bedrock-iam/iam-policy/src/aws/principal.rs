//! The forms of principals.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>, read
//! on 2026-11-26.

use crate::arn::fields;
use crate::aws::caller::{self, CallerKind};
use crate::aws::service_principal;
use crate::text::glob;
use crate::{AccountId, Partition};

/// Identity providers that a trust policy names without an ARN.
const PROVIDERS: [&str; 4] = [
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
];

/// The account field of the identities by which a distribution reads a bucket.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html>.
const ORIGIN_ACCESS: &str = "cloudfront";

/// A fault of a principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PrincipalFault {
    /// Its form, with what was expected.
    Form(&'static str),
    /// It belongs to another kind of principal.
    OtherKind(&'static str),
    /// It is the id of a user or role that was deleted.
    Deleted,
}

const ACCOUNT_OR_ARN: &str =
    "`*`, an account id of 12 digits, or the ARN of an account, a user, a role or a session";
const NO_WILDCARD: &str = "a name without wildcards; `*` is valid only alone (name the account, and limit it with \
                           a condition on `aws:PrincipalArn`)";
const NO_VARIABLE: &str = "a name without policy variables";
const SERVICE: &str =
    "the name of a service principal, such as `lambda.amazonaws.com`, without wildcards";
const TWELVE: &str = "an account id of 12 digits";

/// The expected form of a federated identity outside of trust policies.
pub(crate) const ROLE_OF_IDENTITY: &str =
    "it in a trust policy, and here the role that the identity assumes";

/// Returns what is wrong with the form of a principal of a kind.
pub(crate) fn fault(kind: &str, text: &str) -> Option<PrincipalFault> {
    match kind {
        "AWS" => aws(text),
        "Service" => match other_kind_of_service(text) {
            Some(kind) => Some(PrincipalFault::OtherKind(kind)),
            None => service_principal::is_malformed(text).then_some(PrincipalFault::Form(SERVICE)),
        },
        "Federated" => provider(text).err().map(PrincipalFault::Form),
        "CanonicalUser" => (!is_canonical_user(text)).then_some(PrincipalFault::Form(
            "the canonical user id of an account, 64 hexadecimal digits",
        )),
        _ => None,
    }
}

/// Returns what is wrong with a principal of the kind `AWS`.
pub(crate) fn aws(text: &str) -> Option<PrincipalFault> {
    use PrincipalFault::{Deleted, Form, OtherKind};
    if text == "*" || AccountId::find(text).is_some() {
        return None;
    }
    if text.contains("${") {
        return Some(Form(NO_VARIABLE));
    }
    if is_unique_id(text) {
        return Some(Deleted);
    }
    let Some([_, partition, service, region, account, resource]) = fields::fields(text) else {
        return Some(match () {
            () if service_principal::looks_like(text) => OtherKind("Service"),
            () if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
                Form(TWELVE)
            }
            () if !glob::is_plain(text) => Form(NO_WILDCARD),
            () => Form(ACCOUNT_OR_ARN),
        });
    };
    if Partition::find(partition).is_none() && glob::is_plain(partition) {
        return Some(Form(
            "an ARN with a partition such as `aws`, `aws-cn` or `aws-us-gov`",
        ));
    }
    if !["iam", "sts"].contains(&service) {
        return Some(Form(ACCOUNT_OR_ARN));
    }
    if !region.is_empty() {
        return Some(Form(
            "an ARN without a region, because users and roles are in every region",
        ));
    }
    if !glob::is_plain(text) {
        return Some(Form(NO_WILDCARD));
    }
    if AccountId::find(account).is_none() && account != ORIGIN_ACCESS {
        return Some(Form(TWELVE));
    }
    let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
    match (service, kind) {
        ("iam", "root") if name.is_empty() => None,
        ("iam", "user" | "role") | ("sts", "federated-user") if !name.is_empty() => None,
        ("sts", "assumed-role") => {
            let has_session = name
                .split_once('/')
                .is_some_and(|(role, session)| !role.is_empty() && !session.is_empty());
            (!has_session).then_some(Form(
                "`assumed-role/`, the role's name, `/` and the session's name",
            ))
        }
        ("iam", "oidc-provider" | "saml-provider") => Some(OtherKind("Federated")),
        ("iam", "group") => Some(Form("the users or a role: a group is not a principal")),
        _ => Some(Form(ACCOUNT_OR_ARN)),
    }
}

/// Returns the kind of a principal that is written under `Service`, if it is of another kind.
pub(crate) fn other_kind_of_service(text: &str) -> Option<&'static str> {
    match aws(text) {
        _ if provider(text).is_ok() => Some("Federated"),
        None if text != "*" => Some("AWS"),
        _ => None,
    }
}

/// Returns whether it is the id by which a policy shows a user or role that was deleted.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>.
pub(crate) fn is_unique_id(text: &str) -> bool {
    let prefix = text.get(..4).unwrap_or_default();
    let is_char = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    ["AIDA", "AROA", "AGPA", "AIPA"].contains(&prefix)
        && (12..=128).contains(&text.len())
        && text.bytes().all(is_char)
}

/// The kind of an identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Provider<'a> {
    /// Web identities, with the address by which condition keys begin.
    Oidc(&'a str),
    /// SAML.
    Saml,
}

/// Returns the provider that a principal of the kind `Federated` names; the form that is expected
/// otherwise.
pub(crate) fn provider(text: &str) -> Result<Provider<'_>, &'static str> {
    const EXPECTED: &str = "the ARN of an identity provider in IAM, such as \
                            `arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com` or \
                            `arn:aws:iam::123456789012:saml-provider/NAME`";
    if PROVIDERS.contains(&text) {
        return Ok(Provider::Oidc(text));
    }
    if text.contains("${") {
        return Err(NO_VARIABLE);
    }
    if !glob::is_plain(text) {
        return Err("one identity provider, without wildcards");
    }
    let Some([_, _, "iam", region, account, resource]) = fields::fields(text) else {
        return Err(EXPECTED);
    };
    if !region.is_empty() {
        return Err("an ARN without a region, because identity providers are in every region");
    }
    if AccountId::find(account).is_none() {
        return Err(TWELVE);
    }
    match resource.split_once('/') {
        Some(("oidc-provider", host)) if host.contains("://") => {
            Err("the provider's address without `https://`")
        }
        Some(("oidc-provider", host)) if !host.is_empty() => Ok(Provider::Oidc(host)),
        Some(("saml-provider", name)) if !name.is_empty() => Ok(Provider::Saml),
        _ => Err(EXPECTED),
    }
}

/// Returns whether a text has the form of a canonical user id.
fn is_canonical_user(text: &str) -> bool {
    (60..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns the ARNs that AWS may compare before a principal of the kind `AWS`: its account, and of a session
/// also its role.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>,
/// looked up on 2026-11-26.
pub(crate) fn compared_before(text: &str) -> Vec<String> {
    let Some([_, partition, service, _, account, resource]) = fields::fields(text) else {
        return Vec::new();
    };
    match caller::kind(service, resource) {
        Ok(
            CallerKind::User | CallerKind::Role | CallerKind::FederatedUser | CallerKind::Session,
        ) => {
            let root = format!("arn:{partition}:iam::{account}:root");
            let role = caller::role_of_session(partition, account, resource);
            [root].into_iter().chain(role).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns a principal in the one form in which it is compared with [`compared_before`]: an account as its
/// ARN's id, a role without the path that sessions lack.
pub(crate) fn without_form(text: &str) -> String {
    let Some([_, partition, service, _, account, resource]) = fields::fields(text) else {
        return text.to_owned();
    };
    match (caller::kind(service, resource), resource.rsplit_once('/')) {
        (Ok(CallerKind::Root), _) => account.to_owned(),
        (Ok(CallerKind::Role), Some((_, name))) => {
            format!("arn:{partition}:iam::{account}:role/{name}")
        }
        _ => text.to_owned(),
    }
}

/// Returns whether a principal of the kind `AWS` is an account.
pub(crate) fn is_account(text: &str) -> bool {
    let root = |[_, _, service, _, account, resource]: [&str; 6]| {
        service == "iam" && resource == "root" && AccountId::find(account).is_some()
    };
    AccountId::find(text).is_some() || fields::fields(text).is_some_and(root)
}
