//! The error of [`Operations`](super::Operations).

use std::error::Error;
use std::fmt;

use iam_policy::{Together, words};

use super::api_keys;

/// The error of [`Operations::statements`](super::Operations::statements): an action without an ARN,
/// an ARN without an action or without its models, or API keys for an operation that does not accept them.
#[derive(Clone, PartialEq, Eq)]
pub struct OperationsError {
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Missing {
        operation: &'static str,
        action: &'static str,
        expected: Option<Vec<&'static str>>,
    },
    Incomplete {
        operation: &'static str,
        action: &'static str,
        lacking: &'static Together,
    },
    Unused {
        arn: Box<str>,
    },
    Profile {
        fault: Box<str>,
    },
    NoApiKeys {
        operation: &'static str,
    },
}

impl OperationsError {
    pub(super) const fn missing(
        operation: &'static str,
        action: &'static str,
        expected: Option<Vec<&'static str>>,
    ) -> Self {
        Self {
            kind: Kind::Missing {
                operation,
                action,
                expected,
            },
        }
    }

    pub(super) const fn incomplete(
        operation: &'static str,
        action: &'static str,
        lacking: &'static Together,
    ) -> Self {
        Self {
            kind: Kind::Incomplete {
                operation,
                action,
                lacking,
            },
        }
    }

    pub(super) fn profile(fault: String) -> Self {
        Self {
            kind: Kind::Profile {
                fault: fault.into(),
            },
        }
    }

    pub(super) const fn no_api_keys(operation: &'static str) -> Self {
        Self {
            kind: Kind::NoApiKeys { operation },
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
                expected,
            } => {
                write!(
                    f,
                    "`{operation}` needs `{action}`, and none of the ARNs fits it; expected "
                )?;
                match expected {
                    Some(types) => {
                        let types = types.iter().map(|it| format!("`{it}`"));
                        let types = types.collect::<Vec<_>>().join(", ");
                        write!(f, "an ARN of type {types}")?;
                    }
                    None => {
                        let service = action.split(':').next().unwrap_or_default();
                        write!(
                            f,
                            "an ARN of `{service}`, such as `raw_arn!(\"arn:aws:{service}:…\")`"
                        )?;
                    }
                }
                f.write_str("; hint: add it with `.on(…)`")
            }
            Kind::Incomplete {
                operation,
                action,
                lacking,
            } => {
                let Together { needs, why, .. } = lacking;
                let types = [needs].into_iter().chain(lacking.or);
                let types: Vec<_> = types.map(|it| format!("`{it}`")).collect();
                write!(
                    f,
                    "`{operation}` also needs `{action}` on {}: {why}; hint: ",
                    words::with_article(&types.join(" or "))
                )?;
                // with an inference profile, that is its models in each region
                if *needs == "foundation-model" && !lacking.beside.is_empty() {
                    f.write_str(
                        "`recipes::invoke_through_profile` makes the statements for both, or ",
                    )?;
                }
                f.write_str("add its ARN with `.on(…)`")
            }
            Kind::Unused { arn } => {
                write!(
                    f,
                    "none of the operations needs `{arn}`; expected an ARN to which one of their \
                     actions can be scoped"
                )
            }
            Kind::Profile { fault } => write!(f, "{fault}; hint: add its ARN with `.on(…)`"),
            Kind::NoApiKeys { operation } => {
                let [one, other] = api_keys::CLIENTS;
                write!(
                    f,
                    "`{operation}` does not accept API keys; expected operations of the SDK clients \
                     `{one}` and `{other}` that do; hint: add its statements from another `Operations`, \
                     without `.with_api_keys()`"
                )
            }
        }
    }
}

impl fmt::Debug for OperationsError {
    /// Same as `Display`, because `main` prints errors with `Debug`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for OperationsError {}
