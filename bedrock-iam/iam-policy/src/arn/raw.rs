//! ARNs without a type, the explicit escape hatch.

use std::fmt;

use crate::arn::pattern::{ArnPattern, is_pattern};
use crate::arn::{Arn, ArnError, ArnFault, Resource};
use crate::text::one_or_many::Text;

/// An ARN without a type, accepted by every action.
///
/// [`raw_arn!`](crate::raw_arn) creates one from a literal, [`parse`](Self::parse) from a run-time
/// string. Wildcards and policy variables in it take effect.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawArn(Text);

impl RawArn {
    /// Parses six fields separated by `:`, the first of them `arn`, without checking their values.
    ///
    /// # Errors
    ///
    /// Returns [`ArnError`] for any other text, `*` included; use
    /// [`AnyResource`](crate::AnyResource) for every resource.
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        let pattern = ArnPattern::parse(text)?;
        if pattern.is_everything() {
            return Err(ArnError::new(text, "", 0, ArnFault::Fields));
        }
        Ok(Self(Text::Owned(text.to_owned())))
    }

    /// Returns the ARN's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) const fn text(&self) -> &Text {
        &self.0
    }
}

impl fmt::Display for RawArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<RawArn> for String {
    fn from(arn: RawArn) -> Self {
        arn.as_str().to_owned()
    }
}

impl<R: Resource> From<Arn<R>> for RawArn {
    /// Drops the type, for lists of ARNs of several types.
    fn from(arn: Arn<R>) -> Self {
        Self(Text::Owned(arn.text()))
    }
}

/// Creates the ARN of [`raw_arn!`](crate::raw_arn); an invalid literal does not compile.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn arn_literal(text: &'static str) -> RawArn {
    assert!(
        is_pattern(text),
        "this is not an ARN; expected `arn` and five more fields, separated by `:`"
    );
    RawArn(Text::Borrowed(text))
}

/// Creates a [`RawArn`](crate::RawArn) from a literal, checked at compile time.
///
/// The literal must consist of `arn` and five more fields. Every action accepts the ARN; wildcards
/// and policy variables take effect.
///
/// ```
/// let role = iam_policy::raw_arn!("arn:aws:iam::123456789012:role/bedrock");
/// ```
///
/// ```compile_fail
/// iam_policy::raw_arn!("role/bedrock");
/// ```
#[macro_export]
macro_rules! raw_arn {
    ($text:expr) => {{
        const ARN: $crate::RawArn = $crate::runtime::arn_literal($text);
        ARN
    }};
}
