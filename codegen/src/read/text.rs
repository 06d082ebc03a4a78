//! The flattened text of a page: what a browser gives when the page is copied. Classic layout.
//!
//! No markup is left, so rows are told apart by what stands in them: an action's line ends in its
//! access level, a resource type's holds its ARN, a condition key's begins with the key and ends in
//! its type. Levels and types are words of the page's language, by the lexicon.

use crate::error::{Error, Result, quoted};
use crate::labels::{Labels, is_bracket, split};
use crate::page::Input;
use crate::table::{Cell, Run, Section, SectionKind, Table, Tables, folded, without_space};

/// Reads a page.
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
                "a text that begins {} without a service prefix",
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
    let known = Known {
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

/// The service's name and prefix, from a line such as `Orchard (service prefix: orchard) provides …`.
fn introduced(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once(['(', '（'])?;
    let (inside, _) = rest.split_once([')', '）'])?;
    let (_, prefix) = inside.rsplit_once([':', '：'])?;
    let (name, prefix) = (name.trim(), prefix.trim());
    let is_prefix = !prefix.is_empty()
        && prefix
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    (is_prefix && !name.is_empty()).then_some((name, prefix))
}

fn first_column(table: &Table) -> Vec<String> {
    table.rows().map(|row| row.cell(0).text()).collect()
}

fn cell(text: &str) -> Cell {
    let runs = if text.is_empty() {
        Vec::new()
    } else {
        vec![Run {
            text: text.to_owned(),
            ..Run::default()
        }]
    };
    Cell { anchor: None, runs }
}

fn lines_cell(lines: &[String]) -> Cell {
    let runs = lines.iter().enumerate().map(|(line, text)| Run {
        text: text.clone(),
        line,
        ..Run::default()
    });
    Cell {
        anchor: None,
        runs: runs.collect(),
    }
}

struct Text<'a> {
    lines: &'a [&'a str],
    labels: &'a Labels,
    service: &'a str,
}

struct Known {
    resource_types: Vec<String>,
    condition_keys: Vec<String>,
}

