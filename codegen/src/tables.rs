//! What every rendition of a page comes down to before facts are read from it: sections, each with
//! a table whose row spans are expanded.

pub mod layout;

use iam_policy::wire::Locale;

use layout::{Column, SectionKind};

/// A page as tables, whatever it was written in.
#[derive(Clone, Debug)]
pub struct Tables {
    /// The page's name: `bedrock` for `list_bedrock.html`.
    pub page: String,
    /// The language it is written in.
    pub locale: Locale,
    /// The text of its main heading.
    pub heading: String,
    /// The service's name, where the page states it apart from the heading.
    pub service: Option<String>,
    /// The prefix of its actions, such as `bedrock`.
    pub prefix: String,
    /// Its sections in the page's order, at most one of each kind.
    pub sections: Vec<Section>,
}

/// A part of the page under a heading that has an id.
#[derive(Clone, Debug)]
pub struct Section {
    /// What the section lists.
    pub kind: SectionKind,
    /// What the ids within it begin with: `list_bedrock` or `amazonbedrock`.
    pub slug: String,
    /// Its table; a section that only says that there is nothing has none.
    pub table: Option<Table>,
}

/// A table as a grid: every row has as many cells as the table has columns.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// What its columns hold.
    pub columns: &'static [Column],
    cells: Vec<Cell>,
    rows: Vec<Vec<Placed>>,
}

/// A cell's place in one row.
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
    /// An empty table of these columns.
    pub fn new(columns: &'static [Column]) -> Self {
        Self {
            columns,
            ..Self::default()
        }
    }

    /// Adds a cell that rows can then place.
    pub fn add_cell(&mut self, cell: Cell) -> usize {
        self.cells.push(cell);
        self.cells.len() - 1
    }

    /// Adds a row from cells added before, each with whether it begins in this row.
    pub fn add_row(&mut self, cells: impl IntoIterator<Item = (usize, bool)>) {
        let row = cells
            .into_iter()
            .map(|(cell, fresh)| Placed { cell, fresh });
        self.rows.push(row.collect());
    }

    /// The rows, header left out.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|placed| Row {
            table: self,
            placed,
        })
    }
}

impl<'a> Row<'a> {
    /// The cell in a column, an empty one where the table does not have the column.
    pub fn cell(&self, column: Column) -> &'a Cell {
        static EMPTY: Cell = Cell {
            anchor: None,
            runs: Vec::new(),
        };
        let placed = self.placed(column);
        placed.map_or(&EMPTY, |placed| &self.table.cells[placed.cell])
    }

    /// Whether the cell begins in this row, rather than reaching into it from above.
    pub fn is_fresh(&self, column: Column) -> bool {
        self.placed(column).is_some_and(|placed| placed.fresh)
    }

    fn placed(&self, column: Column) -> Option<&'a Placed> {
        let mut columns = self.table.columns.iter();
        self.placed.get(columns.position(|it| *it == column)?)
    }
}

/// What stands in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The id of the cell or of the first thing in it that has one.
    pub anchor: Option<String>,
    /// Its text in runs, as lines and links part it.
    pub runs: Vec<Run>,
}

/// A stretch of text in one line of a cell, in a link or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text, white space as it was written.
    pub text: String,
    /// Where it links to.
    pub href: Option<String>,
    /// Whether it is set in bold.
    pub bold: bool,
    /// Which line of the cell it is in, counted from 0.
    pub line: usize,
}

/// One thing that a cell lists: a link with what follows it, or a line without a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its text, white space folded.
    pub text: String,
    /// Where it links to.
    pub href: Option<String>,
}

impl Cell {
    /// The whole text, white space folded.
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

    /// What the cell lists, in order: lines without text are left out.
    pub fn items(&self) -> Vec<Item> {
        let mut items: Vec<(usize, String, Option<String>)> = Vec::new();
        for run in &self.runs {
            match items.last_mut() {
                // text goes on: behind a link in the same line, or before one
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

/// Folds white space: none at the ends, one space elsewhere.
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

/// Removes all white space, for names that have none: saved pages break lines inside an ARN.
pub fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}
