//! Formats generated files: items and tables, 100 columns wide.

use proc_macro2::TokenStream;

use crate::error::{Error, Result};
use crate::escape::comment;
pub(crate) use crate::escape::literal;

/// The width of generated lines.
const WIDTH: usize = 100;

/// A generated file: its path below the module's folder, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path, such as `bedrock/actions.rs`.
    pub path: String,
    /// The text, with a newline at its end.
    pub text: String,
}

/// Joins the header, the inner documentation and the items of a file, with blank lines between them.
pub(crate) fn file(
    header: &str,
    path: &str,
    docs: &[String],
    items: impl IntoIterator<Item = String>,
) -> Result<File> {
    let mut text = format!("{header}\n");
    for line in docs {
        text.push_str(&comment("//!", line));
    }
    for item in items {
        text.push('\n');
        text.push_str(item.trim_end());
        text.push('\n');
    }
    text.parse::<TokenStream>().map_err(|error| {
        Error::new(format!("text that is not Rust: {error}"), "items").within(path.to_owned())
    })?;
    Ok(File {
        path: path.to_owned(),
        text,
    })
}

/// Formats the documentation of an item, each line with this indent.
pub(crate) fn docs(indent: &str, lines: &[String]) -> String {
    let line = |line: &String| format!("{indent}{}", comment("///", line));
    lines.iter().map(line).collect()
}

/// Formats a table: a call of the macro `path` with the lines of `head`, then the entries.
pub(crate) fn table(
    path: &str,
    head: &[String],
    entries: impl IntoIterator<Item = Entry>,
) -> String {
    let mut text = format!("{path}! {{\n");
    for line in head {
        text.push_str(&wrapped_code(
            "    ",
            "        ",
            std::slice::from_ref(line),
        ));
    }
    for entry in entries {
        text.push_str(&entry.text());
    }
    text + "}\n"
}

/// An entry of a table.
#[derive(Default)]
pub(crate) struct Entry {
    /// Its documentation.
    pub(crate) docs: Vec<String>,
    /// The attribute before its name, if it has one.
    pub(crate) attribute: Option<String>,
    /// Its name in Rust.
    pub(crate) name: String,
    /// The attribute in its brace group, if it has one.
    pub(crate) inner: Option<String>,
    /// The clauses of its brace group, each as words between which a line can end.
    pub(crate) clauses: Vec<Vec<String>>,
}

impl Entry {
    /// Adds a clause of a word and a list, unless the list is empty.
    pub(crate) fn list(&mut self, word: &str, items: impl IntoIterator<Item = String>) {
        let mut items = listed(items);
        if let Some(first) = items.first_mut() {
            *first = format!("{word} {first}");
            self.clauses.push(items);
        }
    }

    fn text(mut self) -> String {
        const INDENT: &str = "    ";
        const INNER: &str = "        ";
        const FURTHER: &str = "            ";
        let mut text = docs(INDENT, &self.docs);
        if let Some(attribute) = self.attribute {
            text.push_str(&format!("{INDENT}{attribute}\n"));
        }
        for words in &mut self.clauses {
            if let Some(last) = words.last_mut() {
                last.push(';');
            }
        }
        let head = format!("{INDENT}{} {{", self.name);
        let short = format!("{head} {} }},\n", self.clauses.concat().join(" "));
        if self.inner.is_none() && short.chars().count() <= WIDTH {
            return text + &short;
        }
        if let Some(last) = self.clauses.last_mut().and_then(|words| words.last_mut()) {
            last.push_str(" },");
        }
        let mut clauses = self.clauses.into_iter();
        match self.inner {
            Some(attribute) => text.push_str(&format!("{head}\n{INNER}{attribute}\n")),
            None => {
                let first = clauses.next().unwrap_or_default();
                text.push_str(&wrapped_code(&format!("{head} "), FURTHER, &first));
            }
        }
        for words in clauses {
            text.push_str(&wrapped_code(INNER, FURTHER, &words));
        }
        text
    }
}

/// Returns the items of a list with their commas, as words between which a line can end.
pub(crate) fn listed(items: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = items.into_iter().collect();
    let last = words.len().saturating_sub(1);
    for word in words.iter_mut().take(last) {
        word.push(',');
    }
    words
}

/// Returns the items of a list in braces, as words between which a line can end; nothing for an empty
/// list.
pub(crate) fn braced(items: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut words = listed(items);
    if let Some(first) = words.first_mut() {
        first.insert_str(0, "{ ");
    }
    if let Some(last) = words.last_mut() {
        last.push_str(" }");
    }
    words
}

/// Wraps words into lines: the first with one indent, the others with another.
pub(crate) fn wrapped_code(first: &str, others: &str, words: &[String]) -> String {
    let mut text = first.to_owned();
    let mut width = first.chars().count();
    let mut begins = true;
    for word in words {
        let length = word.chars().count();
        if !begins && width + 1 + length > WIDTH {
            text.push('\n');
            text.push_str(others);
            width = others.chars().count();
            begins = true;
        }
        if !begins {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
        begins = false;
    }
    text.push('\n');
    text
}

/// Wraps documentation into lines at spaces, so that they fit with their indent.
pub(crate) fn wrapped(paragraph: &str) -> Vec<String> {
    const WIDTH: usize = 92;
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
