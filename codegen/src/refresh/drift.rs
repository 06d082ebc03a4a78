//! Comparison of localized pages with the English page, which prevails.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use iam_policy::wire::Service;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::labels::Labels;
use crate::words;

/// The snapshot of a localized page: the content of `<locale>.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// Its labels with their meanings.
    pub labels: Labels,
    /// Its differences from the English page.
    pub drift: Drift,
}

/// The differences between the normal forms of a localized and the English page, without links and
/// titles.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drift {
    /// Names that only the English page has.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub missing: Names,
    /// Names that only the localized page has.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub extra: Names,
    /// Fields that the pages state differently, by table, name and field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub changed: BTreeMap<String, BTreeMap<String, BTreeMap<String, Change>>>,
}

/// Names by table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Names(pub BTreeMap<String, BTreeSet<String>>);

/// A field that two pages state differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The value on the English page; null if the field is missing.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub english: Value,
    /// The value on the localized page; null if the field is missing.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub localized: Value,
}

impl Names {
    /// Returns whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn count(&self) -> usize {
        self.0.values().map(BTreeSet::len).sum()
    }
}

impl Drift {
    /// Returns whether both pages state the same facts.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.extra.is_empty() && self.changed.is_empty()
    }
}

impl fmt::Display for Drift {
    /// Writes one line: `same as English`, or the number of differences.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("same as English");
        }
        let counted = |names: &Names| {
            let parts = names
                .0
                .iter()
                .map(|(table, names)| counted(names.len(), table));
            parts.collect::<Vec<_>>().join(", ")
        };
        let changed = self
            .changed
            .iter()
            .map(|(table, names)| self::counted(names.len(), table));
        let mut parts = Vec::new();
        if self.missing.count() > 0 {
            parts.push(format!("{} missing", counted(&self.missing)));
        }
        if self.extra.count() > 0 {
            parts.push(format!("{} not in English", counted(&self.extra)));
        }
        if !self.changed.is_empty() {
            parts.push(format!(
                "{} changed",
                changed.collect::<Vec<_>>().join(", ")
            ));
        }
        write!(f, "differs from English: {}", parts.join("; "))
    }
}

/// Formats a count: `1 action`, `3 condition keys`.
fn counted(count: usize, table: &str) -> String {
    words::counted(count, table.replace('_', " ").trim_end_matches('s'))
}

/// Compares a localized page with the English one.
pub fn drift(english: &Service, localized: &Service) -> Drift {
    let mut drift = Drift::default();
    // only one of the layouts has operations; a missing table counts as one difference, not as
    // hundreds
    let tables = english.operations.is_empty() == localized.operations.is_empty();
    let of_english = Tables::of(english, tables);
    let of_localized = Tables::of(localized, tables);
    if !tables {
        let side = if localized.operations.is_empty() {
            &mut drift.missing
        } else {
            &mut drift.extra
        };
        side.0.insert(
            "tables".to_owned(),
            BTreeSet::from(["operations".to_owned()]),
        );
    }
    for (table, entries) in &of_english.0 {
        for (name, value) in entries {
            match of_localized
                .0
                .get(table)
                .and_then(|entries| entries.get(name))
            {
                None => add(&mut drift.missing, table, name),
                Some(other) if other != value => {
                    let fields = changes(value, other);
                    drift
                        .changed
                        .entry((*table).to_owned())
                        .or_default()
                        .insert(name.clone(), fields);
                }
                Some(_) => {}
            }
        }
    }
    for (table, entries) in &of_localized.0 {
        for name in entries.keys() {
            if !of_english
                .0
                .get(table)
                .is_some_and(|entries| entries.contains_key(name))
            {
                add(&mut drift.extra, table, name);
            }
        }
    }
    drift
}

fn add(names: &mut Names, table: &str, name: &str) {
    names
        .0
        .entry(table.to_owned())
        .or_default()
        .insert(name.to_owned());
}

fn changes(english: &Value, localized: &Value) -> BTreeMap<String, Change> {
    let empty = serde_json::Map::new();
    let (english, localized) = (
        english.as_object().unwrap_or(&empty),
        localized.as_object().unwrap_or(&empty),
    );
    let fields: BTreeSet<_> = english.keys().chain(localized.keys()).collect();
    let value = |of: &serde_json::Map<String, Value>, field: &String| {
        of.get(field).cloned().unwrap_or_default()
    };
    fields
        .into_iter()
        .filter(|field| english.get(*field) != localized.get(*field))
        .map(|field| {
            (
                field.clone(),
                Change {
                    english: value(english, field),
                    localized: value(localized, field),
                },
            )
        })
        .collect()
}

/// The entries of a service by table and name, as JSON, so that fields can be compared.
struct Tables(BTreeMap<&'static str, BTreeMap<String, Value>>);

impl Tables {
    fn of(service: &Service, operations: bool) -> Self {
        let mut tables: BTreeMap<&'static str, BTreeMap<String, Value>> = BTreeMap::new();
        let mut add = |table: &'static str, name: &str, value: Value| {
            tables
                .entry(table)
                .or_default()
                .insert(name.to_owned(), value);
        };
        for (name, action) in &service.actions {
            let mut action = action.clone();
            // links differ by language; dependent actions are comparable only if both pages or none
            // have operations
            action.api = None;
            if !operations {
                action.dependent_actions.clear();
            }
            // names of scenarios are prose, which is translated
            for (index, scenario) in action.scenarios.iter_mut().enumerate() {
                scenario.name = index.to_string();
            }
            add(
                "actions",
                name,
                serde_json::to_value(action).unwrap_or_default(),
            );
        }
        for (name, resource_type) in &service.resource_types {
            add(
                "resource_types",
                name,
                serde_json::to_value(resource_type).unwrap_or_default(),
            );
        }
        for (name, key) in &service.condition_keys {
            add(
                "condition_keys",
                name,
                serde_json::to_value(key).unwrap_or_default(),
            );
        }
        if operations {
            for operation in &service.operations {
                let name = match &operation.sdk {
                    Some(sdk) => format!("{sdk}:{}", operation.operation),
                    None => operation.operation.clone(),
                };
                add(
                    "operations",
                    &name,
                    serde_json::to_value(operation).unwrap_or_default(),
                );
            }
        }
        Self(tables)
    }
}
