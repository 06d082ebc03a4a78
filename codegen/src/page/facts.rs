//! Reading of a page's facts from its tables.

use std::collections::BTreeMap;

use iam_policy::wire::{
    ActionFacts, AuthorizedAction, ConditionKey, Facts, Locale, Operation, RequiredType,
    ResourceType, Scenario, TextKind, Use,
};

use super::links::Links;
use crate::error::{Error, Result, quoted};
use crate::labels::{Labels, is_bracket};
use crate::tables::layout::{Column, SectionKind};
use crate::tables::{Cell, Item, Row, Section, Tables, folded, without_space};
use crate::words::counted;

/// Reads the facts in a page's tables. If the English page is given, names are taken from its rows
/// with the same anchors.
///
/// # Errors
/// Returns [`Error`] if a label is unknown, or a row has no name or an invalid one.
pub(super) fn read(tables: &Tables, labels: &Labels, english: Option<&Tables>) -> Result<Facts> {
    let links = Links::new(tables, english)?;
    let mut facts = Facts {
        page: checked(TextKind::Page, tables.page.clone())?,
        locale: tables.locale,
        prefix: checked(TextKind::Prefix, tables.prefix.clone())?,
        service: checked(TextKind::Other, service_name(tables))
            .map_err(|error| error.within("heading"))?,
        actions: BTreeMap::new(),
        resource_types: BTreeMap::new(),
        condition_keys: BTreeMap::new(),
        operations: Vec::new(),
    };
    for section in &tables.sections {
        let mut reading = Reading {
            section,
            labels,
            links: &links,
            facts: &mut facts,
        };
        reading
            .section()
            .map_err(|error| error.within(section.kind.name()))?;
    }
    Ok(facts)
}

/// Returns a text that consists of the characters of its kind.
fn checked(kind: TextKind, text: String) -> Result<String> {
    kind.check(&text)?;
    Ok(text)
}

/// Returns the service's name: the heading without the words that all English headings begin with.
/// The heading of a localized page is used whole, unless its first paragraph begins with the name.
fn service_name(tables: &Tables) -> String {
    const BEFORE: &str = "Actions, resources, and condition keys for ";
    let heading = tables.heading.as_str();
    let name = if tables.locale == Locale::EnUs {
        heading.strip_prefix(BEFORE)
    } else {
        None
    };
    tables
        .service
        .as_deref()
        .or(name)
        .unwrap_or(heading)
        .to_owned()
}

struct Reading<'a> {
    section: &'a Section,
    labels: &'a Labels,
    links: &'a Links,
    facts: &'a mut Facts,
}

