//! The table of actions against resource types, both states in one: removed actions and resource
//! types stay in it, marked.

use std::collections::{BTreeMap, BTreeSet};

use codegen::changes::{Finding, Kind, Row, Table};
use iam_policy::wire::{AccessLevel, Action, Service};
use maud::{Markup, html};

use super::id;
use crate::states::Pair;

/// What became of something from the old state to the new one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Same,
    Changed,
    Added,
    Removed,
}

impl Mark {
    fn of(was: bool, is: bool, changed: bool) -> Self {
        match (was, is) {
            (false, _) => Self::Added,
            (true, false) => Self::Removed,
            (true, true) if changed => Self::Changed,
            (true, true) => Self::Same,
        }
    }

    /// Its word, which is also the class that the stylesheet knows, and its sign.
    const fn word(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Same => None,
            Self::Changed => Some(("changed", "~")),
            Self::Added => Some(("added", "+")),
            Self::Removed => Some(("removed", "−")),
        }
    }

    fn class(self) -> Option<&'static str> {
        self.word().map(|(word, _)| word)
    }

    /// Colour is not all that tells.
    fn sign(self) -> Markup {
        html! { @if let Some((word, sign)) = self.word() { abbr.sign title=(word) { (sign) } } }
    }

    /// Struck through, or as new.
    fn on(self, what: Markup) -> Markup {
        html! {
            @match self {
                Self::Removed => del { (what) },
                Self::Added => ins { (what) },
                Self::Same | Self::Changed => (what),
            }
        }
    }
}

/// What changes are about.
#[derive(Default)]
struct Changed<'a> {
    /// Rows; a link that leads elsewhere is no change of an action.
    rows: BTreeSet<(Table, &'a str)>,
    /// Pairs for which a key came into effect or is no longer.
    keys: BTreeSet<(&'a str, Option<&'a str>)>,
}

impl<'a> Changed<'a> {
    fn of(findings: &'a [Finding]) -> Self {
        let mut changed = Self::default();
        for change in findings.iter().map(|it| &it.change) {
            let Some(Row { table, name }) = &change.row else {
                continue;
            };
            if !matches!(change.kind, Kind::ApiLinkChanged(_)) {
                changed.rows.insert((*table, name));
            }
            if let Kind::KeyGained(it) | Kind::KeyLost(it) = &change.kind {
                let none = it.on.is_empty().then_some(None);
                let types = it.on.iter().map(|on| Some(on.as_str())).chain(none);
                changed.keys.extend(types.map(|on| (name.as_str(), on)));
            }
        }
        changed
    }
}

/// The table of a module, with its filters, below its heading; nothing where there is no action.
pub(super) fn table(pair: &Pair<'_>, findings: &[Finding]) -> Markup {
    let changed = Changed::of(findings);
    let columns: BTreeSet<_> = types(pair.old).chain(types(pair.new)).collect();
    let mut rows: BTreeMap<&str, [Option<&Action>; 2]> = BTreeMap::new();
    for (index, state) in [pair.old, pair.new].into_iter().enumerate() {
        for (name, action) in state.into_iter().flat_map(|it| &it.actions) {
            rows.entry(name).or_default()[index] = Some(action);
        }
    }
    if rows.is_empty() {
        return html! {};
    }
    let table = id(&[pair.module, "table"]);
    let heading = id(&[pair.module, "actions"]);
    html! {
        h3 id=(heading) { "Actions and resource types" }
        (legend())
        // without a script there is nothing to filter with
        div.controls hidden role="group" aria-labelledby=(heading) data-table=(table) {
            label { "Action " input type="search" autocomplete="off" spellcheck="false" placeholder="part of a name"; }
            label { input type="checkbox"; " changed only" }
            output {}
        }
        // keyboards scroll it where it does not fit
        div.scroll.matrix tabindex="0" role="region" aria-label={ "Table of " (pair.module) } {
            table id=(table) aria-labelledby=(heading) {
                thead {
                    tr {
                        th.corner scope="col" { "Action" }
                        @for name in &columns { (column(*name, pair, &changed)) }
                    }
                }
                tbody {
                    @for (name, states) in rows { (row(pair.module, name, states, &columns, &changed)) }
                }
            }
        }
    }
}

/// What letters, colours and marks mean.
fn legend() -> Markup {
    html! {
        dl.legend {
            @for level in AccessLevel::ALL {
                div { dt { (letter(*level)) } dd { (level.as_str()) } }
            }
            div { dt { (required()) } dd { "required" } }
            div { dt { (permission_only()) } dd { "permission only: no operation of its own" } }
            @for mark in [Mark::Added, Mark::Removed, Mark::Changed] {
                div { dt class=[mark.class()] { (mark.sign()) } dd { (mark.class().unwrap_or_default()) } }
            }
            div { dt { (keys()) } dd { "other condition keys in effect" } }
        }
    }
}

