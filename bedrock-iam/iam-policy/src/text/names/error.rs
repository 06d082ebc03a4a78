//! The error for unknown names.

use std::error::Error;
use std::fmt;

use super::suggest::nearest;
use crate::text::words::{list, visible, with_article};

/// The error for a name that does not exist, with the most similar one as a suggestion.
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
    required: Vec<&'static str>,
}

impl NameError {
    /// Returns an error for `text`, which is not among `names`, the names of `kind` that `service` has.
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
            required: Vec::new(),
        }
    }

    /// Adds the actions that the operation of this name requires.
    pub(super) fn with_required(self, required: Vec<&'static str>) -> Self {
        Self { required, ..self }
    }

    /// Returns the text that was parsed.
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

    /// Returns the actions that the API operation of this name requires, if an action was expected and
    /// the text names an operation. Some of them may be needed in certain uses only.
    #[must_use]
    pub fn required_actions(&self) -> &[&'static str] {
        &self.required
    }

    /// Returns the most similar name by edit distance, if one is similar enough.
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
        let kind = with_article(self.kind);
        let text = visible(&self.text);
        if !self.required.is_empty() {
            let required = list(&self.required, self.required.len());
            return write!(
                f,
                "`{text}` is an API operation of {}, not {kind}; it requires {required}",
                self.service
            );
        }
        write!(f, "`{text}` is not {kind} of {}", self.service)?;
        match self.suggestion() {
            Some(name) => write!(f, "; did you mean `{name}`?"),
            None => Ok(()),
        }
    }
}

impl Error for NameError {}
