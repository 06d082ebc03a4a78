//! Assembly of the actions table from its lines.

use crate::error::{Error, Result};
use crate::tables::layout::CLASSIC_ACTIONS;
use crate::tables::{Cell, Run, Table};

/// A line of the actions table.
pub(super) enum Line<'a> {
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

pub(super) fn cell(text: &str) -> Cell {
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

pub(super) fn lines_cell(lines: &[String]) -> Cell {
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

/// The rows of the actions table.
#[derive(Default)]
pub(super) struct Rows {
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
    pub(super) fn add(&mut self, line: Line<'_>) -> Result<()> {
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
                "a line without an action before it",
                "an action followed by its access level",
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
        // the text does not state which row a key belongs to; keys after a resource type get their own row
        let continues = entry
            .rows
            .last()
            .is_some_and(|row| row.resources.is_empty())
            && !matches!(line, Line::Resource(_));
        if !continues {
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

    pub(super) fn table(self) -> Table {
        let mut table = Table::new(CLASSIC_ACTIONS);
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
