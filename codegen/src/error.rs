//! Errors in pages and snapshots.

use std::fmt;

use iam_policy::FactsError;

use crate::escape::code;

/// An error in an input: the input, the place in it, what was found and what was expected.
///
/// Prints as one line, without the [`hint`](Self::hint), which belongs on a line below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The file or address that was read.
    pub input: String,
    /// The place in the input, from the outermost part to the innermost: a table, a row, an action. May
    /// be empty.
    pub place: Vec<String>,
    /// The text or thing that was found there.
    pub found: String,
    /// The text or thing that was expected instead.
    pub expected: String,
    /// A suggestion for a fix.
    pub hint: Option<String>,
}

/// The result of reading some input.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Creates an error without a place; callers add the place with [`within`](Self::within).
    pub fn new(found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            input: String::new(),
            place: Vec::new(),
            found: found.into(),
            expected: expected.into(),
            hint: None,
        }
    }

    /// Adds an enclosing part to the place; call it for the innermost part first.
    #[must_use]
    pub fn within(mut self, part: impl Into<String>) -> Self {
        let part = part.into();
        // two callers may add the same part: add it only once
        if self.place.first() != Some(&part) {
            self.place.insert(0, part);
        }
        self
    }

    /// Sets the name of the input, unless it is already set.
    #[must_use]
    pub fn of(mut self, input: &str) -> Self {
        if self.input.is_empty() {
            input.clone_into(&mut self.input);
        }
        self
    }

    /// Sets the hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.input.is_empty() {
            write!(f, "{}: ", self.input)?;
        }
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place.join(", "))?;
        }
        write!(f, "found {}, expected {}", self.found, self.expected)
    }
}

impl std::error::Error for Error {}

impl From<FactsError> for Error {
    fn from(error: FactsError) -> Self {
        let fault = Self::new(error.found(), error.expected());
        match error.path() {
            "" => fault,
            path => fault.within(code(path)),
        }
    }
}

/// Quotes input for a message: in backticks, on one line, truncated if it is long.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => code(&format!("{}…", &text[..end])),
        None => code(text),
    }
}
