//! Parsing of tables with row spans, which are written as nested lists.
//!
//! An entry's first line is its name. Each line below it has either one field (`- **Label:** text`),
//! which applies to all rows of the entry, or several fields separated by ` / `, which form a row.
//! Labels are translated, and not always in the same way, so the column of a label is learned from
//! the order in which entries list their labels.

use std::collections::BTreeMap;

use super::inline;
use crate::error::{Error, Result, quoted};
use crate::tables::Table;
use crate::tables::layout::SectionKind;

/// Returns whether a line begins an entry.
pub(super) fn begins_entry(line: &str) -> bool {
    line.starts_with("- ")
}

/// Returns whether a line continues the list of the lines before it.
pub(super) fn continues(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with([' ', '\t']) || begins_entry(line)
}

struct Entry<'a> {
    name: &'a str,
    lines: Vec<Vec<Field<'a>>>,
}

impl Entry<'_> {
    /// Returns its name for a message.
    fn shown(&self) -> String {
        quoted(&inline::cell(self.name).text())
    }
}

#[derive(Clone, Copy)]
struct Field<'a> {
    label: &'a str,
    text: &'a str,
}

/// Parses a table from the lines of its list.
pub(super) fn read(kind: SectionKind, lines: &[&str]) -> Result<Table> {
    let entries = entries(lines)?;
    let widest = entries
        .iter()
        .map(|entry| labels(entry).len())
        .max()
        .unwrap_or_default();
    let columns = kind.columns_of(widest + 1).map_err(|error| {
        let found = format!("{} fields in the entry with the most fields", widest + 1);
        Error { found, ..error }
            .hint("the reference may have changed its layout, or the page is truncated")
    })?;
    let meaning = learn(&entries, widest);
    let mut table = Table::new(columns);
    for (index, entry) in entries.iter().enumerate() {
        add(&mut table, entry, &meaning)
            .map_err(|error| error.within(format!("entry {} {}", index + 1, entry.shown())))?;
    }
    Ok(table)
}

fn entries<'a>(lines: &[&'a str]) -> Result<Vec<Entry<'a>>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        if let Some(name) = line.strip_prefix("- ") {
            entries.push(Entry {
                name: name.trim(),
                lines: Vec::new(),
            });
        } else {
            let count = entries.len();
            let Some(entry) = entries.last_mut() else {
                continue;
            };
            let misfit = || {
                Error::new(
                    quoted(line.trim()),
                    "a field in the form `- **Label:** text`",
                )
                .within(format!("entry {} {}", count, entry.shown()))
                .hint("the page may be truncated; fetch or save it again")
            };
            let text = line.trim_start().strip_prefix("- ").ok_or_else(misfit)?;
            let fields = fields(text).ok_or_else(misfit)?;
            entry.lines.push(fields);
        }
    }
    Ok(entries)
}

/// Splits `**A:** x / **B:** y`. A ` / ` without a label after it belongs to the text.
fn fields(text: &str) -> Option<Vec<Field<'_>>> {
    let (label, mut rest) = label(text)?;
    let mut fields = vec![Field { label, text: rest }];
    let mut from = 0;
    while let Some(at) = rest[from..].find('/').map(|at| at + from) {
        if let Some((label, after)) = label_after_slash(&rest[at + 1..]) {
            let last = fields.last_mut()?;
            last.text = rest[..at].trim();
            fields.push(Field { label, text: after });
            rest = after;
            from = 0;
        } else {
            from = at + 1;
        }
    }
    if let Some(last) = fields.last_mut() {
        last.text = last.text.trim();
    }
    Some(fields)
}

fn label_after_slash(text: &str) -> Option<(&str, &str)> {
    label(text.trim_start_matches(' '))
}

/// Splits `**Label:**rest`; the colon may be full-width.
fn label(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("**")?;
    let end = inner.find("**")?;
    let label = inner[..end].trim_end();
    let label = label.strip_suffix([':', '：'])?;
    Some((label.trim(), &inner[end + 2..]))
}

/// Returns the labels of an entry in the order in which they first appear.
fn labels<'a>(entry: &Entry<'a>) -> Vec<&'a str> {
    let mut labels = Vec::new();
    for field in entry.lines.iter().flatten() {
        if !labels.contains(&field.label) {
            labels.push(field.label);
        }
    }
    labels
}

/// Finds the column of each label, by a majority of the entries that have all labels.
fn learn<'a>(entries: &[Entry<'a>], widest: usize) -> BTreeMap<&'a str, usize> {
    let mut votes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for entry in entries {
        let labels = labels(entry);
        if labels.len() == widest {
            for (column, label) in labels.into_iter().enumerate() {
                votes.entry(label).or_insert_with(|| vec![0; widest])[column] += 1;
            }
        }
    }
    let winner =
        |votes: Vec<usize>| (0..votes.len()).max_by_key(|&column| (votes[column], widest - column));
    votes
        .into_iter()
        .filter_map(|(label, votes)| Some((label, winner(votes)? + 1)))
        .collect()
}

fn add(table: &mut Table, entry: &Entry<'_>, meaning: &BTreeMap<&str, usize>) -> Result<()> {
    let columns = table.columns.len();
    let mut lines: Vec<Vec<(usize, &str)>> = Vec::new();
    for line in &entry.lines {
        let mut fields = Vec::new();
        for field in line {
            let column = *meaning.get(field.label).ok_or_else(|| {
                Error::new(
                    format!("a field with the label {}", quoted(field.label)),
                    "a label that also appears in other entries",
                )
            })?;
            fields.push((column, field.text));
        }
        lines.push(fields);
    }
    // a column that is in several lines has a value for each row; a column that is in a single line
    // has the same value in all rows
    let mut named = vec![0_usize; columns];
    for &(column, _) in lines.iter().flatten() {
        named[column] += 1;
    }
    let is_row = |line: &[(usize, &str)]| {
        line.len() > 1 || line.iter().any(|&(column, _)| named[column] > 1)
    };
    let mut above: Vec<Option<usize>> = vec![None; columns];
    above[0] = Some(table.add_cell(inline::cell(entry.name)));
    for line in lines.iter().filter(|line| !is_row(line)) {
        for &(column, text) in line {
            above[column] = Some(table.add_cell(inline::cell(text)));
        }
    }
    let rows: Vec<_> = lines.iter().filter(|line| is_row(line)).collect();
    let empty = Vec::new();
    let rows = if rows.is_empty() { vec![&empty] } else { rows };
    for (index, row) in rows.into_iter().enumerate() {
        let mut fresh = vec![index == 0; columns];
        for &(column, text) in row {
            above[column] = Some(table.add_cell(inline::cell(text)));
            fresh[column] = true;
        }
        if let Some(column) = above.iter().position(Option::is_none) {
            let label = meaning
                .iter()
                .find(|(_, at)| **at == column)
                .map_or("", |(label, _)| *label);
            return Err(Error::new(
                format!("no field {}", quoted(label)),
                "the fields that other entries have",
            )
            .hint("the page may be truncated; fetch or save it again"));
        }
        table.add_row(
            above
                .iter()
                .zip(fresh)
                .map(|(cell, fresh)| (cell.unwrap_or_default(), fresh)),
        );
    }
    Ok(())
}
