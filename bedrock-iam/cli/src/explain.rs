//! `explain`: what a policy allows, as a table.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use super::Outcome;
use super::arguments::Explain;
use super::input::Input;
use crate::document::{DocumentStatement, List, Scalar, Statements};
use crate::{ActionPattern, ActionSet, Catalogue};

/// A row: where, under which condition, at which level, and which actions.
type Row = [String; 4];

pub(super) fn run(arguments: &Explain, out: &mut dyn Write) -> Outcome {
    let document = Input::read(&arguments.file)?.document()?;
    let statements = document.statements.as_ref().map(Statements::as_slice);
    let mut allowed = Vec::new();
    let mut denied = Vec::new();
    for statement in statements.unwrap_or_default() {
        match statement.effect.as_ref().and_then(Scalar::as_str) {
            Some("Allow") => rows(statement, &mut allowed),
            Some("Deny") => rows(statement, &mut denied),
            _ => {}
        }
    }
    table("ALLOWED", &allowed, out)?;
    if !denied.is_empty() {
        writeln!(out)?;
        table("DENIED", &denied, out)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The rows of a statement: one for each access level, one for other services' actions.
fn rows(statement: &DocumentStatement, rows: &mut Vec<Row>) {
    let known = Catalogue::enabled();
    let texts = |list: &Option<List>| -> Vec<String> {
        list.iter()
            .flat_map(List::texts)
            .map(str::to_owned)
            .collect()
    };
    let names = texts(&statement.action);
    let mut foreign = Vec::new();
    let mut patterns = Vec::new();
    for name in &names {
        match name.parse::<ActionPattern>() {
            Ok(pattern) if name != "*" && pattern.expand(known).next().is_some() => {
                patterns.push(pattern)
            }
            _ => foreign.push(name.clone()),
        }
    }
    let all_but = texts(&statement.not_action);
    if !all_but.is_empty() {
        foreign.push(format!("all but {}", all_but.join(", ")));
    }
    let set = ActionSet::matching(known, &patterns);
    let mut by_level: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for action in set.iter() {
        by_level.entry(levels(action)).or_default().push(action);
    }
    let mut places = texts(&statement.resource);
    let not = texts(&statement.not_resource);
    if !not.is_empty() {
        places.push(format!("all but {}", not.join(", ")));
    }
    let condition = condition(statement);
    let mut row = |level: String, actions: String| {
        rows.push([places.join("\n"), level, actions, condition.clone()]);
    };
    for (level, actions) in by_level {
        let mut some = ActionSet::none(known);
        for action in &actions {
            some.insert(action);
        }
        let short: Vec<_> = some
            .minimize()
            .patterns()
            .iter()
            .map(ToString::to_string)
            .collect();
        row(level, format!("{} ({})", short.join("\n"), actions.len()));
    }
    if !foreign.is_empty() {
        row("-".to_owned(), foreign.join("\n"));
    }
}

/// The access levels of an action, as the reference has them.
fn levels(action: &str) -> String {
    #[allow(
        unused_mut,
        unused_assignments,
        reason = "without a service module nothing is known"
    )]
    let mut levels = String::new();
    macro_rules! look {
        ($($feature:literal $module:ident),*) => {$(
            #[cfg(feature = $feature)]
            if let Ok(found) = action.parse::<crate::$module::Action>() {
                levels = found.access_levels().to_string();
            }
        )*};
    }
    look!("bedrock" bedrock, "bedrock-agentcore" bedrock_agentcore, "bedrock-mantle" bedrock_mantle,
        "bedrock-websearch" bedrock_websearch);
    let _ = action;
    levels
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
