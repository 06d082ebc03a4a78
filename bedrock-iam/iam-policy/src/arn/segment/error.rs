//! The error of parsing a segment.

use std::error::Error;
use std::fmt;

use super::Rules;

/// The reason why a text is not a valid segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SegmentFault {
    /// The text is empty.
    Empty,
    /// It contains `*` or `?`, which would also match other values.
    Wildcard(char),
    /// It contains `$`, `{` or `}`, the syntax of policy variables.
    Variable(char),
    /// It contains a character that separates parts of an ARN at this place.
    Delimiter(char),
    /// It contains a control character.
    Control(char),
    /// It contains white space other than plain spaces inside, or an invisible character.
    Space(char),
}

impl SegmentFault {
    /// Returns the message of `seg!`, which can't format the text.
    pub(super) const fn at_compile_time(self) -> &'static str {
        match self {
            Self::Empty => "a segment must not be empty",
            Self::Wildcard(_) => {
                "a segment must not contain a wildcard; use `Segment::ANY` or `seg!(glob \"…\")` if it is intended"
            }
            Self::Variable(_) => {
                "a segment must not contain `$`, `{` or `}`; use `Segment::variable` for a policy variable"
            }
            Self::Delimiter(_) => "a segment must not contain a delimiter of its place",
            Self::Control(_) => "a segment must not contain a control character",
            Self::Space(_) => {
                "a segment must not contain white space other than plain spaces inside"
            }
        }
    }

    const fn hint(self) -> &'static str {
        match self {
            Self::Wildcard(_) => {
                "; hint: use `Segment::ANY`, `Segment::prefix` or `Segment::glob` for wildcards"
            }
            Self::Variable(_) => "; hint: use `Segment::variable` for a policy variable",
            _ => "",
        }
    }
}

/// The error of a text that is not a valid value of an ARN's placeholder.
///
/// ```
/// use iam_policy::{Segment, SegmentFault};
///
/// let error = <Segment>::parse("A/B").unwrap_err();
/// assert_eq!(error.fault(), SegmentFault::Delimiter('/'));
/// assert_eq!(error.to_string(), "segment `A/B` contains `/` at byte 1; expected text without `:` and `/`");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SegmentError {
    text: Box<str>,
    at: usize,
    fault: SegmentFault,
    rules: Rules,
}

impl SegmentError {
    pub(super) fn new(text: &str, at: usize, fault: SegmentFault, rules: Rules) -> Self {
        Self {
            text: text.into(),
            at,
            fault,
            rules,
        }
    }

    /// Returns the text that could not be parsed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the position of the fault in the text, in bytes.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Returns the reason.
    #[must_use]
    pub const fn fault(&self) -> SegmentFault {
        self.fault
    }
}

/// Same as `Display`, because `main` prints errors with `Debug`.
impl fmt::Debug for SegmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for SegmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            text,
            at,
            fault,
            rules,
        } = self;
        let text = text.escape_debug();
        match fault {
            SegmentFault::Empty => return f.write_str("segment is empty; expected some text"),
            SegmentFault::Delimiter(char) => {
                write!(
                    f,
                    "segment `{text}` contains `{char}` at byte {at}; expected text without "
                )?;
                match (rules.colon, rules.slash) {
                    (false, false) => f.write_str("`:` and `/`")?,
                    (false, true) => f.write_str("`:`")?,
                    (true, false) => f.write_str("`/`")?,
                    (true, true) => {}
                }
                if let Some(delimiter) = rules.delimiter {
                    write!(f, " and `{}`", delimiter as char)?;
                }
            }
            SegmentFault::Wildcard(char) | SegmentFault::Variable(char) => {
                write!(
                    f,
                    "segment `{text}` contains `{char}` at byte {at}; expected a plain value"
                )?;
            }
            SegmentFault::Control(char) => {
                write!(
                    f,
                    "segment `{text}` contains the control character {char:?} at byte {at}"
                )?;
            }
            SegmentFault::Space(char) => write!(
                f,
                "segment `{text}` contains white space {char:?} at byte {at}; expected only plain spaces, \
                 and not at the start or end"
            )?,
        }
        f.write_str(fault.hint())
    }
}

impl Error for SegmentError {}
