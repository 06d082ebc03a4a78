//! `explain`: prints what a policy allows and denies as a table.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

use bedrock_iam::explain::{Row, explain};
use bedrock_iam::words::code;

use crate::arguments::{Explain, Outcome};
use crate::facts;
use crate::input::Input;

/// The cells of a row: resources, access level, actions and condition.
type Cells = [String; 4];

pub(crate) fn run(arguments: &Explain, out: &mut dyn Write) -> Outcome {
    let catalog = facts::catalog(&arguments.facts.paths)?;
    let document = Input::read(&arguments.file)?.document()?;
    let explained = explain(&document, &catalog);
    table("ALLOWED", &explained.allowed, out)?;
    if !explained.denied.is_empty() {
        writeln!(out)?;
        table("DENIED", &explained.denied, out)?;
    }
    let quoted = |names: &BTreeSet<String>| names.iter().map(|it| code(it)).collect();
    let statements = explained.without_effect.iter();
    let lines: [(&str, Vec<String>); 3] = [
        ("no facts about", quoted(&explained.services_without_facts)),
        ("unknown actions", quoted(&explained.unknown_actions)),
        (
            "not shown, without the effect `Allow` or `Deny`",
            statements.map(|at| format!("Statement[{at}]")).collect(),
        ),
    ];
    let lines = lines.iter().filter(|(_, names)| !names.is_empty());
    for (number, (line, names)) in lines.enumerate() {
        if number == 0 {
            writeln!(out)?;
        }
        writeln!(out, "{line}: {}", names.join(", "))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn cells(row: &Row) -> Cells {
    let level = match row.levels {
        None => "-".to_owned(),
        Some(levels) if levels.is_empty() => "unknown".to_owned(),
        Some(levels) => levels.to_string(),
    };
    let level = match row.count {
        Some(count) => format!("{level} ({count})"),
        None => level,
    };
    [
        row.resources.join("\n"),
        level,
        row.actions.join("\n"),
        row.conditions.join("\n"),
    ]
}

fn table(title: &str, rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    let header = ["RESOURCES", "LEVEL", title, "CONDITION"].map(str::to_owned);
    let rows: Vec<Cells> = rows.iter().map(cells).collect();
    let all = || std::iter::once(&header).chain(&rows);
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
