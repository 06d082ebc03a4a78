//! The lists of changes, and the verdict.

use codegen::changes::{Bump, Line, Report, Section, ServiceChanges};
use maud::{Markup, html};

use super::super::{counted, verdict as version};
use super::words::{Links, name, sentence};

/// A list that is longer is folded.
const OPEN: usize = 40;

/// What all changes ask of the crate's version, and why.
pub(super) fn verdict(report: &Report) -> Markup {
    let bump = report.version.bump;
    let of = report.services.iter().flat_map(|service| &service.changes);
    let reasons: Vec<_> = of
        .filter(|finding| finding.bump == bump && bump != Bump::None)
        .collect();
    html! {
        span.verdict { (version(report)) }
        @if let Some(first) = reasons.first() {
            " for " (counted(reasons.len(), "change")) @if reasons.len() > 1 { ", first" } ": "
            (sentence(&first.headline, &|_| None))
        }
    }
}

/// What of a service touches security; none if nothing does.
pub(super) fn security(links: Links<'_>, service: &ServiceChanges) -> Option<Markup> {
    let lines = service.lines_of(Section::Security);
    if lines.is_empty() {
        return None;
    }
    Some(html! {
        h3 { (service.service) " (" code { (service.module) } ")" }
        ul.security {
            @for line in lines {
                li { (said(links, line)) }
            }
        }
    })
}

/// The rest of a service's changes, section by section.
pub(super) fn sections(links: Links<'_>, service: &ServiceChanges) -> Markup {
    let sections = Section::ALL.into_iter().filter_map(|section| {
        let lines = service.lines_of(section);
        (!lines.is_empty()).then_some((section, lines))
    });
    html! {
        @for (section, lines) in sections {
            @if section == Section::Security {
                p { a href="#security" { (counted(lines.len(), "point")) " under Security" } }
            } @else {
                h3 { (section.as_str()) }
                (list(links, &lines))
            }
        }
    }
}

fn list(links: Links<'_>, lines: &[&Line]) -> Markup {
    let points = html! {
        ul.changes { @for line in lines { li { (said(links, line)) } } }
    };
    html! {
        @if lines.len() > OPEN {
            details {
                summary { (counted(lines.len(), "point")) }
                (points)
            }
        } @else {
            (points)
        }
    }
}

/// What changed, why that touches security, what it means, and the names that had no room.
fn said(links: Links<'_>, line: &Line) -> Markup {
    html! {
        (sentence(&line.headline, links))
        @for mark in &line.security {
            p.why { strong { (mark.kind.as_str()) } ": " (sentence(&mark.why, &|_| None)) }
        }
        p.meaning { (sentence(&line.meaning, &|_| None)) }
        @if let Some(rows) = line.more_rows() {
            details {
                summary { "all " (rows.len()) }
                p {
                    @for (index, row) in rows.iter().enumerate() {
                        @if index > 0 { ", " }
                        (name(row, links))
                    }
                }
            }
        }
    }
}
