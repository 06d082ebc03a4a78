//! One marker type for each family of operators: what their values can be.

macro_rules! operands {
    ($($(#[$doc:meta])* $Name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $Name;
    )*};
}

operands! {
    /// `String…` operators: text, [`Value`](crate::Value), [`Variable`](crate::Variable), and what
    /// has a text of its own: ARNs, regions, account ids.
    String;
    /// `Arn…` operators: [`Arn`](crate::Arn) and its like, or text that is an ARN.
    Arn;
    /// `Numeric…` operators: any integer, `f32`, `f64`, or text that is a number.
    Numeric;
    /// `Date…` operators: `SystemTime`, seconds since 1970, or text that is a date; with the
    /// feature `chrono` its `DateTime`.
    Date;
    /// `Bool`: `bool`, or the texts `true` and `false`.
    Bool;
    /// `IpAddress` and `NotIpAddress`: the standard library's addresses, or text that is an
    /// address or a network; with the feature `ipnet` its networks.
    IpAddress;
    /// `BinaryEquals`: [`Bytes`](crate::Bytes), or text that is Base64.
    Binary;
}
