//! Policies: statements, checked as a whole and printed.

mod document;
mod fault;
mod faults;
mod limit;
#[cfg(feature = "serde")]
mod serde;
mod write;

use std::borrow::Cow;
use std::fmt;

use crate::document::Document;
use crate::text::json_writer::{self, Writer};
use crate::text::one_or_many::Text;
use crate::typed::statement::{Body, Statement};

pub use fault::{FaultKind, PolicyError, PolicyFault};
pub use limit::SizeLimit;

/// A policy document that was checked as a whole.
///
/// [`Policy::new`] begins one; it prints in AWS's order: `Version`, `Id`, `Statement`, and in each
/// statement `Sid`, `Effect`, `Principal`, `Action`, `Resource`, `Condition`.
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

/// Where a policy is from.
#[derive(Clone, Debug)]
enum Content {
    /// From this crate's statements.
    Built {
        id: Option<Text>,
        statements: Vec<Body>,
    },
    /// From somebody's document.
    Read(Box<Document>),
}

impl PartialEq for Policy {
    /// Two policies are equal if they print alike.
    fn eq(&self, other: &Self) -> bool {
        self.to_document() == other.to_document()
    }
}

impl Policy {
    /// Begins a policy.
    #[expect(
        clippy::new_ret_no_self,
        reason = "what is not checked yet is no policy"
    )]
    pub fn new() -> PolicyBuilder {
        PolicyBuilder::default()
    }

    /// The document on one line, without white space.
    #[must_use]
    pub fn to_json(&self) -> String {
        match &self.content {
            Content::Built { id, statements } => {
                write::document(id.as_ref(), statements, Writer::compact())
            }
            Content::Read(document) => document.to_json(),
        }
    }

    /// The document with line breaks and an indent of two spaces.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        match &self.content {
            Content::Built { id, statements } => {
                write::document(id.as_ref(), statements, Writer::pretty())
            }
            Content::Read(document) => document.to_json_pretty(),
        }
    }

    /// How many characters IAM counts against its [limits](SizeLimit): all but white space.
    #[must_use]
    pub fn size(&self) -> usize {
        json_writer::size(&self.to_json())
    }
}

impl fmt::Display for Policy {
    /// The document on one line; with `{:#}`, indented.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if f.alternate() {
            self.to_json_pretty()
        } else {
            self.to_json()
        };
        f.write_str(&text)
    }
}

/// A policy that is still being written.
#[derive(Clone, Debug, Default)]
#[must_use = "a policy is checked by `.build()`"]
pub struct PolicyBuilder {
    id: Option<Text>,
    statements: Vec<Body>,
    limit: Option<SizeLimit>,
}

impl PolicyBuilder {
    /// Adds a statement.
    pub fn with<A, R>(mut self, statement: Statement<A, R>) -> Self {
        self.statements.push(statement.body);
        self
    }

    /// Adds several statements.
    pub fn with_all<A, R>(mut self, statements: impl IntoIterator<Item = Statement<A, R>>) -> Self {
        let bodies = statements.into_iter().map(|statement| statement.body);
        self.statements.extend(bodies);
        self
    }

    /// Names the policy: its `Id`, which some services ask of resource policies.
    pub fn id(mut self, id: impl Into<Cow<'static, str>>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Asks [`build`](Self::build) to refuse a document over this size.
    pub fn limit(mut self, limit: SizeLimit) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Checks what types can't see, and gives the policy.
    ///
    /// # Errors
    ///
    /// [`PolicyError`] with everything that is wrong: no statement; a statement without action, or
    /// without resource where it has no principal either; a Sid that holds more than ASCII letters
    /// and digits, or that stands twice; a condition without values, or with one that its operator
    /// can't compare; an ARN without a region where its type needs one; an action or resource of
    /// [`on_mixed`](Statement::on_mixed) that goes with none of the others; a document over the
    /// [limit](Self::limit) that was asked for.
    pub fn build(self) -> Result<Policy, PolicyError> {
        let mut faults = faults::faults(&self.statements);
        let policy = Policy {
            content: Content::Built {
                id: self.id,
                statements: self.statements,
            },
        };
        if let Some(limit) = self.limit {
            let size = policy.size();
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
