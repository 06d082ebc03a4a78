//! What can be wrong with a policy as a whole.

use std::error::Error;
use std::fmt;

use super::SizeLimit;

/// What is wrong with a statement or a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The policy has no statement.
    NoStatement,
    /// The statement has no action.
    NoAction,
    /// The statement has neither resource nor principal.
    NoResource,
    /// The Sid is empty, or holds more than ASCII letters and digits.
    Sid,
    /// The Sid is that of an earlier statement.
    SidTwice {
        /// The earlier statement, counted from 0.
        first: usize,
    },
    /// A condition has no value to compare with.
    NoValue {
        /// The operator.
        operator: String,
        /// The condition key.
        key: String,
    },
    /// A condition has a value that its operator can't compare.
    Value {
        /// The operator.
        operator: String,
        /// The condition key.
        key: String,
        /// The value.
        value: String,
        /// What was expected in its place.
        expected: &'static str,
    },
    /// An ARN has no region, and its type needs one.
    NoRegion {
        /// The ARN.
        arn: String,
        /// Its resource type.
        resource_type: &'static str,
    },
    /// An action of `.on_mixed(…)` supports none of the resources.
    NoResourceOf {
        /// The action.
        action: String,
        /// The resource types that it supports.
        supports: Vec<&'static str>,
    },
    /// A resource of `.on_mixed(…)` is supported by none of the actions.
    NoActionOn {
        /// The resource.
        resource: String,
    },
    /// The document is longer than the limit that was asked for.
    TooLong {
        /// How long it is, in characters but for white space.
        size: usize,
        /// The limit.
        limit: SizeLimit,
    },
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStatement => f.write_str("no statement; expected one at least"),
            Self::NoAction => f.write_str("no action; expected one at least"),
            Self::NoResource => f.write_str(
                "no resource; expected `.on(…)`, or `.principal(…)` in a role's trust policy",
            ),
            Self::Sid => f.write_str("the Sid is malformed; expected ASCII letters and digits"),
            Self::SidTwice { first } => write!(
                f,
                "statement {} has the same Sid; expected each once",
                first + 1
            ),
            Self::NoValue { operator, key } => write!(
                f,
                "`{operator}` on `{key}` has no value; expected one at least"
            ),
            Self::Value {
                operator,
                key,
                value,
                expected,
            } => write!(
                f,
                "`{operator}` on `{key}` has the value `{}`; expected {expected}",
                value.escape_debug()
            ),
            Self::NoRegion { arn, resource_type } => write!(
                f,
                "`{arn}` has no region; expected one, for `{resource_type}` is regional; hint: \
                 `.any_region()` says any"
            ),
            Self::NoResourceOf { action, supports } => {
                write!(f, "`{action}` goes with none of the resources; expected ")?;
                if supports.is_empty() {
                    return f.write_str("`AnyResource`");
                }
                f.write_str("one of the types ")?;
                for (index, name) in supports.iter().enumerate() {
                    write!(f, "{}`{name}`", if index > 0 { ", " } else { "" })?;
                }
                Ok(())
            }
            Self::NoActionOn { resource } => write!(
                f,
                "`{resource}` goes with none of the actions; expected an action that supports its type"
            ),
            Self::TooLong { size, limit } => write!(
                f,
                "the document has {size} characters but for white space; expected {} at most for {limit}",
                limit.characters()
            ),
        }
    }
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFault {
    statement: Option<usize>,
    sid: Option<Box<str>>,
    kind: FaultKind,
}

impl PolicyFault {
    pub(super) fn new(statement: usize, sid: Option<&str>, kind: FaultKind) -> Self {
        Self {
            statement: Some(statement),
            sid: sid.map(Into::into),
            kind,
        }
    }

    pub(super) const fn of_policy(kind: FaultKind) -> Self {
        Self {
            statement: None,
            sid: None,
            kind,
        }
    }

    /// The statement it is in, counted from 0; `None` for the policy as a whole.
    #[must_use]
    pub const fn statement(&self) -> Option<usize> {
        self.statement
    }

    /// The statement's Sid.
    #[must_use]
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> &FaultKind {
        &self.kind
    }
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.statement {
            Some(index) => write!(f, "statement {}", index + 1)?,
            None => f.write_str("policy")?,
        }
        if let Some(sid) = &self.sid {
            write!(f, " (`{}`)", sid.escape_debug())?;
        }
        write!(f, ": {}", self.kind)
    }
}

/// A policy that can't be built: everything that is wrong with it.
///
/// ```
/// use iam_policy::{AnyResource, Policy, Statement, foreign_action};
///
/// let error = Policy::new()
///     .with(Statement::allow(foreign_action!("sts:GetCallerIdentity")).sid("Who am I"))
///     .build()
///     .unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "statement 1 (`Who am I`): the Sid is malformed; expected ASCII letters and digits\n\
///      statement 1 (`Who am I`): no resource; expected `.on(…)`, or `.principal(…)` in a role's trust policy"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    faults: Vec<PolicyFault>,
}

impl PolicyError {
    pub(super) const fn new(faults: Vec<PolicyFault>) -> Self {
        Self { faults }
    }

    /// Everything that is wrong, in the order of the statements; never empty.
    #[must_use]
    pub fn faults(&self) -> &[PolicyFault] {
        &self.faults
    }
}

impl fmt::Display for PolicyError {
    /// One line for each fault.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl Error for PolicyError {}
