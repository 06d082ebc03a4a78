//! The table of actions (rows) and resource types (columns), with both states in one table: removed
//! actions and resource types are marked.
//!
//! The page contains the table as JSON. The script builds it when it is opened, because hundreds of
//! services have more cells than a browser can lay out at once.

use std::collections::{BTreeMap, BTreeSet};

use codegen::changes::{Finding, Kind, Table};
use codegen::words::counted;
use iam_policy::wire::{AccessLevel, Action, Service};
use maud::{Markup, PreEscaped, html};
use serde::Serialize;

use super::id;
use crate::states::Pair;

/// The change of something between the states: a sign, because colour alone is not accessible.
type Mark = Option<&'static str>;

const CHANGED: Mark = Some("~");
const ADDED: Mark = Some("+");
const REMOVED: Mark = Some("−");

fn mark(was: bool, is: bool, changed: bool) -> Mark {
    match (was, is) {
        (false, _) => ADDED,
        (true, false) => REMOVED,
        (true, true) => CHANGED.filter(|_| changed),
    }
}

/// The rows and cells that changes concern.
#[derive(Default)]
struct Changed<'a> {
    /// Changed rows; a changed link does not count.
    rows: BTreeSet<(Table, &'a str)>,
    /// The keys that pairs (action, resource type) gained and lost, each with its sign.
    keys: BTreeMap<(&'a str, Option<&'a str>), Vec<String>>,
}

impl<'a> Changed<'a> {
    fn of(findings: &'a [Finding]) -> Self {
        let mut changed = Self::default();
        for change in findings.iter().map(|it| &it.change) {
            let Some(row) = &change.row else { continue };
            let key = match &change.kind {
                Kind::KeyGained(it) => Some((ADDED, it)),
                Kind::KeyLost(it) => Some((REMOVED, it)),
                _ => None,
            };
            if let Some((sign, it)) = key {
                let none = it.on.is_empty().then_some(None);
                let types = it.on.iter().map(|on| Some(on.as_str())).chain(none);
                for on in types {
                    let keys = changed.keys.entry((&row.name, on)).or_default();
                    keys.push(format!("{} {}", sign.unwrap_or_default(), it.condition_key));
                }
            }
            if !matches!(change.kind, Kind::ApiLinkChanged(_)) {
                changed.rows.insert((row.table, &row.name));
            }
        }
        changed
    }
}

/// The table as the script reads it.
#[derive(Serialize)]
struct Matrix<'a> {
    /// The common beginning of all links.
    links: &'a str,
    columns: Vec<Column<'a>>,
    rows: Vec<Row<'a>>,
}

/// A resource type; without a name, the column of actions without resource types.
#[derive(Serialize)]
struct Column<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Mark,
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<&'a str>,
}

/// An action.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Mark,
    /// The rest of its link.
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    permission_only: bool,
    /// The letters of its access levels; of a removed action, those that it had.
    levels: String,
    /// The letters before, if they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    cells: Vec<Cell<'a>>,
}

/// The number of the column, its use by the action before and now (0: none, 1: optional, 2: required),
/// and the condition keys that came into effect or lost their effect.
#[derive(Serialize)]
struct Cell<'a>(
    usize,
    u8,
    u8,
    #[serde(skip_serializing_if = "<[String]>::is_empty")] &'a [String],
);

/// Renders the table of a module, closed unless `open`; nothing if the module has no actions.
pub(super) fn table(pair: &Pair<'_>, findings: &[Finding], open: bool) -> Markup {
    let changed = Changed::of(findings);
    let columns: BTreeSet<_> = types(pair.old).chain(types(pair.new)).collect();
    let actions = [pair.old, pair.new].map(|it| it.map(|it| &it.actions));
    let names = actions.into_iter().flatten().flat_map(BTreeMap::keys);
    let names: BTreeSet<_> = names.collect();
    let states = names.iter().map(|name| actions.map(|it| it?.get(*name)));
    let links = states.clone().filter_map(|it| link(it));
    let links = links.reduce(common_start).unwrap_or_default();
    let rows = names.iter().zip(states);
    let rows: Vec<_> = rows
        .map(|(name, states)| row(name, states, links, &columns, &changed))
        .collect();
    let marked = rows.iter().filter(|row| row.mark.is_some()).count();
    let heading = format!(
        "Table: {marked} of {} changed",
        counted(rows.len(), "action")
    );
    let matrix = Matrix {
        links,
        columns: columns
            .iter()
            .map(|it| column(*it, pair, &changed))
            .collect(),
        rows,
    };
    html! {
        @if !names.is_empty() {
            details.table id=(id(&[pair.module, "table"])) data-name=(pair.module) open[open] {
                summary { (heading) }
                p { "The table requires JavaScript. The lists on this page contain all changes." }
                script type="application/json" { (json(&matrix)) }
            }
        }
    }
}

