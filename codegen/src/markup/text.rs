//! Parsing of a page's plain text, as copied from a browser. Classic layout only.
//!
//! Without markup, lines are distinguished by their content: an action's line ends with its
//! access level, a resource type's contains its ARN, a condition key's begins with the key and ends
//! with its type. Levels and types are recognized by the lexicon of the page's language.

mod line;
mod rows;

use crate::error::{Error, Result, quoted};
use crate::labels::{Labels, is_bracket, split};
use crate::markup::Input;
use crate::tables::layout::{CONDITION_KEYS, Column, RESOURCE_TYPES, SectionKind};
use crate::tables::{Cell, Section, Table, Tables, folded, without_space};
use line::{ending, introduced, is_header, lone_key, split_arn, split_key};
use rows::{Line, Rows, cell, lines_cell};

/// Parses a page.
pub(crate) fn read(input: &Input<'_>) -> Result<Tables> {
    let labels = Labels::lexicon(input.locale);
    let lines: Vec<&str> = input.text.lines().map(str::trim).collect();
    let heading = lines
        .iter()
        .find(|line| !line.is_empty())
        .copied()
        .unwrap_or_default();
    let heading = heading
        .rsplit_once(" - ")
        .map_or(heading, |(heading, _)| heading);
    let introduction = lines
        .iter()
        .enumerate()
        .find_map(|(index, line)| Some((index, introduced(line)?)));
    let Some((at, (service, prefix))) = introduction else {
        return Err(Error::new(
            format!(
                "text that begins with {} and has no service prefix",
                quoted(heading)
            ),
            "the text of a page of the Service Authorization Reference",
        ));
    };
    let page = Text {
        lines: &lines,
        labels: &labels,
        service,
    };
    let keys_at = page.condition_keys_at();
    let types_at = page.resource_types_at(at, keys_at);
    let condition_keys = page
        .condition_keys(keys_at)
        .map_err(|error| error.within(SectionKind::ConditionKeys.name()))?;
    let types = page
        .resource_types(types_at, keys_at)
        .map_err(|error| error.within(SectionKind::ResourceTypes.name()))?;
    let known = KnownNames {
        resource_types: first_column(&types),
        condition_keys: first_column(&condition_keys),
    };
    let actions = page
        .actions(at, types_at, &known)
        .map_err(|error| error.within(SectionKind::Actions.name()))?;
    let section = |kind, table: Table| {
        let filled = table.rows().len() > 0;
        let table = filled.then_some(table);
        Section {
            kind,
            slug: input.page.to_owned(),
            table,
        }
    };
    Ok(Tables {
        page: input.page.to_owned(),
        locale: input.locale,
        heading: heading.to_owned(),
        service: Some(service.to_owned()),
        prefix: prefix.to_owned(),
        sections: vec![
            section(SectionKind::Actions, actions),
            section(SectionKind::ResourceTypes, types),
            section(SectionKind::ConditionKeys, condition_keys),
        ],
    })
}

fn first_column(table: &Table) -> Vec<String> {
    table
        .rows()
        .map(|row| row.cell(Column::Name).text())
        .collect()
}

struct Text<'a> {
    lines: &'a [&'a str],
    labels: &'a Labels,
    service: &'a str,
}

struct KnownNames {
    resource_types: Vec<String>,
    condition_keys: Vec<String>,
}

impl<'a> Text<'a> {
    fn filled(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, &'a str)> {
        let lines = self.lines.get(from..to).unwrap_or_default();
        lines
            .iter()
            .enumerate()
            .map(move |(index, line)| (from + index, *line))
            .filter(|(_, line)| !line.is_empty())
    }

    /// Returns the index of the first row of condition keys, which are the last lines of the page.
    fn condition_keys_at(&self) -> usize {
        let filled = |index: &usize| !self.lines[*index].is_empty();
        let mut at = self.lines.len();
        for index in (0..self.lines.len()).rev().filter(filled) {
            if self.key_row(self.lines[index]).is_none() {
                break;
            }
            at = index;
        }
        at
    }

    /// Splits a row such as `aws:TagKeys … ArrayOfString` into the key and its type.
    fn key_row(&self, line: &'a str) -> Option<(String, &'a str)> {
        let (key, rest) = split_key(line)?;
        let label = ending(rest, |label| self.labels.value_type(label).is_ok())?;
        Some((key, label))
    }