/// What a line of the table of actions is.
enum Line<'a> {
    Action {
        name: &'a str,
        mark: &'a str,
        description: &'a str,
        levels: &'a str,
    },
    Resource(&'a str),
    Key(String),
    DependentAction(String),
    Scenario(&'a str),
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

    /// Where the rows of condition keys begin: those lines end the page.
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

    /// The key and the type of a row `aws:TagKeys … ArrayOfString`.
    fn key_row(&self, line: &'a str) -> Option<(String, &'a str)> {
        let (key, rest) = split_key(line)?;
        let label = ending(rest, |label| self.labels.value_type(label).is_ok())?;
        Some((key, label))
    }

    fn condition_keys(&self, from: usize) -> Result<Table> {
        let mut table = Table::new(3);
        for (_, line) in self.filled(from, self.lines.len()) {
            if let Some((key, label)) = self.key_row(line) {
                let cells = [cell(&key), Cell::default(), cell(label)]
                    .map(|cell| (table.add_cell(cell), true));
                table.add_row(cells);
            }
        }
        // a key that stands at the end with a type that is none would else be passed over in silence
        for (index, line) in self.filled(0, from) {
            let Some((key, rest)) = split_key(line) else {
                continue;
            };
            if !rest.is_empty() && key.contains(':') && index + 1 >= from && table.rows().len() == 0
            {
                let label = rest.rsplit(' ').next().unwrap_or_default();
                return Err(Error::new(
                    format!("the value type {}", quoted(label)),
                    "one that IAM has, such as `String`",
                )
                .within(format!("line {} {}", index + 1, quoted(&key))));
            }
        }
        Ok(table)
    }

    /// Where the rows of resource types begin: the first line with an ARN.
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
                    None => return Err(unfit(index, line, "a resource type with its ARN")),
                }
            } else {
                // the next section's heading: the rows are at their end
                break;
            }
        }
        let mut table = Table::new(3);
        for (name, arn, keys) in rows {
            let cells = [cell(&name), cell(&arn), lines_cell(&keys)]
                .map(|cell| (table.add_cell(cell), true));
            table.add_row(cells);
        }
        Ok(table)
    }

    fn actions(&self, from: usize, to: usize, known: &Known) -> Result<Table> {
        let header = self
            .filled(from, to)
            .filter(|(_, line)| is_header(line))
            .last();
        let Some((header, _)) = header else {
            return Err(Error::new(
                "no header",
                "the row that names the columns, with `(*…)` in it",
            )
            .hint("the text was cut off, or is not of the classic layout"));
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
                    return Err(unfit(
                        index,
                        line,
                        "an action that ends in its access level, a resource type or a key",
                    ));
                }
                // rows of actions below the next heading: the heading was a row that could not be read
                (Some(Line::Action { .. } | Line::Resource(_)), Some(end)) => {
                    return Err(unfit(
                        end,
                        self.lines[end],
                        "an action that ends in its access level, a resource type or a key",
                    ));
                }
                _ => {}
            }
        }
        Ok(rows.table())
    }

    fn line(&self, line: &'a str, known: &Known) -> Option<Line<'a>> {
        let bare = line.trim_end_matches(['*', '＊']).trim_end();
        if bare.len() < line.len() || known.resource_types.iter().any(|name| name == bare) {
            return Some(Line::Resource(line));
        }
        if let Some(key) = lone_key(line) {
            let is_key = known.condition_keys.iter().any(|known| *known == key);
            return Some(if is_key {
                Line::Key(key)
            } else {
                Line::DependentAction(key)
            });
        }
        if let Some(name) = line.strip_prefix("SCENARIO:") {
            return Some(Line::Scenario(name.trim()));
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

fn unfit(index: usize, line: &str, expected: &str) -> Error {
    Error::new(quoted(line), expected).within(format!("line {}", index + 1))
}

/// The header of the table of actions is the only one with a star and a word in brackets.
fn is_header(line: &str) -> bool {
    ["(*", "（*", "(＊", "（＊"].iter().any(|open| {
        line.split(open)
            .nth(1)
            .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
    })
}

/// The longest end of a text, from a space on, that is a label.
fn ending(text: &str, is_label: impl Fn(&str) -> bool) -> Option<&str> {
    // labels have few words; a description may have thousands
    const MOST: usize = 12;
    let starts: Vec<usize> = text
        .char_indices()
        .rev()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(at, c)| at + c.len_utf8())
        .take(MOST)
        .collect();
    let ends = starts.into_iter().rev().map(|at| &text[at..]);
    ends.into_iter()
        .find(|end| !end.is_empty() && is_label(end))
}

/// Splits a line at its key: `aws:RequestTag/${TagKey} …`, also as saved, `aws:RequestTag/$ { TagKey} …`.
fn split_key(line: &str) -> Option<(String, &str)> {
    let mut depth = 0_usize;
    let mut end = line.len();
    for (at, c) in line.char_indices() {
        match c {
            '{' | '<' => depth += 1,
            '}' | '>' => depth = depth.saturating_sub(1),
            c if c.is_whitespace() && depth == 0 && !line[..at].ends_with('$') => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let key = without_space(&line[..end]);
    let namespace = key.split(':').next().unwrap_or_default();
    let is_key = key.contains(':')
        && !namespace.is_empty()
        && !key.ends_with(':')
        && !key.starts_with("arn:")
        && key.is_ascii();
    is_key.then(|| (key, line[end..].trim_start()))
}

/// The key or action that a line is, if it is nothing else.
fn lone_key(line: &str) -> Option<String> {
    split_key(line)
        .filter(|(_, rest)| rest.is_empty())
        .map(|(key, _)| key)
}

/// Splits `name arn:…`.
fn split_arn(line: &str) -> Option<(&str, &str)> {
    let at = line.find(" arn:").or_else(|| line.find(" ^arn:"))?;
    let (name, arn) = (line[..at].trim(), line[at..].trim());
    (!name.is_empty() && arn.contains('$')).then_some((name, arn))
}

/// The rows of the table of actions while they are put together.
#[derive(Default)]
struct Rows {
    actions: Vec<Entry>,
}

struct Entry {
    cells: [String; 3],
    rows: Vec<Use>,
    scenarios: Vec<(String, Use)>,
}

#[derive(Default)]
struct Use {
    resources: Vec<String>,
    keys: Vec<String>,
    dependents: Vec<String>,
}

impl Rows {
    fn add(&mut self, line: Line<'_>) -> Result<()> {
        if let Line::Action {
            name,
            mark,
            description,
            levels,
        } = line
        {
            let cells = [
                format!("{name} {mark}"),
                description.to_owned(),
                levels.to_owned(),
            ];
            self.actions.push(Entry {
                cells,
                rows: Vec::new(),
                scenarios: Vec::new(),
            });
            return Ok(());
        }
        let Some(entry) = self.actions.last_mut() else {
            return Err(Error::new(
                "a row without an action",
                "an action that ends in its access level",
            ));
        };
        if let Line::Scenario(name) = line {
            entry.scenarios.push((name.to_owned(), Use::default()));
            return Ok(());
        }
        if let Some((_, scenario)) = entry.scenarios.last_mut() {
            match line {
                Line::Resource(name) => scenario.resources.push(name.to_owned()),
                Line::Key(key) => scenario.keys.push(key),
                _ => {}
            }
            return Ok(());
        }
        // which row a key belonged to is lost; keys that follow a resource type are a row of their own
        let goes_on = entry
            .rows
            .last()
            .is_some_and(|row| row.resources.is_empty())
            && !matches!(line, Line::Resource(_));
        if !goes_on {
            entry.rows.push(Use::default());
        }
        if let Some(row) = entry.rows.last_mut() {
            match line {
                Line::Resource(name) => row.resources.push(name.to_owned()),
                Line::Key(key) => row.keys.push(key),
                Line::DependentAction(action) => row.dependents.push(action),
                Line::Action { .. } | Line::Scenario(_) => {}
            }
        }
        Ok(())
    }

    fn table(self) -> Table {
        let mut table = Table::new(6);
        for mut entry in self.actions {
            if entry.rows.is_empty() {
                entry.rows.push(Use::default());
            }
            let common = entry.cells.map(|text| table.add_cell(cell(&text)));
            for (index, row) in entry.rows.into_iter().enumerate() {
                let own = row.cells().map(|cell| (table.add_cell(cell), true));
                table.add_row(common.map(|cell| (cell, index == 0)).into_iter().chain(own));
            }
            for (name, row) in entry.scenarios {
                let name = table.add_cell(cell(&format!("SCENARIO: {name}")));
                let empty = table.add_cell(Cell::default());
                let own = row.cells().map(|cell| (table.add_cell(cell), true));
                table.add_row(
                    [(common[0], false), (name, true), (empty, true)]
                        .into_iter()
                        .chain(own),
                );
            }
        }
        table
    }
}

impl Use {
    fn cells(&self) -> [Cell; 3] {
        [
            lines_cell(&self.resources),
            lines_cell(&self.keys),
            lines_cell(&self.dependents),
        ]
    }
}
