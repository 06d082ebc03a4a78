//! Changes of facts as something to read: every format prints the lines of each service, section by
//! section.

mod html;
mod markdown;
mod text;

use clap::ValueEnum;
use codegen::changes::{Bump, Report, Section};
use codegen::words::counted;
use iam_policy::wire::to_json;

use crate::states::Pair;
use crate::states::history::History;

/// What a report of changes is written as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person at a terminal.
    #[default]
    Text,
    /// For the body of a pull request.
    Markdown,
    /// For programs: everything there is.
    Json,
    /// The entry of CHANGELOG.md.
    Changelog,
    /// A page for a browser, with tables of actions against resource types.
    Html,
}

/// What is printed where no fact changed.
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

/// Prints changes as a person at a terminal reads them.
pub(crate) fn print_text(report: &Report) -> anyhow::Result<()> {
    write(&text::render(report))
}

/// Prints changes; colours go to a terminal only.
pub(crate) fn print(comparison: &Comparison<'_>, format: Format) -> anyhow::Result<()> {
    let report = comparison.report;
    write(&match format {
        Format::Json => to_json(report),
        Format::Html => html::page(comparison),
        _ if report.is_empty() => NOTHING.to_owned(),
        Format::Text => text::render(report),
        Format::Markdown => markdown::render(report),
        Format::Changelog => changelog(report),
    })
}

fn write(text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    // a reader that stops early wants no more
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// The entry of `CHANGELOG.md`: what users of the crate notice, every name in full. Guesses and
/// wildcards are for reviewers and left out, links are counted.
fn changelog(report: &Report) -> String {
    let mut entry = "### Facts\n\n".to_owned();
    for service in &report.services {
        for line in service.lines.iter().filter(|line| line.bump > Bump::None) {
            let text = match (line.section, line.rows.len()) {
                (Section::Links, links @ 2..) => format!("{} changed", counted(links, "API link")),
                _ => line.full_headline.clone(),
            };
            let point = format!("`{}`: {text}.", service.module);
            entry += &(wrap(&point, "- ", "  ").join("\n") + "\n");
        }
    }
    entry
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

/// Breaks a paragraph into lines; names stay whole.
fn wrap(paragraph: &str, first: &str, others: &str) -> Vec<String> {
    let options = textwrap::Options::new(100)
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(paragraph, options);
    lines.into_iter().map(|line| line.into_owned()).collect()
}
