//! Formats of the report of changes; each prints the lines of each service, section by section.

mod html;
mod markdown;
mod text;

use clap::ValueEnum;
use codegen::changes::{Bump, Report, Section};
use codegen::escape;
use codegen::words::counted;
use iam_policy::wire::to_json;

use crate::states::Pair;
use crate::states::history::History;

/// A format of the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person at a terminal.
    #[default]
    Text,
    /// For the body of a pull request.
    Markdown,
    /// For programs: the complete report, described in `codegen/src/changes/report.rs`.
    Json,
    /// An entry for CHANGELOG.md.
    Changelog,
    /// A page for a browser, with tables of actions and resource types.
    Html,
}

/// The report if no fact changed.
const NOTHING: &str = "no fact changed\n";

/// Two sides and the changes between them.
pub(crate) struct Comparison<'a> {
    /// The names of the sides, as given by the user.
    pub(crate) names: [&'a str; 2],
    /// The services of both sides, including unchanged ones.
    pub(crate) pairs: &'a [Pair<'a>],
    /// The changes.
    pub(crate) report: &'a Report,
    /// The services over time, if requested.
    pub(crate) history: Option<&'a History>,
}

/// Prints changes for a person at a terminal.
pub(crate) fn print_text(report: &Report) -> anyhow::Result<()> {
    write(&text::render(report))
}

/// Prints changes in a format; with colours only at a terminal.
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
    // a reader such as `head` may close the pipe early
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// Returns the entry for `CHANGELOG.md`: changes that users of the crate notice, with all names.
/// Guesses and wildcards are omitted, because they are for reviewers; changed links are only
/// counted.
fn changelog(report: &Report) -> String {
    let mut entry = "### Facts\n\n".to_owned();
    for service in &report.services {
        if service.marks > 0 {
            let marks = counted(service.marks, "security mark");
            let module = escape::code(&service.module);
            entry += &format!("- {module}: {marks}: review policies.\n");
        }
        for line in service.lines.iter().filter(|line| line.bump > Bump::None) {
            let text = match (line.section, line.rows.len()) {
                (Section::Links, links @ 2..) if line.headline.starts_with("API link") => {
                    format!("{} changed", counted(links, "API link"))
                }
                _ => escape::sentence(&line.full_headline),
            };
            let point = format!("{}: {text}.", escape::code(&service.module));
            entry += &(wrap(&point, "- ", "  ").join("\n") + "\n");
        }
    }
    entry
}

/// Returns the effect on the crate's version: `major: 0.1.0 → 0.2.0`.
fn verdict(report: &Report) -> String {
    let version = &report.version;
    let bump = version.bump.as_str();
    match (&version.from, &version.to) {
        (Some(from), Some(to)) => format!("{bump}: {from} → {to}"),
        _ => bump.to_owned(),
    }
}

/// Breaks a paragraph into lines, but not within names.
fn wrap(paragraph: &str, first: &str, others: &str) -> Vec<String> {
    let options = textwrap::Options::new(100)
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(paragraph, options);
    lines.into_iter().map(|line| line.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use codegen::changes::{self, Criteria};
    use codegen::overlay::Sensitive;
    use iam_policy::wire::{Action, ActionResource, ConditionKey, Operation, Service};

    use super::*;

    /// Text that means something at a terminal, in Markdown and in HTML, and a name that is harmless.
    const HOSTILE: &str = "a\u{1b}[2J\u{202e}\n## [b](c) `|</details>";
    const HARMLESS: &str = "harmless";

    fn service(text: &str) -> Service {
        let action = Action {
            resources: vec![ActionResource {
                resource_type: text.to_owned(),
                required: true,
                condition_keys: vec![text.to_owned()],
            }],
            dependent_actions: vec![text.to_owned()],
            ..Action::default()
        };
        let key = ConditionKey {
            value_type: text.to_owned(),
        };
        let operation = Operation {
            operation: text.to_owned(),
            sdk: Some(text.to_owned()),
            actions: Vec::new(),
        };
        Service {
            page: text.to_owned(),
            prefix: text.to_owned(),
            service: text.to_owned(),
            actions: [(text.to_owned(), action)].into(),
            resource_types: [].into(),
            condition_keys: [(text.to_owned(), key)].into(),
            operations: vec![operation],
        }
    }

    /// Names are checked where they are read; the formats do not rely on that.
    #[test]
    fn text_does_not_leave_its_place_in_any_format() {
        let sensitive = Sensitive::default();
        let criteria = Criteria {
            sensitive: &sensitive,
            wildcards: &[],
        };
        let report = |text: &str| {
            let (old, new) = (service("old"), service(text));
            let changed = changes::service(text, Some(&old), Some(&new), Vec::new(), &criteria);
            let appeared = changes::service(text, None, Some(&new), Vec::new(), &criteria);
            Report::new(changed.into_iter().chain(appeared).collect(), None)
        };
        let [hostile, harmless] = [HOSTILE, HARMLESS].map(report);
        for render in [text::render, markdown::render, changelog] {
            let (hostile, harmless) = (render(&hostile), render(&harmless));
            let plain = anstream::adapter::strip_str(&hostile).to_string();
            let hidden = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
            assert!(!plain.contains(hidden), "{plain}");
            let headings = |text: &str| text.lines().filter(|it| it.starts_with('#')).count();
            assert_eq!(
                headings(&hostile),
                headings(&harmless),
                "{hostile}\n=====\n{harmless}"
            );
        }
        let page = markdown::render(&hostile);
        let beginning = |tag: &str| page.lines().filter(|it| it.starts_with(tag)).count();
        assert_eq!(beginning("<details>"), beginning("</details>"), "{page}");
        assert!(
            !page.contains("<code>a\u{1b}") && page.contains("&lt;/details&gt;"),
            "{page}"
        );
    }
}
