//! What can be wrong with a page or a snapshot, said in one line.

use std::fmt;

use iam_policy::FactsError;

/// A fault in some input: which one, where in it, what was found, what was expected.
///
/// Prints as one line; [`hint`](Self::hint) is for a line of its own below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The file or address that was read.
    pub input: String,
    /// Where in it, from the whole to the part: a table, a row, an action. May be empty.
    pub place: Vec<String>,
    /// What stands there.
    pub found: String,
    /// What should stand there.
    pub expected: String,
    /// What to do about it, if that can be said.
    pub hint: Option<String>,
}

/// The result of reading some input.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A fault that has no place yet; the stages it passes through add theirs with [`within`](Self::within).
    pub fn new(found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            input: String::new(),
            place: Vec::new(),
            found: found.into(),
            expected: expected.into(),
            hint: None,
        }
    }

    /// Names the part that the fault stands in; the outermost part is named last.
    #[must_use]
    pub fn within(mut self, part: impl Into<String>) -> Self {
        let part = part.into();
        // two stages may know the same part
        if self.place.first() != Some(&part) {
            self.place.insert(0, part);
        }
        self
    }

    /// Names the input, unless it is named already.
    #[must_use]
    pub fn of(mut self, input: &str) -> Self {
        if self.input.is_empty() {
            input.clone_into(&mut self.input);
        }
        self
    }

    /// Adds what to do about it.
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
            path => fault.within(format!("`{path}`")),
        }
    }
}

/// Quotes text of an input for a message: in backticks, on one line, cut where it is long.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
