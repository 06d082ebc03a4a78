//! Findings as a person reads them: below the source that they are about.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::input::Input;
use super::spans;
use crate::check::{Finding, Severity};

/// A finding with its place in the text.
pub(super) struct Placed {
    pub(super) finding: Finding,
    pub(super) span: Range<usize>,
}

impl Placed {
    pub(super) fn new(finding: Finding, input: &Input) -> Self {
        let span = spans::span(&input.text, &finding.path);
        // Within a character nothing can be underlined.
        let on = |at: usize| input.text.is_char_boundary(at);
        let span = if on(span.start) && on(span.end) {
            span
        } else {
            0..0
        };
        Self { finding, span }
    }

    /// The line and the column where it begins, from 1 on, in characters.
    pub(super) fn position(&self, text: &str) -> (usize, usize) {
        let before = &text[..self.span.start];
        let line = before.rsplit('\n').next().unwrap_or_default();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    }
}

/// Prints the findings of one file.
pub(super) fn print(input: &Input, placed: &[Placed], out: &mut dyn Write) -> io::Result<()> {
    let renderer = Renderer::styled();
    for Placed { finding, span } in placed {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::SecurityWarning => Level::WARNING.with_name("security warning"),
            Severity::Warning => Level::WARNING,
            Severity::Suggestion => Level::NOTE.with_name("suggestion"),
        };
        let message = finding.message.as_str();
        let snippet = Snippet::source(&input.text)
            .path(&input.name)
            .annotation(AnnotationKind::Primary.span(span.clone()));
        let title = level.primary_title(message).id(finding.code.as_str());
        let mut group = title.element(snippet);
        if !finding.path.is_empty() {
            group = group.element(Level::NOTE.message(format!("at {}", finding.path)));
        }
        if let Some(fix) = &finding.fix {
            group = group.element(Level::HELP.message(fix.to_string()));
        }
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    Ok(())
}
