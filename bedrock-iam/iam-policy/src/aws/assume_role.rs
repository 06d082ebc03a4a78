//! Assuming a role: the actions and condition keys of trust policies.
//!
//! Sources, as of 2026-11-26; not every value was looked up again:
//! - <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html>
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>, for the keys
//!   of identity providers
//! - <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>

use crate::aws::principal::Provider;
use crate::text::glob;

/// The action for principals of AWS.
pub(crate) const ASSUME: &str = "sts:AssumeRole";
/// The action for principals of a web identity provider.
pub(crate) const WITH_WEB_IDENTITY: &str = "sts:AssumeRoleWithWebIdentity";
/// The action for principals of a SAML provider.
pub(crate) const WITH_SAML: &str = "sts:AssumeRoleWithSAML";
/// The action that passes session tags.
pub(crate) const TAG: &str = "sts:TagSession";
/// The action that sets the source identity.
pub(crate) const SET_SOURCE_IDENTITY: &str = "sts:SetSourceIdentity";

/// The actions of trust policies. IAM rejects others.
pub(crate) const TRUST_ACTIONS: &[&str] = &[
    ASSUME,
    WITH_SAML,
    WITH_WEB_IDENTITY,
    "sts:SetContext",
    SET_SOURCE_IDENTITY,
    TAG,
];

/// The actions that are authorized in a request of another one, with its keys.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html> and
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html>, looked up on
/// 2026-11-26.
pub(crate) const WITHIN_ASSUMING: [&str; 3] = ["sts:SetContext", SET_SOURCE_IDENTITY, TAG];

/// The actions that assume a role.
pub(crate) const ASSUMING: [&str; 3] = [ASSUME, WITH_WEB_IDENTITY, WITH_SAML];

/// Returns whether a key is a claim of an identity provider, such as `saml:sub` or `accounts.google.com:aud`.
/// A session has some of the claims of the identity that assumed the role, so requests for any action can have
/// them; these are the claims that requests for [`ASSUME`] can have.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>, and the
/// facts of the actions that assume a role.
pub(crate) fn is_claim(key: &str) -> bool {
    let provider = key.split_once(':').map(|(provider, _)| provider);
    provider.is_some_and(|it| it.contains('.') || it.eq_ignore_ascii_case("saml"))
}

/// Returns the action by which the principals of a provider assume a role.
pub(crate) const fn action_of(provider: Provider<'_>) -> &'static str {
    match provider {
        Provider::Oidc(_) => WITH_WEB_IDENTITY,
        Provider::Saml => WITH_SAML,
    }
}

/// Service principals that need several actions of a trust policy.
pub(crate) const NEEDS: &[(&str, &[&str])] = &[(
    "rolesanywhere.amazonaws.com",
    &[ASSUME, SET_SOURCE_IDENTITY, TAG],
)];

/// Condition keys that requests have only if a second action is allowed, in lower case. A key that ends with
/// `/` stands for all keys that begin with it.
pub(crate) const KEY_NEEDS: &[(&str, &str)] = &[
    ("sts:sourceidentity", SET_SOURCE_IDENTITY),
    ("aws:requesttag/", TAG),
    ("aws:tagkeys", TAG),
    ("sts:transitivetagkeys", TAG),
];

/// The claim of the audience, at the end of a key of a web identity provider.
pub(crate) const AUDIENCE: &str = ":aud";
/// The claim of the subject.
pub(crate) const SUBJECT: &str = ":sub";
/// The key of the audience of a SAML provider.
pub(crate) const SAML_AUDIENCE: &str = "SAML:aud";

/// A web identity provider that serves everyone.
pub(crate) struct SharedProvider {
    /// Its address, with `*` where ids of its own follow.
    pub(crate) host: &'static str,
    /// The claims that do not tell one customer's identities from another's.
    pub(crate) same_for_all: &'static [&'static str],
    /// The claim that does.
    pub(crate) tells: &'static str,
    /// The thing that the claim names.
    pub(crate) names: &'static str,
    /// The beginning of its subjects, before the name of the owner.
    pub(crate) subject: &'static str,
    /// The characters that end the name of an owner, which anyone can register; empty if all owners are in
    /// the account.
    pub(crate) owner_ends: &'static [char],
}

