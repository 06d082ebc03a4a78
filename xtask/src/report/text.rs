//! The report for a person at a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use codegen::changes::{Report, Section};
use codegen::escape::terminal;
use codegen::words::counted;

use super::{NOTHING, verdict, wrap};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Renders the report with colours, which the output removes if it is not a terminal.
pub(super) fn render(report: &Report) -> String {
    if report.is_empty() {
        return NOTHING.to_owned();
    }
    let mut text = format!("{BOLD}version {}{BOLD:#}\n", verdict(report));
    if let Some(because) = report.because() {
        push(&mut text, "  because ", "  ", &because, DIM);
    }
    for service in &report.services {
        let changes = counted(service.changes.len(), "change");
        let (module, name) = (terminal(&service.module), terminal(&service.service));
        let _ = write!(text, "\n{BOLD}{module}{BOLD:#} ({name}): {changes}");
        if service.marks > 0 {
            let _ = write!(text, ", {}", counted(service.marks, "security mark"));
        }
        text.push('\n');
        for (section, lines) in service.sections() {
            let (sign, style) = look(section);
            let _ = writeln!(text, "\n  {style}{}{style:#}", section.as_str());
            let mut meant = "";
            for line in lines {
                let mark = line.security.first();
                let mark = mark.map_or_else(String::new, |it| format!("[{}] ", it.kind.as_str()));
                let headline = format!("{mark}{}", line.headline);
                push(
                    &mut text,
                    &format!("  {sign} "),
                    "    ",
                    &headline,
                    Style::new(),
                );
                if let Some(rows) = line.more_rows() {
                    push(&mut text, "      ", "      ", &rows.join(", "), DIM);
                }
                for mark in &line.security {
                    push(&mut text, "      ", "      ", &mark.why, style);
                }
                // lines that share a meaning print it once
                if line.meaning != meant {
                    push(&mut text, "      → ", "        ", &line.meaning, DIM);
                }
                meant = &line.meaning;
            }
        }
    }
    let hint = "`--format changelog` prints the entry for CHANGELOG.md";
    let _ = writeln!(text, "\n{DIM}{hint}{DIM:#}");
    text
}

/// Appends a paragraph.
fn push(text: &mut String, first: &str, others: &str, paragraph: &str, style: Style) {
    for line in wrap(&terminal(paragraph), first, others) {
        let _ = writeln!(text, "{style}{line}{style:#}");
    }
}

/// Returns the sign and the colour of a section.
fn look(section: Section) -> (char, Style) {
    let (sign, colour) = match section {
        Section::Security => ('!', AnsiColor::Red),
        Section::Removed => ('-', AnsiColor::Yellow),
        Section::Renames => ('?', AnsiColor::Cyan),
        Section::Changed => ('~', AnsiColor::Cyan),
        Section::New => ('+', AnsiColor::Green),
        Section::Wildcards => ('*', AnsiColor::Cyan),
        Section::Links => return ('~', DIM),
    };
    (sign, colour.on_default().bold())
}
