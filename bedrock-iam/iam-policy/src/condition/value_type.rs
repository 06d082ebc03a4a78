//! The value types of condition keys.

use std::fmt;
use std::str::FromStr;

use crate::text::names::NameError;

/// The type that the reference gives a condition key's value.
///
/// The `ArrayOf…` types mark keys for which a request carries several values: those need a
/// set operator (`ForAllValues`, `ForAnyValue`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ValueType {
    /// Text.
    String,
    /// Several texts.
    ArrayOfString,
    /// `true` or `false`.
    Bool,
    /// Several truth values.
    ArrayOfBool,
    /// A whole or decimal number.
    Numeric,
    /// Several numbers.
    ArrayOfNumeric,
    /// A point in time: ISO 8601, or seconds since 1970.
    Date,
    /// Several points in time.
    ArrayOfDate,
    /// An Amazon Resource Name.
    Arn,
    /// Several ARNs.
    ArrayOfArn,
    /// An IPv4 or IPv6 address or range.
    IpAddress,
    /// Several addresses or ranges.
    ArrayOfIpAddress,
    /// Bytes in Base64.
    Binary,
    /// Several byte strings in Base64.
    ArrayOfBinary,
}

const NAMES: &[&str] = &[
    "String",
    "ArrayOfString",
    "Bool",
    "ArrayOfBool",
    "Numeric",
    "ArrayOfNumeric",
    "Date",
    "ArrayOfDate",
    "ARN",
    "ArrayOfARN",
    "IPAddress",
    "ArrayOfIPAddress",
    "Binary",
    "ArrayOfBinary",
];

impl ValueType {
    /// Every value type, each single one before its array.
    pub const ALL: &'static [Self] = &[
        Self::String,
        Self::ArrayOfString,
        Self::Bool,
        Self::ArrayOfBool,
        Self::Numeric,
        Self::ArrayOfNumeric,
        Self::Date,
        Self::ArrayOfDate,
        Self::Arn,
        Self::ArrayOfArn,
        Self::IpAddress,
        Self::ArrayOfIpAddress,
        Self::Binary,
        Self::ArrayOfBinary,
    ];

    /// The type in the reference's spelling, such as `ArrayOfARN`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        NAMES[self as usize]
    }

    /// Whether a request carries several values for such a key.
    #[must_use]
    pub const fn is_array(self) -> bool {
        // `ALL` and the declaration alternate single types and arrays; a test holds them to it.
        self as usize % 2 == 1
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ValueType {
    type Err = NameError;

    /// Reads a type in any of the reference's spellings: `ARN` and `Arn`, `Bool` and `Boolean`,
    /// `Numeric` and `Long`, with or without spaces.
    fn from_str(text: &str) -> Result<Self, NameError> {
        let plain = text.to_ascii_lowercase().replace(' ', "");
        let plain = plain.replace("boolean", "bool").replace("long", "numeric");
        Self::ALL
            .iter()
            .copied()
            .find(|value_type| value_type.as_str().eq_ignore_ascii_case(&plain))
            .ok_or_else(|| NameError::new(text, "value type", "IAM", NAMES))
    }
}

crate::__serde_str!(ValueType);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_are_those_named_so() {
        for value_type in ValueType::ALL {
            assert_eq!(
                value_type.is_array(),
                value_type.as_str().starts_with("ArrayOf")
            );
            assert_eq!(
                value_type.as_str().to_ascii_lowercase().parse(),
                Ok(*value_type)
            );
        }
    }

    #[test]
    fn spellings_of_the_reference() {
        let cases = [
            ("Arn", ValueType::Arn),
            ("Boolean", ValueType::Bool),
            ("Array of Boolean", ValueType::ArrayOfBool),
            ("Array of String", ValueType::ArrayOfString),
            ("Long", ValueType::Numeric),
        ];
        for (spelled, value_type) in cases {
            assert_eq!(spelled.parse(), Ok(value_type), "{spelled}");
        }
        assert!("arrayof".parse::<ValueType>().is_err());
        assert!("".parse::<ValueType>().is_err());
    }
}
