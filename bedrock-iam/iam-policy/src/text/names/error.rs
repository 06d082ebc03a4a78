//! The error of an unknown name.

use std::error::Error;
use std::fmt;

use super::suggest::nearest;
use crate::text::words::with_article;

/// The error of a name that does not exist: the name, and the kind of name that was expected.
///
/// ```
/// use iam_policy::ValueType;
///
/// let error = "Strin".parse::<ValueType>().unwrap_err();
/// assert_eq!(error.suggestion(), Some("String"));
/// assert_eq!(error.to_string(), "`Strin` is not a value type of IAM; did you mean `String`?");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct NameError {
    text: Box<str>,
    kind: &'static str,
    service: &'static str,
    names: &'static [&'static str],
}

impl NameError {
    /// Creates the error for `text`; `names` are the service's names of this kind.
    #[doc(hidden)]
    #[must_use]
    pub fn new(
        text: &str,
        kind: &'static str,
        service: &'static str,
        names: &'static [&'static str],
    ) -> Self {
        Self {
            text: text.into(),
            kind,
            service,
            names,
        }
    }

    /// Returns the text that could not be parsed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the kind of name that was expected, such as `action` or `condition key`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.kind
    }

    /// Returns the prefix of the service whose names were searched, such as `bedrock`.
    #[must_use]
    pub const fn service(&self) -> &'static str {
        self.service
    }

    /// Returns the nearest name by edit distance, if one is near enough.
    #[must_use]
    pub fn suggestion(&self) -> Option<&'static str> {
        nearest(self.names.iter().copied(), &self.text)
    }
}

/// Same as `Display`, because `main` prints errors with `Debug`.
impl fmt::Debug for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (text, kind) = (self.text.escape_debug(), with_article(self.kind));
        write!(f, "`{text}` is not {kind} of {}", self.service)?;
        match self.suggestion() {
            Some(name) => write!(f, "; did you mean `{name}`?"),
            None => Ok(()),
        }
    }
}

impl Error for NameError {}
