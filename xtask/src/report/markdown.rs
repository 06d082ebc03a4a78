//! Changes for the body of a pull request.

use std::fmt::Write as _;

use codegen::changes::{self, Bump, Line, Report, Section, ServiceChanges};

use super::{NOTHING, verdict};

/// What a pull request's body may hold. Bytes are counted, of which a text never has fewer than
/// characters.
const LIMIT: usize = 65_536;

/// How many names a list bears, and how many services the table.
const MOST_NAMES: usize = 150;
const MOST_SERVICES: usize = 100;

/// The report as Markdown that fits a pull request: what touches security lies open, the rest is
/// folded by service; what has no room is counted.
pub(crate) fn render(report: &Report) -> String {
    if report.is_empty() {
        return NOTHING.to_owned();
    }
    let mut page = Page::default();
    page.push(&format!("## Version {}\n\n", verdict(report)));
    page.push(&reasons(report));
    page.push(&table(report));
    let security = |line: &&Line| line.section == Section::Security;
    let mut marked = report
        .services
        .iter()
        .flat_map(|service| service.lines.iter().filter(security))
        .peekable();
    if marked.peek().is_some() {
        page.list("### Security\n\n", "\n", marked.map(item));
    }
    for service in &report.services {
        for section in Section::ALL
            .into_iter()
            .filter(|it| *it != Section::Security)
        {
            fold(&mut page, service, section);
        }
    }
    page.push(&format!(
        "<details><summary>{ENTRY}</summary>\n\n````markdown\n{}````\n\n</details>\n",
        changes::changelog(report)
    ));
    page.end()
}

/// The fold that ends the page, if there is room for it.
const ENTRY: &str = "Entry for CHANGELOG.md";

/// A page with a limit.
#[derive(Default)]
struct Page {
    text: String,
    /// How many lines of the report had no room.
    left_out: usize,
}

/// Room that is kept for what the page ends with.
const TAIL: usize = 200;

impl Page {
    fn fits(&self, more: usize) -> bool {
        self.text.len() + more + TAIL <= LIMIT
    }

    fn push(&mut self, text: &str) {
        if self.fits(text.len()) {
            self.text.push_str(text);
        }
    }

    /// Adds items between a start and an end: as many as fit, and none of either without an item.
    fn list(&mut self, start: &str, end: &str, items: impl Iterator<Item = String>) {
        let mut items = items.peekable();
        let first = items.peek().map_or(0, String::len);
        if !self.fits(start.len() + first + end.len()) {
            self.left_out += items.count();
            return;
        }
        self.text.push_str(start);
        let mut full = false;
        for item in items {
            // what follows the first one without room is left out too: a list has no holes
            full = full || !self.fits(item.len() + end.len());
            if full {
                self.left_out += 1;
            } else {
                self.text.push_str(&item);
            }
        }
        self.text.push_str(end);
    }

    fn end(mut self) -> String {
        if self.left_out > 0 {
            let _ = writeln!(
                self.text,
                "… and {} more; `cargo xtask diff` shows all.",
                self.left_out
            );
        }
        self.text
    }
}

/// The first reasons for a major version.
fn reasons(report: &Report) -> String {
    let lines = report.services.iter().flat_map(|service| &service.lines);
    let reasons: Vec<_> = lines.filter(|line| line.bump == Bump::Major).collect();
    let mut text = String::new();
    if reasons.is_empty() {
        return text;
    }
    text.push_str("Programs may stop compiling:\n\n");
    for line in reasons.iter().take(3) {
        let _ = writeln!(text, "- {}", escaped(&line.headline));
    }
    if reasons.len() > 3 {
        let _ = writeln!(text, "- and {} more like that", reasons.len() - 3);
    }
    text.push('\n');
    text
}

fn table(report: &Report) -> String {
    let mut text = "| module | service | changes | of them security | version |\n".to_owned();
    text.push_str("|---|---|--:|--:|---|\n");
    for service in report.services.iter().take(MOST_SERVICES) {
        let marked = service
            .changes
            .iter()
            .filter(|it| !it.security.is_empty())
            .count();
        let _ = writeln!(
            text,
            "| `{}` | {} | {} | {marked} | {} |",
            service.module.replace('|', "\\|"),
            escaped(&service.service),
            service.changes.len(),
            service.bump.as_str()
        );
    }
    if report.services.len() > MOST_SERVICES {
        let more = report.services.len() - MOST_SERVICES;
        let _ = writeln!(text, "| and {more} more | | | | |");
    }
    text.push('\n');
    text
}

fn fold(page: &mut Page, service: &ServiceChanges, section: Section) {
    let lines = service.lines_of(section);
    if lines.is_empty() {
        return;
    }
    let rows: usize = lines.iter().map(|line| line.rows.len().max(1)).sum();
    let summary = format!(
        "<details><summary><code>{}</code>: {} ({rows})</summary>\n\n",
        html(&service.module),
        section.as_str().to_lowercase()
    );
    page.list(&summary, "\n</details>\n\n", lines.into_iter().map(item));
}

