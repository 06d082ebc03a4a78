//! Policies from files and the standard input, with lines and columns.

use std::error::Error;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::{fs, io};

use bedrock_iam::document::{Document, DocumentError};

use crate::other_formats;

/// A text with its name for messages.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) text: String,
    /// The start of each line in bytes; the first line starts after a byte order mark.
    lines: Vec<usize>,
    /// The number of characters before every [`STEP`]th byte.
    characters: Vec<usize>,
}

/// A line and a column in characters, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// The maximum number of bytes to count for a column. Policies without line breaks are common, and
/// counting from the start of the line for each finding would take quadratic time.
const STEP: usize = 64;

/// The byte order mark, which some editors write before UTF-8 text.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Input {
    /// Reads a file, or the standard input for `-`.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        if path.as_os_str() == "-" {
            let mut text = String::new();
            io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| format!("standard input: {error}"))?;
            return Ok(Self::new("<stdin>".to_owned(), text));
        }
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
        Ok(Self::new(name, text))
    }

    pub(crate) fn new(name: String, text: String) -> Self {
        let start = match text.starts_with(BYTE_ORDER_MARK) {
            true => BYTE_ORDER_MARK.len_utf8(),
            false => 0,
        };
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(start).chain(breaks).collect();
        let mut characters = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for bytes in text.as_bytes().chunks(STEP) {
            characters.push(count);
            count += bytes.iter().filter(|byte| is_first(**byte)).count();
        }
        Self {
            name,
            text,
            lines,
            characters,
        }
    }

    /// Returns the start of the JSON, after a byte order mark.
    pub(crate) fn start(&self) -> usize {
        self.lines[0]
    }

    /// Parses the text as a policy.
    pub(crate) fn parse(&self) -> Result<Document, DocumentError> {
        Document::from_json(&self.text[self.start()..])
    }

    /// Parses the text as a policy; the error has the name of the file, and says what a text in
    /// another format is.
    pub(crate) fn document(&self) -> Result<Document, Box<dyn Error>> {
        let other = |document: Option<&Document>| match document {
            Some(document) if document.statements.is_some() => None,
            _ => other_formats::recognize(&self.text[self.start()..]),
        };
        let parsed = self.parse();
        let message = match (other(parsed.as_ref().ok()), parsed) {
            (Some(message), _) => message,
            (None, Ok(document)) => return Ok(document),
            (None, Err(error)) => error.to_string(),
        };
        Err(format!("{}: {message}", self.name).into())
    }

    /// Returns the byte at a line and a column, which counts bytes, both from 1; a byte inside of the
    /// text and at the start of a character.
    pub(crate) fn byte(&self, line: usize, column: usize) -> usize {
        let start = self.lines.get(line.saturating_sub(1)).copied();
        let at = start.unwrap_or(0) + column.saturating_sub(1);
        let mut at = at.min(self.text.len().saturating_sub(1));
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Returns the position of the first byte of a character. A byte order mark is not counted, as in
    /// editors and SARIF.
    pub(crate) fn position(&self, at: usize) -> Position {
        let line = self.line(at);
        Position {
            line: line + 1,
            column: self
                .characters(at)
                .saturating_sub(self.characters(self.lines[line]))
                + 1,
        }
    }

    /// Returns the range of the line that contains a byte, without the line break.
    pub(crate) fn line_of(&self, at: usize) -> Range<usize> {
        let line = self.line(at);
        let end = match self.lines.get(line + 1) {
            Some(next) => next - 1,
            None => self.text.len(),
        };
        let line = self.lines[line]..end.max(self.lines[line]);
        let text = &self.text[line.clone()];
        line.start..line.end - usize::from(text.ends_with('\r'))
    }

    /// Returns the start of a range, of at most about this length, up to the end of a character.
    pub(crate) fn shortened(&self, range: &Range<usize>, most: usize) -> Range<usize> {
        let mut end = range.end.min(range.start + most);
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        range.start..end
    }

    /// Returns the number of the line that contains a byte, counted from 0.
    fn line(&self, at: usize) -> usize {
        let after = self.lines.partition_point(|start| *start <= at);
        after.saturating_sub(1)
    }

    /// Returns the number of characters before a byte.
    fn characters(&self, at: usize) -> usize {
        let Some(before) = self.characters.get(at / STEP) else {
            // the end of the text, after the last step
            return self.text.chars().count();
        };
        let bytes = &self.text.as_bytes()[at / STEP * STEP..at];
        before + bytes.iter().filter(|byte| is_first(**byte)).count()
    }
}

/// Returns whether a byte of UTF-8 is the first one of a character.
const fn is_first(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// Returns the arguments, with `-` replaced by the words of the standard input.
pub(crate) fn words(arguments: &[String]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut words = Vec::new();
    for argument in arguments {
        if argument == "-" {
            let input = Input::read(Path::new("-"))?;
            words.extend(
                input.text[input.start()..]
                    .split_whitespace()
                    .map(str::to_owned),
            );
        } else {
            words.push(argument.clone());
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        for mark in ["", "\u{feff}"] {
            let long = "é".repeat(100);
            let input = Input::new(String::new(), format!("{mark}a{long}b\r\n\ncd"));
            let at = |text: &str| input.text.find(text).unwrap();
            let position = |line, column| Position { line, column };
            assert_eq!(input.position(at("a")), position(1, 1));
            assert_eq!(input.position(at("b")), position(1, 102));
            assert_eq!(input.position(at("\nc")), position(2, 1));
            assert_eq!(input.position(at("d")), position(3, 2));
            assert_eq!(input.position(input.text.len()), position(3, 3));
            assert_eq!(&input.text[input.line_of(at("d"))], "cd");
            assert_eq!(input.text[input.line_of(at("b"))].chars().count(), 102);
        }
        for text in ["", "\n", &"a".repeat(STEP)] {
            let input = Input::new(String::new(), text.to_owned());
            let columns = input.position(text.len()).column;
            assert_eq!(columns, text.trim_end().len() + 1, "{text:?}");
            let _ = input.line_of(text.len());
        }
    }
}
