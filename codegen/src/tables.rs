//! The tables of a page, independent of its rendition: sections, each with a table whose row spans
//! are expanded.

pub mod layout;

use iam_policy::wire::Locale;

use layout::{Column, SectionKind};

/// A page as tables.
#[derive(Clone, Debug)]
pub struct Tables {
    /// The page's name: `bedrock` for `list_bedrock.html`.
    pub page: String,
    /// The language it is written in.
    pub locale: Locale,
    /// The text of its main heading.
    pub heading: String,
    /// The service's name, if the page states it separately from the heading.
    pub service: Option<String>,
    /// The prefix of its actions, such as `bedrock`.
    pub prefix: String,
    /// Its sections in the page's order, at most one of each kind.
    pub sections: Vec<Section>,
}

/// A part of the page under a heading that has an id.
#[derive(Clone, Debug)]
pub struct Section {
    /// The kind of section.
    pub kind: SectionKind,
    /// The prefix of the ids within it: `list_bedrock` or `amazonbedrock`.
    pub slug: String,
    /// Its table; `None` if the section states that the service has no such entries.
    pub table: Option<Table>,
}

/// A table as a grid: every row has as many cells as the table has columns.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The meaning of its columns.
    pub columns: &'static [Column],
    /// The texts of its header, if it has one.
    pub headers: Vec<String>,
    cells: Vec<Cell>,
    rows: Vec<Vec<Placed>>,
}

/// A cell's position in one row.
#[derive(Clone, Copy, Debug)]
struct Placed {
    cell: usize,
    fresh: bool,
}

/// A row of the grid.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    table: &'a Table,
    placed: &'a [Placed],
}

impl Table {
    /// Creates an empty table with these columns.
    pub fn new(columns: &'static [Column]) -> Self {
        Self {
            columns,
            ..Self::default()
        }
    }

    /// Adds a cell and returns its index for [`add_row`](Self::add_row).
    pub fn add_cell(&mut self, cell: Cell) -> usize {
        self.cells.push(cell);
        self.cells.len() - 1
    }

    /// Adds a row from the indexes of cells, each with whether the cell begins in this row.
    pub fn add_row(&mut self, cells: impl IntoIterator<Item = (usize, bool)>) {
        let row = cells
            .into_iter()
            .map(|(cell, fresh)| Placed { cell, fresh });
        self.rows.push(row.collect());
    }

    /// Returns the rows without the header.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|placed| Row {
            table: self,
            placed,
        })
    }
}

impl<'a> Row<'a> {
    /// Returns the cell in a column; an empty cell if the table does not have the column.
    pub fn cell(&self, column: Column) -> &'a Cell {
        static EMPTY: Cell = Cell {
            anchor: None,
            runs: Vec::new(),
        };
        let placed = self.placed(column);
        placed.map_or(&EMPTY, |placed| &self.table.cells[placed.cell])
    }

    /// Returns whether the cell begins in this row instead of spanning into it from above.
    pub fn is_fresh(&self, column: Column) -> bool {
        self.placed(column).is_some_and(|placed| placed.fresh)
    }

    fn placed(&self, column: Column) -> Option<&'a Placed> {
        let mut columns = self.table.columns.iter();
        self.placed.get(columns.position(|it| *it == column)?)
    }
}

/// The content of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The id of the cell, or of the first element in it that has one.
    pub anchor: Option<String>,
    /// Its text, split where a line, a link or bold text begins or ends.
    pub runs: Vec<Run>,
}

/// A stretch of text in one line of a cell, inside or outside a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text with its original white space.
    pub text: String,
    /// The target of its link.
    pub href: Option<String>,
    /// Whether it is bold.
    pub bold: bool,
    /// The line of the cell, counted from 0.
    pub line: usize,
}

/// An item in a cell: a link with the text after it, or a line without a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its text, with folded white space.
    pub text: String,
    /// The target of its link.
    pub href: Option<String>,
}

impl Cell {
    /// Returns the whole text with folded white space.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line = 0;
        for run in &self.runs {
            if run.line != line {
                text.push(' ');
                line = run.line;
            }
            text.push_str(&run.text);
        }
        folded(&text)
    }

    /// Returns the items in the cell, in order, without empty lines.
    pub fn items(&self) -> Vec<Item> {
        let mut items: Vec<(usize, String, Option<String>)> = Vec::new();
        for run in &self.runs {
            match items.last_mut() {
                // more text of the same item: after a link in its line, or before it
                Some((line, text, href))
                    if *line == run.line
                        && (run.href.is_none() || href.is_none() && text.trim().is_empty()) =>
                {
                    text.push_str(&run.text);
                    if href.is_none() {
                        href.clone_from(&run.href);
                    }
                }
                _ => items.push((run.line, run.text.clone(), run.href.clone())),
            }
        }
        items
            .into_iter()
            .map(|(_, text, href)| Item {
                text: folded(&text),
                href,
            })
            .filter(|item| !item.text.is_empty())
            .collect()
    }
}

/// Folds white space: removes it at both ends and replaces it with one space elsewhere.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Removes all white space from a name, because saved pages have line breaks within ARNs.
pub fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}
