//! The value types of condition keys: one table of their names and of their markers in types.

use std::fmt;
use std::str::FromStr;

use crate::condition::{Several, Single};
use crate::text::names::NameError;

/// Each row has the type of single values and the type of several, with their names in the
/// reference.
macro_rules! value_types {
    ($(
        $(#[$one_doc:meta])* $One:ident = $one:literal,
        $(#[$array_doc:meta])* $Array:ident = $array:literal;
    )*) => {
        /// The type that the reference gives a condition key's value.
        ///
        /// The `ArrayOf…` types mark keys for which a request carries several values: those need a
        /// set operator (`ForAllValues`, `ForAnyValue`).
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

        /// The types' names, in the order of their declaration.
        const NAMES: &[&str] = &[$($one, $array),*];

        impl ValueType {
            /// Every value type, each single one before its array.
            pub const ALL: &'static [Self] = &[$(Self::$One, Self::$Array),*];

            /// Whether a request carries several values for such a key.
            #[must_use]
            pub const fn is_array(self) -> bool {
                matches!(self, $(Self::$Array)|*)
            }

            /// The type of one value: `String` for `ArrayOfString` and for itself.
            #[must_use]
            pub const fn of_one(self) -> Self {
                match self {
                    $(Self::$One | Self::$Array => Self::$One,)*
                }
            }
        }

        /// One marker type for each value type of condition keys, as
        /// [`KeyId::Value`](crate::typing::KeyId::Value) names it.
        pub mod value {
            use super::ValueType;

            /// A marker for a type of values; the types of this module implement it.
            pub trait ValueKind: Copy + Send + Sync + 'static {
                /// The value type that it stands for; `None` for [`Any`].
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

            /// A tag's value: text to the reference, and whatever its author made of it, a number
            /// or an ARN, to a policy.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub struct Tag;

            impl ValueKind for Tag {
                const TYPE: Option<ValueType> = Some(ValueType::String);
            }

            /// Of a type that the reference does not say.
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
    /// Text.
    String = "String",
    /// Several texts.
    ArrayOfString = "ArrayOfString";
    /// `true` or `false`.
    Bool = "Bool",
    /// Several truth values.
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
    /// The type in the reference's spelling, such as `ArrayOfARN`.
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

    /// Reads a type as the reference writes it; ASCII case is ignored (pages have `Arn` beside `ARN`).
    fn from_str(text: &str) -> Result<Self, NameError> {
        let at = NAMES.iter().position(|it| it.eq_ignore_ascii_case(text));
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
                of.of_one().as_str()
            );
            assert_eq!(name.to_ascii_lowercase().parse(), Ok(*of));
        }
        assert_eq!(value::ArrayOfArn::TYPE, Some(ValueType::ArrayOfArn));
        assert_eq!(value::Tag::TYPE, Some(ValueType::String));
    }
}
