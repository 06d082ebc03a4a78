//! ARNs without a type: the loud way out.

use std::fmt;

use crate::arn::pattern::{ArnPattern, is_pattern};
use crate::arn::{Arn, ArnError, ArnFault, Resource};
use crate::text::one_or_many::Text;

/// An ARN as it stands, with no type: accepted by every action.
///
/// [`raw_arn!`](crate::raw_arn) makes one from a literal, [`parse`](Self::parse) from a run-time
/// string. Wildcards and policy variables in it count.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawArn(Text);

impl RawArn {
    /// Six fields parted by `:`, the first of them `arn`; what they hold is not checked.
    ///
    /// # Errors
    ///
    /// [`ArnError`] for anything else; `*` alone is [`AnyResource`](crate::AnyResource).
    pub fn parse(text: &str) -> Result<Self, ArnError> {
        let pattern = ArnPattern::parse(text)?;
        if pattern.is_everything() {
            return Err(ArnError::new(text, "", 0, ArnFault::Fields));
        }
        Ok(Self(Text::Owned(text.to_owned())))
    }

    /// The ARN as it was given.
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

impl<R: Resource> From<Arn<R>> for RawArn {
    /// Leaves the type behind, for lists of ARNs of several types.
    fn from(arn: Arn<R>) -> Self {
        Self(Text::Owned(arn.text()))
    }
}

/// An ARN for [`raw_arn!`](crate::raw_arn); does not compile for what is none.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub const fn arn_literal(text: &'static str) -> RawArn {
    assert!(
        is_pattern(text),
        "this is no ARN; expected `arn` and five more fields, parted by `:`"
    );
    RawArn(Text::Borrowed(text))
}

/// A [`RawArn`](crate::RawArn) from a literal whose form is checked while compiling: `arn` and
/// five more fields. It is accepted by every action; wildcards and policy variables count.
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
