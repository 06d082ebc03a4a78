//! Policies: statements that are checked together and printed as JSON.

mod document;
mod fault;
mod faults;
mod kinds;
mod limit;
#[cfg(feature = "serde")]
mod serde;
mod write;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::document::{Document, PolicyKind};
use crate::text::json_writer::{self, Writer};
use crate::text::one_or_many::Text;
use crate::typed::statement::{Body, Statement};

pub use fault::{FaultKind, PolicyError, PolicyFault};
pub use kinds::{Holds, WithResources, WithoutResources};
pub use limit::SizeLimit;

/// A policy document: built from statements, or read from JSON.
///
/// [`Policy::new`] returns a builder, whose [`build`](PolicyBuilder::build) checks the policy as a
/// whole. The builders of a kind, such as [`Policy::identity`] and [`Policy::trust`], also check that the
/// policy has what its kind requires, and nothing else. A policy that was built prints its elements in AWS's order: `Version`, `Id`, `Statement`,
/// and in each statement `Sid`, `Effect`, `Principal`, `Action`, `Resource`, `Condition`.
///
/// A policy that was read from JSON is not checked by `build`, and prints as it was written;
/// [`check`](crate::check) finds mistakes in both.
///
/// ```
/// use iam_policy::{AnyResource, Policy, Statement, foreign_action};
///
/// let policy = Policy::new()
///     .with(Statement::allow(foreign_action!("sts:GetCallerIdentity")).on(AnyResource))
///     .build()?;
/// assert_eq!(
///     policy.to_json(),
///     r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:GetCallerIdentity","Resource":"*"}]}"#
/// );
/// # Ok::<(), iam_policy::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Policy {
    content: Content,
}

/// The content of a policy, by its source.
#[derive(Clone, Debug)]
enum Content {
    /// Built from statements of this crate.
    Built {
        id: Option<Text>,
        statements: Vec<Body>,
    },
    /// Read from an existing document.
    Read(Box<Document>),
}

impl PartialEq for Policy {
    /// Compares the documents of two policies, whether they were built or read.
    fn eq(&self, other: &Self) -> bool {
        self.to_document() == other.to_document()
    }
}

impl Policy {
    /// Returns a builder for a policy of any kind, without statements.
    #[expect(
        clippy::new_ret_no_self,
        reason = "a policy exists only once its builder has checked it"
    )]
    pub fn new() -> PolicyBuilder {
        PolicyBuilder::default()
    }

    /// Returns the document as JSON on one line, without white space.
    #[must_use]
    pub fn to_json(&self) -> String {
        match &self.content {
            Content::Built { id, statements } => {
                write::document(id.as_ref(), statements, Writer::compact())
            }
            Content::Read(document) => document.to_json(),
        }
    }

    /// Returns the document as JSON with line breaks and an indent of two spaces.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        match &self.content {
            Content::Built { id, statements } => {
                write::document(id.as_ref(), statements, Writer::pretty())
            }
            Content::Read(document) => document.to_json_pretty(),
        }
    }

    /// Returns the size that IAM compares with its [limits](SizeLimit): the number of characters
    /// without white space.
    #[must_use]
    pub fn size(&self) -> usize {
        json_writer::size(&self.to_json())
    }
}

impl fmt::Display for Policy {
    /// Writes the document on one line, or indented with `{:#}`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if f.alternate() {
            self.to_json_pretty()
        } else {
            self.to_json()
        };
        f.write_str(&text)
    }
}

/// A builder of a [`Policy`].
///
/// ```
/// use iam_policy::{AnyResource, Policy, SizeLimit, Statement, foreign_action};
///
/// let policy = Policy::new()
///     .with(Statement::allow(foreign_action!("bedrock:InvokeModel")).on(AnyResource))
///     .limit(SizeLimit::Managed)
///     .build()?;
/// assert!(policy.size() < SizeLimit::Managed.characters());
/// # Ok::<(), iam_policy::PolicyError>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "`.build()` checks the policy and returns it"]
pub struct PolicyBuilder<K = WithResources> {
    id: Option<Text>,
    statements: Vec<Body>,
    limit: Option<SizeLimit>,
    kind: Option<PolicyKind>,
    of: PhantomData<fn() -> K>,
}

impl<K> PolicyBuilder<K> {
    /// Adds a statement.
    pub fn with<A, R>(mut self, statement: Statement<A, R>) -> Self
    where
        K: Holds<R>,
    {
        self.statements.push(statement.body);
        self
    }

    /// Adds several statements.
    pub fn with_all<A, R>(mut self, statements: impl IntoIterator<Item = Statement<A, R>>) -> Self
    where
        K: Holds<R>,
    {
        let bodies = statements.into_iter().map(|statement| statement.body);
        self.statements.extend(bodies);
        self
    }

    /// Sets the policy's `Id`, which some services require in resource policies.
    pub fn id(mut self, id: impl Into<Cow<'static, str>>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the largest size that [`build`](Self::build) accepts. Without it, a policy of a kind can have the
    /// highest limit of its kind, and one of [`Policy::new`] any size.
    pub fn limit(mut self, limit: SizeLimit) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Checks what the compiler can't, and returns the policy.
    ///
    /// # Errors
    ///
    /// Returns [`PolicyError`] with all faults if
    ///
    /// - the policy has no statement,
    /// - a statement has no action, or neither a resource nor a principal,
    /// - a Sid contains anything but ASCII letters and digits, unless it is in a resource policy, or is used
    ///   twice,
    /// - a principal does not have the form of its kind,
    /// - a condition has no value, or one that its operator can't compare,
    /// - an ARN has no region, and its resource type requires one,
    /// - the region of an ARN is in another partition,
    /// - an action of [`on_mixed`](Statement::on_mixed) supports none of the resources, or a
    ///   resource is supported by none of the actions,
    /// - the policy is of a kind, and a statement has elements that the kind does not have, or lacks
    ///   one that it requires,
    /// - the document is larger than the [limit](Self::limit).
    pub fn build(self) -> Result<Policy, PolicyError> {
        let mut faults = faults::faults(&self.statements, self.kind);
        let policy = Policy {
            content: Content::Built {
                id: self.id,
                statements: self.statements,
            },
        };
        let of_kind = self.kind.and_then(|kind| SizeLimit::of_kind(kind).last());
        if let Some(limit) = self.limit.or(of_kind.copied()) {
            let size = limit.size_of(&policy.to_json());
            if size > limit.characters() {
                faults.push(PolicyFault::of_policy(FaultKind::TooLong { size, limit }));
            }
        }
        if faults.is_empty() {
            Ok(policy)
        } else {
            Err(PolicyError::new(faults))
        }
    }
}
