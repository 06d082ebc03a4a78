//! The text format, with the source lines of findings.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use bedrock_iam::check::Severity;
use bedrock_iam::words::count;

use super::{Checked, Placed, Printed, not_checked_line, numbers};
use crate::input::Input;

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
    let line = input.line_of(placed.span.start);
    let window = window(&input.text, &placed.span, &line);
    let span = placed.span.start - window.start..placed.span.end.min(window.end) - window.start;
    let snippet = Snippet::source(&input.text[window.clone()])
        .line_start(placed.start.line)
        .annotation(AnnotationKind::Primary.span(span));
    let mut group = match window == line {
        true => title.element(snippet.path(&input.name)),
        // the snippet is only a part of the line, so its columns are not those of the line
        false => {
            let origin = Origin::path(&input.name);
            let origin = origin
                .line(placed.start.line)
                .char_column(placed.start.column);
            title.element(origin).element(snippet)
        }
    };
    if !finding.path.is_empty() {
        group = group.element(Level::NOTE.message(format!("at {}", finding.path)));
    }
    if let Some(fix) = &finding.fix {
        group = group.element(Level::HELP.message(fix.to_string()));
    }
    writeln!(out, "{}\n", renderer.render(&[group]))
}

/// Returns the part of the text to render: the line, or the part of a long line around the span.
///
/// The renderer reads its whole input for each finding. With the whole text, the time would be
/// proportional to its length times the number of findings.
fn window(text: &str, span: &Range<usize>, line: &Range<usize>) -> Range<usize> {
    const AROUND: usize = 1000;
    const LONGEST: usize = 4 << 10;
    let mut start = line.start.max(span.start.saturating_sub(AROUND));
    let mut end = line
        .end
        .min(span.end.min(span.start + LONGEST) + AROUND)
        .max(span.end.min(span.start + LONGEST));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rendered_part_does_not_grow_with_the_text() {
        let lines = format!("{}é\"wrong\"é\n", "a\n".repeat(10_000)).repeat(2);
        let one_line = lines.replace('\n', "é");
        for (text, most) in [(&lines, 11), (&one_line, 2_013)] {
            let input = Input::new(String::new(), text.clone());
            for (start, wrong) in text.match_indices("\"wrong\"") {
                let span = start..start + wrong.len();
                let line = input.line_of(start);
                let window = window(text, &span, &line);
                assert!(window.len() <= most, "{window:?}");
                assert!(text[window.clone()].contains("é\"wrong\"é"));
                assert_eq!(window == line, most == 11);
            }
        }
    }
}
