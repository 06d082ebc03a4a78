//! The error of calls that can't be read or understood.

use std::error::Error;
use std::fmt;

use iam_policy::runtime::nearest;
use iam_policy::words::code;

/// The error of a call: a member that is unknown, malformed or missing, or an unknown operation.
#[derive(Clone, PartialEq, Eq)]
pub struct CallError {
    message: Box<str>,
}

impl CallError {
    pub(super) fn new(message: impl Into<Box<str>>) -> Self {
        Self {
            message: message.into(),
        }
    }

    /// Creates the error of a member with an invalid value.
    pub(super) fn member(name: &str, found: &str, expected: &str) -> Self {
        Self::new(format!(
            "member {}: found {}; expected {expected}",
            code(name),
            code(found)
        ))
    }

    /// Creates the error of a name that is not among the known ones.
    pub(super) fn unknown(message: String, name: &str, known: &[&str]) -> Self {
        let near = nearest(known.iter().copied(), name);
        let hint = near.map_or_else(String::new, |it| format!("; did you mean {}?", code(it)));
        Self::new(message + &hint)
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for CallError {
    /// Same as `Display`, because `main` prints errors with `Debug`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for CallError {}
