//! `seg!`: segments from literals, checked by `cargo check`.
//!
//! A `const` item in the expansion refuses characters that no place allows. Types refuse delimiters
//! that a particular place forbids: they are const parameters of [`Literal`], and each place
//! implements traits for those that it allows. `cargo check` does not evaluate an inline `const {}`
//! in a generic function, so only the rare `Before<…>` relies on one.

use super::place::{Before, Colon, Path, Place, Slash, Strict};
use super::{Rules, Segment};

/// A literal whose type states its delimiters; `ASCII` has a bit for each ASCII character in it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Literal<const COLON: bool, const SLASH: bool, const ASCII: u128>(&'static str);

impl<const COLON: bool, const SLASH: bool, const ASCII: u128> Literal<COLON, SLASH, ASCII> {
    /// Creates the literal; `seg!` computes the type's parameters from the same text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }
}

/// Places that allow a literal with (`true`) or without (`false`) a `:`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this segment contains a `:`, which separates parts of the ARN at this place",
    label = "a `{Self}` place does not allow `:`",
    note = "give each placeholder its own segment; use `Segment::ANY` or `Segment::glob` for wildcards"
)]
pub trait AllowsColon<const YES: bool> {}

/// Places that allow a literal with (`true`) or without (`false`) a `/`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this segment contains a `/`, which separates parts of the ARN at this place",
    label = "a `{Self}` place does not allow `/`",
    note = "give each placeholder its own segment; use `Segment::ANY` or `Segment::glob` for wildcards"
)]
pub trait AllowsSlash<const YES: bool> {}

impl AllowsColon<false> for Strict {}
impl AllowsSlash<false> for Strict {}
impl<const YES: bool> AllowsColon<YES> for Colon {}
impl AllowsSlash<false> for Colon {}
impl AllowsColon<false> for Slash {}
impl<const YES: bool> AllowsSlash<YES> for Slash {}
impl<const YES: bool> AllowsColon<YES> for Path {}
impl<const YES: bool> AllowsSlash<YES> for Path {}
impl<const DELIMITER: char> AllowsColon<false> for Before<DELIMITER> {}
impl<const DELIMITER: char> AllowsSlash<false> for Before<DELIMITER> {}

impl<P: Place> Segment<P> {
    /// Creates the segment of `seg!`, which has checked the text.
    #[doc(hidden)]
    #[must_use]
    pub const fn literal<const COLON: bool, const SLASH: bool, const ASCII: u128>(
        literal: Literal<COLON, SLASH, ASCII>,
    ) -> Self
    where
        P: AllowsColon<COLON> + AllowsSlash<SLASH>,
    {
        const {
            if let Rules {
                delimiter: Some(delimiter),
                ..
            } = P::RULES
            {
                assert!(
                    ASCII & (1 << delimiter) == 0,
                    "a segment must not contain the character that follows its placeholder"
                );
            }
        }
        Self::borrowed(literal.0)
    }
}

/// Returns whether the text contains a `:`.
#[doc(hidden)]
#[must_use]
pub const fn contains_colon(text: &str) -> bool {
    ascii_bytes(text) & (1 << b':') != 0
}

/// Returns whether the text contains a `/`.
#[doc(hidden)]
#[must_use]
pub const fn contains_slash(text: &str) -> bool {
    ascii_bytes(text) & (1 << b'/') != 0
}

/// Returns a bit for each ASCII character in the text.
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

/// Creates a [`Segment`](crate::Segment) from a literal, checked at compile time.
///
/// The place is inferred from the field that the segment is used for. `seg!(glob "…")` allows the
/// wildcards `*` and `?`.
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
            { $crate::runtime::contains_colon(TEXT) },
            { $crate::runtime::contains_slash(TEXT) },
            { $crate::runtime::ascii_bytes(TEXT) },
        >::new(TEXT))
    }};
    ($text:expr) => {
        $crate::seg!(@ check_plain $text)
    };
}
