//! IAM's operators by name.

use std::fmt;

use crate::text::one_or_many::Text;

/// How the values of a multi-valued key are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantifier {
    ForAllValues,
    ForAnyValue,
}

/// An operator with what stands around its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Operator {
    pub(crate) quantifier: Option<Quantifier>,
    pub(crate) name: Text,
    pub(crate) if_exists: bool,
}

impl Operator {
    pub(crate) const fn new(quantifier: Option<Quantifier>, comparison: Comparison) -> Self {
        Self {
            quantifier,
            name: Text::Borrowed(comparison.as_str()),
            if_exists: false,
        }
    }

    /// Any operator by its full name.
    pub(crate) fn raw(text: &str) -> Self {
        let (quantifier, name) = match text.split_once(':') {
            Some(("ForAllValues", name)) => (Some(Quantifier::ForAllValues), name),
            Some(("ForAnyValue", name)) => (Some(Quantifier::ForAnyValue), name),
            _ => (None, text),
        };
        let bare = name.strip_suffix("IfExists");
        Self {
            quantifier,
            name: Text::Owned(bare.unwrap_or(name).to_owned()),
            if_exists: bare.is_some(),
        }
    }

    /// What the full name is made of.
    pub(crate) fn parts(&self) -> [&str; 3] {
        let quantifier = match self.quantifier {
            None => "",
            Some(Quantifier::ForAllValues) => "ForAllValues:",
            Some(Quantifier::ForAnyValue) => "ForAnyValue:",
        };
        [
            quantifier,
            &self.name,
            if self.if_exists { "IfExists" } else { "" },
        ]
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts().iter().try_for_each(|part| f.write_str(part))
    }
}

macro_rules! comparisons {
    ($($(#[$doc:meta])* $Name:ident,)*) => {
        /// A comparison of IAM's: an operator without set prefix and `IfExists`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Comparison {
            $($(#[$doc])* $Name,)*
        }

        impl Comparison {
            /// Every comparison.
            pub const ALL: &'static [Self] = &[$(Self::$Name),*];

            /// The operator's name in a policy, such as `StringEquals`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$Name => stringify!($Name),)*
                }
            }
        }
    };
}

comparisons! {
    /// The same text.
    StringEquals,
    /// Another text.
    StringNotEquals,
    /// The same text, case aside.
    StringEqualsIgnoreCase,
    /// Another text, case aside.
    StringNotEqualsIgnoreCase,
    /// A text that a pattern fits.
    StringLike,
    /// A text that no pattern fits.
    StringNotLike,
    /// The same number.
    NumericEquals,
    /// Another number.
    NumericNotEquals,
    /// A lesser number.
    NumericLessThan,
    /// A lesser number or the same.
    NumericLessThanEquals,
    /// A greater number.
    NumericGreaterThan,
    /// A greater number or the same.
    NumericGreaterThanEquals,
    /// The same time.
    DateEquals,
    /// Another time.
    DateNotEquals,
    /// An earlier time.
    DateLessThan,
    /// An earlier time or the same.
    DateLessThanEquals,
    /// A later time.
    DateGreaterThan,
    /// A later time or the same.
    DateGreaterThanEquals,
    /// The truth value.
    Bool,
    /// The same bytes.
    BinaryEquals,
    /// An address in a network.
    IpAddress,
    /// An address outside of a network.
    NotIpAddress,
    /// An ARN that a pattern fits.
    ArnEquals,
    /// An ARN that no pattern fits.
    ArnNotEquals,
    /// An ARN that a pattern fits.
    ArnLike,
    /// An ARN that no pattern fits.
    ArnNotLike,
    /// Whether the key is absent.
    Null,
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart_and_together() {
        for name in [
            "StringEquals",
            "BoolIfExists",
            "ForAllValues:StringEqualsIfExists",
            "ForAnyValue:ArnLike",
            "Odd:StringEquals",
        ] {
            assert_eq!(Operator::raw(name).to_string(), name);
        }
        let built = Operator {
            if_exists: true,
            ..Operator::new(Some(Quantifier::ForAnyValue), Comparison::StringLike)
        };
        assert_eq!(Operator::raw("ForAnyValue:StringLikeIfExists"), built);
    }
}
