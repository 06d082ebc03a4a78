//! One marker type for each value type of condition keys: the parameter of [`Key`](crate::Key).

use crate::ValueType;

/// A marker for a type of values; the types of this module implement it.
pub trait ValueKind: Copy + Send + Sync + 'static {
    /// The value type that it stands for.
    const TYPE: ValueType;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $Name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $Name;

        impl ValueKind for $Name {
            const TYPE: ValueType = ValueType::$Name;
        }
    )*};
}

kinds! {
    /// Text.
    String;
    /// Several texts.
    ArrayOfString;
    /// A truth value.
    Bool;
    /// Several truth values.
    ArrayOfBool;
    /// A number.
    Numeric;
    /// Several numbers.
    ArrayOfNumeric;
    /// A point in time.
    Date;
    /// Several points in time.
    ArrayOfDate;
    /// An ARN.
    Arn;
    /// Several ARNs.
    ArrayOfArn;
    /// An address or range of addresses.
    IpAddress;
    /// Several addresses or ranges.
    ArrayOfIpAddress;
    /// Bytes.
    Binary;
    /// Several byte strings.
    ArrayOfBinary;
}
