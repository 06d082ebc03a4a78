//! JSON that IAM does not define, kept for what it is.

use std::fmt;

/// Any JSON value; members of objects stay in order.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

/// A JSON number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number without a sign.
    Unsigned(u64),
    /// A whole number below zero.
    Signed(i64),
    /// Any other.
    Float(f64),
}

impl fmt::Display for Number {
    /// As JSON writes it; `null` for what JSON has no number for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned(number) => number.fmt(f),
            Self::Signed(number) => number.fmt(f),
            Self::Float(number) if !number.is_finite() => f.write_str("null"),
            Self::Float(number) => fmt::Debug::fmt(number, f),
        }
    }
}
