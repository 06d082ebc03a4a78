//! Guessing which name took another one's place.

use std::collections::BTreeSet;

use serde::Serialize;

use super::table::Table;
use super::words::words;
use crate::model::Service;
use crate::template;

/// A name that went and one that came, and perhaps are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rename {
    /// The table that both stand in.
    pub table: Table,
    /// The name that went, actions without their prefix.
    pub from: String,
    /// The name that came.
    pub to: String,
    /// How much the names are alike, in percent.
    pub names_alike: u8,
    /// How much the facts are alike, in percent.
    pub facts_alike: u8,
}

/// The least that a guess needs, in percent: names and facts each, and both together.
const LEAST_NAMES: u8 = 60;
const LEAST_FACTS: u8 = 50;
const LEAST_BOTH: u8 = 70;

/// Verbs that one action can have instead of another. Any other pair of verbs says that two actions
/// do different things: `CreateAgent` did not become `DeleteAgent`.
const SYNONYMS: &[&[&str]] = &[
    &["get", "describe", "read", "retrieve", "fetch", "view"],
    &["list", "describe", "search", "enumerate", "query"],
    &["create", "add", "register", "put"],
    &["delete", "remove", "deregister", "destroy"],
    &["update", "modify", "edit", "change", "set", "put"],
    &["start", "run", "begin", "launch"],
    &["stop", "cancel", "end", "terminate", "abort"],
    &["invoke", "call", "execute", "run"],
];

/// The pairs of a name that went and a name of the same table that came whose names and facts are so
/// much alike that one may have taken the other's place; each name is in one pair at most, the pairs
/// that are most alike come first to it. In the order of the tables and of the names that went.
pub fn guess(old: &Service, new: &Service) -> Vec<Rename> {
    let mut guesses = Vec::new();
    for table in [
        Table::Actions,
        Table::ResourceTypes,
        Table::ConditionKeys,
        Table::Operations,
    ] {
        let (before, now) = (rows(old, table), rows(new, table));
        let only = |these: &[Row], those: &[Row]| -> Vec<Row> {
            let others: BTreeSet<_> = those.iter().map(|row| row.name.clone()).collect();
            let only = these.iter().filter(|row| !others.contains(&row.name));
            only.cloned().collect()
        };
        guesses.extend(pairs(table, &only(&before, &now), &only(&now, &before)));
    }
    guesses
}

fn pairs(table: Table, gone: &[Row], come: &[Row]) -> Vec<Rename> {
    let mut candidates: Vec<_> = gone
        .iter()
        .flat_map(|from| {
            come.iter().filter_map(move |to| {
                let rename = rename(table, from, to)?;
                Some((same_arns(from, to), rename))
            })
        })
        .collect();
    candidates.sort_by(|(a_same, a), (b_same, b)| {
        let likeness = |same, it: &Rename| (same, both(it), it.names_alike);
        let (one, other) = (likeness(*a_same, a), likeness(*b_same, b));
        (other, &a.from, &a.to).cmp(&(one, &b.from, &b.to))
    });
    let (mut from, mut to) = (BTreeSet::new(), BTreeSet::new());
    let mut chosen: Vec<_> = candidates
        .into_iter()
        .map(|(_, rename)| rename)
        .filter(|it| {
            let free = !from.contains(&it.from) && !to.contains(&it.to);
            if free {
                from.insert(it.from.clone());
                to.insert(it.to.clone());
            }
            free
        })
        .collect();
    chosen.sort_by(|a, b| a.from.cmp(&b.from));
    chosen
}

fn rename(table: Table, from: &Row, to: &Row) -> Option<Rename> {
    let rename = Rename {
        table,
        from: from.name.clone(),
        to: to.name.clone(),
        names_alike: names_alike(table, &from.name, &to.name),
        facts_alike: facts_alike(&from.facts, &to.facts),
    };
    let likely = rename.names_alike >= LEAST_NAMES
        && rename.facts_alike >= LEAST_FACTS
        && both(&rename) >= LEAST_BOTH;
    (likely || same_arns(from, to)).then_some(rename)
}