impl SharedProvider {
    /// Returns whether a pattern of subjects can match those of other owners than it was written for:
    /// it has a wildcard before the end of the owner's name.
    pub(crate) fn matches_others(&self, pattern: &str) -> bool {
        let Some(own) = pattern.strip_prefix(self.subject) else {
            let literal = pattern.split(['*', '?']).next().unwrap_or_default();
            return literal != pattern && self.subject.starts_with(literal);
        };
        let owner = own.split(self.owner_ends).next().unwrap_or_default();
        own.starts_with(['*', '?']) || !self.owner_ends.is_empty() && owner.contains(['*', '?'])
    }
}

const fn by_subject(
    host: &'static str,
    (subject, owner_ends): (&'static str, &'static [char]),
    names: &'static str,
) -> SharedProvider {
    SharedProvider {
        host,
        same_for_all: &[AUDIENCE],
        tells: SUBJECT,
        names,
        subject,
        owner_ends,
    }
}

/// Web identity providers that serve everyone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html>, and the
/// providers' guides.
pub(crate) const SHARED_PROVIDERS: &[SharedProvider] = &[
    by_subject(
        "token.actions.githubusercontent.com*",
        // an owner can be followed by its id
        ("repo:", &['/', '@']),
        "the repository and branch",
    ),
    by_subject(
        "gitlab.com",
        ("project_path:", &['/']),
        "the project and branch",
    ),
    by_subject(
        "app.terraform.io",
        ("organization:", &[':']),
        "the organization, project and workspace",
    ),
    by_subject(
        "agent.buildkite.com",
        ("organization:", &[':']),
        "the organization and pipeline",
    ),
    by_subject(
        "oidc.eks.*",
        ("system:serviceaccount:", &[]),
        "the service account",
    ),
    SharedProvider {
        host: "cognito-identity.amazonaws.com",
        same_for_all: &[":amr"],
        tells: AUDIENCE,
        names: "the identity pool",
        subject: "",
        owner_ends: &[],
    },
];

/// The provider whose subjects are `repo:OWNER/REPOSITORY:…`.
pub(crate) const REPOSITORIES: &str = "token.actions.githubusercontent.com";

/// Returns whether a key is the subject of a web identity provider that serves everyone, whose names have no
/// `*` and `?`: names of repositories, branches, workspaces and service accounts.
///
/// Source: <https://git-scm.com/docs/git-check-ref-format>, and the providers' guides.
pub(crate) fn is_plain_subject(key: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    let host = lower.strip_suffix(SUBJECT);
    let mut providers = SHARED_PROVIDERS.iter().filter(|it| !it.subject.is_empty());
    host.is_some_and(|host| providers.any(|it| glob::matches(it.host, host)))
}

/// Services whose guides recommend to limit the trust policy of their role to a source, by the global condition
/// keys.
///
/// Sources: <https://docs.aws.amazon.com/bedrock/latest/userguide/cross-service-confused-deputy-prevention.html>,
/// <https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html>,
/// <https://docs.aws.amazon.com/personalize/latest/dg/cross-service-confused-deputy-prevention.html>,
/// <https://docs.aws.amazon.com/iot/latest/developerguide/cross-service-confused-deputy-prevention.html>,
/// <https://docs.aws.amazon.com/comprehend/latest/dg/cross-service-confused-deputy-prevention.html>,
/// <https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html>,
/// <https://docs.aws.amazon.com/transcribe/latest/dg/security-iam-confused-deputy.html>; those of the other services
/// are not verified.
pub(crate) const LIMITED_BY_SOURCE: &[&str] = &[
    "bedrock.amazonaws.com",
    "bedrock-agentcore.amazonaws.com",
    "codebuild.amazonaws.com",
    "comprehend.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "iot.amazonaws.com",
    "personalize.amazonaws.com",
    "sagemaker.amazonaws.com",
    "scheduler.amazonaws.com",
    "states.amazonaws.com",
    "transcribe.amazonaws.com",
];

/// Returns whether a key has several values in a request, although its page states one.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>, about
/// `cognito-identity.amazonaws.com:amr`.
pub(crate) fn has_several_values(key: &str) -> bool {
    let end = key.rsplit_once(':').map(|(_, end)| end);
    end.is_some_and(|end| end.eq_ignore_ascii_case("amr"))
}
