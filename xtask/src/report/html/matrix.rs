//! The table of actions (rows) and resource types (columns), with both states in one table: removed
//! actions and resource types are marked.

use std::collections::{BTreeMap, BTreeSet};

use codegen::changes::{Finding, Kind, Table};
use iam_policy::wire::{AccessLevel, Action, Service};
use maud::{Markup, html};

use super::id;
use crate::states::Pair;

/// The change of something between the states: a word, which is also its CSS class, and a sign, because
/// colour alone is not accessible.
type Mark = Option<(&'static str, &'static str)>;

const CHANGED: Mark = Some(("changed", "~"));
const ADDED: Mark = Some(("added", "+"));
const REMOVED: Mark = Some(("removed", "−"));

/// Abbreviations: CSS class, explanation, text.
const REQUIRED: [&str; 3] = ["required", "required", "*"];
const PERMISSION_ONLY: [&str; 3] = ["only", "permission only: no operation of its own", "p/o"];
const KEYS: [&str; 3] = ["keys", "other condition keys in effect", "k"];

fn mark(was: bool, is: bool, changed: bool) -> Mark {
    match (was, is) {
        (false, _) => ADDED,
        (true, false) => REMOVED,
        (true, true) => CHANGED.filter(|_| changed),
    }
}

fn class(mark: Mark) -> Option<&'static str> {
    mark.map(|(word, _)| word)
}

fn sign(mark: Mark) -> Markup {
    html! { @if let Some((word, sign)) = mark { (abbr(["sign", word, sign])) } }
}

fn abbr([class, title, text]: [&str; 3]) -> Markup {
    html! { abbr class=(class) title=(title) { (text) } }
}

/// Renders something as removed or added.
fn marked(mark: Mark, what: Markup) -> Markup {
    match mark {
        REMOVED => html! { del { (what) } },
        ADDED => html! { ins { (what) } },
        _ => what,
    }
}

/// The rows and cells that changes concern.
#[derive(Default)]
struct Changed<'a> {
    /// Changed rows; a changed link does not count.
    rows: BTreeSet<(Table, &'a str)>,
    /// Pairs (action, resource type) with other condition keys in effect.
    keys: BTreeSet<(&'a str, Option<&'a str>)>,
}

impl<'a> Changed<'a> {
    fn of(findings: &'a [Finding]) -> Self {
        let mut changed = Self::default();
        for change in findings.iter().map(|it| &it.change) {
            let Some(row) = &change.row else { continue };
            if let Kind::KeyGained(it) | Kind::KeyLost(it) = &change.kind {
                let none = it.on.is_empty().then_some(None);
                let types = it.on.iter().map(|on| Some(on.as_str())).chain(none);
                changed.keys.extend(types.map(|on| (row.name.as_str(), on)));
            }
            if !matches!(change.kind, Kind::ApiLinkChanged(_)) {
                changed.rows.insert((row.table, &row.name));
            }
        }
        changed
    }
}

/// Renders the table of a module with heading and filters; nothing if the module has no actions.
pub(super) fn table(pair: &Pair<'_>, findings: &[Finding]) -> Markup {
    let changed = Changed::of(findings);
    let columns: BTreeSet<_> = types(pair.old).chain(types(pair.new)).collect();
    let actions = [pair.old, pair.new].map(|it| it.map(|it| &it.actions));
    let names = actions.into_iter().flatten().flat_map(BTreeMap::keys);
    let names: BTreeSet<_> = names.collect();
    let [table, heading] = ["table", "actions"].map(|it| id(&[pair.module, it]));
    html! {
        @if !names.is_empty() {
            h3 id=(heading) { "Actions and resource types" }
            (legend())
            // hidden until the script runs
            div.controls hidden role="group" aria-labelledby=(heading) data-table=(table) {
                label { "Action " input type="search" autocomplete="off" spellcheck="false" placeholder="part of a name"; }
                label { input type="checkbox"; " changed only" }
                output {}
            }
            // focusable, so that keyboards can scroll it
            div.scroll.matrix tabindex="0" role="region" aria-label={ "Table of " (pair.module) } {
                table id=(table) aria-labelledby=(heading) {
                    thead {
                        tr {
                            th.corner scope="col" { "Action" }
                            @for name in &columns { (column(*name, pair, &changed)) }
                        }
                    }
                    tbody {
                        @for name in names { (row(pair.module, name, actions.map(|it| it?.get(name)), &columns, &changed)) }
                    }
                }
            }
        }
    }
}

