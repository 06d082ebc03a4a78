//! Places: marker types for the characters that a placeholder allows.
//!
//! A place is [`Strict`] unless there is a reason: `:` and `/` separate the parts of an ARN, so a
//! value with one of them can name another resource than intended. Model ids contain `:`
//! (`anthropic.claude-3-haiku-20240307-v1:0`), paths contain `/`.

use std::fmt::Debug;
use std::hash::Hash;

use super::Rules;

/// A kind of place in an ARN: the delimiters that a [`Segment`](crate::Segment) may contain there.
///
/// The types of this module implement it; do not implement it yourself.
pub trait Place: Copy + Ord + Hash + Debug + Send + Sync + 'static {
    /// The delimiters that the place allows.
    #[doc(hidden)]
    const RULES: Rules;
}

macro_rules! places {
    ($($(#[$doc:meta])* $Name:ident: colon $colon:literal, slash $slash:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name;

        impl Place for $Name {
            const RULES: Rules = Rules { colon: $colon, slash: $slash, delimiter: None };
        }
    )*};
}

places! {
    /// A place that allows neither `:` nor `/`.
    Strict: colon false, slash false;
    /// A place that allows `:` but not `/`.
    Colon: colon true, slash false;
    /// A place that allows `/` but not `:`.
    Slash: colon false, slash true;
    /// A place that allows both `:` and `/`.
    Path: colon true, slash true;
}

/// A place that allows neither `:` nor `/` nor the ASCII character `DELIMITER` after it.
///
/// For example, `+` follows the first placeholder in `${DomainName}+${DomainId}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Before<const DELIMITER: char>;

impl<const DELIMITER: char> Place for Before<DELIMITER> {
    const RULES: Rules = {
        assert!(
            DELIMITER.is_ascii(),
            "the delimiter after a placeholder must be an ASCII character"
        );
        Rules {
            colon: false,
            slash: false,
            delimiter: Some(DELIMITER as u8),
        }
    };
}
