//! `explain`: what a policy allows, as a table.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::ExitCode;

use bedrock_iam::document::{DocumentStatement, List, Scalar, Statements};
use bedrock_iam::{AccessLevels, ActionPattern, ActionSet, Catalog};

use crate::arguments::Explain;
use crate::expand::unknown_service;
use crate::input::Input;
use crate::{Outcome, facts};

/// A row: where, at which level, which actions, and under which condition.
type Row = [String; 4];

/// What the statements name and the catalog doesn't have.
#[derive(Default)]
struct Unknown {
    services: BTreeSet<String>,
    actions: BTreeSet<String>,
}

pub(crate) fn run(arguments: &Explain, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    let document = Input::read(&arguments.file)?.document()?;
    let statements = document.statements.as_ref().map(Statements::as_slice);
    let (mut allowed, mut denied) = (Vec::new(), Vec::new());
    let mut unknown = Unknown::default();
    for statement in statements.unwrap_or_default() {
        match statement.effect.as_ref().and_then(Scalar::as_str) {
            Some("Allow") => allowed.extend(rows(statement, &catalog, &mut unknown)),
            Some("Deny") => denied.extend(rows(statement, &catalog, &mut unknown)),
            _ => {}
        }
    }
    table("ALLOWED", &allowed, out)?;
    if !denied.is_empty() {
        writeln!(out)?;
        table("DENIED", &denied, out)?;
    }
    let lines = [
        ("no facts of", &unknown.services),
        ("not a known action", &unknown.actions),
    ];
    let lines = lines.iter().filter(|(_, names)| !names.is_empty());
    for (number, (line, names)) in lines.enumerate() {
        if number == 0 {
            writeln!(out)?;
        }
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        writeln!(out, "{line}: {}", names.join(", "))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The rows of a statement: one for each access level, one for what the catalog doesn't have.
fn rows(statement: &DocumentStatement, catalog: &Catalog, unknown: &mut Unknown) -> Vec<Row> {
    let texts = |list: &Option<List>| -> Vec<String> {
        list.iter()
            .flat_map(List::texts)
            .map(str::to_owned)
            .collect()
    };
    let mut others = Vec::new();
    let mut patterns = Vec::new();
    for name in texts(&statement.action) {
        let pattern = name.parse::<ActionPattern>().ok();
        match pattern.filter(|it| name != "*" && it.expand(catalog).next().is_some()) {
            Some(pattern) => patterns.push(pattern),
            None => {
                if let Some(service) = unknown_service(&name, catalog) {
                    unknown.services.insert(service.to_ascii_lowercase());
                } else if name != "*" {
                    unknown.actions.insert(name.clone());
                }
                others.push(name);
            }
        }
    }
    let all_but = texts(&statement.not_action);
    if !all_but.is_empty() {
        others.push(format!("all but {}", all_but.join(", ")));
    }
    let set = ActionSet::matching(catalog, &patterns);
    let mut by_level: BTreeMap<String, ActionSet<'_>> = BTreeMap::new();
    for action in set.iter() {
        let levels = levels(action, catalog);
        let level = match levels.is_empty() {
            true => "not known".to_owned(),
            false => levels.to_string(),
        };
        let of = by_level.entry(level);
        of.or_insert_with(|| ActionSet::none(catalog))
            .insert(action);
    }
    let mut places = texts(&statement.resource);
    let not = texts(&statement.not_resource);
    if !not.is_empty() {
        places.push(format!("all but {}", not.join(", ")));
    }
    let condition = condition(statement);
    let row =
        |level: String, actions: String| [places.join("\n"), level, actions, condition.clone()];
    let mut rows: Vec<Row> = by_level
        .into_iter()
        .map(|(level, actions)| {
            let short = actions.minimize().patterns();
            let short: Vec<_> = short.iter().map(ToString::to_string).collect();
            row(
                level,
                format!("{} ({})", short.join("\n"), actions.iter().count()),
            )
        })
        .collect();
    if !others.is_empty() {
        rows.push(row("-".to_owned(), others.join("\n")));
    }
    rows
}

/// The access levels of an action, of all services that state it.
fn levels(action: &str, catalog: &Catalog) -> AccessLevels {
    let rows = catalog.rows(action).iter();
    rows.fold(AccessLevels::NONE, |levels, at| {
        let (_, facts) = catalog.action(*at);
        levels.union(facts.access_levels)
    })
}

fn condition(statement: &DocumentStatement) -> String {
    let operators = statement.condition.iter().flatten();
    let lines = operators.flat_map(|(operator, keys)| {
        keys.iter().map(move |(key, values)| {
            let values: Vec<_> = values.as_slice().iter().map(value).collect();
            format!("{operator} {key} {}", values.join(" | "))
        })
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn value(value: &Scalar) -> String {
    match value {
        Scalar::Text(text) => text.clone(),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

fn table(title: &str, rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    let head = ["RESOURCES", "LEVEL", title, "CONDITION"].map(str::to_owned);
    let all = || std::iter::once(&head).chain(rows);
    let width = |column: usize| -> usize {
        let lines = all().flat_map(|row| row[column].lines());
        lines.map(|line| line.chars().count()).max().unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2)];
    for row in all() {
        let height = row
            .iter()
            .map(|cell| cell.lines().count())
            .max()
            .unwrap_or(0);
        for at in 0..height {
            let cell = |column: usize| row[column].lines().nth(at).unwrap_or_default();
            let mut line = String::new();
            for (column, width) in widths.iter().enumerate() {
                line.push_str(&format!("{:width$}  ", cell(column)));
            }
            line.push_str(cell(3));
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}
