//! Principals of statements in trust and resource policies.

use std::borrow::Cow;
use std::fmt;

use crate::arn::site::AccountId;
use crate::aws::principal::{self, PrincipalFault};
use crate::document::PolicyKind;
use crate::text::one_or_many::{OneOrMany, Text};

/// A principal of a trust policy or another resource policy.
///
/// ```
/// use iam_policy::{Policy, Principal, Statement, account, foreign_action, global};
///
/// let trust = Policy::trust()
///     .with(
///         Statement::allow(foreign_action!("sts:AssumeRole"))
///             .principal(Principal::service("bedrock.amazonaws.com"))
///             .when(global::SOURCE_ACCOUNT.string_equals(account!("123456789012"))),
///     )
///     .build()?;
/// # Ok::<(), iam_policy::PolicyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Principal {
    kind: Kind,
    text: Text,
}

/// The kinds of principals, in the order in which they are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Anyone,
    Aws,
    Service,
    Federated,
    CanonicalUser,
}

impl Kind {
    const MEMBERS: [Self; 4] = [
        Self::Aws,
        Self::Service,
        Self::Federated,
        Self::CanonicalUser,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Anyone => "*",
            Self::Aws => "AWS",
            Self::Service => "Service",
            Self::Federated => "Federated",
            Self::CanonicalUser => "CanonicalUser",
        }
    }
}

impl Principal {
    /// Everyone, including anonymous users: `"Principal": "*"`.
    pub const ANYONE: Self = Self {
        kind: Kind::Anyone,
        text: Text::Borrowed("*"),
    };

    /// Any AWS principal: `{"AWS": "*"}`. In an `Allow` of a resource policy, IAM treats it as
    /// everyone.
    pub const ANY_AWS: Self = Self {
        kind: Kind::Aws,
        text: Text::Borrowed("*"),
    };

    /// Returns the principal of an account. The account's own policies decide which of its
    /// principals have access.
    #[must_use]
    pub fn account(account: AccountId) -> Self {
        Self::of(Kind::Aws, account.as_str().to_owned())
    }

    /// Returns the principal of a role, a user or a session, by its ARN.
    #[must_use]
    pub fn arn(arn: impl Into<crate::RawArn>) -> Self {
        Self::of(Kind::Aws, arn.into().to_string())
    }

    /// Returns a service principal by its name, such as `bedrock.amazonaws.com`.
    #[must_use]
    pub fn service(name: impl Into<Cow<'static, str>>) -> Self {
        Self::of(Kind::Service, name)
    }

    /// Returns a federated principal: a web identity provider, such as
    /// `cognito-identity.amazonaws.com`, or the ARN of a SAML provider.
    #[must_use]
    pub fn federated(provider: impl Into<Cow<'static, str>>) -> Self {
        Self::of(Kind::Federated, provider)
    }

    /// Returns the principal of an S3 canonical user ID.
    #[must_use]
    pub fn canonical_user(id: impl Into<Cow<'static, str>>) -> Self {
        Self::of(Kind::CanonicalUser, id)
    }

    /// Returns what is expected instead of it in a policy of a kind, if it is not valid there.
    pub(crate) fn fault(&self, policy: Option<PolicyKind>) -> Option<String> {
        if self.kind == Kind::Federated
            && policy.is_some_and(|it| it != PolicyKind::Trust && it != PolicyKind::ResourceControl)
        {
            return Some(principal::ROLE_OF_IDENTITY.to_owned());
        }
        let expected = match principal::fault(self.kind.as_str(), &self.text)? {
            PrincipalFault::Form(expected) => expected.to_owned(),
            PrincipalFault::OtherKind("AWS") => {
                "`Principal::account(…)` or `Principal::arn(…)`".to_owned()
            }
            PrincipalFault::OtherKind(kind) => {
                format!("`Principal::{}(…)`", kind.to_ascii_lowercase())
            }
            PrincipalFault::Deleted => {
                "the ARN of the new one: this is the id of a user or role that was deleted"
                    .to_owned()
            }
        };
        Some(expected)
    }

    fn of(kind: Kind, text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            text: text.into(),
        }
    }
}

impl fmt::Display for Principal {
    /// Writes the kind and the name, separated by `: `, for messages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Anyone => f.write_str("*"),
            kind => write!(f, "{}: {}", kind.as_str(), self.text),
        }
    }
}

/// One or several principals: a [`Principal`], or an array or vector of them.
pub trait IntoPrincipals {
    #[doc(hidden)]
    fn push_to(self, principals: &mut Vec<Principal>);
}

impl IntoPrincipals for Principal {
    fn push_to(self, principals: &mut Vec<Principal>) {
        principals.push(self);
    }
}

impl<const N: usize> IntoPrincipals for [Principal; N] {
    fn push_to(self, principals: &mut Vec<Principal>) {
        principals.extend(self);
    }
}

impl IntoPrincipals for Vec<Principal> {
    fn push_to(self, principals: &mut Vec<Principal>) {
        principals.extend(self);
    }
}

/// The principals of a statement; empty in an identity-based policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Principals {
    pub(crate) negated: bool,
    pub(crate) all: Vec<Principal>,
}

impl Principals {
    /// Returns whether [`Principal::ANYONE`] is among them, which a policy writes as a string
    /// instead of an object.
    pub(crate) fn is_anyone(&self) -> bool {
        self.all.iter().any(|one| one.kind == Kind::Anyone)
    }

    /// Returns whether each of them is everyone.
    pub(crate) fn are_everyone(&self) -> bool {
        let mut all = self.all.iter();
        all.all(|one| matches!(one.kind, Kind::Anyone | Kind::Aws) && one.text == "*")
    }

    /// Returns the principals of each kind.
    pub(crate) fn by_kind(&self) -> impl Iterator<Item = (&'static str, OneOrMany)> {
        Kind::MEMBERS.into_iter().filter_map(|kind| {
            let mut texts = OneOrMany::default();
            let of = self.all.iter().filter(|one| one.kind == kind);
            of.for_each(|one| texts.push(one.text.clone()));
            (!texts.is_empty()).then_some((kind.as_str(), texts))
        })
    }
}

impl<A, R> crate::Statement<A, R> {
    /// Adds principals, in a trust policy or another resource policy.
    ///
    /// A statement with principals needs no resources, as in a role's trust policy.
    pub fn principal(mut self, principals: impl IntoPrincipals) -> Self {
        self.body.principals.negated = false;
        principals.push_to(&mut self.body.principals.all);
        self
    }

    /// Makes the statement apply to everyone except these principals: `NotPrincipal`.
    ///
    /// AWS recommends a `Deny` with the condition key `aws:PrincipalArn` instead.
    pub fn all_principals_except(mut self, principals: impl IntoPrincipals) -> Self {
        self.body.principals.negated = true;
        principals.push_to(&mut self.body.principals.all);
        self
    }
}
