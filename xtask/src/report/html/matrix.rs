//! Actions against resource types, both states in one table.

use std::collections::{BTreeMap, BTreeSet};

use codegen::changes::{Change, Table};
use codegen::model::{AccessLevel, Action, Service};

/// What became of something from the old state to the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It is in both, unchanged.
    Same,
    /// It is in both, and something of it changed.
    Changed,
    /// It is in the new state only.
    Added,
    /// It is in the old state only.
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

    /// The class that the stylesheet knows it by.
    pub(super) const fn class(self) -> Option<&'static str> {
        match self {
            Self::Same => None,
            Self::Changed => Some("changed"),
            Self::Added => Some("added"),
            Self::Removed => Some("removed"),
        }
    }
}

/// The table: what removed actions and resource types were stays in it, marked.
#[derive(Debug)]
pub(super) struct Matrix<'a> {
    /// The resource types, after a first column for "no resource type" where it is needed.
    pub(super) columns: Vec<Column<'a>>,
    /// The actions by name.
    pub(super) rows: Vec<Row<'a>>,
}

/// A resource type.
#[derive(Debug)]
pub(super) struct Column<'a> {
    /// Its name; none for actions that take no resource type.
    pub(super) resource_type: Option<&'a str>,
    /// The template of its ARNs, if the table of resource types has it.
    pub(super) arn: Option<&'a str>,
    /// What became of it.
    pub(super) mark: Mark,
}

/// An action.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// Its name.
    pub(super) name: &'a str,
    /// What is known of it: in the new state, or else in the old one.
    pub(super) action: &'a Action,
    /// What became of it; a link that leads elsewhere is no change of it.
    pub(super) mark: Mark,
    /// One for each column.
    pub(super) cells: Vec<Option<Cell>>,
}

/// What an action does to a resource type.
#[derive(Debug)]
pub(super) struct Cell {
    /// What became of the pair.
    pub(super) mark: Mark,
    /// The access levels, those that were lost among them.
    pub(super) levels: Vec<(AccessLevel, Mark)>,
    /// Whether the resource type is required, or was where the pair is no longer there.
    pub(super) required: bool,
    /// Whether it became required or optional.
    pub(super) required_changed: bool,
    /// Whether other condition keys are in effect.
    pub(super) keys_changed: bool,
}

impl<'a> Matrix<'a> {
    /// Lays both states over each other; either may be missing.
    pub(super) fn of(
        old: Option<&'a Service>,
        new: Option<&'a Service>,
        changes: impl IntoIterator<Item = &'a Change>,
    ) -> Self {
        let changed = Changed::of(changes);
        let types: BTreeSet<_> = types(old).chain(types(new)).collect();
        let columns: Vec<_> = types
            .into_iter()
            .map(|name| column(name, old, new, &changed))
            .collect();
        let actions = |service: Option<&'a Service>| service.into_iter().flat_map(|it| &it.actions);
        let mut pairs: BTreeMap<_, (Option<&Action>, Option<&Action>)> = BTreeMap::new();
        for (name, action) in actions(old) {
            pairs.entry(name.as_str()).or_default().0 = Some(action);
        }
        for (name, action) in actions(new) {
            pairs.entry(name.as_str()).or_default().1 = Some(action);
        }
        let rows = pairs.into_iter().filter_map(|(name, (old, new))| {
            let cells = columns
                .iter()
                .map(|column| cell(name, column.resource_type, old, new, &changed));
            Some(Row {
                name,
                action: new.or(old)?,
                mark: Mark::of(old.is_some(), new.is_some(), changed.actions.contains(name)),
                cells: cells.collect(),
            })
        });
        Self {
            rows: rows.collect(),
            columns,
        }
    }
}

/// The rows that changes are about.
struct Changed<'a> {
    actions: BTreeSet<&'a str>,
    types: BTreeSet<&'a str>,
    /// Pairs for which a key came into effect or is no longer.
    keys: BTreeSet<(&'a str, Option<&'a str>)>,
}

impl<'a> Changed<'a> {
    fn of(changes: impl IntoIterator<Item = &'a Change>) -> Self {
        let mut changed = Self {
            actions: BTreeSet::new(),
            types: BTreeSet::new(),
            keys: BTreeSet::new(),
        };
        for change in changes {
            match (change, change.subject()) {
                (Change::ApiLinkChanged { .. }, _) => {}
                (_, Some((Table::Actions, name))) => {
                    changed.actions.insert(name);
                }
                (_, Some((Table::ResourceTypes, name))) => {
                    changed.types.insert(name);
                }
                _ => {}
            }
            if let Change::KeyGained { action, on, .. } | Change::KeyLost { action, on, .. } =
                change
            {
                let none = on.is_empty().then_some(None);
                let some = on.iter().map(|name| Some(name.as_str()));
                let pairs = some.chain(none).map(|name| (action.as_str(), name));
                changed.keys.extend(pairs);
            }
        }
        changed
    }
}

/// The columns that a state needs: the resource types of its table, those that its actions name, and
/// none where an action has none.
fn types(service: Option<&Service>) -> impl Iterator<Item = Option<&str>> {
    service.into_iter().flat_map(|service| {
        let table = service.resource_types.keys().map(String::as_str).map(Some);
        table.chain(service.actions.values().flat_map(of_action))
    })
}

/// The columns that an action has a cell in.
fn of_action(action: &Action) -> impl Iterator<Item = Option<&str>> {
    let none = action.resources.is_empty().then_some(None);
    let some = action
        .resources
        .iter()
        .map(|resource| Some(resource.resource_type.as_str()));
    none.into_iter().chain(some)
}

fn column<'a>(
    name: Option<&'a str>,
    old: Option<&'a Service>,
    new: Option<&'a Service>,
    changed: &Changed<'_>,
) -> Column<'a> {
    let has = |service| types(service).any(|it| it == name);
    let arn = |service: Option<&'a Service>| Some(service?.resource_types.get(name?)?.arn.as_str());
    Column {
        resource_type: name,
        arn: arn(new).or(arn(old)),
        mark: match name {
            // that some action takes no resource type is no row of a table
            None => Mark::Same,
            Some(name) => Mark::of(has(old), has(new), changed.types.contains(name)),
        },
    }
}

fn cell(
    name: &str,
    resource_type: Option<&str>,
    old: Option<&Action>,
    new: Option<&Action>,
    changed: &Changed<'_>,
) -> Option<Cell> {
    let pair = |action: Option<&'_ Action>| {
        let action = action?;
        let required = match resource_type {
            None => action.resources.is_empty().then_some(false),
            Some(wanted) => {
                let resource = action
                    .resources
                    .iter()
                    .find(|it| it.resource_type == wanted);
                resource.map(|resource| resource.required)
            }
        };
        Some((action.access_levels.clone(), required?))
    };
    let (was, is) = (pair(old), pair(new));
    let (levels, required) = is.clone().or_else(|| was.clone())?;
    let before = was.as_ref().map_or(&levels, |(levels, _)| levels);
    let marked: Vec<_> = before
        .union(&levels)
        .map(|level| {
            let mark = Mark::of(before.contains(level), levels.contains(level), false);
            (*level, mark)
        })
        .collect();
    let in_both = was.is_some() && is.is_some();
    let required_changed = in_both && was.as_ref().is_some_and(|(_, was)| *was != required);
    let keys_changed = in_both && changed.keys.contains(&(name, resource_type));
    let differs = before != &levels || required_changed || keys_changed;
    Some(Cell {
        mark: Mark::of(was.is_some(), is.is_some(), differs),
        levels: marked,
        required,
        required_changed,
        keys_changed,
    })
}
