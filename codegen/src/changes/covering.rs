//! Wildcards in sentences.

use super::finding::{Mark, MarkKind};
use super::lines::{Line, Section};
use super::verdict::Bump;
use super::wildcards::Coverage;
use super::words::{Sides, code, few};
use crate::error::quoted;

/// Wildcards, those of `NotAction` statements that say the same put together.
pub(super) fn together(wildcards: &[Coverage]) -> Vec<(String, Coverage)> {
    let mut together: Vec<(String, Coverage)> = Vec::new();
    for coverage in wildcards {
        let same = |(_, other): &&mut (String, Coverage)| {
            let excepts = coverage.excepts && other.excepts;
            let said = |it: &Coverage| (it.allows, it.actions.clone(), it.beyond.clone());
            excepts && said(other) == said(coverage)
        };
        match together.iter_mut().find(same) {
            Some((name, known)) => {
                let effect = if coverage.allows { "Allow" } else { "Deny" };
                *name = format!("{effect} statements with `NotAction`");
                known.from.extend(coverage.from.iter().cloned());
            }
            // cut where it is long
            None => together.push((quoted(&coverage.pattern), coverage.clone())),
        }
    }
    together
}

pub(super) fn covering((name, coverage): &(String, Coverage), sides: Sides<'_>) -> Line {
    let actions: Vec<_> = coverage
        .actions
        .iter()
        .map(|name| sides.full(name))
        .collect();
    // a pattern stands in backticks
    let several = !name.starts_with('`');
    let deny = if coverage.allows || several {
        ""
    } else {
        "a Deny of "
    };
    let from: Vec<_> = coverage.from.iter().collect();
    let of = if from.is_empty() {
        String::new()
    } else {
        format!(" (in {})", few(&from))
    };
    let mut security: Vec<_> = coverage
        .beyond
        .iter()
        .map(|beyond| Mark {
            kind: MarkKind::Broader,
            why: format!("{} {}", code(&sides.full(&beyond.action)), beyond.why),
        })
        .collect();
    if coverage.allows && security.is_empty() {
        security.push(Mark {
            kind: MarkKind::Covered,
            why: "allowed before anybody looked at what is new".to_owned(),
        });
    }
    let count = actions.len();
    let (plural, them) = if count == 1 {
        ("", "it")
    } else {
        ("s", "them")
    };
    let meaning = match (coverage.allows, coverage.beyond.is_empty()) {
        (false, _) => format!(
            "whoever has that Deny may not call {them}, as far as its resources and conditions go"
        ),
        (true, true) => format!(
            "whoever has that wildcard may call {them} already, as far as its resources and \
             conditions go"
        ),
        (true, false) => format!(
            "whoever has that wildcard may call {them} already, as far as its resources and \
             conditions go: deny what is not meant, or list actions by name"
        ),
    };
    let headline = format!(
        "{deny}{name}{of} now cover{} {count} more action{plural}: {}",
        if several { "" } else { "s" },
        few(&actions)
    );
    Line {
        section: if security.is_empty() {
            Section::Wildcards
        } else {
            Section::Security
        },
        full: headline.clone(),
        headline,
        meaning,
        bump: Bump::None,
        security,
        rows: Vec::new(),
    }
}
