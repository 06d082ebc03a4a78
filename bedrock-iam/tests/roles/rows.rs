//! Policies as sets of rows, which do not depend on the order and the grouping of statements.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value as Json;

/// An effect, a principal, an action, a resource and a condition of a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub(crate) effect: String,
    pub(crate) principal: String,
    pub(crate) action: String,
    pub(crate) resource: String,
    pub(crate) condition: String,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            effect,
            principal,
            action,
            resource,
            condition,
        } = self;
        write!(
            f,
            "{effect} {principal} {action} on {resource} if {condition}"
        )
    }
}

/// Returns the rows of statements: each combination of their lists, without Sids.
pub(crate) fn rows(statements: &Json) -> BTreeSet<Row> {
    let mut rows = BTreeSet::new();
    for statement in many(statements) {
        for principal in members(&statement["Principal"]) {
            for action in texts(&statement["Action"]) {
                for resource in texts(&statement["Resource"]) {
                    for condition in conditions(&statement["Condition"]) {
                        rows.insert(Row {
                            effect: statement["Effect"].as_str().expect("an effect").to_owned(),
                            principal: principal.clone(),
                            action: action.clone(),
                            resource: resource.clone(),
                            condition,
                        });
                    }
                }
            }
        }
    }
    rows
}

fn many(value: &Json) -> Vec<&Json> {
    match value {
        Json::Array(all) => all.iter().collect(),
        one => vec![one],
    }
}

/// Returns the texts of a text or a list; an empty text for a missing element.
fn texts(value: &Json) -> Vec<String> {
    let text = |one: &Json| one.as_str().unwrap_or_default().to_owned();
    many(value).into_iter().map(text).collect()
}

/// Returns the kinds and names of principals.
fn members(value: &Json) -> Vec<String> {
    let Json::Object(kinds) = value else {
        return texts(value);
    };
    let of = |(kind, names): (&String, &Json)| {
        texts(names)
            .into_iter()
            .map(|name| format!("{kind}:{name}"))
            .collect::<Vec<_>>()
    };
    kinds.iter().flat_map(of).collect()
}

/// Returns the operators, keys and values of conditions; an empty text for a missing element.
fn conditions(value: &Json) -> Vec<String> {
    let Json::Object(operators) = value else {
        return vec![String::new()];
    };
    let mut all = Vec::new();
    for (operator, keys) in operators {
        for (key, values) in keys.as_object().expect("keys") {
            let lines = texts(values).into_iter();
            all.extend(lines.map(|value| format!("{operator} {key} {value}")));
        }
    }
    all
}
