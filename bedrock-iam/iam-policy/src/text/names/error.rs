//! The error of a name that a table lacks.

use std::error::Error;
use std::fmt;

use super::suggest::nearest;

/// No such name: what was asked for, and what kind of name was expected.
///
/// ```
/// use iam_policy::ValueType;
///
/// let error = "Strin".parse::<ValueType>().unwrap_err();
/// assert_eq!(error.suggestion(), Some("String"));
/// assert_eq!(error.to_string(), "`Strin` is no value type of IAM; did you mean `String`?");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct NameError {
    text: Box<str>,
    kind: &'static str,
    service: &'static str,
    names: &'static [&'static str],
}

impl NameError {
    /// An error for `text`, which is none of `names`: the names of `kind` that `service` has.
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

    /// What was to be read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The kind of name that was expected, such as `action` or `condition key`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        self.kind
    }

    /// The prefix of the service whose names were searched, such as `bedrock`.
    #[must_use]
    pub const fn service(&self) -> &'static str {
        self.service
    }

    /// The nearest name by edit distance, if one is near enough to be meant.
    #[must_use]
    pub fn suggestion(&self) -> Option<&'static str> {
        nearest(self.names.iter().copied(), &self.text)
    }
}

impl fmt::Debug for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The table of names is left out: it can hold hundreds.
        f.debug_struct("NameError")
            .field("text", &self.text)
            .field("kind", &self.kind)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no {} of {}", self.text, self.kind, self.service)?;
        match self.suggestion() {
            Some(name) => write!(f, "; did you mean `{name}`?"),
            None => Ok(()),
        }
    }
}

impl Error for NameError {}