/// Whether two resource types have the same ARNs: whatever they are called, one is the other.
fn same_arns(from: &Row, to: &Row) -> bool {
    let arns = from.arn.as_ref().zip(to.arn.as_ref());
    arns.is_some_and(|(from, to)| template::same_arns(from, to))
}

/// Names and facts together: names tell more.
fn both(rename: &Rename) -> u8 {
    percent((0.6 * f64::from(rename.names_alike) + 0.4 * f64::from(rename.facts_alike)) / 100.0)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "kept between 0 and 100"
)]
fn percent(share: f64) -> u8 {
    (share * 100.0).round().clamp(0.0, 100.0) as u8
}

/// How much two names are alike. Of an action or operation the verb tells little, as long as it is the
/// same or one that can stand for it; with any other verb it does something else.
fn names_alike(table: Table, from: &str, to: &str) -> u8 {
    if from.eq_ignore_ascii_case(to) {
        return 100;
    }
    let (before, now) = (words(from), words(to));
    let has_verb = matches!(table, Table::Actions | Table::Operations);
    let (([one, before @ ..], [other, now @ ..]), true) =
        ((before.as_slice(), now.as_slice()), has_verb)
    else {
        return percent(words_alike(&before, &now));
    };
    let synonyms =
        |verbs: &&[&str]| verbs.contains(&one.as_str()) && verbs.contains(&other.as_str());
    let verbs = if one == other {
        1.0
    } else if SYNONYMS.iter().any(synonyms) {
        0.7
    } else {
        return 0;
    };
    percent(0.25 * verbs + 0.75 * words_alike(before, now))
}

/// How much the words of two names are alike: letter by letter and word by word.
fn words_alike(before: &[String], now: &[String]) -> f64 {
    let letters = strsim::normalized_damerau_levenshtein(&before.concat(), &now.concat());
    let singular = |words: &[String]| -> BTreeSet<String> {
        let singular = words.iter().map(|word| word.trim_end_matches('s'));
        singular.map(str::to_owned).collect()
    };
    let (before, now) = (singular(before), singular(now));
    if before == now {
        return 1.0;
    }
    let shared = before.intersection(&now).count();
    #[allow(clippy::cast_precision_loss, reason = "a handful of words")]
    let by_word = (2 * shared) as f64 / (before.len() + now.len()).max(1) as f64;
    letters.midpoint(by_word)
}

/// The share of facts that both have among those that either has.
fn facts_alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> u8 {
    let all = one.union(other).count();
    if all == 0 {
        return 0;
    }
    #[allow(clippy::cast_precision_loss, reason = "a few hundred facts")]
    let share = one.intersection(other).count() as f64 / all as f64;
    percent(share)
}

/// A row with what tells it from others.
#[derive(Clone)]
struct Row {
    name: String,
    facts: BTreeSet<String>,
    /// The template of its ARNs, if it is a resource type.
    arn: Option<String>,
}

fn rows(service: &Service, table: Table) -> Vec<Row> {
    match table {
        Table::Actions => {
            let actions = service.actions.iter();
            actions
                .map(|(name, _)| Row {
                    name: name.clone(),
                    facts: of_action(service, name),
                    arn: None,
                })
                .collect()
        }
        Table::ResourceTypes => {
            let types = service.resource_types.iter();
            types
                .map(|(name, facts)| Row {
                    name: name.clone(),
                    facts: of_type(service, name),
                    arn: Some(facts.arn.clone()),
                })
                .collect()
        }
        Table::ConditionKeys => {
            let keys = service.condition_keys.iter();
            keys.map(|(name, _)| Row {
                name: name.clone(),
                facts: of_key(service, name),
                arn: None,
            })
            .collect()
        }
        Table::Operations => {
            let names: BTreeSet<_> = service
                .operations
                .iter()
                .map(|row| &row.operation)
                .collect();
            let names = names.into_iter();
            names
                .map(|name| Row {
                    name: name.clone(),
                    facts: of_operation(service, name),
                    arn: None,
                })
                .collect()
        }
    }
}

