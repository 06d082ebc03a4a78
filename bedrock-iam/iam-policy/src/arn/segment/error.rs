//! The error of a text that is no segment of its place.

use std::error::Error;
use std::fmt;

use super::Rules;

/// What a segment may not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SegmentFault {
    /// Nothing at all.
    Empty,
    /// `*` or `?`, which would match other values too.
    Wildcard(char),
    /// `$`, `{` or `}`, of which policy variables are made.
    Variable(char),
    /// A character that parts an ARN at this place.
    Delimiter(char),
    /// A control character.
    Control(char),
    /// White space other than a plain space inside, or an invisible character.
    Space(char),
}

impl SegmentFault {
    /// The message of `seg!`, which can't format text.
    pub(super) const fn while_compiling(self) -> &'static str {
        match self {
            Self::Empty => "a segment can't be empty",
            Self::Wildcard(_) => {
                "a segment can't hold a wildcard; `Segment::ANY` and `seg!(glob \"…\")` say it deliberately"
            }
            Self::Variable(_) => {
                "a segment can't hold `$`, `{` or `}`; `Segment::variable` says a policy variable deliberately"
            }
            Self::Delimiter(_) => "a segment can't hold a delimiter of its place",
            Self::Control(_) => "a segment can't hold a control character",
            Self::Space(_) => "a segment can't hold white space other than a plain space inside",
        }
    }

    const fn hint(self) -> &'static str {
        match self {
            Self::Wildcard(_) => "; hint: `Segment::ANY`, `prefix` and `glob` hold wildcards",
            Self::Variable(_) => "; hint: `Segment::variable` holds a policy variable",
            _ => "",
        }
    }
}

/// A text that can't stand for one placeholder of an ARN.
///
/// ```
/// use iam_policy::{Segment, SegmentFault};
///
/// let error = <Segment>::parse("A/B").unwrap_err();
/// assert_eq!(error.fault(), SegmentFault::Delimiter('/'));
/// assert_eq!(error.to_string(), "segment `A/B` has `/` at byte 1; expected text without `:` and `/`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
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

    /// What was to be read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where in the text the fault stands, in bytes.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// What was found there.
    #[must_use]
    pub const fn fault(&self) -> SegmentFault {
        self.fault
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
        match fault {
            SegmentFault::Empty => return f.write_str("segment is empty; expected some text"),
            SegmentFault::Delimiter(char) => {
                write!(
                    f,
                    "segment `{text}` has `{char}` at byte {at}; expected text without "
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
                    "segment `{text}` has `{char}` at byte {at}; expected a plain value"
                )?;
            }
            SegmentFault::Control(char) => {
                let text = text.escape_debug();
                write!(
                    f,
                    "segment `{text}` has the control character {char:?} at byte {at}"
                )?;
            }
            SegmentFault::Space(char) => write!(
                f,
                "segment `{}` has white space {char:?} at byte {at}; expected plain spaces at most, \
                 and none at an end",
                text.escape_debug()
            )?,
        }
        f.write_str(fault.hint())
    }
}

impl Error for SegmentError {}
