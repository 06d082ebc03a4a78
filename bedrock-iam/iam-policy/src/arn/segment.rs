//! What stands for one placeholder of an ARN template.

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
pub use literal::{HoldsColon, HoldsSlash, Literal, ascii_bytes, holds_colon, holds_slash};
pub use place::Place;
pub use variable::{Variable, VariableError};

pub use crate::text::glob::Rules;

pub(crate) use allowed::{Form, fault};

/// The value of one placeholder of an ARN: never empty, and never more than its [place](Place)
/// can hold.
///
/// A segment comes from [`seg!`](crate::seg), checked while compiling, from [`parse`](Self::parse),
/// or from a deliberate form: [`ANY`](Self::ANY), [`prefix`](Self::prefix), [`glob`](Self::glob),
/// [`variable`](Self::variable). A plain string never turns into a wildcard or a policy variable.
///
/// A plain space may stand inside (names of alarms and objects hold spaces), not at an end.
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
    /// Any value: `*`.
    pub const ANY: Self = Self {
        text: Cow::Borrowed("*"),
        place: PhantomData,
    };

    /// Reads one plain value.
    ///
    /// # Errors
    ///
    /// [`SegmentError`] for an empty text, for `*`, `?`, `$`, `{`, `}`, a control character,
    /// white space that is not a plain space inside, and for a delimiter that the place can't hold.
    pub fn parse(text: &str) -> Result<Self, SegmentError> {
        Self::checked(Cow::Borrowed(text), Form::Plain)
    }

    /// Any value that begins with this: `abc` gives `abc*`.
    ///
    /// IAM lets a trailing `*` match delimiters as well: `agent/A*` also matches `agent/A/B`.
    ///
    /// # Errors
    ///
    /// [`SegmentError`] for what [`parse`](Self::parse) refuses.
    pub fn prefix(text: &str) -> Result<Self, SegmentError> {
        Self::parse(text).map(|segment| segment.then(Self::ANY))
    }

    /// A pattern: `*` stands for any text, `?` for any one character.
    ///
    /// # Errors
    ///
    /// [`SegmentError`] for what [`parse`](Self::parse) refuses, but for `*` and `?`.
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

    /// A policy variable, which IAM replaces by a value of each request: `aws:PrincipalTag/AgentId`
    /// gives `${aws:PrincipalTag/AgentId}`.
    ///
    /// IAM takes the value as it is, so it may hold delimiters that the place can't.
    /// For a default value, see [`Variable`].
    ///
    /// # Errors
    ///
    /// [`VariableError`] where the name is no condition key.
    pub fn variable(name: &str) -> Result<Self, VariableError> {
        Ok(Self::assembled(Variable::new(name)?.to_string()))
    }

    /// This and then that, as one segment: a plain text before a variable, a wildcard after it.
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

    /// The text as a policy prints it, wildcards and variables included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is one plain value, without wildcards and variables.
    #[must_use]
    pub fn is_concrete(&self) -> bool {
        // None of these can stand in a plain value.
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

    /// For `seg!`, after its checks.
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

    /// As [`Segment::parse`].
    fn from_str(text: &str) -> Result<Self, SegmentError> {
        Self::parse(text)
    }
}

impl<P: Place> TryFrom<&str> for Segment<P> {
    type Error = SegmentError;

    /// As [`Segment::parse`].
    fn try_from(text: &str) -> Result<Self, SegmentError> {
        Self::parse(text)
    }
}

impl<P: Place> TryFrom<String> for Segment<P> {
    type Error = SegmentError;

    /// As [`Segment::parse`], without copying the text.
    fn try_from(text: String) -> Result<Self, SegmentError> {
        Self::checked(Cow::Owned(text), Form::Plain)
    }
}

impl<P: Place> TryFrom<Variable> for Segment<P> {
    type Error = SegmentError;

    /// A policy variable as a segment; its default value has to fit the place.
    fn try_from(variable: Variable) -> Result<Self, SegmentError> {
        if let Some(default) = variable.default_value() {
            Self::parse(default)?;
        }
        Ok(Self::assembled(variable.to_string()))
    }
}
