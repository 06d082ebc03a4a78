//! The text format, with the source lines of findings.

use std::io::{self, Write};

use annotate_snippets::{Level, Renderer};
use bedrock_iam::check::Severity;
use bedrock_iam::words::count;

use super::{Checked, Placed, Printed, not_checked_line, numbers};
use crate::input::Input;
use crate::snippet;

/// Prints the findings, their number, what was checked and what was not.
pub(crate) fn print(printed: &Printed<'_>, out: &mut dyn Write) -> io::Result<()> {
    let files = printed.files;
    let renderer = Renderer::styled();
    for file in files {
        for placed in &file.findings {
            finding(&file.input, placed, &renderer, out)?;
        }
        for more in &file.more {
            writeln!(out, "{}: {}\n", file.input.name, super::more(more))?;
        }
    }
    if !files.is_empty() {
        writeln!(out, "{}", summary(files))?;
    }
    if !printed.unreadable.is_empty() {
        writeln!(out, "not read: {}", count(printed.unreadable.len(), "file"))?;
    }
    if printed.ignored > 0 {
        writeln!(
            out,
            "ignored: {} without a policy",
            count(printed.ignored, "file")
        )?;
    }
    match not_checked_line(files) {
        Some(line) => writeln!(out, "{line}"),
        None => Ok(()),
    }
}

fn finding(
    input: &Input,
    placed: &Placed,
    renderer: &Renderer,
    out: &mut dyn Write,
) -> io::Result<()> {
    let finding = &placed.finding;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::SecurityWarning => Level::WARNING.with_name("security warning"),
        Severity::Suggestion => Level::NOTE.with_name("suggestion"),
        _ => Level::WARNING,
    };
    let message = finding.message.as_str();
    let title = level.primary_title(message).id(finding.code.as_str());
    let mut group = title.elements(snippet::elements(input, &placed.span));
    if !finding.path.is_empty() {
        group = group.element(Level::NOTE.message(format!("at {}", finding.path)));
    }
    if let Some(fix) = &finding.fix {
        group = group.element(Level::HELP.message(fix.to_string()));
    }
    writeln!(out, "{}\n", renderer.render(&[group]))
}

fn summary(files: &[Checked]) -> String {
    let numbers = numbers(files).into_iter();
    let counts: Vec<_> = numbers
        .map(|(severity, number)| count(number, &severity.as_str().replace('-', " ")))
        .collect();
    let findings = match counts.is_empty() {
        true => "no findings".to_owned(),
        false => counts.join(", "),
    };
    let statements: usize = files.iter().map(|file| file.statements).sum();
    let statements = count(statements, "statement");
    let checked = match files {
        [
            Checked {
                kind: Some(kind), ..
            },
        ] => format!("{statements}, checked as {kind}"),
        _ => format!("{statements} in {}", count(files.len(), "file")),
    };
    format!("{findings} ({checked})")
}
