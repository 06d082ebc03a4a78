//! The report for the body of a pull request.

use codegen::changes::{Line, Report, Section};
use codegen::escape::{cell, html, markdown, sentence};
use codegen::words::list;

use super::{changelog, verdict};

/// The limit of a pull request's body. It is in characters; a text never has fewer bytes.
const LIMIT: usize = 65_536;

/// Bytes that are reserved for the end of the page.
const TAIL: usize = 200;

/// The number of names that a list shows, and of services that the table shows.
const MOST_NAMES: usize = 150;
const MOST_SERVICES: usize = 100;

/// Renders the report as Markdown that fits a pull request. Effects on security are visible, all
/// other lines are folded by service. Lines beyond the limit are counted.
pub(super) fn render(report: &Report) -> String {
    let mut page = Page::default();
    page.push(&format!("## Version {}\n\n", verdict(report)));
    if let Some(because) = report.because() {
        page.push(&format!("Because {}\n\n", sentence(&because)));
    }
    page.push(&table(report));
    let sections = report.sections();
    let (security, others): (Vec<_>, Vec<_>) =
        sections.partition(|(_, section, _)| *section == Section::Security);
    let security = security.into_iter().flat_map(|(_, _, lines)| lines);
    page.list("### Security\n\n", "\n", security);
    for (service, section, lines) in others {
        let rows: usize = lines.iter().map(|line| line.rows.len().max(1)).sum();
        let (module, section) = (html(&service.module), section.as_str().to_lowercase());
        let summary = format!("<code>{module}</code>: {section} ({rows})");
        let start = format!("<details><summary>{summary}</summary>\n\n");
        page.list(&start, "\n</details>\n\n", lines);
    }
    page.push(&format!(
        "<details><summary>Entry for CHANGELOG.md</summary>\n\n````markdown\n{}````\n\n</details>\n",
        changelog(report)
    ));
    if page.left_out > 0 {
        let left_out = format!(
            "… and {} more; `cargo xtask diff` shows all.\n",
            page.left_out
        );
        page.text.push_str(&left_out);
    }
    page.text
}

/// A page with a limited length.
#[derive(Default)]
struct Page {
    text: String,
    /// The number of lines that did not fit.
    left_out: usize,
}

impl Page {
    fn fits(&self, more: usize) -> bool {
        self.text.len() + more + TAIL <= LIMIT
    }

    fn push(&mut self, text: &str) {
        if self.fits(text.len()) {
            self.text.push_str(text);
        }
    }

    /// Appends as many lines as fit, between a start and an end; nothing if none fits.
    fn list<'a>(&mut self, start: &str, end: &str, lines: impl IntoIterator<Item = &'a Line>) {
        let (mut open, mut full) = (false, false);
        for line in lines {
            let item = if open {
                item(line)
            } else {
                start.to_owned() + &item(line)
            };
            // omit all lines after the first one that does not fit, so that the list has no gaps
            full = full || !self.fits(item.len() + end.len());
            if full {
                self.left_out += 1;
                continue;
            }
            self.text.push_str(&item);
            open = true;
        }
        self.text.push_str(if open { end } else { "" });
    }
}

fn table(report: &Report) -> String {
    let mut text = "| module | service | changes | security marks | version |\n".to_owned();
    text.push_str("|---|---|--:|--:|---|\n");
    for service in report.services.iter().take(MOST_SERVICES) {
        let module = cell(&service.module);
        let (name, bump) = (markdown(&service.service), service.bump.as_str());
        let (changes, marks) = (service.changes.len(), service.marks);
        text += &format!("| {module} | {name} | {changes} | {marks} | {bump} |\n");
    }
    if let Some(more @ 1..) = report.services.len().checked_sub(MOST_SERVICES) {
        text += &format!("| and {more} more | | | | |\n");
    }
    text + "\n"
}

/// Returns a line as an item of a list.
fn item(line: &Line) -> String {
    let mark = line.security.first();
    let mark = mark.map_or_else(String::new, |mark| format!("**{}**: ", mark.kind.as_str()));
    let mut text = format!("- {mark}{}", sentence(&line.headline));
    for mark in &line.security {
        text += &format!("; {}", sentence(&mark.why));
    }
    text += &format!("<br>\n  _{}_\n", sentence(&line.meaning));
    if let Some(rows) = line.more_rows() {
        text += &format!("  - {}\n", sentence(&list(rows, MOST_NAMES)));
    }
    text
}