/// Renders the legend of letters, colours and marks.
fn legend() -> Markup {
    html! {
        p.legend {
            @for level in AccessLevel::ALL { span { (letter(*level)) " " (level.as_str()) } }
            span { (abbr(REQUIRED)) " required" } span { (abbr(PERMISSION_ONLY)) " permission only" }
            span { (abbr(KEYS)) " other condition keys in effect" }
            @for (word, sign) in [ADDED, REMOVED, CHANGED].into_iter().flatten() { span class=(word) { (sign) " " (word) } }
        }
    }
}

/// Returns the columns of a state: the resource types of its table and of its actions, and `None` if
/// an action has no resource type.
fn types(service: Option<&Service>) -> impl Iterator<Item = Option<&str>> {
    service.into_iter().flat_map(|service| {
        let of_actions = service.actions.values().flat_map(|it| &it.resources);
        let of_actions = of_actions.map(|it| &it.resource_type);
        let none = service.actions.values().any(|it| it.resources.is_empty());
        let named = service.resource_types.keys().chain(of_actions);
        named
            .map(|it| Some(it.as_str()))
            .chain(none.then_some(None))
    })
}

fn column(name: Option<&str>, pair: &Pair<'_>, changed: &Changed<'_>) -> Markup {
    let Some(name) = name else {
        return html! { th scope="col" { span { "no resource type" } } };
    };
    let has = |service| types(service).any(|it| it == Some(name));
    let is_changed = changed.rows.contains(&(Table::ResourceTypes, name));
    let mark = mark(has(pair.old), has(pair.new), is_changed);
    let mut states = [pair.new, pair.old].into_iter().flatten();
    let arn = states.find_map(|it| Some(&it.resource_types.get(name)?.arn));
    html! {
        th scope="col" class=[class(mark)] title=[arn] { span { (sign(mark)) (struck(name, mark)) } }
    }
}

fn row(
    module: &str,
    name: &str,
    states: [Option<&Action>; 2],
    columns: &BTreeSet<Option<&str>>,
    changed: &Changed<'_>,
) -> Markup {
    let [old, new] = states;
    let is_changed = changed.rows.contains(&(Table::Actions, name));
    let mark = mark(old.is_some(), new.is_some(), is_changed);
    let action = new.or(old);
    // snapshots are not trusted: only this scheme becomes a link
    let link = action.and_then(|it| it.api.as_deref());
    let link = link.filter(|link| link.starts_with("https://"));
    html! {
        tr id=(id(&[module, "action", name])) class=[class(mark)] {
            th scope="row" {
                (sign(mark))
                @if link.is_some() { a.name href=[link] { (struck(name, mark)) } }
                @else { span.name { (struck(name, mark)) } }
                @if action.is_some_and(|it| it.permission_only) { " " (abbr(PERMISSION_ONLY)) }
            }
            @for column in columns { (cell(states, *column, changed.keys.contains(&(name, *column)))) }
        }
    }
}

/// Renders a cell: the access levels, and whether the resource type is required, in both states.
fn cell(states: [Option<&Action>; 2], column: Option<&str>, keys_changed: bool) -> Markup {
    let [was, is] = states.map(|action| {
        let (action, resources) = (action?, &action?.resources);
        let required = match column {
            None => resources.is_empty().then_some(false),
            Some(name) => resources
                .iter()
                .find_map(|it| (it.resource_type == name).then_some(it.required)),
        };
        Some((&action.access_levels, required?))
    });
    let Some(now) = is.or(was) else {
        return html! { td {} };
    };
    let ((levels, is_required), (before, was_required)) = (now, was.unwrap_or(now));
    let keys_changed = was.is_some() && is.is_some() && keys_changed;
    let differs = now != (before, was_required) || keys_changed;
    let of_cell = mark(was.is_some(), is.is_some(), differs);
    let of_level = |level| match of_cell {
        REMOVED => REMOVED,
        _ => mark(before.contains(level), levels.contains(level), false),
    };
    html! {
        td class=[class(of_cell)] {
            (sign(of_cell))
            @for level in before.union(levels) { (marked(of_level(level), letter(*level))) }
            @if before.is_empty() && levels.is_empty() { (abbr(["level", "no access level", "?"])) }
            @if was_required || is_required { (marked(mark(was_required, is_required, false), abbr(REQUIRED))) }
            @if keys_changed { (abbr(KEYS)) }
        }
    }
}

/// Renders an access level: a letter on a colour.
fn letter(level: AccessLevel) -> Markup {
    let name = level.as_str();
    let word = name.split(' ').next().unwrap_or(name).to_ascii_lowercase();
    abbr([&format!("level {word}"), name, &name[..1]])
}

/// Renders a name, struck through if it was removed.
fn struck(name: &str, mark: Mark) -> Markup {
    marked(mark.filter(|_| mark == REMOVED), html! { (name) })
}