impl Reading<'_> {
    fn section(&mut self) -> Result<()> {
        let Some(table) = &self.section.table else {
            return Ok(());
        };
        let mut entry = String::new();
        for (index, row) in table.rows().enumerate() {
            let result = match self.section.kind {
                SectionKind::Operations => self.operation(row),
                SectionKind::Actions | SectionKind::PermissionOnlyActions => {
                    self.action(row, &mut entry)
                }
                SectionKind::ResourceTypes => self.resource_type(row),
                SectionKind::ConditionKeys => self.condition_key(row),
            };
            result.map_err(|error| {
                error.within(format!(
                    "row {} {}",
                    index + 1,
                    quoted(&row.cell(Column::Name).text())
                ))
            })?;
        }
        Ok(())
    }

    fn action(&mut self, row: Row<'_>, entry: &mut String) -> Result<()> {
        if row.is_fresh(Column::Name) {
            let name = action_name(row.cell(Column::Name), self.links)?;
            let permission_only = self.section.kind == SectionKind::PermissionOnlyActions
                || self.labels.is_permission_only(&name.mark)?;
            let action = self.facts.actions.entry(name.name.clone()).or_default();
            action.permission_only |= permission_only;
            if action.api.is_none() {
                action.api = name.href.filter(|href| !href.is_empty());
                action
                    .api
                    .iter()
                    .try_for_each(|href| TextKind::Other.check(href))?;
            }
            *entry = name.name;
        }
        let resource_types = self.resource_types(row.cell(Column::ResourceTypes))?;
        let condition_keys = self.keys(row.cell(Column::ConditionKeys))?;
        let dependent_actions = self.authorized_actions(row.cell(Column::DependentActions))?;
        let action = self.facts.actions.entry(entry.clone()).or_default();
        // a further row of an action with its own description is a scenario: `SCENARIO: …`
        if !row.is_fresh(Column::Name) && row.is_fresh(Column::Description) {
            let name = scenario_name(row.cell(Column::Description));
            let name = checked(TextKind::Other, name)?;
            let resource_types = resource_types
                .into_iter()
                .map(|(resource_type, required)| RequiredType {
                    resource_type,
                    required,
                })
                .collect();
            action.scenarios.push(Scenario {
                name,
                resource_types,
                condition_keys,
            });
            return Ok(());
        }
        if row.is_fresh(Column::AccessLevel) {
            action.access_levels.extend(
                self.labels
                    .access_levels(&row.cell(Column::AccessLevel).text())?,
            );
        }
        add_uses(action, resource_types, condition_keys, dependent_actions);
        Ok(())
    }

    /// Returns the resource types in a cell, each with whether a star marks it as required.
    fn resource_types(&self, cell: &Cell) -> Result<Vec<(String, bool)>> {
        let mut listed = Vec::new();
        for item in cell.items() {
            let bare = item.text.trim_end_matches(['*', '＊']);
            let required = bare.len() < item.text.len();
            let name = self
                .links
                .resource_type(bare.trim_end(), item.href.as_deref());
            listed.push((checked(TextKind::ResourceType, name)?, required));
        }
        Ok(listed)
    }

    /// Returns the actions in a cell, with their prefixes. Links to anchors identify actions of the page.
    fn authorized_actions(&self, cell: &Cell) -> Result<Vec<String>> {
        let action = |item: Item| {
            let shown = without_space(&item.text);
            let id = item.href.as_deref().and_then(|href| href.strip_prefix('#'));
            let own = self.links.own_action(id, &shown)?;
            let name = own.map_or(shown, |name| format!("{}:{name}", self.facts.prefix));
            checked(TextKind::FullAction, name)
        };
        cell.items().into_iter().map(action).collect()
    }

    fn keys(&self, cell: &Cell) -> Result<Vec<String>> {
        let key = |item: Item| {
            let name = without_space(&item.text);
            let name = self.links.condition_key(&name, item.href.as_deref());
            checked(TextKind::ConditionKey, name)
        };
        cell.items().into_iter().map(key).collect()
    }

    fn resource_type(&mut self, row: Row<'_>) -> Result<()> {
        let name = self
            .links
            .resource_type_of_row(row.cell(Column::Name), row.cell(Column::Arn));
        let name = checked(TextKind::ResourceType, name)?;
        let arn = without_space(&row.cell(Column::Arn).text());
        if arn.is_empty() {
            return Err(Error::new("no ARN", "an ARN template"));
        }
        let condition_keys = self.keys(row.cell(Column::ConditionKeys))?;
        self.facts.resource_types.insert(
            name,
            ResourceType {
                arn: checked(TextKind::Other, arn)?,
                condition_keys,
            },
        );
        Ok(())
    }

    fn condition_key(&mut self, row: Row<'_>) -> Result<()> {
        let name = self.links.key_of_row(row.cell(Column::Name));
        if !name.contains(':') {
            return Err(Error::new(
                format!("the condition key {}", quoted(&name)),
                "a key with its namespace, such as `aws:TagKeys`",
            ));
        }
        let name = checked(TextKind::ConditionKey, name)?;
        let value_type = self
            .labels
            .value_type(&row.cell(Column::ValueType).text())?;
        let value_type = checked(TextKind::Other, value_type)?;
        self.facts
            .condition_keys
            .insert(name, ConditionKey { value_type });
        Ok(())
    }

    fn operation(&mut self, row: Row<'_>) -> Result<()> {
        if row.is_fresh(Column::Name) {
            let operation = without_space(&row.cell(Column::Name).text());
            let sdk = row.cell(Column::Client).text();
            let sdk = (!sdk.is_empty()).then_some(sdk);
            self.facts.operations.push(Operation {
                operation: checked(TextKind::Operation, operation)?,
                sdk: sdk
                    .map(|sdk| checked(TextKind::SdkClient, sdk))
                    .transpose()?,
                actions: Vec::new(),
            });
        }
        let authorized = match row.is_fresh(Column::Action) {
            true => self.authorized_actions(row.cell(Column::Action))?,
            false => Vec::new(),
        };
        let Some(operation) = self.facts.operations.last_mut() else {
            return Err(Error::new("no name", "the name of an operation"));
        };
        for action in authorized {
            if !action.contains(':') {
                return Err(Error::new(quoted(&action), "an action with its prefix"));
            }
            operation.actions.push(AuthorizedAction {
                action,
                context: BTreeMap::new(),
            });
        }
        let keys = row.cell(Column::ContextKey).items().into_iter();
        let keys = keys.map(|it| checked(TextKind::ConditionKey, without_space(&it.text)));
        let keys = keys.collect::<Result<Vec<_>>>()?;
        let values = row.cell(Column::ContextValues).items().into_iter();
        let values = values.map(|it| checked(TextKind::Other, it.text));
        let values = values.collect::<Result<Vec<_>>>()?;
        let last = operation.actions.last_mut();
        match (keys.as_slice(), last) {
            ([], _) if values.is_empty() => {}
            ([key], Some(last)) => last.context.entry(key.clone()).or_default().extend(values),
            // several keys: the first value belongs to the first key, and so on
            (keys, Some(last)) if keys.len() == values.len() => {
                for (key, value) in keys.iter().zip(values) {
                    last.context.entry(key.clone()).or_default().push(value);
                }
            }
            _ => {
                return Err(Error::new(
                    format!(
                        "{} with {}",
                        counted(keys.len(), "key"),
                        counted(values.len(), "value")
                    ),
                    "one key, or one value for each key",
                ));
            }
        }
        Ok(())
    }
}