/// The columns that a state needs: the resource types of its table, those that its actions name, and
/// none where an action has none.
fn types(service: Option<&Service>) -> impl Iterator<Item = Option<&str>> {
    service.into_iter().flat_map(|service| {
        let table = service.resource_types.keys();
        let of_actions = service.actions.values().flat_map(|it| &it.resources);
        let none = service.actions.values().any(|it| it.resources.is_empty());
        let named = table.chain(of_actions.map(|it| &it.resource_type));
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
    let mark = Mark::of(has(pair.old), has(pair.new), is_changed);
    let mut states = [pair.new, pair.old].into_iter().flatten();
    let arn = states.find_map(|it| Some(&it.resource_types.get(name)?.arn));
    html! {
        th scope="col" class=[mark.class()] title=[arn] { span { (mark.sign()) (struck(name, mark)) } }
    }
}

fn row(
    module: &str,
    name: &str,
    [old, new]: [Option<&Action>; 2],
    columns: &BTreeSet<Option<&str>>,
    changed: &Changed<'_>,
) -> Markup {
    let is_changed = changed.rows.contains(&(Table::Actions, name));
    let mark = Mark::of(old.is_some(), new.is_some(), is_changed);
    let action = new.or(old);
    // a snapshot may come from anywhere: no other scheme is a link
    let link = action.and_then(|it| it.api.as_deref());
    let link = link.filter(|link| link.starts_with("https://"));
    html! {
        tr id=(id(&[module, "action", name])) class=[mark.class()] {
            th scope="row" {
                (mark.sign())
                @match link {
                    Some(link) => a.name href=(link) { (struck(name, mark)) },
                    None => span.name { (struck(name, mark)) },
                }
                @if action.is_some_and(|it| it.permission_only) { " " (permission_only()) }
            }
            @for column in columns {
                (cell([old, new], *column, changed.keys.contains(&(name, *column))))
            }
        }
    }
}

/// What an action does to a resource type, in both states.
fn cell(states: [Option<&Action>; 2], column: Option<&str>, keys_changed: bool) -> Markup {
    let [was, is] = states.map(|action| {
        let action = action?;
        let mut resources = action.resources.iter();
        let required = match column {
            None => action.resources.is_empty().then_some(false),
            Some(name) => resources
                .find(|it| it.resource_type == name)
                .map(|it| it.required),
        };
        Some((&action.access_levels, required?))
    });
    let Some((levels, is_required)) = is.or(was) else {
        return html! { td {} };
    };
    let (before, was_required) = was.unwrap_or((levels, is_required));
    let in_both = was.is_some() && is.is_some();
    let keys_changed = in_both && keys_changed;
    let required_mark = Mark::of(was_required, is_required, false);
    let differs = before != levels || was_required != is_required || keys_changed;
    let mark = Mark::of(was.is_some(), is.is_some(), differs);
    html! {
        td class=[mark.class()] {
            (mark.sign())
            @for level in before.union(levels) {
                @let of_level = Mark::of(before.contains(level), levels.contains(level), false);
                (if mark == Mark::Removed { mark } else { of_level }.on(letter(*level)))
            }
            @if before.is_empty() && levels.is_empty() { abbr title="no access level" { "?" } }
            @if was_required || is_required { (required_mark.on(required())) }
            @if keys_changed { (keys()) }
        }
    }
}

/// An access level: its letter on its colour.
fn letter(level: AccessLevel) -> Markup {
    let name = level.as_str();
    let word = name.split(' ').next().unwrap_or(name).to_ascii_lowercase();
    html! { abbr class={ "level " (word) } title=(name) { (name[..1]) } }
}

/// A name that may be broken before its words, `Get`, `Agent`, `Alias`; struck through where it is no
/// longer there.
fn struck(name: &str, mark: Mark) -> Markup {
    let mut start = 0;
    let begins = name.char_indices().zip(name.chars().skip(1));
    let begins = begins.filter(|((_, before), it)| before.is_lowercase() && it.is_uppercase());
    let ends = begins.map(|((at, before), _)| at + before.len_utf8());
    let ends: Vec<_> = ends.chain([name.len()]).collect();
    let broken = html! {
        @for end in ends {
            @if start > 0 { wbr; }
            (name[std::mem::replace(&mut start, end)..end])
        }
    };
    if mark == Mark::Removed {
        mark.on(broken)
    } else {
        broken
    }
}

fn required() -> Markup {
    html! { abbr.required title="required" { "*" } }
}

fn permission_only() -> Markup {
    html! { abbr.only title="permission only" { "p/o" } }
}

fn keys() -> Markup {
    html! { abbr.keys title="other condition keys in effect" { "k" } }
}
