//! Changes for a person at a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use codegen::changes::{Line, Report, Section};
use codegen::words::counted;

use super::{NOTHING, verdict, wrap};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const PLAIN: Style = Style::new();

/// The report in lines; with colours, which the output takes out where they do not belong.
pub(super) fn render(report: &Report) -> String {
    if report.is_empty() {
        return NOTHING.to_owned();
    }
    let mut text = format!("{BOLD}version {}{BOLD:#}\n", verdict(report));
    if let Some(because) = report.because() {
        push(&mut text, ("  because ", PLAIN), "  ", &because, DIM);
    }
    for service in &report.services {
        let marked = match service.marked() {
            0 => String::new(),
            marked => format!(", {marked} with security marks"),
        };
        let changes = counted(service.changes.len(), "change");
        let (module, name) = (&service.module, &service.service);
        let _ = writeln!(text, "\n{BOLD}{module}{BOLD:#} ({name}): {changes}{marked}");
        for (section, lines) in service.sections() {
            let (sign, style) = look(section);
            let _ = writeln!(text, "\n  {style}{}{style:#}", section.as_str());
            let mut meant = "";
            for line in lines {
                of_line(&mut text, line, line.meaning != meant, sign, style);
                meant = &line.meaning;
            }
        }
    }
    let hint = "`--format changelog` prints the entry for CHANGELOG.md";
    let _ = writeln!(text, "\n{DIM}{hint}{DIM:#}");
    text
}

/// A line of the report; its meaning too, unless it is that of the line before.
fn of_line(text: &mut String, line: &Line, meaning: bool, sign: char, style: Style) {
    let mark = line.security.first();
    let mark = mark.map_or_else(String::new, |mark| format!("[{}] ", mark.kind.as_str()));
    let headline = format!("{mark}{}", line.headline);
    push(
        text,
        (&format!("  {sign} "), style),
        "    ",
        &headline,
        PLAIN,
    );
    if let Some(rows) = line.more_rows() {
        push(text, ("      ", PLAIN), "      ", &rows.join(", "), DIM);
    }
    for mark in &line.security {
        push(text, ("      ", PLAIN), "      ", &mark.why, style);
    }
    if meaning {
        push(text, ("      → ", PLAIN), "        ", &line.meaning, DIM);
    }
}

/// Adds a paragraph; what it begins with has a colour of its own.
fn push(text: &mut String, start: (&str, Style), others: &str, paragraph: &str, style: Style) {
    let (start, colour) = start;
    for (index, line) in wrap(paragraph, start, others).iter().enumerate() {
        let (start, colour) = if index == 0 {
            (start, colour)
        } else {
            (others, PLAIN)
        };
        let line = line.strip_prefix(start).unwrap_or(line);
        let _ = writeln!(text, "{colour}{start}{colour:#}{style}{line}{style:#}");
    }
}

/// The sign and the colour of a section.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_and_coloured_apart_from_each_other() {
        let mut text = String::new();
        let (sign, style) = look(Section::Security);
        push(
            &mut text,
            (&format!("  {sign} "), style),
            "    ",
            &"plum ".repeat(40),
            PLAIN,
        );
        let plain = anstream::adapter::strip_str(&text).to_string();
        assert_ne!(plain, text);
        let lines: Vec<_> = plain.lines().collect();
        assert!(lines[0].starts_with("  ! plum ") && lines[1].starts_with("    plum "));
        assert!(
            lines.iter().all(|line| line.chars().count() <= 100),
            "{plain}"
        );
        assert_eq!(plain.matches("plum").count(), 40);
    }
}
