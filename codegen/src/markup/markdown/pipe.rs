//! Parsing of tables without row spans: `| a | b |`.

use super::inline;
use crate::error::{Error, Result, quoted};
use crate::markup::grid::{Grid, Spanned};
use crate::tables::Table;
use crate::tables::layout::SectionKind;

/// Parses a table from its lines: header, delimiter row, rows.
pub(super) fn read(kind: SectionKind, lines: &[&str]) -> Result<Table> {
    let [header, rest @ ..] = lines else {
        return Err(Error::new("no lines", "a header row"));
    };
    let headers = fields(header).map_err(|error| error.within("header"))?;
    let headers: Vec<_> = headers
        .into_iter()
        .map(|it| inline::cell(it).text())
        .collect();
    let mut grid = Grid::new(kind, headers.len(), headers)?;
    let [rule, rows @ ..] = rest else {
        return Err(truncated("only the header"));
    };
    if !rule.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
        return Err(Error::new(
            quoted(rule),
            "the delimiter row `| --- |` below the header",
        ));
    }
    if rows.is_empty() {
        return Err(truncated("a header without rows"));
    }
    for (index, row) in rows.iter().enumerate() {
        let fields = fields(row).map_err(|error| error.within(format!("row {}", index + 1)))?;
        grid.row(fields.into_iter().map(|field| Spanned {
            cell: inline::cell(field),
            rows: 1,
            columns: 1,
        }))?;
    }
    grid.finish()
}

fn truncated(found: &str) -> Error {
    Error::new(found, "rows").hint("the page is truncated; fetch or save it again")
}

/// Splits a row into its fields. A row begins and ends with `|`; a `|` within a field is escaped.
fn fields(row: &str) -> Result<Vec<&str>> {
    let row = row.trim_end();
    let mut fields = Vec::new();
    let mut begin = 1;
    let mut escaped = false;
    for (at, byte) in row.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'|' => {
                fields.push(&row[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    if begin != row.len() || fields.is_empty() {
        return Err(Error::new(quoted(row), "a row that ends in `|`")
            .hint("the page is truncated; fetch or save it again"));
    }
    Ok(fields)
}
