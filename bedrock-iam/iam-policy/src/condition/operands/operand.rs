//! Operands: marker types for the families of operators and the values that each accepts.

macro_rules! operands {
    ($($(#[$doc:meta])* $Name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $Name;
    )*};
}

operands! {
    /// `String…` operators: text, [`Value`](crate::Value), [`Variable`](crate::Variable), ARNs,
    /// regions and account ids.
    String;
    /// `Arn…` operators: [`Arn`](crate::Arn) and other ARN types, or text that is an ARN.
    Arn;
    /// `Numeric…` operators: any integer, `f32`, `f64`, or text that is a number.
    Numeric;
    /// `Date…` operators: `SystemTime`, seconds since 1970, or text that is a date; `DateTime` with
    /// the feature `chrono`.
    Date;
    /// `Bool`: `bool`, or the text `true` or `false`.
    Bool;
    /// `IpAddress` and `NotIpAddress`: the standard library's addresses, or text that is an IP
    /// address or a CIDR block; networks with the feature `ipnet`.
    IpAddress;
    /// `BinaryEquals`: [`Bytes`](crate::Bytes), or text that is Base64.
    Binary;
}
