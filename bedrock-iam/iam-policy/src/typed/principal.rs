//! Who a statement of a trust or resource policy is about.

use std::borrow::Cow;
use std::fmt;

use crate::arn::site::AccountId;
use crate::text::one_or_many::{OneOrMany, Text};

/// A principal: whom a trust policy trusts, whom a resource policy lets in.
///
/// ```
/// use iam_policy::{Policy, Principal, Statement, account, foreign_action, global};
///
/// let trust = Policy::new()
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
    /// Anyone, without credentials too: `"Principal": "*"`.
    pub const ANYONE: Self = Self {
        kind: Kind::Anyone,
        text: Text::Borrowed("*"),
    };

    /// Any AWS principal: `{"AWS": "*"}`, which IAM takes as anyone in an Allow of a resource policy.
    pub const ANY_AWS: Self = Self {
        kind: Kind::Aws,
        text: Text::Borrowed("*"),
    };

    /// An account: those whom its own policies let.
    #[must_use]
    pub fn account(account: AccountId) -> Self {
        Self::of(Kind::Aws, account.as_str().to_owned())
    }

    /// A role, user or session by its ARN.
    #[must_use]
    pub fn arn(arn: impl Into<crate::RawArn>) -> Self {
        Self::of(Kind::Aws, arn.into().to_string())
    }

    /// A service by its name, such as `bedrock.amazonaws.com`.
    #[must_use]
    pub fn service(name: impl Into<Cow<'static, str>>) -> Self {
        Self::of(Kind::Service, name)
    }

    /// A web identity or SAML provider, such as `cognito-identity.amazonaws.com` or a provider's ARN.
    #[must_use]
    pub fn federated(provider: impl Into<Cow<'static, str>>) -> Self {
        Self::of(Kind::Federated, provider)
    }

    /// A canonical user id, as S3 has them.
    #[must_use]
    pub fn canonical_user(id: impl Into<Cow<'static, str>>) -> Self {
        Self::of(Kind::CanonicalUser, id)
    }

    fn of(kind: Kind, text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            text: text.into(),
        }
    }
}

impl fmt::Display for Principal {
    /// The kind and the name, parted by `:`, for messages; a policy has them as an object.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Anyone => f.write_str("*"),
            kind => write!(f, "{}: {}", kind.as_str(), self.text),
        }
    }
}

/// One or several principals: one, or an array or vector of them.
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

/// The principals of a statement; empty in a policy of an identity.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Principals {
    pub(crate) negated: bool,
    pub(crate) all: Vec<Principal>,
}

impl Principals {
    /// Whether anyone is among them, which a policy says by a text instead of an object.
    pub(crate) fn is_anyone(&self) -> bool {
        self.all.iter().any(|one| one.kind == Kind::Anyone)
    }

    /// The principals by kind.
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
    /// Says whom the statement is about, in a trust or resource policy; adds to those said before.
    ///
    /// A statement with principals may go without resources, as in a role's trust policy.
    pub fn principal(mut self, principals: impl IntoPrincipals) -> Self {
        self.body.principals.negated = false;
        principals.push_to(&mut self.body.principals.all);
        self
    }

    /// Says whom the statement is not about: everyone else, `NotPrincipal`.
    ///
    /// AWS advises against it: with `Deny`, say `aws:PrincipalArn` in a condition instead.
    pub fn all_principals_except(mut self, principals: impl IntoPrincipals) -> Self {
        self.body.principals.negated = true;
        principals.push_to(&mut self.body.principals.all);
        self
    }
}
