//! The value types of condition keys: a table of their names and marker types.

use std::fmt;
use std::str::FromStr;

use crate::condition::{Several, Single};
use crate::text::names::NameError;

/// Defines the value types; each row has the type of single values and of several, with their names
/// in the reference.
macro_rules! value_types {
    ($(
        $(#[$one_doc:meta])* $One:ident = $one:literal,
        $(#[$array_doc:meta])* $Array:ident = $array:literal;
    )*) => {
        /// The type of a condition key's values, as stated in the reference.
        ///
        /// Keys of an `ArrayOf…` type can have several values in a request and need a set operator
        /// (`ForAllValues`, `ForAnyValue`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ValueType {
            $(
                $(#[$one_doc])*
                $One,
                $(#[$array_doc])*
                $Array,
            )*
        }

        /// The names of the types, in the order of their declaration.
        const NAMES: &[&str] = &[$($one, $array),*];

        impl ValueType {
            /// All value types, each single one before its array.
            pub const ALL: &'static [Self] = &[$(Self::$One, Self::$Array),*];

            /// Returns whether such a key can have several values in a request.
            #[must_use]
            pub const fn is_array(self) -> bool {
                matches!(self, $(Self::$Array)|*)
            }

            /// Returns the type of a single value: `String` for both `String` and `ArrayOfString`.
            #[must_use]
            pub const fn single(self) -> Self {
                match self {
                    $(Self::$One | Self::$Array => Self::$One,)*
                }
            }
        }

        /// Marker types for the value types of condition keys, used as
        /// [`KeyId::Value`](crate::typing::KeyId::Value).
        pub mod value {
            use super::ValueType;

            /// A marker of a value type; the types of this module implement it.
            pub trait ValueKind: Copy + Send + Sync + 'static {
                /// The value type; `None` for [`Any`].
                const TYPE: Option<ValueType>;
            }

            $(
                $(#[$one_doc])*
                #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
                pub struct $One;

                impl ValueKind for $One {
                    const TYPE: Option<ValueType> = Some(ValueType::$One);
                }

                $(#[$array_doc])*
                #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
                pub struct $Array;

                impl ValueKind for $Array {
                    const TYPE: Option<ValueType> = Some(ValueType::$Array);
                }
            )*

            /// The value of a tag: a string in the reference, but policies may compare it as any
            /// type, such as a number or an ARN.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub struct Tag;

            impl ValueKind for Tag {
                const TYPE: Option<ValueType> = Some(ValueType::String);
            }

            /// A value of a type that the reference does not state.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub struct Any;

            impl ValueKind for Any {
                const TYPE: Option<ValueType> = None;
            }
        }

        $(impl<K> Single<K> for value::$One {})*
        impl<K> Single<K> for value::Tag {}
        impl<K> Single<K> for value::Any {}

        $(impl<K> Several<K> for value::$Array {})*
        impl<K> Several<K> for value::Any {}
    };
}

value_types! {
    /// A string.
    String = "String",
    /// Several strings.
    ArrayOfString = "ArrayOfString";
    /// `true` or `false`.
    Bool = "Bool",
    /// Several booleans.
    ArrayOfBool = "ArrayOfBool";
    /// A whole or decimal number.
    Numeric = "Numeric",
    /// Several numbers.
    ArrayOfNumeric = "ArrayOfNumeric";
    /// A point in time: ISO 8601, or seconds since 1970.
    Date = "Date",
    /// Several points in time.
    ArrayOfDate = "ArrayOfDate";
    /// An Amazon Resource Name.
    Arn = "ARN",
    /// Several ARNs.
    ArrayOfArn = "ArrayOfARN";
    /// An IPv4 or IPv6 address or range.
    IpAddress = "IPAddress",
    /// Several addresses or ranges.
    ArrayOfIpAddress = "ArrayOfIPAddress";
    /// Bytes in Base64.
    Binary = "Binary",
    /// Several byte strings in Base64.
    ArrayOfBinary = "ArrayOfBinary";
}

impl ValueType {
    /// Returns the type in the reference's spelling, such as `ArrayOfARN`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        NAMES[self as usize]
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ValueType {
    type Err = NameError;

    /// Parses a type in any of the reference's spellings: `ARN` and `Arn`, `Bool` and `Boolean`,
    /// `Numeric` and `Long`, with or without spaces.
    fn from_str(text: &str) -> Result<Self, NameError> {
        let plain = text.to_ascii_lowercase().replace(' ', "");
        let plain = plain.replace("boolean", "bool").replace("long", "numeric");
        let at = NAMES.iter().position(|it| it.eq_ignore_ascii_case(&plain));
        at.map(|at| Self::ALL[at])
            .ok_or_else(|| NameError::new(text, "value type", "IAM", NAMES))
    }
}

crate::__serde_str!(ValueType);

#[cfg(test)]
mod tests {
    use super::value::ValueKind as _;
    use super::*;

    #[test]
    fn the_table_agrees_with_the_names() {
        for of in ValueType::ALL {
            let name = of.as_str();
            assert!(name.eq_ignore_ascii_case(&format!("{of:?}")), "{name}");
            assert_eq!(of.is_array(), name.starts_with("ArrayOf"));
            assert_eq!(
                name.strip_prefix("ArrayOf").unwrap_or(name),
                of.single().as_str()
            );
            assert_eq!(name.to_ascii_lowercase().parse(), Ok(*of));
        }
        assert_eq!(value::ArrayOfArn::TYPE, Some(ValueType::ArrayOfArn));
        assert_eq!(value::Tag::TYPE, Some(ValueType::String));
    }

    #[test]
    fn spellings_of_the_reference_are_parsed() {
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
