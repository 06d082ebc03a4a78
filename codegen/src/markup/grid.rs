//! Expansion of row and column spans, with the check that each row fits its table.

use crate::error::{Error, Result, quoted};
use crate::tables::layout::SectionKind;
use crate::tables::{Cell, Table};
use crate::words::counted;

/// A table that is filled row by row.
pub(crate) struct Grid {
    table: Table,
    /// For each column, the cell that spans into the next row, and the number of rows that it still
    /// covers.
    reaching: Vec<Option<(usize, usize)>>,
}

/// A cell with its spans.
pub(crate) struct Spanned {
    pub(crate) cell: Cell,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

impl Grid {
    /// Creates a table with a number of columns below a header.
    pub(crate) fn new(kind: SectionKind, columns: usize, headers: Vec<String>) -> Result<Self> {
        let known = kind.columns_of(columns);
        let mut table = Table::new(known.map_err(|error| error.within("header"))?);
        table.headers = headers;
        Ok(Self {
            table,
            reaching: vec![None; columns],
        })
    }

    /// Adds a row: its cells fill the columns that no cell from above spans into.
    pub(crate) fn row(&mut self, cells: impl Iterator<Item = Spanned>) -> Result<()> {
        let number = self.table.rows().len() + 1;
        let mut cells = cells.peekable();
        if cells.peek().is_none() && self.reaching.iter().all(Option::is_none) {
            return Ok(());
        }
        let mut row = Vec::with_capacity(self.table.columns.len());
        let mut stated = 0;
        let mut first = String::new();
        // the remaining columns of a cell that spans several
        let mut spread: Option<(usize, usize, usize)> = None;
        for column in 0..self.table.columns.len() {
            if let Some((cell, rows)) = self.reaching[column] {
                self.reaching[column] = (rows > 1).then_some((cell, rows - 1));
                row.push((cell, false));
                continue;
            }
            let (cell, rows) = match spread.take() {
                Some((cell, rows, columns)) => {
                    spread = (columns > 1).then_some((cell, rows, columns - 1));
                    (cell, rows)
                }
                None => {
                    let Some(next) = cells.next() else {
                        return Err(self.misfit(number, stated, &first));
                    };
                    stated += 1;
                    if first.is_empty() {
                        first = next.cell.text();
                    }
                    let cell = self.table.add_cell(next.cell);
                    spread = (next.columns > 1).then_some((cell, next.rows, next.columns - 1));
                    (cell, next.rows)
                }
            };
            self.reaching[column] = (rows > 1).then_some((cell, rows - 1));
            row.push((cell, true));
        }
        let left = cells.count();
        if left > 0 || spread.is_some() {
            return Err(self.misfit(number, stated + left.max(1), &first));
        }
        self.table.add_row(row);
        Ok(())
    }

    fn misfit(&self, row: usize, cells: usize, first: &str) -> Error {
        Error::new(
            format!(
                "{} in the row that begins with {}",
                counted(cells, "cell"),
                quoted(first)
            ),
            format!(
                "one for each of {} columns, except where a cell from above spans into the row",
                self.table.columns.len()
            ),
        )
        .within(format!("row {row}"))
    }

    /// Returns the table, after checking that every cell has all the rows that it spans.
    pub(crate) fn finish(self) -> Result<Table> {
        if let Some((_, rows)) = self.reaching.iter().flatten().next() {
            let row = self.table.rows().len() + 1;
            return Err(Error::new(
                format!("the end of the table, {} too early", counted(*rows, "row")),
                "the rows that a cell above it spans",
            )
            .within(format!("row {row}"))
            .hint("the table is truncated; fetch or save the page again"));
        }
        Ok(self.table)
    }
}
