//! Findings in sentences: those that say the same of several rows become one line.

use serde_json::Value;

use super::calls::{self, Needs};
use super::change::Change;
use super::covering::{covering, together};
use super::finding::{Finding, Mark, MarkKind};
use super::headline::{Named, headline};
use super::meaning::meaning;
use super::renames::Rename;
use super::same;
use super::table::Table;
use super::verdict::Bump;
use super::wildcards::Coverage;
use super::words::{Sides, code, fit, most_power, own_and_others};

/// Where a line stands in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What touches security.
    Security,
    /// What went.
    Gone,
    /// Names that perhaps took another one's place.
    Renames,
    /// What changed of rows that stay.
    Changed,
    /// What came.
    New,
    /// Wildcards that deny and cover new actions.
    Wildcards,
    /// What no policy can tell: links and names.
    Links,
}

impl Section {
    /// Every section, in the order of a report.
    pub const ALL: [Self; 7] = [
        Self::Security,
        Self::Gone,
        Self::Renames,
        Self::Changed,
        Self::New,
        Self::Wildcards,
        Self::Links,
    ];

    /// Its heading.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Security => "Security",
            Self::Gone => "Gone",
            Self::Changed => "Changed",
            Self::New => "New",
            Self::Renames => "Perhaps renamed",
            Self::Wildcards => "Denied beforehand",
            Self::Links => "Names and links",
        }
    }
}

/// What a person reads of one change, or of several that say the same of several rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub section: Section,
    /// What changed; names stand in backticks.
    pub headline: String,
    /// What it means for somebody's policy.
    pub meaning: String,
    /// What it asks of the crate's version.
    pub bump: Bump,
    /// What of it touches security.
    pub security: Vec<Mark>,
    /// Every row that it is about, actions with their prefix; none of a guess or a wildcard.
    pub rows: Vec<String>,
    /// The headline with every row named.
    pub(super) full: String,
}

impl Line {
    /// The rows, if the headline had no room for all of them.
    pub fn more_rows(&self) -> Option<&[String]> {
        (!fit(self.rows.len())).then_some(self.rows.as_slice())
    }

    /// The headline with every row named, however many there are.
    pub fn full_headline(&self) -> &str {
        &self.full
    }
}

/// The row that a change is about, as sentences name it.
pub(super) fn rows(change: &Change, sides: Sides<'_>) -> Vec<String> {
    let row = change.subject().map(|(table, name)| match (table, change) {
        (Table::Actions, Change::ActionRemoved { .. }) => {
            format!("{}:{name}", sides.old_prefix())
        }
        (Table::Actions, _) => sides.full(name),
        _ => name.to_owned(),
    });
    row.into_iter().collect()
}

/// Findings, guesses and wildcards in sentences, in the order of the sections.
pub(super) fn lines(
    findings: &[Finding],
    renames: &[Rename],
    wildcards: &[Coverage],
    sides: Sides<'_>,
) -> Vec<Line> {
    let mut groups: Vec<(Value, Vec<&Finding>)> = Vec::new();
    for finding in findings {
        let shape = shape(finding, sides);
        // what concerns the service as a whole stands alone
        match groups.iter_mut().find(|(known, _)| *known == shape) {
            Some((_, group)) if finding.change.subject().is_some() => group.push(finding),
            _ => groups.push((shape, vec![finding])),
        }
    }
    // stable: among new actions those that do most come first
    groups.sort_by_key(|(_, group)| match &group[0].change {
        Change::ActionAdded { facts, .. } => {
            let change = &group[0].change;
            (change.rank(), u8::MAX - most_power(&facts.access_levels))
        }
        change => (change.rank(), 0),
    });
    groups.sort_by_key(|(_, group)| group[0].security.first().map(|mark| mark.kind));
    let grouped = groups.iter().map(|(_, group)| line(group, sides));
    let mut coverings: Vec<_> = together(wildcards)
        .iter()
        .map(|it| covering(it, sides))
        .collect();
    coverings.sort_by_key(|line| line.security.first().map(|mark| mark.kind));
    let mut lines: Vec<_> = grouped
        .chain(renames.iter().map(|it| renamed(it, sides)))
        .chain(coverings)
        .collect();
    lines.sort_by_key(|line| line.section);
    lines
}

fn line(group: &[&Finding], sides: Sides<'_>) -> Line {
    let first = group[0];
    let mut rows: Vec<_> = group
        .iter()
        .flat_map(|it| rows(&it.change, sides))
        .collect();
    // an operation stands once for each SDK client
    rows.dedup();
    let security = first.security.iter().cloned().map(|mark| match mark.kind {
        // said of an action: here of several
        MarkKind::PermissionsManagement | MarkKind::Sensitive | MarkKind::Suspected
            if rows.len() > 1 =>
        {
            let why = format!("each {}", mark.why);
            Mark { why, ..mark }
        }
        _ => mark,
    });
    Line {
        section: section(first),
        headline: headline(&first.change, &rows, Named::Few, sides),
        full: headline(&first.change, &rows, Named::All, sides),
        meaning: meaning(&first.change, &rows, !first.security.is_empty(), sides),
        bump: first.bump,
        security: security.collect(),
        rows,
    }
}

