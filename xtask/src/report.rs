//! Changes of facts as something to read.

mod html;
mod markdown;
mod text;

use codegen::changes::{self, Report};
use codegen::model::to_json;

use crate::cli::Format;
use crate::diff::history::History;
use crate::diff::side::Pair;

/// What is said where there is nothing to say.
const NOTHING: &str = "no fact changed\n";

/// Two sides, and what changed between them.
pub(crate) struct Comparison<'a> {
    /// What the person called the sides.
    pub(crate) names: [&'a str; 2],
    /// The services of both, those that are the same too.
    pub(crate) pairs: &'a [Pair<'a>],
    /// What changed.
    pub(crate) report: &'a Report,
    /// The services over time, if that was asked for.
    pub(crate) history: Option<&'a History>,
}

/// Prints changes; colours go to a terminal only.
pub(crate) fn print(comparison: &Comparison<'_>, format: Format) -> anyhow::Result<()> {
    use std::io::Write as _;
    let report = comparison.report;
    let text = match format {
        Format::Text => text::render(report),
        Format::Markdown => markdown::render(report),
        Format::Json => to_json(report),
        Format::Changelog if report.is_empty() => NOTHING.to_owned(),
        Format::Changelog => changes::changelog(report),
        Format::Html => html::page(comparison),
    };
    // what stops reading early wants no more
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// `1 change`, `3 changes`.
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// What the changes ask of the crate's version: `major: 0.1.0 → 0.2.0`.
fn verdict(report: &Report) -> String {
    let version = &report.version;
    let bump = version.bump.as_str();
    match (&version.from, &version.to) {
        (Some(from), Some(to)) => format!("{bump}: {from} → {to}"),
        _ => bump.to_owned(),
    }
}
