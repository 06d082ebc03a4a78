//! Tables whose rows do not span: `| a | b |`.

use super::inline;
use crate::error::{Error, Result, quoted};
use crate::markup::grid::{Grid, Spanned};
use crate::tables::Table;
use crate::tables::layout::SectionKind;

/// Reads a table from its lines: header, rule, rows.
pub(super) fn read(kind: SectionKind, lines: &[&str]) -> Result<Table> {
    let [header, rest @ ..] = lines else {
        return Err(Error::new("nothing", "a header"));
    };
    let columns = fields(header)
        .map_err(|error| error.within("header"))?
        .len();
    let mut grid = Grid::new(kind, columns)?;
    let [rule, rows @ ..] = rest else {
        return Err(cut("the header alone"));
    };
    if !rule.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
        return Err(Error::new(
            quoted(rule),
            "the rule `| --- |` below the header",
        ));
    }
    if rows.is_empty() {
        return Err(cut("a header without rows"));
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

fn cut(found: &str) -> Error {
    Error::new(found, "rows").hint("the page was cut off: fetch or save it again")
}

/// The fields of a row, which begins and ends with a bar; a bar in a text is escaped.
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
            .hint("the page was cut off: fetch or save it again"));
    }
    Ok(fields)
}
