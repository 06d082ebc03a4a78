//! [`PolicyError`] and its faults.

use std::error::Error;
use std::fmt;

use super::SizeLimit;
use crate::arn::site::{Partition, Region};
use crate::document::PolicyKind;
use crate::typed::principal::Principal;

/// A kind of fault in a statement or a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The policy has no statement.
    NoStatement,
    /// The statement has no action.
    NoAction,
    /// The statement has neither resource nor principal.
    NoResource,
    /// The statement has principals, in a policy of a kind that has none.
    Principals {
        /// The kind of the policy.
        kind: PolicyKind,
    },
    /// The statement has no principal, in a policy of a kind that requires one.
    NoPrincipal {
        /// The kind of the policy.
        kind: PolicyKind,
    },
    /// The statement has `NotPrincipal`, in a policy of a kind that does not have it.
    NotPrincipal {
        /// The kind of the policy.
        kind: PolicyKind,
    },
    /// A principal does not have the form of its kind.
    Principal {
        /// The principal.
        principal: Principal,
        /// The expected form.
        expected: String,
    },
    /// The statement allows access to everyone except some principals.
    AllowNotPrincipal,
    /// The statement of a trust policy has resources.
    TrustResource,
    /// The statement of a resource control policy allows.
    ControlAllow,
    /// The statement of a resource control policy has `NotAction`.
    ControlNotAction,
    /// The statement of a resource control policy has another principal than everyone.
    ControlPrincipal,
    /// The Sid is empty, or contains anything but ASCII letters and digits.
    Sid,
    /// An earlier statement has the same Sid.
    DuplicateSid {
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
        /// The expected form, with an example.
        expected: &'static str,
    },
    /// A condition has a value with a wildcard, which its operator compares as a plain character.
    Wildcard {
        /// The operator.
        operator: String,
        /// The condition key.
        key: String,
        /// The value.
        value: String,
        /// The operator with wildcards.
        like: String,
    },
    /// A condition has a text with `${…}`, which is not a policy variable there.
    TextVariable {
        /// The operator.
        operator: String,
        /// The condition key.
        key: String,
        /// The text.
        value: String,
    },
    /// Two conditions have the same operator and key. In a policy they would be one condition, which
    /// is true if one of the values matches.
    RepeatedCondition {
        /// The operator.
        operator: String,
        /// The condition key.
        key: String,
        /// The call that creates one condition with all values.
        list: String,
    },
    /// An ARN has no region, and its resource type requires one.
    NoRegion {
        /// The ARN.
        arn: String,
        /// Its resource type.
        resource_type: &'static str,
    },
    /// The region of an ARN is not in the partition of the ARN.
    OtherPartition {
        /// The ARN.
        arn: String,
        /// Its region.
        region: Region,
        /// The partition of the region.
        partition: Partition,
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
    /// The document is larger than [the limit](super::PolicyBuilder::limit).
    TooLong {
        /// The size of the document, in characters without white space.
        size: usize,
        /// The limit.
        limit: SizeLimit,
    },
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStatement => f.write_str("no statement; expected at least one"),
            Self::NoAction => f.write_str("no action; expected at least one"),
            Self::NoResource => f.write_str(
                "no resource; expected `.on(…)`, or `.principal(…)` in a role's trust policy",
            ),
            Self::Principals { kind } => write!(
                f,
                "a principal; {} has no principals, because it applies to those that it is attached to",
                kind.with_article()
            ),
            Self::NoPrincipal { kind } => write!(
                f,
                "no principal; expected `.principal(…)`, because {} states who has access",
                kind.with_article()
            ),
            Self::NotPrincipal { kind } => write!(
                f,
                "`NotPrincipal` is not valid in {}; expected `.principal(…)`",
                kind.with_article()
            ),
            Self::Principal {
                principal,
                expected,
            } => write!(
                f,
                "the principal `{}` is not valid; expected {expected}",
                principal.to_string().escape_debug()
            ),
            Self::AllowNotPrincipal => f.write_str(
                "`Allow` with `NotPrincipal` gives access to everyone else, anonymous callers included; \
                 expected `.principal(…)`",
            ),
            Self::TrustResource => f.write_str(
                "a resource; expected none, because the resource of a trust policy is its role",
            ),
            Self::ControlAllow => {
                f.write_str("`Allow` in a resource control policy; expected `Statement::deny(…)`")
            }
            Self::ControlNotAction => f.write_str(
                "`NotAction` is not valid in a resource control policy; expected `Statement::deny(…)`",
            ),
            Self::ControlPrincipal => f.write_str(
                "a principal by name in a resource control policy; expected `Principal::ANYONE`, and a \
                 condition on `aws:PrincipalArn`",
            ),
            Self::Sid => f.write_str("the Sid is malformed; expected ASCII letters and digits"),
            Self::DuplicateSid { first } => write!(
                f,
                "the Sid is already used by Statement[{first}]; expected a unique one"
            ),
            Self::NoValue { operator, key } => write!(
                f,
                "`{operator}` on `{key}` has no value; expected at least one"
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
            Self::Wildcard {
                operator,
                key,
                value,
                like,
            } => write!(
                f,
                "`{operator}` on `{key}` compares the wildcards of `{}` as plain characters; expected \
                 `{like}`; hint: `Value::literal` for a text that contains `*` or `?`",
                value.escape_debug()
            ),
            Self::TextVariable {
                operator,
                key,
                value,
            } => write!(
                f,
                "`{operator}` on `{key}` has the text `{}`, in which `${{…}}` is not a policy variable; \
                 expected `Variable::new(…)`, or `Value::text(…)` for exactly this text",
                value.escape_debug()
            ),
            Self::RepeatedCondition {
                operator,
                key,
                list,
            } => write!(
                f,
                "`{operator}` on `{key}` is in two conditions, which a policy unites: it would be true if \
                 one of them is; expected one condition, `{list}` if any of the values may match"
            ),
            Self::NoRegion { arn, resource_type } => write!(
                f,
                "`{arn}` has no region; expected one, because `{resource_type}` is regional; \
                 hint: `.any_region()` matches every region"
            ),
            Self::OtherPartition {
                arn,
                region,
                partition,
            } => write!(
                f,
                "the region of `{arn}` is in another partition; expected `{partition}`, the \
                 partition of `{region}`"
            ),
            Self::NoResourceOf { action, supports } => {
                write!(f, "`{action}` supports none of the resources; expected ")?;
                if supports.is_empty() {
                    return f.write_str("`AnyResource`");
                }
                f.write_str("one of the resource types ")?;
                for (index, name) in supports.iter().enumerate() {
                    write!(f, "{}`{name}`", if index > 0 { ", " } else { "" })?;
                }
                Ok(())
            }
            Self::NoActionOn { resource } => write!(
                f,
                "none of the actions supports `{resource}`; expected an action that supports its \
                 resource type"
            ),
            Self::TooLong { size, limit } => write!(
                f,
                "the document has {size} {}; expected at most {} for {limit}",
                limit.unit(),
                limit.characters()
            ),
        }
    }
}

