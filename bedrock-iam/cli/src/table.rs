//! Tables of text, with cells of several lines.

use std::io::{self, Write};

/// Prints a table. Columns of which every cell is empty are omitted if `optional` has their index.
pub(crate) fn print<const N: usize>(
    header: [&str; N],
    rows: &[[String; N]],
    optional: &[usize],
    out: &mut dyn Write,
) -> io::Result<()> {
    let header = header.map(str::to_owned);
    let all = || std::iter::once(&header).chain(rows);
    let is_shown = |column: &usize| {
        !optional.contains(column) || rows.iter().any(|row| !row[*column].is_empty())
    };
    let columns: Vec<usize> = (0..N).filter(is_shown).collect();
    let width = |column: usize| -> usize {
        let lines = all().flat_map(|row| row[column].lines());
        lines.map(|line| line.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<_> = columns.iter().map(|column| width(*column)).collect();
    for row in all() {
        let heights = row.iter().map(|cell| cell.lines().count());
        for at in 0..heights.max().unwrap_or(0) {
            let mut line = String::new();
            for (column, width) in columns.iter().zip(&widths) {
                let cell = row[*column].lines().nth(at).unwrap_or_default();
                line.push_str(&format!("{cell:width$}  "));
            }
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}
