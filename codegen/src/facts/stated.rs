//! The labels that a page states, before their meanings are known.

use super::action_name::action_name;
use super::links::Links;
use crate::error::{Result, quoted};
use crate::layout::{Column, SectionKind};
use crate::table::Tables;

/// The labels of a page, each with what it is said of; their meanings are not known yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stated {
    /// Actions and the text of their access levels.
    pub(crate) levels: Vec<(String, String)>,
    /// Actions and the mark beside their names.
    pub(crate) marks: Vec<(String, String)>,
    /// Condition keys and the text of their types.
    pub(crate) types: Vec<(String, String)>,
}

/// Collects the labels of a page.
pub(crate) fn labels(tables: &Tables, english: Option<&Tables>) -> Result<Stated> {
    let links = Links::new(tables, english)?;
    let mut stated = Stated::default();
    for section in &tables.sections {
        let Some(table) = &section.table else {
            continue;
        };
        for (index, row) in table.rows().enumerate() {
            match section.kind {
                SectionKind::Actions | SectionKind::PermissionOnlyActions
                    if row.is_fresh(Column::Name) =>
                {
                    let name = action_name(row.cell(Column::Name), &links).map_err(|error| {
                        let row = format!(
                            "row {} {}",
                            index + 1,
                            quoted(&row.cell(Column::Name).text())
                        );
                        error.within(row).within(section.kind.name())
                    })?;
                    stated
                        .levels
                        .push((name.name.clone(), row.cell(Column::AccessLevel).text()));
                    if !name.mark.is_empty() {
                        stated.marks.push((name.name, name.mark));
                    }
                }
                SectionKind::ConditionKeys => {
                    let name = links.key_of_row(row.cell(Column::Name));
                    stated
                        .types
                        .push((name, row.cell(Column::ValueType).text()));
                }
                _ => {}
            }
        }
    }
    Ok(stated)
}
