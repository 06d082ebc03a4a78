//! Reading documents from JSON text, with errors that say where.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use super::Document;

/// The longest text that is read: far more than IAM takes.
const LONGEST: usize = 1 << 20;

impl Document {
    /// Reads a document from JSON.
    ///
    /// ```
    /// use iam_policy::document::Document;
    ///
    /// let error = Document::from_json("{\"Statement\": [{\"Action\": {}}]}").unwrap_err();
    /// assert_eq!((error.path(), error.line()), ("Statement[0].Action", 1));
    /// ```
    ///
    /// # Errors
    /// [`DocumentError`] for a text that is no JSON, that has another shape than a policy or a
    /// member twice, that is over 1 MiB long or nested more than 127 deep.
    pub fn from_json(text: &str) -> Result<Self, DocumentError> {
        if text.len() > LONGEST {
            return Err(DocumentError {
                path: String::new(),
                line: 0,
                column: 0,
                message: format!(
                    "{} bytes are no policy, expected {LONGEST} at most",
                    text.len()
                ),
            });
        }
        // Tracking the path takes time: only what fails is read with it.
        serde_json::from_str(text).map_err(|error| located(text, &error))
    }
}

#[cold]
fn located(text: &str, error: &serde_json::Error) -> DocumentError {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let path = match serde_path_to_error::deserialize::<_, Document>(&mut deserializer) {
        Err(error) => error.path().to_string(),
        Ok(_) => String::new(),
    };
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let place = format!(" at line {line} column {column}");
    DocumentError {
        // An empty path is written as a full stop, and a name not yet read as a question mark.
        path: path.trim_end_matches(['.', '?']).to_owned(),
        line,
        column,
        message: message.strip_suffix(&place).unwrap_or(&message).to_owned(),
    }
}

/// A text that is no policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    path: String,
    line: usize,
    column: usize,
    message: String,
}

impl DocumentError {
    /// The member where reading stopped, such as `Statement[3].Condition.StringEquals`; empty for
    /// the document itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The line where reading stopped, from 1 on; 0 where the text was not read at all.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// The byte in that line, from 1 on; 0 before its first.
    #[must_use]
    pub const fn column(&self) -> usize {
        self.column
    }

    /// What was found and what was expected.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", visible(&self.path))?;
        }
        f.write_str(&visible(&self.message))?;
        if self.line > 0 {
            write!(f, " at line {} column {}", self.line, self.column)?;
        }
        Ok(())
    }
}

impl Error for DocumentError {}

/// A text on one line: names of members may hold line breaks.
fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| {
        if c.is_control() {
            c.escape_default().to_string()
        } else {
            c.to_string()
        }
    };
    Cow::Owned(text.chars().map(shown).collect())
}
