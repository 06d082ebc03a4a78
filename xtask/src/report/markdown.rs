//! Changes for the body of a pull request.

use std::fmt::Write as _;

use codegen::changes::{Line, Report, Section};
use codegen::words::spans;

use super::{changelog, verdict};

/// What a pull request's body may hold. Bytes are counted, of which a text never has fewer than
/// characters.
const LIMIT: usize = 65_536;

/// Room that is kept for what the page ends with.
const TAIL: usize = 200;

/// How many names a list bears, and how many services the table.
const MOST_NAMES: usize = 150;
const MOST_SERVICES: usize = 100;

/// The fold that ends the page, if there is room for it.
const ENTRY: &str = "Entry for CHANGELOG.md";

/// The report as Markdown that fits a pull request: what touches security lies open, the rest is
/// folded by service; what has no room is counted.
pub(super) fn render(report: &Report) -> String {
    let mut page = Page::default();
    page.push(&format!("## Version {}\n\n", verdict(report)));
    let because = report
        .because()
        .map(|it| format!("Because {}\n\n", escaped(&it)));
    page.push(&because.unwrap_or_default());
    page.push(&table(report));
    let sections: Vec<_> = report
        .services
        .iter()
        .flat_map(|service| {
            service
                .sections()
                .map(move |(section, lines)| (service, section, lines))
        })
        .collect();
    let (security, folded): (Vec<_>, Vec<_>) = sections
        .into_iter()
        .partition(|(_, section, _)| *section == Section::Security);
    let security = security.iter().flat_map(|(_, _, lines)| *lines);
    page.list("### Security\n\n", "\n", security.map(item));
    for (service, section, lines) in folded {
        let rows: usize = lines.iter().map(|line| line.rows.len().max(1)).sum();
        let (module, section) = (html(&service.module), section.as_str().to_lowercase());
        let summary =
            format!("<details><summary><code>{module}</code>: {section} ({rows})</summary>");
        page.list(
            &format!("{summary}\n\n"),
            "\n</details>\n\n",
            lines.iter().map(item),
        );
    }
    page.push(&format!(
        "<details><summary>{ENTRY}</summary>\n\n````markdown\n{}````\n\n</details>\n",
        changelog::render(report)
    ));
    if page.left_out > 0 {
        let more = page.left_out;
        let _ = writeln!(
            page.text,
            "… and {more} more; `cargo xtask diff` shows all."
        );
    }
    page.text
}

/// A page with a limit.
#[derive(Default)]
struct Page {
    text: String,
    /// How many lines of the report had no room.
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

    /// Adds items between a start and an end: as many as fit, and neither without an item.
    fn list(&mut self, start: &str, end: &str, items: impl Iterator<Item = String>) {
        let mut open = false;
        let mut full = false;
        for item in items {
            let more = if open { 0 } else { start.len() } + item.len() + end.len();
            // what follows the first one without room is left out too: a list has no holes
            full = full || !self.fits(more);
            if full {
                self.left_out += 1;
                continue;
            }
            self.text.push_str(if open { "" } else { start });
            self.text.push_str(&item);
            open = true;
        }
        self.text.push_str(if open { end } else { "" });
    }
}

fn table(report: &Report) -> String {
    let mut text = "| module | service | changes | of them security | version |\n".to_owned();
    text.push_str("|---|---|--:|--:|---|\n");
    for service in report.services.iter().take(MOST_SERVICES) {
        let module = service.module.replace('|', "\\|");
        let (name, bump) = (escaped(&service.service), service.bump.as_str());
        let (changes, marked) = (service.changes.len(), service.marked());
        let _ = writeln!(
            text,
            "| `{module}` | {name} | {changes} | {marked} | {bump} |"
        );
    }
    if let Some(more @ 1..) = report.services.len().checked_sub(MOST_SERVICES) {
        let _ = writeln!(text, "| and {more} more | | | | |");
    }
    text + "\n"
}

/// A line as an item of a list.
fn item(line: &Line) -> String {
    let mut text = String::from("- ");
    if let Some(mark) = line.security.first() {
        let _ = write!(text, "**{}**: ", mark.kind.as_str());
    }
    text.push_str(&escaped(&line.headline));
    for mark in &line.security {
        let _ = write!(text, "; {}", escaped(&mark.why));
    }
    let _ = writeln!(text, "<br>\n  _{}_", escaped(&line.meaning));
    if let Some(rows) = line.more_rows() {
        let shown = rows.iter().take(MOST_NAMES);
        let shown: Vec<_> = shown.map(|row| format!("`{row}`")).collect();
        let _ = write!(text, "  - {}", escaped(&shown.join(", ")));
        if let Some(more @ 1..) = rows.len().checked_sub(MOST_NAMES) {
            let _ = write!(text, " and {more} more");
        }
        text.push('\n');
    }
    text
}

/// What Markdown could take for more than a letter, pipes of tables and mentions among it.
const SPECIAL: &str = "\\*_<>[]#|&~$@";

/// Text whose names stand in backticks, as Markdown: names are taken as they are.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for (is_name, part) in spans(text) {
        if is_name {
            let _ = write!(escaped, "`{part}`");
            continue;
        }
        for c in part.chars() {
            if SPECIAL.contains(c) {
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
    use codegen::changes::{self, Criteria, Report};
    use codegen::overlay::Sensitive;
    use iam_policy::wire::Service;
    use serde_json::{Map, Value, json};

    use super::{ENTRY, LIMIT, escaped, render};

    /// So many services with one new action and so many that now have a dependent action each.
    fn report(services: usize, actions: usize, name: &str) -> Report {
        let sensitive = Sensitive::default();
        let criteria = Criteria {
            sensitive: &sensitive,
            wildcards: &[],
        };
        let state = |prefix: &str, is_new: bool| -> Service {
            let action = |number| {
                let name = format!("Get{name}{number}");
                let dependent = is_new.then(|| format!("plum:{name}"));
                let dependent: Vec<_> = dependent.into_iter().collect();
                let facts = json!({"access_levels": [], "dependent_actions": dependent});
                (name, facts)
            };
            let mut actions: Map<String, Value> = (0..actions).map(action).collect();
            if is_new {
                actions.insert("PutResourcePolicy".to_owned(), json!({"access_levels": []}));
            }
            let service = json!({"page": prefix, "prefix": prefix, "service": "Plum | Sons <b>",
                "actions": actions, "resource_types": {}, "condition_keys": {}});
            serde_json::from_value(service).expect("a service")
        };
        let of = |number| {
            let prefix = format!("plum{number}");
            let (old, new) = (state(&prefix, false), state(&prefix, true));
            changes::service(&prefix, Some(&old), Some(&new), &criteria).expect("changes")
        };
        Report::new((0..services).map(of).collect(), None)
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