fn of_action(service: &Service, name: &str) -> BTreeSet<String> {
    let Some(action) = service.actions.get(name) else {
        return BTreeSet::new();
    };
    let levels = action
        .access_levels
        .iter()
        .map(|level| format!("level {}", level.as_str()));
    let own = action.condition_keys.iter().map(|key| format!("key {key}"));
    let resources = action.resources.iter().flat_map(|resource| {
        let name = &resource.resource_type;
        let keys = resource
            .condition_keys
            .iter()
            .map(move |key| format!("on {name} key {key}"));
        keys.chain([format!("on {name}")])
    });
    let dependents = action
        .dependent_actions
        .iter()
        .map(|name| format!("asks {name}"));
    // where the page of an action stands says what family it is of: `API_agent_…`
    let family = action
        .api
        .as_deref()
        .and_then(family)
        .map(|it| format!("api {it}"));
    levels
        .chain(own)
        .chain(resources)
        .chain(dependents)
        .chain(family)
        .collect()
}

/// An API page's folder and the family in its name, without the name of the operation.
fn family(link: &str) -> Option<&str> {
    let file = link.rfind('/')? + 1;
    let end = link[file..].rfind('_').map_or(file, |at| file + at);
    link.get(..end)
}

fn of_type(service: &Service, name: &str) -> BTreeSet<String> {
    let Some(resource_type) = service.resource_types.get(name) else {
        return BTreeSet::new();
    };
    // the ARN's parts, but for what the type itself is called there
    let parts = resource_type.arn.split([':', '/']);
    let arn = parts
        .enumerate()
        .map(|(index, part)| format!("arn {index} {part}"));
    let keys = resource_type
        .condition_keys
        .iter()
        .map(|key| format!("key {key}"));
    let users = service.actions.iter().filter(|(_, action)| {
        action
            .resources
            .iter()
            .any(|resource| resource.resource_type == name)
    });
    arn.chain(keys)
        .chain(users.map(|(action, _)| format!("action {action}")))
        .collect()
}

fn of_key(service: &Service, name: &str) -> BTreeSet<String> {
    let value_type = service.condition_keys.get(name);
    let value_type = value_type.map(|key| format!("type {}", key.value_type.to_ascii_lowercase()));
    let users = service.actions.iter().filter(|(_, action)| {
        let of_resources = action.resources.iter().flat_map(|it| &it.condition_keys);
        action
            .condition_keys
            .iter()
            .chain(of_resources)
            .any(|key| key == name)
    });
    let users = users.map(|(action, _)| format!("action {action}"));
    users.chain(value_type).collect()
}

fn of_operation(service: &Service, name: &str) -> BTreeSet<String> {
    let rows = service
        .operations
        .iter()
        .filter(|row| row.operation == name);
    rows.flat_map(|row| {
        let sdk = row.sdk.iter().map(|sdk| format!("sdk {sdk}"));
        let needs = row
            .actions
            .iter()
            .map(|needed| format!("needs {}", needed.action));
        sdk.chain(needs)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_alike_by_what_they_act_on() {
        let alike = |from, to| names_alike(Table::Actions, from, to);
        assert_eq!(alike("GetTree", "getTree"), 100);
        assert!(alike("GetTree", "DescribeTree") > 90);
        assert!(alike("CreateTreeEvaluationJob", "CreateEvaluationJob") > 75);
        assert!(alike("ListTrees", "ListTreeTemplates") >= LEAST_NAMES);
        // the same verb is not enough, and another verb is too much
        assert!(alike("GetPrompt", "GetAgent") < LEAST_NAMES);
        assert_eq!(alike("CreateTree", "DeleteTree"), 0);
        assert_eq!(alike("AssociateTree", "DisassociateTree"), 0);
        assert!(names_alike(Table::ResourceTypes, "tree-job", "tree-jobs") > 90);
    }
}
