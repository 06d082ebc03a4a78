//! Policy documents as they stand: whatever somebody wrote, kept as it was written.
//!
//! A [`Policy`](crate::Policy) that was read holds one. Nothing in it is checked beyond its shape:
//! unknown members stay, a list of one stays a list, a number stays a number.

mod edit;
pub(crate) mod element;
#[cfg(feature = "json")]
mod from_json;
mod json;
mod node;
mod path;
#[cfg(feature = "serde")]
mod read;
mod write;

#[cfg(feature = "json")]
pub use from_json::DocumentError;
pub use json::{Json, Number};
pub use path::{Path, Step};

/// A policy document.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Document {
    /// `Version`, such as `2012-10-17`.
    pub version: Option<Scalar>,
    /// `Id`.
    pub id: Option<Scalar>,
    /// `Statement`: none if the document lacks it.
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
    /// The statements in order.
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
    /// `Effect`: `Allow` or `Deny`, if it is right.
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
    /// `Condition`: operators, each with its keys and their values, in order.
    pub condition: Option<Vec<(String, Comparisons)>>,
    /// Members that IAM does not define, in order.
    pub others: Vec<(String, Json)>,
}

/// What a condition operator compares: keys with their values, in order.
pub type Comparisons = Vec<(String, List)>;

/// `Principal` or `NotPrincipal`.
#[derive(Clone, Debug, PartialEq)]
pub enum PrincipalElement {
    /// A text, which is right only as `*`.
    Text(String),
    /// Kinds, such as `AWS` or `Service`, with their principals, in order.
    Kinds(Vec<(String, List)>),
}

/// A value that may stand alone or in a list.
#[derive(Clone, Debug, PartialEq)]
pub enum List {
    /// `"a"`.
    Alone(Scalar),
    /// `["a", "b"]`, and `["a"]` too.
    Several(Vec<Scalar>),
}

impl List {
    /// The values in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Scalar] {
        match self {
            Self::Alone(value) => std::slice::from_ref(value),
            Self::Several(values) => values,
        }
    }

    /// The texts among the values, each with its place in the list.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.as_slice().iter().filter_map(Scalar::as_str)
    }
}

/// A single value. IAM compares all of them as texts; conditions may write numbers and truth values
/// without quotes.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// `true` or `false`, without quotes.
    Bool(bool),
    /// A number, without quotes.
    Number(Number),
}

impl Scalar {
    /// The text, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bool(_) | Self::Number(_) => None,
        }
    }
}
