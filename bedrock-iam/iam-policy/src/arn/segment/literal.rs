//! `seg!`: segments checked by `cargo check`.
//!
//! What no place can hold is refused by a `const` item in the expansion. What a place can't hold
//! is refused by its type: the literal's delimiters are const parameters of [`Literal`], and each
//! place says by traits which of them it holds. (An inline `const {}` in a generic function would
//! not be evaluated by `cargo check`, so only the rare `Before<…>` relies on one.)

use super::place::{Before, Colon, Path, Place, Slash, Strict};
use super::{Rules, Segment};

/// A literal, with what it holds in its type; `ASCII` has a bit for each ASCII character in it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Literal<const COLON: bool, const SLASH: bool, const ASCII: u128>(&'static str);

impl<const COLON: bool, const SLASH: bool, const ASCII: u128> Literal<COLON, SLASH, ASCII> {
    /// `seg!` computes the parameters from the same text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }
}

/// Places that can hold a literal with (`true`) or without (`false`) a `:`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this segment holds a `:`, which parts the ARN at this place",
    label = "a `{Self}` place can't hold `:`",
    note = "give each placeholder its own segment; `Segment::ANY` and `Segment::glob` are the deliberate wildcards"
)]
pub trait HoldsColon<const YES: bool> {}

/// Places that can hold a literal with (`true`) or without (`false`) a `/`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this segment holds a `/`, which parts the ARN at this place",
    label = "a `{Self}` place can't hold `/`",
    note = "give each placeholder its own segment; `Segment::ANY` and `Segment::glob` are the deliberate wildcards"
)]
pub trait HoldsSlash<const YES: bool> {}

impl HoldsColon<false> for Strict {}
impl HoldsSlash<false> for Strict {}
impl<const YES: bool> HoldsColon<YES> for Colon {}
impl HoldsSlash<false> for Colon {}
impl HoldsColon<false> for Slash {}
impl<const YES: bool> HoldsSlash<YES> for Slash {}
impl<const YES: bool> HoldsColon<YES> for Path {}
impl<const YES: bool> HoldsSlash<YES> for Path {}
impl<const DELIMITER: char> HoldsColon<false> for Before<DELIMITER> {}
impl<const DELIMITER: char> HoldsSlash<false> for Before<DELIMITER> {}

impl<P: Place> Segment<P> {
    /// The end of `seg!`, which has checked the text.
    #[doc(hidden)]
    #[must_use]
    pub const fn literal<const COLON: bool, const SLASH: bool, const ASCII: u128>(
        literal: Literal<COLON, SLASH, ASCII>,
    ) -> Self
    where
        P: HoldsColon<COLON> + HoldsSlash<SLASH>,
    {
        const {
            if let Rules {
                delimiter: Some(delimiter),
                ..
            } = P::RULES
            {
                assert!(
                    ASCII & (1 << delimiter) == 0,
                    "a segment can't hold the character that follows its place"
                );
            }
        }
        Self::borrowed(literal.0)
    }
}

/// Whether the text holds a `:`.
#[doc(hidden)]
#[must_use]
pub const fn holds_colon(text: &str) -> bool {
    ascii_bytes(text) & (1 << b':') != 0
}

/// Whether the text holds a `/`.
#[doc(hidden)]
#[must_use]
pub const fn holds_slash(text: &str) -> bool {
    ascii_bytes(text) & (1 << b'/') != 0
}

/// A bit for each ASCII character in the text.
#[doc(hidden)]
#[must_use]
pub const fn ascii_bytes(text: &str) -> u128 {
    let (mut bits, mut at) = (0, 0);
    while at < text.len() {
        let byte = text.as_bytes()[at];
        if byte.is_ascii() {
            bits |= 1 << byte;
        }
        at += 1;
    }
    bits
}

/// A [`Segment`](crate::Segment) from a literal, checked while compiling; its place is inferred
/// from where it goes.
///
/// `seg!(glob "…")` may hold the wildcards `*` and `?`.
///
/// ```
/// use iam_policy::{Segment, place, seg};
///
/// let model: Segment<place::Colon> = seg!("anthropic.claude-3-haiku-20240307-v1:0");
/// let opus: Segment<place::Colon> = seg!(glob "*.anthropic.claude-opus-*");
/// ```
///
/// ```compile_fail
/// # use iam_policy::{Segment, seg};
/// let agent: Segment = seg!("A/B");
/// ```
#[macro_export]
macro_rules! seg {
    (glob $text:expr) => {
        $crate::seg!(@ check_glob $text)
    };
    (@ $check:ident $text:expr) => {{
        const TEXT: &str = $text;
        const _: () = $crate::runtime::$check(TEXT);
        $crate::Segment::literal($crate::runtime::Literal::<
            { $crate::runtime::holds_colon(TEXT) },
            { $crate::runtime::holds_slash(TEXT) },
            { $crate::runtime::ascii_bytes(TEXT) },
        >::new(TEXT))
    }};
    ($text:expr) => {
        $crate::seg!(@ check_plain $text)
    };
}
