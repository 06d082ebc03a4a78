//! The report as a page, for reviewers of a refresh and authors of policies.
//!
//! The page loads nothing; without scripts only the tables of actions are missing.

mod matrix;

use std::fmt::Write as _;

use codegen::changes::{Line, Section, ServiceChanges};
use codegen::words::{counted, spans};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Comparison, verdict};
use crate::states::Pair;
use crate::states::history::{History, Point};

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// The content security policy, which forbids loading anything, even if a name in the report
/// contains markup.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/// The length above which a list is folded.
const OPEN: usize = 40;

/// The number of services above which their tables are closed at first.
const OPEN_TABLES: usize = 4;

/// Renders the whole page.
pub(super) fn page(input: &Comparison<'_>) -> String {
    let [old, new] = input.names;
    let services = &input.report.services;
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { "IAM facts: " (old) " → " (new) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "IAM facts: " code { (old) } " → " code { (new) } }
                    (summary(input))
                }
                nav aria-label="Contents" {
                    ul {
                        @if !services.is_empty() { li { a href="#security" { "Security" } } }
                        @if services.len() <= OPEN { (links(services)) }
                        @if input.history.is_some() { li { a href="#history" { "Actions over time" } } }
                    }
                    @if services.len() > OPEN {
                        details { summary { (counted(services.len(), "service")) } ul { (links(services)) } }
                    }
                }
                main {
                    @if !services.is_empty() { (security(input)) }
                    @for it in services { (service(input, it)) }
                    @if let Some(history) = input.history { (over_time(history)) }
                }
                (matrix::legend())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    document.into_string()
}

fn links(services: &[ServiceChanges]) -> Markup {
    html! {
        @for it in services { li { a href={ "#" (id(&[&it.module])) } { (it.service) } } }
    }
}

fn summary(input: &Comparison<'_>) -> Markup {
    let services = &input.report.services;
    let changes: usize = services.iter().map(|it| it.changes.len()).sum();
    let changed = |pair: &&Pair<'_>| services.iter().any(|it| it.module == pair.module);
    let unchanged: Vec<_> = input.pairs.iter().filter(|pair| !changed(pair)).collect();
    html! {
        p {
            "Version " strong { (verdict(input.report)) }
            @if let Some(because) = input.report.because() { " because " (sentence(&because, None)) }
        }
        @if services.is_empty() { p { "no fact changed" } } @else {
            p {
                (counted(changes, "change")) " of " (counted(services.len(), "service")) ", "
                (counted(input.report.marks, "security mark"))
            }
        }
        @if !unchanged.is_empty() {
            p { "Unchanged:" @for pair in unchanged { " " code { (pair.module) } } }
        }
    }
}

/// Renders the effects on security of all services.
fn security(input: &Comparison<'_>) -> Markup {
    let sections = input.report.sections();
    let security = sections.filter(|(_, section, _)| *section == Section::Security);
    let security: Vec<_> = security.collect();
    html! {
        section aria-labelledby="security" {
            h2 id="security" { "Security" }
            @if security.is_empty() { p { "No change affects security." } }
            @for (service, _, lines) in security {
                h3 { (service.service) " (" code { (service.module) } ")" }
                ul.security { @for it in lines { li { (line(it, pair(input, service))) } } }
            }
        }
    }
}

fn pair<'a>(input: &'a Comparison<'_>, service: &ServiceChanges) -> Option<&'a Pair<'a>> {
    input.pairs.iter().find(|it| it.module == service.module)
}

/// Renders a service: its changes, then its table.
fn service(input: &Comparison<'_>, service: &ServiceChanges) -> Markup {
    let pair = pair(input, service);
    let anchor = id(&[&service.module]);
    html! {
        section aria-labelledby=(anchor) {
            h2 id=(anchor) { (service.service) " (" code { (service.module) } ")" }
            @for (section, lines) in service.sections() {
                @let points = counted(lines.len(), "point");
                @if section == Section::Security {
                    p { a href="#security" { (counted(service.marks, "security mark")) } }
                } @else {
                    h3 { (section.as_str()) }
                    details open[lines.len() <= OPEN] {
                        summary { (points) }
                        ul { @for it in lines { li { (line(it, pair)) } } }
                    }
                }
            }
            @if let Some(pair) = pair {
                (matrix::table(pair, &service.changes, input.report.services.len() <= OPEN_TABLES))
            }
        }
    }
}

/// Renders a line: headline, effects on security, meaning, and names that the headline omits.
fn line(line: &Line, pair: Option<&Pair<'_>>) -> Markup {
    html! {
        (sentence(&line.headline, pair))
        @for mark in &line.security {
            p.why { strong { (mark.kind.as_str()) } ": " (sentence(&mark.why, None)) }
        }
        p.meaning { (sentence(&line.meaning, None)) }
        @if let Some(rows) = line.more_rows() {
            details {
                summary { "all " (rows.len()) }
                @for row in rows { (name(row, pair)) " " }
            }
        }
    }
}

/// Renders a sentence, with names in backticks as code.
fn sentence(text: &str, pair: Option<&Pair<'_>>) -> Markup {
    html! {
        @for (is_name, part) in spans(text) {
            @if is_name { (name(part, pair)) } @else { (part) }
        }
    }
}

/// Renders a name; an action as a link to its row.
fn name(name: &str, pair: Option<&Pair<'_>>) -> Markup {
    let row = pair.and_then(|pair| {
        let mut states = [pair.old, pair.new].into_iter().flatten();
        let action = states.find_map(|state| {
            let action = name.strip_prefix(&state.prefix)?.strip_prefix(':')?;
            let known = state.actions.contains_key(action);
            (known && !state.condition_keys.contains_key(name)).then_some(action)
        })?;
        Some(id(&[pair.module, "action", action]))
    });
    html! {
        @if let Some(row) = row { a href={ "#" (row) } { code { (name) } } }
        @else { code { (name) } }
    }
}

/// Renders the numbers of actions at several dates, and of changes since the previous date.
fn over_time(history: &History) -> Markup {
    let point = |point: &Point| {
        html! {
            @if let Some(actions) = point.actions { (actions) } @else { abbr title="unknown" { "–" } }
            @if let Some(changes @ 1..) = point.changes { ", " (counted(changes, "change")) }
        }
    };
    html! {
        section aria-labelledby="history" {
            h2 id="history" { "Number of actions over time, and changes since the previous date" }
            // focusable, so that keyboards can scroll it
            div.scroll tabindex="0" role="region" aria-labelledby="history" {
                table.history aria-labelledby="history" {
                    thead {
                        tr {
                            th scope="col" { "Date" }
                            @for name in history.services.keys() { th scope="col" { (name) } }
                        }
                    }
                    tbody {
                        @for (index, date) in history.dates.iter().enumerate() {
                            tr {
                                th scope="row" { time datetime=(date) { (date) } }
                                @for points in history.services.values() { td { (point(&points[index])) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Returns an element id for a path of names; different paths have different ids, whatever characters
/// the names contain.
fn id(parts: &[&str]) -> String {
    let mut id = String::new();
    for (index, part) in parts.iter().enumerate() {
        id.push_str(if index > 0 { "." } else { "" });
        for c in part.chars() {
            // cannot fail: it writes to a string
            let _ = match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => write!(id, "{c}"),
                _ => write!(id, "~{:x}~", u32::from(c)),
            };
        }
    }
    id
}
