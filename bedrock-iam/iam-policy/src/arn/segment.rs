//! Values of the placeholders of ARN templates.

mod allowed;
mod error;
mod literal;
pub mod place;
mod variable;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

pub use allowed::{check_glob, check_plain};
pub use error::{SegmentError, SegmentFault};
pub use literal::{AllowsColon, AllowsSlash, Literal, ascii_bytes, contains_colon, contains_slash};
pub use place::Place;
pub use variable::{Variable, VariableError};

pub use crate::text::glob::Rules;

pub(crate) use allowed::{Form, fault};

/// The value of one placeholder of an ARN: not empty, and valid at its [place](Place).
///
/// [`seg!`](crate::seg) creates a segment from a literal, checked at compile time;
/// [`parse`](Self::parse) from a run-time string. Neither allows wildcards or policy variables:
/// write these explicitly, with [`ANY`](Self::ANY), [`prefix`](Self::prefix), [`glob`](Self::glob)
/// or [`variable`](Self::variable).
///
/// A segment may contain plain spaces, as names of alarms and objects do, but not at its start or
/// end.
///
/// ```
/// use iam_policy::Segment;
///
/// let id: Segment = Segment::parse("AGENT12345")?;
/// assert_eq!(id.as_str(), "AGENT12345");
/// for refused in ["", "*", "A/B", "A:B", "A?", "${aws:username}", "A\n"] {
///     assert!(<Segment>::parse(refused).is_err());
/// }
/// # Ok::<(), iam_policy::SegmentError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Segment<P: Place = place::Strict> {
    text: Cow<'static, str>,
    place: PhantomData<P>,
}

impl<P: Place> Segment<P> {
    /// Any value, `*`.
    pub const ANY: Self = Self {
        text: Cow::Borrowed("*"),
        place: PhantomData,
    };

    /// Parses a plain value. The place follows from the ARN builder's field; elsewhere, write
    /// `<Segment>::parse`.
    ///
    /// # Errors
    ///
    /// Returns [`SegmentError`] if the text is empty or contains `*`, `?`, `$`, `{`, `}`, a control
    /// character, white space other than plain spaces inside, or a delimiter that the place
    /// forbids.
    pub fn parse(text: &str) -> Result<Self, SegmentError> {
        Self::checked(Cow::Borrowed(text), Form::Plain)
    }

    /// Creates a pattern for values with this prefix: `abc` becomes `abc*`.
    ///
    /// In IAM a trailing `*` also matches delimiters: `agent/A*` matches `agent/A/B`.
    ///
    /// # Errors
    ///
    /// Returns [`SegmentError`] if [`parse`](Self::parse) refuses the text.
    pub fn prefix(text: &str) -> Result<Self, SegmentError> {
        Self::parse(text).map(|segment| segment.then(Self::ANY))
    }

    /// Creates a pattern, in which `*` matches any text and `?` any one character.
    ///
    /// # Errors
    ///
    /// Returns [`SegmentError`] if [`parse`](Self::parse) refuses the text for anything but `*` and
    /// `?`.
    ///
    /// ```
    /// use iam_policy::{Segment, place};
    ///
    /// let opus = Segment::<place::Colon>::glob("*.anthropic.claude-opus-*")?;
    /// assert!(!opus.is_concrete());
    /// # Ok::<(), iam_policy::SegmentError>(())
    /// ```
    pub fn glob(text: &str) -> Result<Self, SegmentError> {
        Self::checked(Cow::Borrowed(text), Form::Glob)
    }

    /// Creates a policy variable: `aws:PrincipalTag/AgentId` becomes `${aws:PrincipalTag/AgentId}`.
    ///
    /// IAM replaces it with the value from the request, even if that contains delimiters that the
    /// place forbids. For a default value, see [`Variable`].
    ///
    /// # Errors
    ///
    /// Returns [`VariableError`] if the name is not a condition key.
    pub fn variable(name: &str) -> Result<Self, VariableError> {
        Ok(Self::assembled(Variable::new(name)?.to_string()))
    }

    /// Concatenates two segments, such as plain text and a variable.
    ///
    /// ```
    /// use iam_policy::Segment;
    ///
    /// let team: Segment = Segment::parse("team-")?.then(Segment::variable("aws:PrincipalTag/team")?).then(Segment::ANY);
    /// assert_eq!(team.as_str(), "team-${aws:PrincipalTag/team}*");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self::assembled(self.text.into_owned() + &next.text)
    }

    /// Returns the text as printed in a policy, including wildcards and variables.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether the segment is a plain value, without wildcards and variables.
    #[must_use]
    pub fn is_concrete(&self) -> bool {
        // A plain value can't contain any of these.
        !self
            .text
            .bytes()
            .any(|byte| matches!(byte, b'*' | b'?' | b'$'))
    }

    fn checked(text: Cow<'_, str>, form: Form) -> Result<Self, SegmentError> {
        match fault(&text, P::RULES, form) {
            None => Ok(Self::assembled(text.into_owned())),
            Some((at, fault)) => Err(SegmentError::new(&text, at, fault, P::RULES)),
        }
    }

    const fn assembled(text: String) -> Self {
        Self {
            text: Cow::Owned(text),
            place: PhantomData,
        }
    }

    /// Creates the segment of `seg!`, which has checked the text.
    const fn borrowed(text: &'static str) -> Self {
        Self {
            text: Cow::Borrowed(text),
            place: PhantomData,
        }
    }
}

impl<P: Place> fmt::Display for Segment<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<P: Place> fmt::Debug for Segment<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Segment({:?})", self.as_str())
    }
}

impl<P: Place> AsRef<str> for Segment<P> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl<P: Place> FromStr for Segment<P> {
    type Err = SegmentError;

    /// Calls [`Segment::parse`].
    fn from_str(text: &str) -> Result<Self, SegmentError> {
        Self::parse(text)
    }
}

impl<P: Place> TryFrom<&str> for Segment<P> {
    type Error = SegmentError;

    /// Calls [`Segment::parse`].
    fn try_from(text: &str) -> Result<Self, SegmentError> {
        Self::parse(text)
    }
}

impl<P: Place> TryFrom<String> for Segment<P> {
    type Error = SegmentError;

    /// Same as [`Segment::parse`], without copying the text.
    fn try_from(text: String) -> Result<Self, SegmentError> {
        Self::checked(Cow::Owned(text), Form::Plain)
    }
}

impl<P: Place> TryFrom<Variable> for Segment<P> {
    type Error = SegmentError;

    /// Creates a policy variable; its default value must be valid at the place.
    fn try_from(variable: Variable) -> Result<Self, SegmentError> {
        if let Some(default) = variable.default_value() {
            Self::parse(default)?;
        }
        Ok(Self::assembled(variable.to_string()))
    }
}
