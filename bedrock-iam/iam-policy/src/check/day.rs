//! The day on which a policy is checked.

use std::error::Error;
use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

use crate::condition::grammar;

/// A day, for conditions that depend on the time.
///
/// ```
/// use std::time::SystemTime;
///
/// use iam_policy::check::{Day, Options};
///
/// let options = Options::default().today("2026-07-01".parse::<Day>()?);
/// let now = Options::default().today(SystemTime::now());
/// # Ok::<(), iam_policy::check::DayError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

impl Day {
    /// Returns the seconds from 1970 to the start of the day.
    pub(super) const fn seconds(self) -> i64 {
        self.0 * 86_400
    }
}

impl From<SystemTime> for Day {
    fn from(time: SystemTime) -> Self {
        let seconds = grammar::seconds(&grammar::iso(time)).unwrap_or_default();
        Self(seconds.div_euclid(86_400))
    }
}

impl FromStr for Day {
    type Err = DayError;

    /// Parses a date, `2026-07-01`, with or without a time.
    fn from_str(text: &str) -> Result<Self, DayError> {
        let seconds =
            grammar::seconds(text).filter(|_| text.contains('-') && !text.starts_with('-'));
        let seconds = seconds.ok_or_else(|| DayError { text: text.into() })?;
        Ok(Self(seconds.div_euclid(86_400)))
    }
}

/// The error of a text that is not a date.
#[derive(Clone, PartialEq, Eq)]
pub struct DayError {
    text: Box<str>,
}

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.escape_debug();
        write!(
            f,
            "`{text}` is not a date; expected a day, such as `2026-07-01`"
        )
    }
}

impl fmt::Debug for DayError {
    /// Same as `Display`, because `main` prints errors with `Debug`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for DayError {}