/// A fault of a policy, with its statement.
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

    /// Returns the index of the statement; `None` if the fault is in the policy as a whole.
    #[must_use]
    pub const fn statement(&self) -> Option<usize> {
        self.statement
    }

    /// Returns the statement's Sid.
    #[must_use]
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// Returns the kind of fault.
    #[must_use]
    pub const fn kind(&self) -> &FaultKind {
        &self.kind
    }
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.statement {
            Some(index) => write!(f, "Statement[{index}]")?,
            None => f.write_str("policy")?,
        }
        if let Some(sid) = &self.sid {
            write!(f, " (`{}`)", sid.escape_debug())?;
        }
        write!(f, ": {}", self.kind)
    }
}

/// The error of [`PolicyBuilder::build`](super::PolicyBuilder::build): all faults of the policy.
///
/// `Display` and `Debug` write one line for each fault, so that `main` can return the error.
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
///     "Statement[0] (`Who am I`): the Sid is malformed; expected ASCII letters and digits\n\
///      Statement[0] (`Who am I`): no resource; expected `.on(…)`, or `.principal(…)` in a role's trust policy"
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct PolicyError {
    faults: Vec<PolicyFault>,
}

impl PolicyError {
    pub(super) const fn new(faults: Vec<PolicyFault>) -> Self {
        Self { faults }
    }

    /// Returns all faults in the order of the statements; there is at least one.
    #[must_use]
    pub fn faults(&self) -> &[PolicyFault] {
        &self.faults
    }
}

impl fmt::Display for PolicyError {
    /// Writes one line for each fault.
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

impl fmt::Debug for PolicyError {
    /// Same as `Display`, because `main` prints errors with `Debug`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for PolicyError {}
