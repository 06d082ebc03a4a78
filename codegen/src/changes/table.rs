//! The tables of the reference and their rows.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Action, ConditionKey, Operation, ResourceType};

/// A table of the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// Actions, permission-only ones too.
    Actions,
    /// Resource types.
    ResourceTypes,
    /// Condition keys.
    ConditionKeys,
    /// API operations.
    Operations,
}

impl Table {
    /// What one row is: `action`, `resource type`, `condition key`, `operation`.
    pub const fn row(self) -> &'static str {
        match self {
            Self::Actions => "action",
            Self::ResourceTypes => "resource type",
            Self::ConditionKeys => "condition key",
            Self::Operations => "operation",
        }
    }

    /// `1 action`, `3 condition keys`.
    pub fn counted(self, count: usize) -> String {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {}{plural}", self.row())
    }
}

/// All rows of one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Entries {
    /// Actions by name.
    Actions(BTreeMap<String, Action>),
    /// Resource types by name.
    ResourceTypes(BTreeMap<String, ResourceType>),
    /// Condition keys by name.
    ConditionKeys(BTreeMap<String, ConditionKey>),
    /// Operations by name and SDK client.
    Operations(Vec<Operation>),
}

impl Entries {
    /// The table that they are the rows of.
    pub const fn table(&self) -> Table {
        match self {
            Self::Actions(_) => Table::Actions,
            Self::ResourceTypes(_) => Table::ResourceTypes,
            Self::ConditionKeys(_) => Table::ConditionKeys,
            Self::Operations(_) => Table::Operations,
        }
    }

    /// The names in it, in order; an operation stands once for each SDK client.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Actions(rows) => rows.keys().map(String::as_str).collect(),
            Self::ResourceTypes(rows) => rows.keys().map(String::as_str).collect(),
            Self::ConditionKeys(rows) => rows.keys().map(String::as_str).collect(),
            Self::Operations(rows) => rows.iter().map(|row| row.operation.as_str()).collect(),
        }
    }
}
