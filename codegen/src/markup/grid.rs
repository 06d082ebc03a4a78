//! Row spans, expanded: the one place that decides whether a row fits its table.

use crate::error::{Error, Result, quoted};
use crate::tables::layout::SectionKind;
use crate::tables::{Cell, Table};

/// A table that is being filled row by row.
pub(crate) struct Grid {
    table: Table,
    /// For each column the cell that reaches down into the next row, and how many rows it still covers.
    reaching: Vec<Option<(usize, usize)>>,
}

/// A cell as a row states it.
pub(crate) struct Spanned {
    pub(crate) cell: Cell,
    pub(crate) rows: usize,
    pub(crate) columns: usize,
}

impl Grid {
    /// A table of so many columns.
    pub(crate) fn new(kind: SectionKind, columns: usize) -> Result<Self> {
        let known = kind.columns_of(columns);
        Ok(Self {
            table: Table::new(known.map_err(|error| error.within("header"))?),
            reaching: vec![None; columns],
        })
    }

    /// Adds a row: its own cells fill the columns that no cell from above reaches into.
    pub(crate) fn row(&mut self, cells: impl Iterator<Item = Spanned>) -> Result<()> {
        let number = self.table.rows().len() + 1;
        let mut cells = cells.peekable();
        if cells.peek().is_none() && self.reaching.iter().all(Option::is_none) {
            return Ok(());
        }
        let mut row = Vec::with_capacity(self.table.columns.len());
        let mut stated = 0;
        let mut first = String::new();
        // what is left of a cell that spans columns
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
            format!("{cells} cells where the first says {}", quoted(first)),
            format!(
                "as many as {} columns leave free below the cells that reach down",
                self.table.columns.len()
            ),
        )
        .within(format!("row {row}"))
    }

    /// The table, once every cell has the rows it spans.
    pub(crate) fn finish(self) -> Result<Table> {
        if let Some((_, rows)) = self.reaching.iter().flatten().next() {
            let row = self.table.rows().len() + 1;
            return Err(Error::new(
                format!("the table's end with {rows} rows still to come"),
                "the rows that a cell above spans",
            )
            .within(format!("row {row}"))
            .hint("the table was cut off: fetch or save the page again"));
        }
        Ok(self.table)
    }
}
