//! What a placeholder may hold: one marker type for each kind of place.
//!
//! A place is [`Strict`] unless there is a reason: `:` and `/` part an ARN, so a value that holds
//! one can name another resource than its author meant. Model ids hold `:`
//! (`anthropic.claude-3-haiku-20240307-v1:0`), paths hold `/`.

use std::fmt::Debug;
use std::hash::Hash;

use super::Rules;

/// A kind of place in an ARN: which delimiters a [`Segment`](crate::Segment) there may hold.
///
/// The types of this module implement it; it is not for others to implement.
pub trait Place: Copy + Ord + Hash + Debug + Send + Sync + 'static {
    /// The delimiters that the place can't hold.
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
    /// Holds neither `:` nor `/`.
    Strict: colon false, slash false;
    /// Holds `:`, not `/`.
    Colon: colon true, slash false;
    /// Holds `/`, not `:`.
    Slash: colon false, slash true;
    /// Holds both `:` and `/`.
    Path: colon true, slash true;
}

/// Holds neither `:` nor `/` nor the ASCII character `DELIMITER`, which follows the place in its
/// template, as the `+` in `${DomainName}+${DomainId}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Before<const DELIMITER: char>;

impl<const DELIMITER: char> Place for Before<DELIMITER> {
    const RULES: Rules = {
        assert!(
            DELIMITER.is_ascii(),
            "the delimiter after a placeholder is an ASCII character"
        );
        Rules {
            colon: false,
            slash: false,
            delimiter: Some(DELIMITER as u8),
        }
    };
}
