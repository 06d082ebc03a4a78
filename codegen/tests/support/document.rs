//! A page independent of its form: sections with tables of entries, cells with lines.

/// A page.
#[derive(Clone, Debug)]
pub struct Document {
    /// The page's name: `orchard` for `list_orchard.html`.
    pub page: String,
    /// Its main heading.
    pub heading: String,
    /// Its first sentence: the text before, in and after the `<code>` element.
    pub introduction: (String, String, String),
    /// Its sections in order.
    pub sections: Vec<Section>,
}

/// A section with its heading's id.
#[derive(Clone, Debug)]
pub struct Section {
    /// The id, such as `list_orchard-operations`.
    pub id: String,
    /// The heading.
    pub title: String,
    /// The text before the table, or in its place.
    pub prose: String,
    /// The table; `None` without entries.
    pub table: Option<Table>,
}

/// A table of entries.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its column headers.
    pub headers: Vec<String>,
    /// Its entries, each of which is a group of rows with a common first cell.
    pub entries: Vec<Entry>,
}

/// The rows of one entry. A column without a cell is one that the cell above spans into.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Rows of as many columns as the table has.
    pub rows: Vec<Vec<Option<Cell>>>,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// The id of the cell itself.
    pub id: Option<String>,
    /// The id of an empty `span` at its start.
    pub span_id: Option<String>,
    /// Its lines.
    pub lines: Vec<Vec<Inline>>,
    /// Whether every line is a paragraph; else, line breaks separate them.
    pub paragraphs: bool,
}

/// A part of a line.
#[derive(Clone, Debug)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Text in bold.
    Bold(String),
    /// An ARN template, as code.
    Arn(String),
    /// A link.
    Link {
        /// Its text.
        text: String,
        /// Its target.
        href: String,
    },
}

impl Cell {
    /// Creates a cell with one line of text, or without lines if the text is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = if text.is_empty() {
            Vec::new()
        } else {
            vec![vec![Inline::Text(text)]]
        };
        Self {
            lines,
            ..Self::default()
        }
    }

    /// Creates a cell with one line of several parts.
    pub fn line(parts: Vec<Inline>) -> Self {
        Self {
            lines: vec![parts],
            ..Self::default()
        }
    }

    /// Creates a cell with several lines.
    pub fn lines(lines: Vec<Vec<Inline>>) -> Self {
        Self {
            lines,
            ..Self::default()
        }
    }
}

impl Table {
    /// Returns whether any cell spans several rows.
    pub fn spans(&self) -> bool {
        self.entries.iter().any(|entry| entry.rows.len() > 1)
    }
}

impl Document {
    /// Returns the section whose id has this ending.
    ///
    /// # Panics
    /// Panics if the section is missing.
    pub fn section(&mut self, ending: &str) -> &mut Section {
        let found = self
            .sections
            .iter_mut()
            .find(|section| section.id.ends_with(ending));
        found.expect("a section of that kind")
    }

    /// Returns the entries of the section whose id has this ending.
    ///
    /// # Panics
    /// Panics if the section is missing or has no table.
    pub fn entries(&mut self, ending: &str) -> &mut Vec<Entry> {
        let table = self.section(ending).table.as_mut();
        &mut table.expect("a table").entries
    }
}
