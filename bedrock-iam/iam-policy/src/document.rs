//! Policy documents as written, for reading, checking and changing existing policies.
//!
//! [`Document`] keeps the form of what was parsed: unknown members, lists with one entry, and numbers
//! without quotes stay as they are. Only the structure is checked; [`check`](crate::check) reports
//! everything else. A parsed [`Policy`](crate::Policy) contains a document.

mod edit;
pub(crate) mod element;
#[cfg(feature = "json")]
mod from_json;
mod json;
mod kind;
#[cfg(feature = "json")]
mod malformed;
mod node;
mod path;
#[cfg(feature = "serde")]
mod read;
mod write;

use std::fmt;

#[cfg(feature = "json")]
pub use from_json::DocumentError;
pub use json::{Json, Number};
pub use kind::PolicyKind;
pub use path::{Path, Step};

/// A policy document.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Document {
    /// `Version`, such as `2012-10-17`.
    pub version: Option<Scalar>,
    /// `Id`.
    pub id: Option<Scalar>,
    /// `Statement`.
    pub statements: Option<Statements>,
    /// Members that IAM does not define, in order.
    pub others: Vec<(String, Json)>,
}

/// The statements of a document: one object, or a list of objects.
#[derive(Clone, Debug, PartialEq)]
pub enum Statements {
    /// `"Statement": {…}`.
    Alone(Box<DocumentStatement>),
    /// `"Statement": […]`.
    List(Vec<DocumentStatement>),
}

impl Statements {
    /// Returns the statements in order.
    #[must_use]
    pub fn as_slice(&self) -> &[DocumentStatement] {
        match self {
            Self::Alone(statement) => std::slice::from_ref(statement),
            Self::List(statements) => statements,
        }
    }
}

/// A statement of a document.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DocumentStatement {
    /// `Sid`.
    pub sid: Option<Scalar>,
    /// `Effect`: `Allow` or `Deny` if it is valid.
    pub effect: Option<Scalar>,
    /// `Principal`.
    pub principal: Option<PrincipalElement>,
    /// `NotPrincipal`.
    pub not_principal: Option<PrincipalElement>,
    /// `Action`.
    pub action: Option<List>,
    /// `NotAction`.
    pub not_action: Option<List>,
    /// `Resource`.
    pub resource: Option<List>,
    /// `NotResource`.
    pub not_resource: Option<List>,
    /// `Condition`: the operators in order, each with its keys and their values.
    pub condition: Option<Vec<(String, Comparisons)>>,
    /// Members that IAM does not define, in order.
    pub others: Vec<(String, Json)>,
}

/// The comparisons of a condition operator: keys in order, with their values.
pub type Comparisons = Vec<(String, List)>;

/// The value of `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq)]
pub enum PrincipalElement {
    /// A string; only `*` is valid.
    Text(String),
    /// Principals by kind, such as `AWS` or `Service`, in order.
    Kinds(Vec<(String, List)>),
}

/// A single value or a list of values.
#[derive(Clone, Debug, PartialEq)]
pub enum List {
    /// `"a"`.
    Alone(Scalar),
    /// `["a", "b"]`, and also `["a"]`.
    Several(Vec<Scalar>),
}

impl List {
    /// Returns the values in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Scalar] {
        match self {
            Self::Alone(value) => std::slice::from_ref(value),
            Self::Several(values) => values,
        }
    }

    /// Returns the strings among the values.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.as_slice().iter().filter_map(Scalar::as_str)
    }
}

/// A single value. IAM treats all values as strings; in conditions, numbers and booleans may be
/// written without quotes.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// A string.
    Text(String),
    /// `true` or `false`, without quotes.
    Bool(bool),
    /// A number, without quotes.
    Number(Number),
}

impl Scalar {
    /// Returns the string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bool(_) | Self::Number(_) => None,
        }
    }
}

impl fmt::Display for Scalar {
    /// Writes the string without quotes, and a number or boolean as in JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.pad(text),
            Self::Bool(value) => value.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}
