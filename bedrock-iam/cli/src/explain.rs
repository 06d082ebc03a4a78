//! `explain`: prints what a policy allows and denies as a table.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

use bedrock_iam::explain::{Row, explain};
use bedrock_iam::words::{code, list};

use crate::arguments::{Explain, Outcome};
use crate::input::Input;
use crate::{facts, table};

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
    let without_resource = explained.without_resource.iter();
    let lines: [(&str, Vec<String>); 4] = [
        (
            "without effect, because none of the statement's resources fits",
            without_resource
                .map(|(at, action)| format!("{} (Statement[{at}])", code(action)))
                .collect(),
        ),
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

/// Returns the cells of a row: principals, resources, access level, actions, condition, denials.
fn cells(row: &Row) -> [String; 6] {
    let level = match row.levels {
        None => "-".to_owned(),
        Some(levels) if levels.is_empty() => "unknown".to_owned(),
        Some(levels) => levels.to_string(),
    };
    let level = match row.count {
        Some(count) => format!("{level} ({count})"),
        None => level,
    };
    let denials = row.denials.iter().map(|denial| {
        let in_part = if denial.in_part { " in part" } else { "" };
        let actions = match denial.of_all {
            true => "all".to_owned(),
            false => list(&denial.actions, 5),
        };
        format!("{actions}{in_part} (Statement[{}])", denial.statement)
    });
    [
        row.principals.join("\n"),
        row.resources.join("\n"),
        level,
        row.actions.join("\n"),
        row.conditions.join("\n"),
        denials.collect::<Vec<_>>().join("\n"),
    ]
}

/// Prints a table. The columns of principals and denials are omitted if they are empty.
fn table(title: &str, rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    let header = [
        "PRINCIPALS",
        "RESOURCES",
        "LEVEL",
        title,
        "CONDITION",
        "DENIED",
    ];
    let rows: Vec<_> = rows.iter().map(cells).collect();
    table::print(header, &rows, &[0, 5], out)
}
