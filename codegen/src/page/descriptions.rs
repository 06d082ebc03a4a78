//! Descriptions from the reference, for users' own builds only; they must never be committed.

use std::collections::BTreeMap;

use super::facts::action_name;
use super::links::Links;
use crate::error::Result;
use crate::tables::Tables;
use crate::tables::layout::{Column, SectionKind};

/// The descriptions of actions and condition keys, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Descriptions {
    /// Descriptions of actions.
    pub actions: BTreeMap<String, String>,
    /// Descriptions of condition keys.
    pub condition_keys: BTreeMap<String, String>,
}

/// Reads the descriptions of a page.
///
/// # Errors
/// Returns [`Error`](crate::Error) if the name of an action is not valid.
pub fn read(tables: &Tables) -> Result<Descriptions> {
    let links = Links::new(tables, None)?;
    let mut descriptions = Descriptions::default();
    for section in &tables.sections {
        for row in section
            .table
            .iter()
            .flat_map(|table| table.rows())
            .filter(|row| row.is_fresh(Column::Name))
        {
            let text = row.cell(Column::Description).text();
            match section.kind {
                SectionKind::Actions | SectionKind::PermissionOnlyActions => {
                    descriptions
                        .actions
                        .entry(action_name(row.cell(Column::Name), &links)?.name)
                        .or_insert(text);
                }
                SectionKind::ConditionKeys => {
                    descriptions
                        .condition_keys
                        .insert(links.key_of_row(row.cell(Column::Name)), text);
                }
                SectionKind::Operations | SectionKind::ResourceTypes => {}
            }
        }
    }
    Ok(descriptions)
}