fn section(finding: &Finding) -> Section {
    if !finding.security.is_empty() {
        return Section::Security;
    }
    match &finding.change {
        Change::ServiceGone { .. }
        | Change::TableGone { .. }
        | Change::ActionRemoved { .. }
        | Change::ResourceTypeRemoved { .. }
        | Change::ConditionKeyRemoved { .. }
        | Change::OperationRemoved { .. } => Section::Gone,
        Change::ServiceAppeared { .. }
        | Change::TableAppeared { .. }
        | Change::ActionAdded { .. }
        | Change::ResourceTypeAdded { .. }
        | Change::ConditionKeyAdded { .. }
        | Change::OperationAdded { .. } => Section::New,
        Change::ServiceNameChanged { .. }
        | Change::PageChanged { .. }
        | Change::ApiLinkChanged { .. } => Section::Links,
        _ => Section::Changed,
    }
}

/// What a finding says but for the row that it says it of: findings of one shape make one line.
fn shape(finding: &Finding, sides: Sides<'_>) -> Value {
    let mut shape = serde_json::to_value(&finding.change).unwrap_or_default();
    let mut set = |field: &str, value: Option<Value>| {
        if let Some(fields) = shape.as_object_mut() {
            match value {
                Some(value) => fields.insert(field.to_owned(), value),
                None => fields.remove(field),
            };
        }
    };
    if let Some((table, _)) = finding.change.subject() {
        let field = match table {
            Table::Actions => "action",
            Table::ResourceTypes => "resource_type",
            Table::ConditionKeys => "condition_key",
            Table::Operations => "operation",
        };
        set(field, None);
    }
    match &finding.change {
        Change::ActionAdded { facts, .. } => {
            set("facts", serde_json::to_value(&facts.access_levels).ok());
        }
        Change::ActionRemoved { .. }
        | Change::ResourceTypeAdded { .. }
        | Change::ResourceTypeRemoved { .. } => set("facts", None),
        Change::ConditionKeyRemoved { facts, .. } => {
            let operators = super::absent::operators(&facts.value_type);
            set("facts", serde_json::to_value(operators).ok());
        }
        Change::OperationRemoved { operation, sdk, .. } => {
            set("needs", None);
            if !calls::is_elsewhere(sides.new, operation, sdk.as_deref()) {
                set("sdk", None);
            }
        }
        Change::OperationAdded {
            operation,
            needs,
            sdk,
        } => {
            if !calls::is_elsewhere(sides.old, operation, sdk.as_deref()) {
                set("sdk", None);
            }
            let needs = own_and_others(operation, needs, sides);
            set("needs", serde_json::to_value(needs).ok());
        }
        Change::OperationChanged {
            operation,
            sdk,
            gained,
            lost,
        } => {
            set("sdk", None);
            let needs = Needs::of((operation, sdk.as_deref()), gained, lost, sides);
            set("needs", serde_json::to_value(needs.shape()).ok());
        }
        Change::ApiLinkChanged { .. } => {
            set("old", None);
            set("new", None);
        }
        Change::ScopingGained { resource_types, .. }
        | Change::ScopingLost { resource_types, .. }
        | Change::ResourceTypesGained { resource_types, .. }
        | Change::ResourceTypesLost { resource_types, .. } => {
            let names = resource_types
                .iter()
                .map(|scope| scope.resource_type.as_str());
            let names: Vec<_> = names.collect();
            set("resource_types", serde_json::to_value(names).ok());
            set("meaning", same_arns(&finding.change, sides));
            set("condition_keys_before", None);
            set("condition_keys_now", None);
        }
        Change::KeyLost {
            everywhere: true, ..
        } => set("on", None),
        Change::KeyGained { everywhere, on, .. } if on.len() > 1 && *everywhere => set("on", None),
        Change::KeyGained { .. } => set("everywhere", None),
        Change::AccessLevelsChanged { action, .. } => {
            // the headline says both states
            let facts = sides.old.and_then(|it| it.actions.get(action));
            let levels = facts.map(|facts| &facts.access_levels);
            set("before", serde_json::to_value(levels).ok());
        }
        _ => {}
    }
    set("same", same::said(&finding.change, sides).map(Value::from));
    set("security", serde_json::to_value(&finding.security).ok());
    shape
}

/// Those of an action's resource types that mean something for policies.
fn same_arns(change: &Change, sides: Sides<'_>) -> Option<Value> {
    let types = match change {
        Change::ResourceTypesGained {
            action,
            resource_types,
        } => same::gained_scopes(action, resource_types, sides),
        Change::ResourceTypesLost {
            action,
            resource_types,
        } => same::lost_scopes(action, resource_types, sides),
        _ => return None,
    };
    serde_json::to_value(types).ok()
}

fn renamed(rename: &Rename, sides: Sides<'_>) -> Line {
    let (from, to) = match rename.table {
        Table::Actions => (
            format!("{}:{}", sides.old_prefix(), rename.from),
            sides.full(&rename.to),
        ),
        _ => (rename.from.clone(), rename.to.clone()),
    };
    let meaning = same::renamed(rename, &from, &to, sides);
    let headline = format!(
        "{} {} is perhaps {} now: names {} %, facts {} % alike",
        rename.table.row(),
        code(&from),
        code(&to),
        rename.names_alike,
        rename.facts_alike
    );
    Line {
        section: Section::Renames,
        full: headline.clone(),
        headline,
        meaning,
        bump: Bump::None,
        security: Vec::new(),
        rows: Vec::new(),
    }
}