/// Returns a scenario's name: its description without the label, which is bold.
fn scenario_name(cell: &Cell) -> String {
    let label = cell.runs.iter().any(|run| run.bold);
    let text: Vec<_> = cell
        .runs
        .iter()
        .filter(|run| !run.bold)
        .map(|run| run.text.as_str())
        .collect();
    let text = folded(&text.join(" "));
    match text.split_once([':', '：']) {
        Some((_, name)) if !label => name.trim().to_owned(),
        _ => text,
    }
}

fn add_uses(
    action: &mut ActionFacts,
    resource_types: Vec<(String, bool)>,
    keys: Vec<String>,
    dependents: Vec<String>,
) {
    if resource_types.is_empty() && (!keys.is_empty() || !dependents.is_empty()) {
        action.uses.push(Use {
            condition_keys: keys,
            dependent_actions: dependents,
            ..Use::default()
        });
        return;
    }
    for (resource_type, required) in resource_types {
        action.uses.push(Use {
            resource_type: Some(resource_type),
            required: Some(required),
            condition_keys: keys.clone(),
            dependent_actions: dependents.clone(),
        });
    }
}

/// The parts of an action's name cell.
pub(crate) struct ActionName {
    pub(crate) name: String,
    /// The target of the name's link.
    pub(crate) href: Option<String>,
    /// The mark next to the name.
    pub(crate) mark: String,
}

/// Splits an action's name cell, such as `Name [permission only]`, into its parts.
pub(crate) fn action_name(cell: &Cell, links: &Links) -> Result<ActionName> {
    let linked = cell.runs.iter().position(|run| run.href.is_some());
    let text = cell.text();
    // without a link, the name is the first word; the mark may be in the link, or follow the name
    // without a space
    let (shown, mark) = match linked {
        Some(at) => {
            let link = cell.runs[at].text.as_str();
            let (shown, mark) = link.split_at(link.find(is_bracket).unwrap_or(link.len()));
            let others = cell
                .runs
                .iter()
                .enumerate()
                .filter(|(index, _)| *index != at)
                .map(|(_, run)| run.text.as_str());
            (
                without_space(shown),
                folded(
                    &std::iter::once(mark)
                        .chain(others)
                        .collect::<Vec<_>>()
                        .join(" "),
                ),
            )
        }
        None => {
            let (name, mark) = text.split_at(
                text.find(|c| c == ' ' || is_bracket(c))
                    .unwrap_or(text.len()),
            );
            (name.to_owned(), mark.to_owned())
        }
    };
    let name = links
        .own_action(cell.anchor.as_deref(), &shown)?
        .unwrap_or(&shown)
        .to_owned();
    Ok(ActionName {
        name: checked(TextKind::Action, name)?,
        href: linked.and_then(|at| cell.runs[at].href.clone()),
        mark,
    })
}
