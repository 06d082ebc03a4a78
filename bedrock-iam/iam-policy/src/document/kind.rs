//! Kinds of policies.

use std::fmt;
use std::str::FromStr;

use crate::NameError;
use crate::text::words::with_article;

/// The kind of a policy, which decides what it can contain and what it means.
///
/// IAM does not store the kind in the document; it follows from the place where the policy is attached.
///
/// ```
/// use iam_policy::PolicyKind;
///
/// assert_eq!("scp".parse(), Ok(PolicyKind::ServiceControl));
/// assert_eq!(PolicyKind::KmsKey.as_str(), "kms-key");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PolicyKind {
    /// An identity-based policy, managed or inline: what a user, group or role may do.
    Identity,
    /// A permissions boundary: the most that a user or role may do.
    Boundary,
    /// A session policy: the most that a session may do.
    Session,
    /// A service control policy: the most that the identities of accounts may do.
    ServiceControl,
    /// A resource control policy: the most that anyone may do with the resources of accounts.
    ResourceControl,
    /// The trust policy of a role: who may assume it.
    Trust,
    /// A resource-based policy: who may do what with a resource.
    Resource,
    /// The resource-based policy of a KMS key.
    KmsKey,
    /// The policy of a VPC endpoint: the most that anyone may do through the endpoint.
    VpcEndpoint,
}

impl PolicyKind {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Identity,
        Self::Boundary,
        Self::Session,
        Self::ServiceControl,
        Self::ResourceControl,
        Self::Trust,
        Self::Resource,
        Self::KmsKey,
        Self::VpcEndpoint,
    ];

    /// Returns the kind's word on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::ServiceControl => "scp",
            Self::ResourceControl => "rcp",
            Self::Trust => "trust",
            Self::Resource => "resource",
            Self::KmsKey => "kms-key",
            Self::VpcEndpoint => "vpc-endpoint",
        }
    }

    /// Returns whether the statements of such a policy name principals.
    #[must_use]
    pub const fn has_principals(self) -> bool {
        matches!(
            self,
            Self::ResourceControl | Self::Trust | Self::Resource | Self::KmsKey | Self::VpcEndpoint
        )
    }
}

impl PolicyKind {
    /// Returns whether a statement can have `NotPrincipal`.
    #[must_use]
    pub const fn has_not_principal(self) -> bool {
        matches!(self, Self::Resource | Self::KmsKey | Self::VpcEndpoint)
    }

    /// Returns whether an `Allow` statement gives access. In the other kinds, it only leaves what
    /// other policies give.
    #[must_use]
    pub const fn grants(self) -> bool {
        matches!(
            self,
            Self::Identity | Self::Trust | Self::Resource | Self::KmsKey
        )
    }

    /// Returns whether a `Sid` may only have ASCII letters and digits.
    #[must_use]
    pub const fn has_plain_sids(self) -> bool {
        !matches!(self, Self::Resource | Self::KmsKey | Self::VpcEndpoint)
    }

    /// Returns the kind's name with its article, for messages.
    pub(crate) fn with_article(self) -> String {
        with_article(&self.to_string())
    }
}

impl fmt::Display for PolicyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Identity => "identity-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
            Self::ServiceControl => "service control policy",
            Self::ResourceControl => "resource control policy",
            Self::Trust => "trust policy",
            Self::Resource => "resource-based policy",
            Self::KmsKey => "key policy",
            Self::VpcEndpoint => "VPC endpoint policy",
        })
    }
}

impl FromStr for PolicyKind {
    type Err = NameError;

    /// Parses the word of [`as_str`](Self::as_str).
    fn from_str(text: &str) -> Result<Self, NameError> {
        const WORDS: [&str; PolicyKind::ALL.len()] = {
            let mut words = [""; PolicyKind::ALL.len()];
            let mut at = 0;
            while at < words.len() {
                words[at] = PolicyKind::ALL[at].as_str();
                at += 1;
            }
            words
        };
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| NameError::new(text, "kind of policy", "IAM", &WORDS))
    }
}
