//! `check`: findings in three formats, and an exit status by the worst of them.

use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

use super::arguments::{Check, Format, Threshold};
use super::input::Input;
use super::source::{self, Placed};
use super::{Outcome, sarif};
use crate::check::{Change, Code, Severity, check};

/// A file with its findings.
pub(super) type Checked = (Input, Vec<Placed>);

pub(super) fn run(arguments: &Check, out: &mut dyn Write) -> Outcome {
    for code in &arguments.allow {
        if !Code::ALL.iter().any(|known| known.as_str() == code) {
            let known: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
            return Err(
                format!("`{code}` is no code, expected one of {}", known.join(", ")).into(),
            );
        }
    }
    let mut files: Vec<Checked> = Vec::new();
    for path in &arguments.files {
        let input = Input::read(path)?;
        let mut findings = check(&input.document()?);
        findings.retain(|finding| {
            !arguments
                .allow
                .iter()
                .any(|code| code == finding.code.as_str())
        });
        let placed = findings
            .into_iter()
            .map(|finding| Placed::new(finding, &input))
            .collect();
        files.push((input, placed));
    }
    match arguments.format {
        Format::Text => {
            for (input, placed) in &files {
                source::print(input, placed, out)?;
            }
            summary(&files, out)?;
        }
        Format::Json => {
            let findings: Vec<_> = files
                .iter()
                .flat_map(|(input, placed)| placed.iter().map(|placed| object(input, placed)))
                .collect();
            writeln!(out, "{:#}", Value::from(findings))?;
        }
        Format::Sarif => writeln!(out, "{:#}", sarif::log(&files))?,
    }
    Ok(status(&files, arguments.fail_on))
}

fn summary(files: &[Checked], out: &mut dyn Write) -> std::io::Result<()> {
    let counts = Severity::ALL.iter().filter_map(|severity| {
        let all = files.iter().flat_map(|(_, placed)| placed);
        let count = all
            .filter(|placed| placed.finding.severity == *severity)
            .count();
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {}{plural}", severity.as_str().replace('-', " ")))
    });
    let counts: Vec<_> = counts.collect();
    if counts.is_empty() {
        writeln!(out, "no findings")
    } else {
        writeln!(out, "{}", counts.join(", "))
    }
}

fn object(input: &Input, placed: &Placed) -> Value {
    let finding = &placed.finding;
    let (line, column) = placed.position(&input.text);
    let mut object = json!({
        "file": input.name,
        "line": line,
        "column": column,
        "code": finding.code.as_str(),
        "severity": finding.severity.as_str(),
        "path": finding.path,
        "message": finding.message,
    });
    if let Some(fix) = &finding.fix {
        let change = match &fix.change {
            Change::Replace(values) => json!({"replace": values}),
            Change::Rename(name) => json!({"rename": name}),
            Change::Add(values) => json!({"add": values}),
            Change::Remove => json!("remove"),
        };
        object["fix"] = json!({"path": fix.path, "change": change});
    }
    object
}

fn status(files: &[Checked], fail_on: Threshold) -> ExitCode {
    let least = match fail_on {
        Threshold::Error => Severity::Error,
        Threshold::SecurityWarning => Severity::SecurityWarning,
        Threshold::Warning => Severity::Warning,
        Threshold::Suggestion => Severity::Suggestion,
    };
    let all = files.iter().flat_map(|(_, placed)| placed);
    let worst = all.map(|placed| placed.finding.severity).min();
    match worst.filter(|worst| *worst <= least) {
        None => ExitCode::SUCCESS,
        Some(Severity::Error) => ExitCode::from(5),
        Some(Severity::SecurityWarning) => ExitCode::from(4),
        Some(_) => ExitCode::from(3),
    }
}