/// A line as an item of a list.
fn item(line: &Line) -> String {
    let mut text = String::from("- ");
    if let Some(mark) = line.security.first() {
        let _ = write!(text, "**{}**: ", mark.kind.as_str());
    }
    let _ = write!(text, "{}", escaped(&line.headline));
    for mark in &line.security {
        let _ = write!(text, "; {}", escaped(&mark.why));
    }
    let _ = write!(text, "<br>\n  _{}_\n", escaped(&line.meaning));
    if let Some(rows) = line.more_rows() {
        let shown: Vec<_> = rows
            .iter()
            .take(MOST_NAMES)
            .map(|row| format!("`{row}`"))
            .collect();
        let _ = write!(text, "  - {}", escaped(&shown.join(", ")));
        if rows.len() > MOST_NAMES {
            let _ = write!(text, " and {} more", rows.len() - MOST_NAMES);
        }
        text.push('\n');
    }
    text
}

/// What Markdown could take for more than a letter, pipes of tables and mentions among it.
const SPECIAL: &str = "\\*_<>[]#|&~$@";

/// Text whose names stand in backticks, as Markdown: what is no name is taken as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for (index, part) in text.split('`').enumerate() {
        let is_name = index % 2 == 1;
        if index > 0 {
            escaped.push('`');
        }
        for c in part.chars() {
            if !is_name && SPECIAL.contains(c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    escaped
}

/// Text in an element of HTML.
fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use codegen::changes::{self, Criteria};
    use codegen::model::{Action, Service};
    use codegen::sensitive::Sensitive;

    use super::*;

    /// So many services with so many new actions each, every one with a link that changed.
    fn report(services: usize, actions: usize, name: &str) -> Report {
        let sensitive = Sensitive::default();
        let criteria = Criteria {
            sensitive: &sensitive,
            wildcards: &[],
        };
        let service = |prefix: &str, actions: BTreeMap<String, Action>| Service {
            page: prefix.to_owned(),
            prefix: prefix.to_owned(),
            service: "Plum | Sons <b>".to_owned(),
            actions,
            resource_types: BTreeMap::new(),
            condition_keys: BTreeMap::new(),
            operations: Vec::new(),
        };
        let of = |prefix: String| {
            let name = |number: usize| format!("Get{name}{number}");
            let old = (0..actions).map(|number| (name(number), Action::default()));
            let new = (0..actions).map(|number| {
                let dependent_actions = vec![format!("plum:{}{number}", name(number))];
                let facts = Action {
                    dependent_actions,
                    ..Action::default()
                };
                (name(number), facts)
            });
            let new = new.chain([("PutResourcePolicy".to_owned(), Action::default())]);
            let (old, new) = (
                service(&prefix, old.collect()),
                service(&prefix, new.collect()),
            );
            changes::service(&prefix, Some(&old), Some(&new), &criteria).expect("changes")
        };
        Report::new(
            (0..services)
                .map(|number| of(format!("plum{number}")))
                .collect(),
            None,
        )
    }

    /// How many lines a page shows, and how many it says that it left out.
    fn shown(page: &str) -> (usize, usize) {
        let tail = |line: &str| line.strip_prefix("… and ")?.split(' ').next()?.parse().ok();
        let left_out = page.lines().find_map(tail).unwrap_or(0);
        let page = page.split(ENTRY).next().unwrap_or(page);
        let items = page.lines().filter(|line| line.starts_with("- "));
        (items.count(), left_out)
    }

    #[test]
    fn whatever_does_not_fit_is_counted() {
        for (services, actions, name) in [
            (1, 3, "Tree"),
            (1, 2000, "Tree"),
            (300, 2, "Tree"),
            (700, 20, "Tree"),
            (5, 30, &"T".repeat(3000)),
            (1, 2, &"T".repeat(70_000)),
        ] {
            let report = report(services, actions, name);
            let page = render(&report);
            assert!(
                page.len() <= LIMIT,
                "{services} × {actions}: {} bytes",
                page.len()
            );
            assert_eq!(
                page.matches("<details>").count(),
                page.matches("</details>").count()
            );
            let lines: usize = report.services.iter().map(|it| it.lines.len()).sum();
            let (items, left_out) = shown(&page);
            assert_eq!(items + left_out, lines, "{services} × {actions}");
            assert_eq!(
                left_out > 0,
                page.len() + 5000 > LIMIT || name.len() > LIMIT
            );
            assert!(page.ends_with('\n'));
        }
    }

    #[test]
    fn what_markdown_would_read_is_escaped() {
        let page = render(&report(1, 1, "Tree"));
        assert!(
            page.contains("| `plum0` | Plum \\| Sons \\<b\\> | 2 | 1 | minor |"),
            "{page}"
        );
        assert_eq!(escaped("a `b|*c` *d* | @e"), "a `b|*c` \\*d\\* \\| \\@e");
    }
}
