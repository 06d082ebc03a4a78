//! Parsing of documents from JSON, with errors that contain the path, line and column.

use std::error::Error;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use super::{Document, Json, Path, Step};
use crate::text::json::{Mismatch, mismatch};
use crate::words::visible;

/// The maximum length of the JSON in bytes, far more than IAM allows.
const LONGEST: usize = 1 << 20;

impl Document {
    /// Parses a document from JSON.
    ///
    /// ```
    /// use iam_policy::document::Document;
    ///
    /// let error = Document::from_json("{\"Statement\": [{\"Action\": {}}]}").unwrap_err();
    /// assert_eq!((error.path(), error.line()), ("Statement[0].Action", 1));
    /// ```
    ///
    /// # Errors
    /// Returns [`DocumentError`] if the text is not JSON, does not have the structure of a policy,
    /// has a member twice, is longer than 1 MiB, has more than 50,000 statements or a name of more than
    /// 16 KiB, or is nested more than 127 levels deep.
    pub fn from_json(text: &str) -> Result<Self, DocumentError> {
        parse(text)
    }
}

impl Json {
    /// Parses a JSON text that is not a policy.
    ///
    /// # Errors
    /// Returns [`DocumentError`] if the text is not JSON, has a member twice, is longer than 1 MiB, or
    /// is nested more than 127 levels deep.
    pub fn from_json(text: &str) -> Result<Self, DocumentError> {
        parse(text)
    }
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, DocumentError> {
    if text.len() > LONGEST {
        return Err(DocumentError {
            path: Path::DOCUMENT,
            path_text: String::new(),
            line: 0,
            column: 0,
            message: format!("found {} bytes; expected at most {LONGEST}", text.len()),
        });
    }
    // Tracking the path is slow, so the text is parsed with it only after an error.
    serde_json::from_str(text).map_err(|error| located::<T>(text, &error))
}

#[cold]
fn located<T: DeserializeOwned>(text: &str, error: &serde_json::Error) -> DocumentError {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let path = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(error) => path(error.path()),
        Ok(_) => Path::DOCUMENT,
    };
    let Mismatch { found, expected } = mismatch(error);
    let expected = expected.map(|it| format!("; expected {it}"));
    DocumentError {
        path_text: path.to_string(),
        path,
        line: error.line(),
        // the parser counts the bytes that it has read, which can be none
        column: error.column().max(1),
        message: format!("found {found}{}", expected.unwrap_or_default()),
    }
}

/// Returns the path as far as it is known: a name that can't be read ends it.
fn path(of: &serde_path_to_error::Path) -> Path {
    let steps = of.iter().map_while(|segment| match segment {
        Segment::Seq { index } => Some(Step::Index(*index)),
        Segment::Map { key } => Some(Step::Member(key.clone().into())),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    Path::from_iter(steps)
}

/// The error for a text that is not a policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentError {
    path: Path,
    path_text: String,
    line: usize,
    column: usize,
    message: String,
}

impl DocumentError {
    /// Returns the path of the member where parsing stopped, such as
    /// `Statement[3].Condition.StringEquals`; empty for the document itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path_text
    }

    /// Returns the same path as [`path`](Self::path), in steps.
    #[must_use]
    pub const fn steps(&self) -> &Path {
        &self.path
    }

    /// Returns the line where parsing stopped, counted from 1; 0 if the text was not parsed because
    /// of its length.
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// Returns the column in bytes, counted from 1; 0 if the text was not parsed.
    #[must_use]
    pub const fn column(&self) -> usize {
        self.column
    }

    /// Returns the message without the path, line and column.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", visible(&self.path_text))?;
        }
        f.write_str(&visible(&self.message))?;
        if self.line > 0 {
            write!(f, " (line {}, column {})", self.line, self.column)?;
        }
        Ok(())
    }
}

impl Error for DocumentError {}
