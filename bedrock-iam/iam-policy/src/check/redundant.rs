//! Entries and statements that add nothing; this needs no facts of a service.

use std::collections::HashSet;

use super::Code;
use super::finding::{Change, Findings};
use super::view::{Named, Place, View};

/// Entries of a statement's lists that stand twice or that a wildcard beside them covers.
pub(super) fn entries(view: &View<'_>, findings: &mut Findings) {
    let mut seen = HashSet::new();
    let wild: Vec<_> = view
        .actions
        .iter()
        .filter(|action| !action.is_exact())
        .collect();
    for (at, action) in view.actions.iter().enumerate() {
        let path = || view.action_path(action.index);
        if !seen.insert(action.text.to_ascii_lowercase()) {
            let message = format!("`{}` stands in the list twice", action.text);
            findings
                .add(Code::RedundantEntry, path(), message)
                .fix(Change::Remove);
        } else if let Some(wide) = wild
            .iter()
            .find(|wide| !std::ptr::eq(**wide, &raw const view.actions[at]) && wider(wide, action))
        {
            let message = format!("`{}` covers `{}`", wide.text, action.text);
            findings
                .add(Code::RedundantEntry, path(), message)
                .fix(Change::Remove);
        }
    }
    let mut seen = HashSet::new();
    for place in view
        .resources
        .iter()
        .filter(|place| !seen.insert(place.text))
    {
        let message = format!("`{}` stands in the list twice", place.text);
        findings
            .add(
                Code::RedundantEntry,
                view.resource_path(place.index),
                message,
            )
            .fix(Change::Remove);
    }
}

/// Whether the first matches all that the second does, and is not the same.
fn wider(wide: &Named<'_>, narrow: &Named<'_>) -> bool {
    !wide.text.eq_ignore_ascii_case(narrow.text) && covers_action(wide, narrow)
}

/// Whether the first matches all that the second does: so if it matches the second's text, its
/// wildcards taken as letters. `?` can't stand for another's `*`.
fn covers_action(wide: &Named<'_>, narrow: &Named<'_>) -> bool {
    if wide.is_everything() || wide.text.eq_ignore_ascii_case(narrow.text) {
        return true;
    }
    let pattern = wide.pattern.as_ref().filter(|_| !wide.text.contains('?'));
    pattern.is_some_and(|pattern| pattern.matches(narrow.text))
}

fn covers_place(wide: &Place<'_>, narrow: &Place<'_>) -> bool {
    if wide.is_everything() || wide.text == narrow.text {
        return true;
    }
    let plain =
        !wide.text.contains(['?', '$']) && !narrow.text.contains('$') && narrow.pattern.is_some();
    let pattern = wide
        .pattern
        .as_ref()
        .filter(|_| plain && !narrow.is_everything());
    pattern.is_some_and(|pattern| pattern.matches(narrow.text))
}

/// Statements that stand twice, and those that a wider one makes needless.
pub(super) fn statements(views: &[View<'_>], findings: &mut Findings) {
    for (at, view) in views.iter().enumerate() {
        let first = views[..at].iter().find(|other| is_same(other, view));
        if let Some(first) = first {
            let message = format!("the statement is the same as {}", first.path);
            findings
                .add(Code::DuplicateStatement, &view.path, message)
                .fix(Change::Remove);
            continue;
        }
        let shadow = views
            .iter()
            .enumerate()
            .find(|(other, wide)| *other != at && shadows(wide, view));
        if let Some((_, wide)) = shadow {
            let message = format!(
                "{} covers all of the statement, without a condition",
                wide.path
            );
            findings.add(Code::ShadowedStatement, &view.path, message);
        }
    }
}

/// Whether two statements are the same but for their `Sid`.
fn is_same(one: &View<'_>, other: &View<'_>) -> bool {
    let (a, b) = (one.source, other.source);
    a.action == b.action
        && a.resource == b.resource
        && a.effect == b.effect
        && a.condition == b.condition
        && a.not_action == b.not_action
        && a.not_resource == b.not_resource
        && a.principal == b.principal
        && a.not_principal == b.not_principal
        && a.others == b.others
}

/// Whether the first does all that the second does. Two that do the same do not count: those are
/// duplicates, or differ in form alone.
fn shadows(wide: &View<'_>, narrow: &View<'_>) -> bool {
    let simple = |view: &View<'_>| {
        view.effect.is_some()
            && view.source.action.is_some()
            && view.source.resource.is_some()
            && view.source.principal.is_none()
            && view.source.not_principal.is_none()
            && !view.actions.is_empty()
            && !view.resources.is_empty()
    };
    if !simple(wide)
        || !simple(narrow)
        || wide.effect != narrow.effect
        || !wide.comparisons.is_empty()
    {
        return false;
    }
    let actions = |wide: &View<'_>, narrow: &View<'_>| {
        let covered = |action: &Named<'_>| {
            wide.actions
                .iter()
                .any(|other| covers_action(other, action))
        };
        narrow.actions.iter().all(covered)
    };
    let places = |wide: &View<'_>, narrow: &View<'_>| {
        let covered = |place: &Place<'_>| {
            wide.resources
                .iter()
                .any(|other| covers_place(other, place))
        };
        narrow.resources.iter().all(covered)
    };
    places(wide, narrow)
        && actions(wide, narrow)
        && !(narrow.comparisons.is_empty() && places(narrow, wide) && actions(narrow, wide))
}
