//! One page for reviewers of a refresh and for authors of policies: it asks nothing of anywhere, and
//! without a script it lacks nothing but the filters.

mod anchor;
mod changes;
mod chart;
mod matrix;
mod scale;
mod table;
mod words;

use codegen::changes::{Line, Report, Section, ServiceChanges};
use codegen::model::Service;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::anchor::id;
use self::matrix::Matrix;
use super::{Comparison, counted};
use crate::diff::side::Pair;

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/script.js");

/// Nothing is loaded from anywhere, whatever a name on a page holds.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/// The whole page.
pub(crate) fn page(input: &Comparison<'_>) -> String {
    let [old, new] = input.names;
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
                (contents(input))
                main {
                    (security(input))
                    @for service in &input.report.services { (self::service(input, service)) }
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
    let security = lines(report).filter(|(_, line)| line.section == Section::Security);
    html! {
        dl.summary {
            dt { "Version" }
            dd { (changes::verdict(report)) }
            dt { "Changes" }
            dd {
                @if report.is_empty() {
                    "no fact changed"
                } @else {
                    (counted(changes, "change")) " of " (counted(report.services.len(), "service"))
                    ", " (security.count()) " of the points below touch security"
                }
            }
            @let unchanged = unchanged(input);
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

/// The services that are the same on both sides.
fn unchanged<'a>(input: &'a Comparison<'_>) -> Vec<&'a Pair<'a>> {
    let changed = |module: &str| input.report.services.iter().any(|it| it.module == module);
    let pairs = input.pairs.iter();
    pairs.filter(|pair| !changed(pair.module)).collect()
}

/// A service's old and new state.
fn states<'a>(input: &'a Comparison<'_>, service: &ServiceChanges) -> [Option<&'a Service>; 2] {
    let pair = input.pairs.iter().find(|it| it.module == service.module);
    pair.map_or([None, None], |pair| [pair.old, pair.new])
}

fn contents(input: &Comparison<'_>) -> Markup {
    html! {
        nav aria-label="Contents" {
            ul {
                @if !input.report.is_empty() {
                    li { a href="#security" { "Security" } }
                }
                @for service in &input.report.services {
                    li { a href={ "#" (id(&[&service.module])) } { (service.service) } }
                }
                @if input.history.is_some() {
                    li { a href="#history" { "Actions over time" } }
                }
            }
        }
    }
}

fn lines(report: &Report) -> impl Iterator<Item = (&ServiceChanges, &Line)> {
    let services = report.services.iter();
    services.flat_map(|service| service.lines.iter().map(move |line| (service, line)))
}

/// What touches security, of all services.
fn security(input: &Comparison<'_>) -> Markup {
    if input.report.is_empty() {
        return html! {};
    }
    let of = |service: &ServiceChanges| changes::security(&links(input, service), service);
    let lists: Vec<_> = input.report.services.iter().filter_map(of).collect();
    html! {
        section aria-labelledby="security" {
            h2 id="security" { "Security" }
            @if lists.is_empty() {
                p { "No change touches security." }
            }
            @for list in lists { (list) }
        }
    }
}

/// A service: its changes, then its table.
fn service(input: &Comparison<'_>, service: &ServiceChanges) -> Markup {
    let [old, new] = states(input, service);
    let changes = service.changes.iter().map(|finding| &finding.change);
    let matrix = Matrix::of(old, new, changes);
    let anchor = id(&[&service.module]);
    html! {
        section aria-labelledby=(anchor) {
            h2 id=(anchor) { (service.service) " (" code { (service.module) } ")" }
            (changes::sections(&links(input, service), service))
            @if !matrix.rows.is_empty() {
                (table::table(&service.module, &matrix))
            }
        }
    }
}

/// Where the names in a service's sentences lead: an action to its row.
fn links<'a>(
    input: &'a Comparison<'_>,
    service: &'a ServiceChanges,
) -> impl Fn(&str) -> Option<String> {
    let states = states(input, service);
    move |name| {
        let mut states = states.iter().flatten();
        let action = states.find_map(|state| {
            let action = name.strip_prefix(&state.prefix)?.strip_prefix(':')?;
            let known = state.actions.contains_key(action);
            (known && !state.condition_keys.contains_key(name)).then_some(action)
        })?;
        Some(table::row(&service.module, action))
    }
}
