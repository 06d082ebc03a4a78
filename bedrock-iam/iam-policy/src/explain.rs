//! Summaries of what a policy allows and denies, by statement and access level.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::Options;
use crate::check::rule::{DocumentView, StatementView};
use crate::document::{Document, DocumentStatement, List, PrincipalElement, Scalar};
use crate::{AccessLevels, Catalog, Effect};

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
    /// Entries of `Action` that have no effect, because none of the statement's resources fits, with
    /// the index of the statement.
    pub without_resource: Vec<(usize, String)>,
    /// The prefixes, in lower case, of services that the catalog has no facts about.
    pub services_without_facts: BTreeSet<String>,
    /// Actions and patterns of services with facts that match no known action.
    pub unknown_actions: BTreeSet<String>,
    /// The indices of statements whose effect is neither `Allow` nor `Deny`, which have no rows.
    pub without_effect: Vec<usize>,
}

/// The part of a statement whose actions have the same set of access levels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The index of the statement.
    pub statement: usize,
    /// The principals, such as `Service bedrock.amazonaws.com`; `all but …` for `NotPrincipal`.
    pub principals: Vec<String>,
    /// The resources; `all but …` for `NotResource`.
    pub resources: Vec<String>,
    /// The access levels of the actions; `None` for actions that are not in the catalog.
    pub levels: Option<AccessLevels>,
    /// The entries of `Action` that match such actions, as written.
    pub actions: Vec<String>,
    /// The number of actions of these levels that the entries match; `None` if they are not in the
    /// catalog.
    pub count: Option<usize>,
    /// The conditions, each as operator, key and values.
    pub conditions: Vec<String>,
    /// The actions of an `Allow` statement that `Deny` statements deny.
    pub denials: Vec<Denial>,
}

/// The actions of a row that a `Deny` statement denies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Denial {
    /// The index of the `Deny` statement.
    pub statement: usize,
    /// The actions of the row that it denies, in alphabetical order.
    pub actions: Vec<String>,
    /// Whether it denies all actions of the row.
    pub of_all: bool,
    /// Whether it denies them for some requests only: it has conditions, principals or resources of
    /// its own.
    pub in_part: bool,
}

/// Summarizes a document, using the facts of a catalog.
#[must_use]
pub fn explain(document: &Document, catalog: &Catalog) -> Explanation {
    let view = DocumentView::new(document, catalog, &Options::default());
    let mut explained = Explanation::default();
    for (index, statement) in view.statements.iter().enumerate() {
        let rows = rows(&view, index, statement, &mut explained);
        match statement.effect {
            Some(Effect::Allow) => explained.allowed.extend(rows),
            Some(Effect::Deny) => explained.denied.extend(rows),
            None => explained.without_effect.push(index),
        }
    }
    explained
}

fn texts(list: Option<&List>) -> Vec<String> {
    let texts = list.into_iter().flat_map(List::texts);
    texts.map(str::to_owned).collect()
}

/// Describes a negated list, such as that of `NotAction`; `None` if it is empty or missing.
fn all_but(excluded: &[String]) -> Option<String> {
    (!excluded.is_empty()).then(|| format!("all but {}", excluded.join(", ")))
}

fn principals(element: Option<&PrincipalElement>) -> Vec<String> {
    match element {
        None => Vec::new(),
        Some(PrincipalElement::Text(text)) => vec![text.clone()],
        Some(PrincipalElement::Kinds(kinds)) => {
            let all = kinds.iter().flat_map(|(kind, principals)| {
                let principals = principals.texts();
                principals.map(move |principal| format!("{kind} {principal}"))
            });
            all.collect()
        }
    }
}

/// Returns the rows of a statement: one for each set of access levels, and one for the entries that
/// are not in the catalog.
fn rows(
    view: &DocumentView<'_>,
    index: usize,
    statement: &StatementView<'_>,
    explained: &mut Explanation,
) -> Vec<Row> {
    let source = statement.source;
    let mut common = Row {
        statement: index,
        principals: principals(source.principal.as_ref()),
        resources: texts(source.resource.as_ref()),
        conditions: conditions(source),
        ..Row::default()
    };
    common
        .principals
        .extend(all_but(&principals(source.not_principal.as_ref())));
    common
        .resources
        .extend(all_but(&texts(source.not_resource.as_ref())));
    if source.action.is_none() {
        let others = all_but(&texts(source.not_action.as_ref()));
        common.actions.extend(others);
        return Vec::from_iter((!common.actions.is_empty()).then_some(common));
    }
    // by levels: the entries, and the actions that they match
    let mut by_levels: BTreeMap<String, (AccessLevels, Vec<String>, BTreeSet<&str>)> =
        BTreeMap::new();
    let mut others = Vec::new();
    for entry in &statement.actions {
        let text = entry.text.to_owned();
        let pattern = entry.pattern.as_ref().filter(|_| !entry.is_everything());
        let matched: Vec<&str> = pattern
            .iter()
            .flat_map(|pattern| pattern.expand(view.catalog))
            .collect();
        if matched.is_empty() {
            match view.catalog.service_without_facts(entry.text) {
                Some(service) => {
                    let service = service.to_ascii_lowercase();
                    explained.services_without_facts.insert(service);
                }
                None if entry.is_everything() => {}
                None => {
                    explained.unknown_actions.insert(text.clone());
                }
            }
            others.push(text);
            continue;
        }
        let usable = matched.into_iter().filter(|name| {
            let rows = view.catalog.rows(name);
            rows.is_empty()
                || source.resource.is_none()
                || rows.iter().any(|at| view.can_use_any(*at, statement))
        });
        let mut is_usable = false;
        for action in usable {
            is_usable = true;
            let levels = levels(action, view.catalog);
            let of = by_levels.entry(levels.to_string());
            let (_, entries, actions) = of.or_insert_with(|| (levels, Vec::new(), BTreeSet::new()));
            if entries.last() != Some(&text) {
                entries.push(text.clone());
            }
            actions.insert(action);
        }
        if !is_usable {
            explained.without_resource.push((index, text));
        }
    }
    let mut rows: Vec<Row> = by_levels
        .into_values()
        .map(|(levels, entries, actions)| Row {
            levels: Some(levels),
            count: Some(actions.len()),
            actions: entries,
            denials: denials(view, statement, &actions),
            ..common.clone()
        })
        .collect();
    if !others.is_empty() {
        common.actions = others;
        rows.push(common);
    }
    rows
}

/// Returns what the document's `Deny` statements take away from the actions of an `Allow` statement.
fn denials(
    view: &DocumentView<'_>,
    allow: &StatementView<'_>,
    actions: &BTreeSet<&str>,
) -> Vec<Denial> {
    let statements = view.statements.iter().enumerate();
    let denying = statements.filter(|(_, it)| allow.allows() && it.denies());
    let denials = denying.map(|(statement, deny)| {
        let actions_of_both = actions.iter().filter(|action| deny.covers(action));
        let source = deny.source;
        let everywhere = deny.resources.iter().any(|entry| entry.is_everything());
        Denial {
            statement,
            actions: actions_of_both.map(|it| (*it).to_owned()).collect(),
            of_all: actions.iter().all(|action| deny.covers(action)),
            in_part: !everywhere
                || source.not_resource.is_some()
                || source.condition.is_some()
                || source.principal.is_some()
                || source.not_principal.is_some(),
        }
    });
    denials
        .filter(|denial| !denial.actions.is_empty())
        .collect()
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
