//! What keeps operations from becoming statements.

use std::error::Error;
use std::fmt;

use crate::generated::bedrock::{Action, Operation};

use iam_policy::Together;

/// An action without an ARN, or an ARN without an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationsError {
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Missing {
        operation: Operation,
        action: &'static str,
        known: Option<Action>,
    },
    Beside {
        operation: Operation,
        action: &'static str,
        lacking: &'static Together,
    },
    Unused {
        arn: Box<str>,
    },
}

impl OperationsError {
    pub(super) const fn missing(
        operation: Operation,
        action: &'static str,
        known: Option<Action>,
    ) -> Self {
        Self {
            kind: Kind::Missing {
                operation,
                action,
                known,
            },
        }
    }

    pub(super) const fn beside(
        operation: Operation,
        action: &'static str,
        lacking: &'static Together,
    ) -> Self {
        Self {
            kind: Kind::Beside {
                operation,
                action,
                lacking,
            },
        }
    }

    pub(super) fn unused(arn: &str) -> Self {
        Self {
            kind: Kind::Unused { arn: arn.into() },
        }
    }
}

impl fmt::Display for OperationsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Missing {
                operation,
                action,
                known,
            } => {
                write!(
                    f,
                    "`{operation}` needs `{action}`, and no ARN for it was given: expected "
                )?;
                match known {
                    Some(action) => {
                        let types = action
                            .resources()
                            .iter()
                            .map(|it| format!("`{}`", it.resource_type));
                        write!(f, "one of {}", types.collect::<Vec<_>>().join(", "))?;
                    }
                    None => {
                        let service = action.split(':').next().unwrap_or_default();
                        write!(
                            f,
                            "one of the service `{service}`, such as `raw_arn!(\"arn:aws:{service}:…\")`"
                        )?;
                    }
                }
                f.write_str("; add it by `.on(…)`")
            }
            Kind::Beside {
                operation,
                action,
                lacking,
            } => {
                let Together { needs, why, .. } = lacking;
                write!(
                    f,
                    "`{operation}` needs `{action}` on a `{needs}` as well: {why}; "
                )?;
                // what is needed beside a profile is its models, in each region
                if !lacking.beside.is_empty() {
                    f.write_str(
                        "`recipes::invoke_through_profile` makes the statements for both; ",
                    )?;
                }
                f.write_str("add its ARN by `.on(…)`")
            }
            Kind::Unused { arn } => {
                write!(
                    f,
                    "none of the operations needs `{arn}`: expected an ARN that one of their actions can be scoped to"
                )
            }
        }
    }
}

impl Error for OperationsError {}
