//! Kinds of policies.

use std::fmt;
use std::str::FromStr;

use super::{Document, DocumentStatement, List};
use crate::NameError;

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
}

impl PolicyKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Identity,
        Self::Boundary,
        Self::Session,
        Self::ServiceControl,
        Self::ResourceControl,
        Self::Trust,
        Self::Resource,
        Self::KmsKey,
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
        }
    }

    /// Returns the kind that a document shows by its elements.
    ///
    /// A document with principals is a trust policy if it has no resources and only actions of STS, the
    /// policy of a key if all its actions are those of KMS, and otherwise a resource-based policy.
    /// Without principals, it is an identity-based policy: boundaries, session policies and service
    /// control policies look the same. Resource control policies look like resource-based ones.
    #[must_use]
    pub fn guess(document: &Document) -> Self {
        let statements = document.statements.as_ref();
        let statements = statements.map_or(&[][..], |it| it.as_slice());
        let has_principal =
            |it: &DocumentStatement| it.principal.is_some() || it.not_principal.is_some();
        let all_of = |prefix: &str| {
            let mut actions = statements.iter().flat_map(actions).peekable();
            actions.peek().is_some() && actions.all(|action| has_prefix(action, prefix))
        };
        let has_resource =
            |it: &DocumentStatement| it.resource.is_some() || it.not_resource.is_some();
        let has_sts = all_of("sts");
        if !statements.iter().any(has_principal) {
            // without resources, it can only be a trust policy whose principals are missing
            return match has_sts && !statements.iter().any(has_resource) {
                true => Self::Trust,
                false => Self::Identity,
            };
        }
        match () {
            () if has_sts && statements.iter().any(|it| !has_resource(it)) => Self::Trust,
            () if all_of("kms") => Self::KmsKey,
            () => Self::Resource,
        }
    }

    /// Returns whether the statements of such a policy name principals.
    #[must_use]
    pub const fn has_principals(self) -> bool {
        matches!(
            self,
            Self::ResourceControl | Self::Trust | Self::Resource | Self::KmsKey
        )
    }
}

fn actions(statement: &DocumentStatement) -> impl Iterator<Item = &str> {
    let lists = [&statement.action, &statement.not_action];
    let lists = lists.into_iter().flatten();
    lists.flat_map(List::texts)
}

fn has_prefix(action: &str, prefix: &str) -> bool {
    action
        .split_once(':')
        .is_some_and(|(given, _)| given.eq_ignore_ascii_case(prefix))
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
        })
    }
}

impl FromStr for PolicyKind {
    type Err = NameError;

    /// Parses the word of [`as_str`](Self::as_str).
    fn from_str(text: &str) -> Result<Self, NameError> {
        const WORDS: [&str; 8] = {
            let mut words = [""; 8];
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
