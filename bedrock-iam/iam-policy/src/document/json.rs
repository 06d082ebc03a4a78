//! JSON that IAM does not define, kept for what it is.

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
