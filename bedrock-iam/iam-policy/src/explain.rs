//! Summaries of what a policy allows and denies, by statement and access level.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Document, DocumentStatement, List, Scalar, Statements};
use crate::{AccessLevels, ActionPattern, ActionSet, Catalog};

/// A summary of what a policy allows and denies, as rows of a table.
///
/// ```
/// use iam_policy::document::Document;
/// use iam_policy::explain::explain;
/// use iam_policy::Catalog;
///
/// let catalog = Catalog::of_actions(["shop:GetOrder", "shop:ListOrders"]);
/// # #[cfg(feature = "json")] {
/// let document = Document::from_json(
///     r#"{"Statement": [{"Effect": "Allow", "Action": ["shop:*", "ship:Send"], "Resource": "*"}]}"#,
/// )?;
/// let explained = explain(&document, &catalog);
/// assert_eq!(explained.allowed[0].count, Some(2));
/// assert!(explained.services_without_facts.contains("ship"));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The rows of the `Allow` statements, in order.
    pub allowed: Vec<Row>,
    /// The rows of the `Deny` statements, in order.
    pub denied: Vec<Row>,
    /// The prefixes, in lower case, of services that the catalog has no facts about.
    pub services_without_facts: BTreeSet<String>,
    /// Actions and patterns of services with facts that match no known action.
    pub unknown_actions: BTreeSet<String>,
    /// The indices of statements whose effect is neither `Allow` nor `Deny`, which have no rows.
    pub without_effect: Vec<usize>,
}

/// The part of a statement whose actions have the same set of access levels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The resources; `all but …` for `NotResource`.
    pub resources: Vec<String>,
    /// The access levels of the actions; `None` for actions that are not in the catalog.
    pub levels: Option<AccessLevels>,
    /// The fewest patterns that match the actions. Entries that match no action of the catalog are
    /// kept as written.
    pub actions: Vec<String>,
    /// The number of actions that the patterns match; `None` if they are not in the catalog.
    pub count: Option<usize>,
    /// The conditions, each as operator, key and values.
    pub conditions: Vec<String>,
}

/// Summarizes a document, using the facts of a catalog.
#[must_use]
pub fn explain(document: &Document, catalog: &Catalog) -> Explanation {
    let mut explained = Explanation::default();
    let statements = document.statements.as_ref().map(Statements::as_slice);
    for (index, statement) in statements.unwrap_or_default().iter().enumerate() {
        let effect = statement.effect.as_ref().and_then(Scalar::as_str);
        let rows = rows(statement, catalog, &mut explained);
        match effect {
            Some("Allow") => explained.allowed.extend(rows),
            Some("Deny") => explained.denied.extend(rows),
            _ => explained.without_effect.push(index),
        }
    }
    explained
}

fn texts(list: Option<&List>) -> Vec<String> {
    let texts = list.into_iter().flat_map(List::texts);
    texts.map(str::to_owned).collect()
}

/// Describes a negated list, such as that of `NotAction`; `None` if it is empty or missing.
fn all_but(negated: Option<&List>) -> Option<String> {
    let excluded = texts(negated);
    (!excluded.is_empty()).then(|| format!("all but {}", excluded.join(", ")))
}

/// Returns the rows of a statement: one for each set of access levels, and one for the entries that
/// are not in the catalog.
fn rows(statement: &DocumentStatement, catalog: &Catalog, explained: &mut Explanation) -> Vec<Row> {
    let (mut others, mut patterns) = (Vec::new(), Vec::new());
    for name in texts(statement.action.as_ref()) {
        let pattern = name.parse::<ActionPattern>().ok();
        match pattern.filter(|it| name != "*" && it.expand(catalog).next().is_some()) {
            Some(pattern) => patterns.push(pattern),
            None => {
                if let Some(service) = catalog.service_without_facts(&name) {
                    let service = service.to_ascii_lowercase();
                    explained.services_without_facts.insert(service);
                } else if name != "*" {
                    explained.unknown_actions.insert(name.clone());
                }
                others.push(name);
            }
        }
    }
    others.extend(all_but(statement.not_action.as_ref()));
    let mut resources = texts(statement.resource.as_ref());
    resources.extend(all_but(statement.not_resource.as_ref()));
    let conditions = conditions(statement);
    let row = |levels, actions, count| Row {
        resources: resources.clone(),
        levels,
        actions,
        count,
        conditions: conditions.clone(),
    };
    let mut by_levels: BTreeMap<String, (AccessLevels, ActionSet<'_>)> = BTreeMap::new();
    for action in ActionSet::matching(catalog, &patterns).iter() {
        let levels = levels(action, catalog);
        let of = by_levels.entry(levels.to_string());
        let (_, set) = of.or_insert_with(|| (levels, ActionSet::empty(catalog)));
        set.insert(action);
    }
    let mut rows: Vec<Row> = by_levels
        .into_values()
        .map(|(levels, actions)| {
            let short = actions.minimize().patterns();
            let short = short.iter().map(ToString::to_string).collect();
            row(Some(levels), short, Some(actions.len()))
        })
        .collect();
    if !others.is_empty() {
        rows.push(row(None, others, None));
    }
    rows
}

/// Returns the access levels of an action, combined over all services that list it.
fn levels(action: &str, catalog: &Catalog) -> AccessLevels {
    let rows = catalog.rows(action).iter();
    rows.fold(AccessLevels::NONE, |levels, at| {
        levels.union(catalog.action(*at).1.access_levels)
    })
}

fn conditions(statement: &DocumentStatement) -> Vec<String> {
    let operators = statement.condition.iter().flatten();
    let lines = operators.flat_map(|(operator, keys)| {
        keys.iter().map(move |(key, values)| {
            let values: Vec<_> = values.as_slice().iter().map(Scalar::to_string).collect();
            format!("{operator} {key} {}", values.join(" | "))
        })
    });
    lines.collect()
}