/// Returns data as the content of a script element, which it cannot end.
fn json(data: &impl Serialize) -> PreEscaped<String> {
    // cannot fail: the keys of all maps are text
    let text = serde_json::to_string(data).unwrap_or_default();
    PreEscaped(text.replace('<', "\\u003c"))
}

/// Renders the legend of letters, colours and marks, from which the script copies them.
pub(super) fn legend() -> Markup {
    let abbr = |class: &str, title: &str, text: &str| {
        html! { abbr class=(class) title=(title) { (text) } }
    };
    html! {
        template id="legend" {
            p.legend {
                @for level in AccessLevel::ALL {
                    @let name = level.as_str();
                    @let word = name.split(' ').next().unwrap_or(name).to_ascii_lowercase();
                    span { (abbr(&format!("level {word}"), name, letter(*level))) " " (name) }
                }
                span { (abbr("level", "no access level", "?")) " no access level" }
                span { (abbr("required", "required", "*")) " required" }
                span { (abbr("only", "permission only: no operation of its own", "p/o")) " permission only" }
                span { (abbr("keys", "other condition keys in effect", "k")) " other condition keys in effect: open it to see them" }
                @for (word, sign) in [("added", ADDED), ("removed", REMOVED), ("changed", CHANGED)] {
                    span class=(word) { (abbr("sign", word, sign.unwrap_or_default())) " " (word) }
                }
            }
        }
    }
}

fn letter(level: AccessLevel) -> &'static str {
    level.as_str().get(..1).unwrap_or_default()
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

fn column<'a>(name: Option<&'a str>, pair: &Pair<'a>, changed: &Changed<'_>) -> Column<'a> {
    let has = |service| name.is_none() || types(service).any(|it| it == name);
    let is_changed = name.is_some_and(|it| changed.rows.contains(&(Table::ResourceTypes, it)));
    let mut states = [pair.new, pair.old].into_iter().flatten();
    Column {
        name,
        mark: mark(has(pair.old), has(pair.new), is_changed),
        arn: states.find_map(|it| Some(it.resource_types.get(name?)?.arn.as_str())),
    }
}

/// Returns the link of an action to its documentation.
fn link([old, new]: [Option<&Action>; 2]) -> Option<&str> {
    let link = new.or(old)?.api.as_deref();
    // snapshots are not trusted: only this scheme becomes a link
    link.filter(|link| link.starts_with("https://"))
}

fn common_start<'a>(one: &'a str, other: &'a str) -> &'a str {
    let same = one.char_indices().zip(other.chars());
    let end = same.take_while(|((_, a), b)| a == b);
    let end = end.last().map_or(0, |((at, last), _)| at + last.len_utf8());
    one.get(..end).unwrap_or_default()
}

fn row<'a>(
    name: &'a str,
    states: [Option<&'a Action>; 2],
    links: &str,
    columns: &BTreeSet<Option<&'a str>>,
    changed: &'a Changed<'a>,
) -> Row<'a> {
    let [old, new] = states;
    let is_changed = changed.rows.contains(&(Table::Actions, name));
    let levels = |action: Option<&Action>| -> Option<String> {
        let levels = action?.access_levels.iter();
        Some(levels.map(|level| letter(*level)).collect())
    };
    let (before, now) = (levels(old), levels(new));
    let cell = |(index, column): (usize, &Option<&'a str>)| {
        let [was, is] = states.map(|action| usage(action, *column));
        // keys of a pair that was added or removed are not changed
        let keys = changed
            .keys
            .get(&(name, *column))
            .filter(|_| was > 0 && is > 0);
        let keys = keys.map_or(&[][..], Vec::as_slice);
        (was > 0 || is > 0).then_some(Cell(index, was, is, keys))
    };
    Row {
        name,
        mark: mark(old.is_some(), new.is_some(), is_changed),
        link: link(states).and_then(|it| it.strip_prefix(links)),
        permission_only: new.or(old).is_some_and(|it| it.permission_only),
        before: before
            .clone()
            .filter(|it| now.as_ref().is_some_and(|now| it != now)),
        levels: now.or(before).unwrap_or_default(),
        cells: columns.iter().enumerate().filter_map(cell).collect(),
    }
}

/// Returns how an action uses a resource type: 0 if not at all, 2 if it is required, otherwise 1.
fn usage(action: Option<&Action>, column: Option<&str>) -> u8 {
    let Some(action) = action else { return 0 };
    let Some(name) = column else {
        return u8::from(action.resources.is_empty());
    };
    let mut resources = action.resources.iter();
    let used = resources.find(|it| it.resource_type == name);
    used.map_or(0, |it| 1 + u8::from(it.required))
}
