//! Changes for a person at a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use codegen::changes::{Bump, Line, Report, Section, ServiceChanges};

use super::{NOTHING, counted, verdict};

/// How wide lines are.
const WIDTH: usize = 100;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The report in lines; with colours, which the output takes out where they do not belong.
pub(crate) fn render(report: &Report) -> String {
    if report.is_empty() {
        return NOTHING.to_owned();
    }
    let mut text = format!("{BOLD}version {}{BOLD:#}\n", verdict(report));
    if let Some(because) = because(report) {
        push(&mut text, &plain("  because "), "  ", &because, DIM);
    }
    for service in &report.services {
        of_service(&mut text, service);
    }
    let _ = writeln!(
        text,
        "\n{DIM}`--format changelog` prints the entry for CHANGELOG.md{DIM:#}"
    );
    text
}

/// The first reasons for a verdict that is major.
fn because(report: &Report) -> Option<String> {
    let lines = report.services.iter().flat_map(|service| &service.lines);
    let mut reasons = lines.filter(|line| line.bump == Bump::Major);
    let first = reasons.next()?;
    let more = reasons.count();
    Some(match more {
        0 => first.headline.clone(),
        _ => format!("{}, and {more} more like that", first.headline),
    })
}

fn of_service(text: &mut String, service: &ServiceChanges) {
    let marked = service
        .changes
        .iter()
        .filter(|it| !it.security.is_empty())
        .count();
    let touch = match marked {
        0 => String::new(),
        1 => ", 1 touches security".to_owned(),
        _ => format!(", {marked} touch security"),
    };
    let _ = writeln!(
        text,
        "\n{BOLD}{}{BOLD:#} ({}): {}{touch}",
        service.module,
        service.service,
        counted(service.changes.len(), "change")
    );
    for section in Section::ALL {
        let lines = service.lines_of(section);
        if lines.is_empty() {
            continue;
        }
        let style = style(section);
        let _ = writeln!(text, "\n  {style}{}{style:#}", section.as_str());
        let mut meant = "";
        for line in lines {
            of_line(text, line, line.meaning != meant, style);
            meant = &line.meaning;
        }
    }
}

/// A line of the report; its meaning too, unless the line before said the same.
fn of_line(text: &mut String, line: &Line, meaning: bool, style: Style) {
    let sign = match line.section {
        Section::Security => '!',
        Section::Gone => '-',
        Section::New => '+',
        Section::Changed | Section::Links => '~',
        Section::Renames => '?',
        Section::Wildcards => '*',
    };
    let first = format!("  {sign} ");
    let first = Start {
        plain: &first,
        style,
    };
    let kind = line
        .security
        .first()
        .map(|mark| format!("[{}] ", mark.kind.as_str()));
    let headline = format!("{}{}", kind.unwrap_or_default(), line.headline);
    push(text, &first, "    ", &headline, Style::new());
    if let Some(rows) = line.more_rows() {
        push(text, &plain("      "), "      ", &rows.join(", "), DIM);
    }
    for mark in &line.security {
        push(text, &plain("      "), "      ", &mark.why, style);
    }
    if meaning {
        push(text, &plain("      → "), "        ", &line.meaning, DIM);
    }
}

/// Adds a paragraph, its first line and the others indented each in their way.
fn push(text: &mut String, first: &Start<'_>, others: &str, paragraph: &str, style: Style) {
    let blank = " ".repeat(first.plain.chars().count());
    let options = textwrap::Options::new(WIDTH)
        .initial_indent(&blank)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    for (index, line) in textwrap::wrap(paragraph, options).iter().enumerate() {
        let indent = if index == 0 { blank.as_str() } else { others };
        let line = line.strip_prefix(indent).unwrap_or(line);
        let start = if index == 0 { first.plain } else { others };
        let colour = if index == 0 {
            first.style
        } else {
            Style::new()
        };
        let _ = writeln!(text, "{colour}{start}{colour:#}{style}{line}{style:#}");
    }
}

/// What the first line of a paragraph begins with.
struct Start<'a> {
    plain: &'a str,
    style: Style,
}

fn plain(start: &str) -> Start<'_> {
    Start {
        plain: start,
        style: Style::new(),
    }
}

fn style(section: Section) -> Style {
    let colour = match section {
        Section::Security => AnsiColor::Red,
        Section::Gone => AnsiColor::Yellow,
        Section::New => AnsiColor::Green,
        Section::Changed | Section::Wildcards | Section::Renames => AnsiColor::Cyan,
        Section::Links => return DIM,
    };
    colour.on_default().bold()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_and_coloured_apart_from_each_other() {
        let mut text = String::new();
        let start = Start {
            plain: "  ! ",
            style: style(Section::Security),
        };
        push(&mut text, &start, "    ", &"plum ".repeat(40), Style::new());
        let plain = anstream::adapter::strip_str(&text).to_string();
        assert_ne!(plain, text);
        let lines: Vec<_> = plain.lines().collect();
        assert!(lines[0].starts_with("  ! plum ") && lines[1].starts_with("    plum "));
        assert!(
            lines.iter().all(|line| line.chars().count() <= WIDTH),
            "{plain}"
        );
        assert_eq!(plain.matches("plum").count(), 40);
    }
}
