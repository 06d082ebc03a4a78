//! Files and the standard input.

use std::error::Error;
use std::io::Read;
use std::path::Path;
use std::{fs, io};

use crate::document::Document;

/// A text and what to call it.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) text: String,
}

impl Input {
    /// Reads a file; `-` is the standard input.
    pub(super) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        if path.as_os_str() == "-" {
            let mut text = String::new();
            io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| format!("standard input: {error}"))?;
            return Ok(Self {
                name: "<stdin>".to_owned(),
                text,
            });
        }
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
        Ok(Self { name, text })
    }

    /// Its policy.
    pub(super) fn document(&self) -> Result<Document, Box<dyn Error>> {
        Ok(Document::from_json(&self.text).map_err(|error| format!("{}: {error}", self.name))?)
    }
}

/// Arguments, with the lines of the standard input in place of `-`.
pub(super) fn words(arguments: &[String]) -> Result<Vec<String>, Box<dyn Error>> {
    let mut words = Vec::new();
    for argument in arguments {
        if argument == "-" {
            let input = Input::read(Path::new("-"))?;
            words.extend(input.text.split_whitespace().map(str::to_owned));
        } else {
            words.push(argument.clone());
        }
    }
    Ok(words)
}
