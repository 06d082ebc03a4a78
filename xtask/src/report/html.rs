//! One page for reviewers of a refresh and for authors of policies: it loads nothing, and without a
//! script it lacks only the filters.

mod chart;
mod matrix;

use std::fmt::Write as _;

use codegen::changes::{Line, Section, ServiceChanges};
use codegen::words::{counted, spans};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Comparison, verdict};
use crate::states::Pair;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// Nothing is loaded from anywhere, whatever a name on a page holds.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/// A list that is longer is folded.
const OPEN: usize = 40;

/// The whole page.
pub(super) fn page(input: &Comparison<'_>) -> String {
    let [old, new] = input.names;
    let report = input.report;
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
                        @if !report.is_empty() { li { a href="#security" { "Security" } } }
                        @for service in &report.services {
                            li { a href={ "#" (id(&[&service.module])) } { (service.service) } }
                        }
                        @if input.history.is_some() {
                            li { a href="#history" { "Actions over time" } }
                        }
                    }
                }
                main {
                    @if !report.is_empty() { (security(input)) }
                    @for service in &report.services { (self::service(input, service)) }
                    @if let Some(history) = input.history { (chart::section(history)) }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    document.into_string()
}

fn summary(input: &Comparison<'_>) -> Markup {
    let report = input.report;
    let changes: usize = report.services.iter().map(|it| it.changes.len()).sum();
    let points: usize = report.services.iter().map(|it| security_of(it).len()).sum();
    let changed = |module: &str| report.services.iter().any(|it| it.module == module);
    let unchanged = input.pairs.iter().filter(|pair| !changed(pair.module));
    let unchanged: Vec<_> = unchanged.collect();
    html! {
        dl.summary {
            dt { "Version" }
            dd {
                span.verdict { (verdict(report)) }
                @if let Some(because) = report.because() { " because " (sentence(&because, None)) }
            }
            dt { "Changes" }
            dd {
                @if report.is_empty() {
                    "no fact changed"
                } @else {
                    (counted(changes, "change")) " of " (counted(report.services.len(), "service"))
                    ", " (counted(points, "point")) " under Security"
                }
            }
            @if !unchanged.is_empty() {
                dt { "Unchanged" }
                dd {
                    @for (index, pair) in unchanged.iter().enumerate() {
                        @if index > 0 { ", " }
                        @if let Some(service) = pair.new { (service.service) " " }
                        "(" code { (pair.module) } ")"
                    }
                }
            }
        }
    }
}

fn security_of(service: &ServiceChanges) -> &[Line] {
    let mut sections = service.sections();
    sections
        .find_map(|(section, lines)| (section == Section::Security).then_some(lines))
        .unwrap_or_default()
}

/// What touches security, of all services.
fn security(input: &Comparison<'_>) -> Markup {
    let services = input.report.services.iter();
    let services: Vec<_> = services.filter(|it| !security_of(it).is_empty()).collect();
    html! {
        section aria-labelledby="security" {
            h2 id="security" { "Security" }
            @if services.is_empty() { p { "No change touches security." } }
            @for service in services {
                h3 { (service.service) " (" code { (service.module) } ")" }
                (list("security", security_of(service), pair(input, service)))
            }
        }
    }
}

/// A service: its changes, then its table.
fn service(input: &Comparison<'_>, service: &ServiceChanges) -> Markup {
    let pair = pair(input, service);
    let anchor = id(&[&service.module]);
    html! {
        section aria-labelledby=(anchor) {
            h2 id=(anchor) { (service.service) " (" code { (service.module) } ")" }
            @for (section, lines) in service.sections() {
                @if section == Section::Security {
                    p { a href="#security" { (counted(lines.len(), "point")) " under Security" } }
                } @else {
                    h3 { (section.as_str()) }
                    @if lines.len() > OPEN {
                        details {
                            summary { (counted(lines.len(), "point")) }
                            (list("changes", lines, pair))
                        }
                    } @else {
                        (list("changes", lines, pair))
                    }
                }
            }
            @if let Some(pair) = pair { (matrix::table(pair, &service.changes)) }
        }
    }
}

/// Both states of a service.
fn pair<'a>(input: &'a Comparison<'_>, service: &ServiceChanges) -> Option<&'a Pair<'a>> {
    input.pairs.iter().find(|it| it.module == service.module)
}

/// What changed, why that touches security, what it means, and the names that had no room.
fn list(class: &str, lines: &[Line], pair: Option<&Pair<'_>>) -> Markup {
    html! {
        ul class=(class) {
            @for line in lines {
                li {
                    (sentence(&line.headline, pair))
                    @for mark in &line.security {
                        p.why { strong { (mark.kind.as_str()) } ": " (sentence(&mark.why, None)) }
                    }
                    p.meaning { (sentence(&line.meaning, None)) }
                    @if let Some(rows) = line.more_rows() {
                        details {
                            summary { "all " (rows.len()) }
                            p {
                                @for (index, row) in rows.iter().enumerate() {
                                    @if index > 0 { ", " }
                                    (name(row, pair))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A sentence whose names stand in backticks, with the names set as code.
fn sentence(text: &str, pair: Option<&Pair<'_>>) -> Markup {
    html! {
        @for (is_name, part) in spans(text) {
            @if is_name { (name(part, pair)) } @else { (part) }
        }
    }
}

/// A name, an action as a link to its row.
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
        @match row {
            Some(row) => a href={ "#" (row) } { code { (name) } },
            None => code { (name) },
        }
    }
}

/// The id of what `parts` name, from the whole to its part: different names stay different, whatever
/// a page calls its rows.
fn id(parts: &[&str]) -> String {
    let mut id = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            id.push('.');
        }
        for character in part.chars() {
            if character.is_ascii_alphanumeric() || matches!(character, '-' | '_') {
                id.push(character);
            } else {
                // cannot fail: it writes to a string
                let _ = write!(id, "~{:x}~", u32::from(character));
            }
        }
    }
    id
}

#[cfg(test)]
mod tests {
    use super::id;

    #[test]
    fn different_names_have_different_ids() {
        let names = [
            ["a", "b.c"],
            ["a.b", "c"],
            ["a b", "c"],
            ["a~20~b", "c"],
            ["a_b", "c"],
            ["A_b", "c"],
            ["", "a"],
            ["a", ""],
        ];
        let ids: std::collections::BTreeSet<_> = names.iter().map(|parts| id(parts)).collect();
        assert_eq!(ids.len(), names.len(), "{ids:?}");
    }
}
