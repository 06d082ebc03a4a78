//! One marker type for each value type of condition keys, as [`KeyId::Value`](crate::typing::KeyId::Value)
//! names it.

use crate::ValueType;

/// A marker for a type of values; the types of this module implement it.
pub trait ValueKind: Copy + Send + Sync + 'static {
    /// The value type that it stands for; `None` for [`Any`].
    const TYPE: Option<ValueType>;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $Name:ident: $type:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $Name;

        impl ValueKind for $Name {
            const TYPE: Option<ValueType> = $type;
        }
    )*};
}

kinds! {
    /// Text.
    String: Some(ValueType::String);
    /// Several texts.
    ArrayOfString: Some(ValueType::ArrayOfString);
    /// A truth value.
    Bool: Some(ValueType::Bool);
    /// Several truth values.
    ArrayOfBool: Some(ValueType::ArrayOfBool);
    /// A number.
    Numeric: Some(ValueType::Numeric);
    /// Several numbers.
    ArrayOfNumeric: Some(ValueType::ArrayOfNumeric);
    /// A point in time.
    Date: Some(ValueType::Date);
    /// Several points in time.
    ArrayOfDate: Some(ValueType::ArrayOfDate);
    /// An ARN.
    Arn: Some(ValueType::Arn);
    /// Several ARNs.
    ArrayOfArn: Some(ValueType::ArrayOfArn);
    /// An address or range of addresses.
    IpAddress: Some(ValueType::IpAddress);
    /// Several addresses or ranges.
    ArrayOfIpAddress: Some(ValueType::ArrayOfIpAddress);
    /// Bytes.
    Binary: Some(ValueType::Binary);
    /// Several byte strings.
    ArrayOfBinary: Some(ValueType::ArrayOfBinary);
    /// A tag's value: text to the reference, and whatever its author made of it, a number or an
    /// ARN, to a policy.
    Tag: Some(ValueType::String);
    /// Of a type that the reference does not say.
    Any: None;
}