    fn condition_keys(&self, from: usize) -> Result<Table> {
        let mut table = Table::new(CONDITION_KEYS);
        for (_, line) in self.filled(from, self.lines.len()) {
            if let Some((key, label)) = self.key_row(line) {
                let cells = [cell(&key), Cell::default(), cell(label)]
                    .map(|cell| (table.add_cell(cell), true));
                table.add_row(cells);
            }
        }
        // the line above the rows is the header; if it begins with a key, it is a row with an
        // unknown type
        if let Some((index, line)) = self.filled(0, from).last()
            && let Some((key, rest)) = split_key(line).filter(|(_, rest)| !rest.trim().is_empty())
        {
            let label = rest.split_whitespace().last().unwrap_or_default();
            return Err(Error::new(
                format!("the value type {}", quoted(label)),
                "an IAM type, such as `String`",
            )
            .within(format!("line {} {}", index + 1, quoted(&key))));
        }
        Ok(table)
    }

    /// Returns the index of the first row of resource types: the first line with an ARN.
    fn resource_types_at(&self, from: usize, to: usize) -> usize {
        self.filled(from, to)
            .find(|(_, line)| split_arn(line).is_some())
            .map_or(to, |(index, _)| index)
    }

    fn resource_types(&self, from: usize, to: usize) -> Result<Table> {
        let mut rows: Vec<(String, String, Vec<String>)> = Vec::new();
        for (index, line) in self.filled(from, to) {
            if let Some((name, arn)) = split_arn(line) {
                rows.push((folded(name), without_space(arn), Vec::new()));
            } else if let Some(key) = lone_key(line) {
                match rows.last_mut() {
                    Some((_, _, keys)) => keys.push(key),
                    None => return Err(unexpected(index, line, "a resource type with its ARN")),
                }
            } else {
                // the heading of the next section follows the last row
                break;
            }
        }
        let mut table = Table::new(RESOURCE_TYPES);
        for (name, arn, keys) in rows {
            let cells = [cell(&name), cell(&arn), lines_cell(&keys)]
                .map(|cell| (table.add_cell(cell), true));
            table.add_row(cells);
        }
        Ok(table)
    }

    fn actions(&self, from: usize, to: usize, known: &KnownNames) -> Result<Table> {
        let header = self
            .filled(from, to)
            .filter(|(_, line)| is_header(line))
            .last();
        let Some((header, _)) = header else {
            return Err(Error::new(
                "no header row",
                "a line with the names of the columns, which contains `(*…)`",
            )
            .hint("the text may be truncated, or be of the current layout; save the page as HTML or Markdown"));
        };
        let mut rows = Rows::default();
        let mut ended = None;
        for (index, line) in self.filled(header + 1, to) {
            let fit = self.line(line, known);
            match (fit, ended) {
                (Some(fit), None) => rows
                    .add(fit)
                    .map_err(|error| error.within(format!("line {}", index + 1)))?,
                (None, None) if line.contains(self.service) => ended = Some(index),
                (None, None) => {
                    return Err(unexpected(
                        index,
                        line,
                        "an action followed by its access level, a resource type or a condition key",
                    ));
                }
                // an action follows, so the line was not a heading but an invalid row
                (Some(Line::Action { .. } | Line::Resource(_)), Some(end)) => {
                    return Err(unexpected(
                        end,
                        self.lines[end],
                        "an action followed by its access level, a resource type or a condition key",
                    ));
                }
                _ => {}
            }
        }
        Ok(rows.table())
    }

    fn line(&self, line: &'a str, known: &KnownNames) -> Option<Line<'a>> {
        let bare = line.trim_end_matches(['*', '＊']).trim_end();
        if bare.len() < line.len() || known.resource_types.iter().any(|name| name == bare) {
            return Some(Line::Resource(line));
        }
        if let Some(name) = line.strip_prefix("SCENARIO:") {
            return Some(Line::Scenario(name.trim()));
        }
        if let Some(key) = lone_key(line) {
            let is_key = known.condition_keys.contains(&key);
            return Some(if is_key {
                Line::Key(key)
            } else {
                Line::DependentAction(key)
            });
        }
        let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))?;
        let (name, rest) = line.split_at(end);
        let levels = ending(rest, |label| {
            split(label).count() > 0 && self.labels.access_levels(label).is_ok()
        })?;
        let rest = rest[..rest.len() - levels.len()].trim();
        let (mark, description) = match rest.find(is_bracket) {
            Some(0) => rest.split_at(
                rest.char_indices()
                    .skip(1)
                    .find(|(_, c)| is_bracket(*c))
                    .map_or(0, |(at, c)| at + c.len_utf8()),
            ),
            _ => ("", rest),
        };
        (!name.is_empty()).then_some(Line::Action {
            name,
            mark,
            description: description.trim(),
            levels,
        })
    }
}

fn unexpected(index: usize, line: &str, expected: &str) -> Error {
    Error::new(quoted(line), expected).within(format!("line {}", index + 1))
}
