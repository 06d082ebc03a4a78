//! Guessing which name took another one's place.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::{Action, Service};
use serde::Serialize;

use super::change::Table;
use super::states::{keys_of, type_of};
use crate::template;
use crate::words;

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

/// The pairs of a name that was removed and a name of the same table that came whose names and facts
/// are so much alike that one may have taken the other's place; each name is in one pair at most, the
/// pairs that are most alike come first to it. In the order of the tables and of the removed names.
pub fn guess(old: &Service, new: &Service) -> Vec<Rename> {
    let mut guesses = Vec::new();
    for table in Table::ALL {
        let (before, now) = (rows(old, table), rows(new, table));
        let mut candidates = Vec::new();
        for (from, facts) in before.iter().filter(|(name, _)| !now.contains_key(*name)) {
            for (to, others) in now.iter().filter(|(name, _)| !before.contains_key(*name)) {
                let rename = Rename {
                    table,
                    from: (*from).to_owned(),
                    to: (*to).to_owned(),
                    names_alike: names_alike(table, from, to),
                    facts_alike: facts_alike(facts, others),
                };
                let arns = type_of(Some(old), from).zip(type_of(Some(new), to));
                let arns = arns.filter(|_| table == Table::ResourceTypes);
                // whatever they are called, resource types of the same ARNs are one
                let same = arns.is_some_and(|(a, b)| template::same_arns(&a.arn, &b.arn));
                if same || is_likely(&rename) {
                    candidates.push((same, rename));
                }
            }
        }
        // stable: alike ones stay in the order of their names
        let likeness = |(same, it): &(bool, Rename)| (*same, both(it), it.names_alike);
        candidates.sort_by_key(|it| std::cmp::Reverse(likeness(it)));
        let mut chosen: Vec<Rename> = Vec::new();
        for (_, rename) in candidates {
            if !chosen
                .iter()
                .any(|it| it.from == rename.from || it.to == rename.to)
            {
                chosen.push(rename);
            }
        }
        chosen.sort_by(|a, b| a.from.cmp(&b.from));
        guesses.extend(chosen);
    }
    guesses
}

fn is_likely(rename: &Rename) -> bool {
    rename.names_alike >= LEAST_NAMES
        && rename.facts_alike >= LEAST_FACTS
        && both(rename) >= LEAST_BOTH
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
    let (before, now) = (words::of_name(from), words::of_name(to));
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

/// The rows of a table, each with what tells it from others.
fn rows(service: &Service, table: Table) -> BTreeMap<&str, BTreeSet<String>> {
    let users = |uses: &dyn Fn(&Action) -> bool| -> Vec<String> {
        let users = service.actions.iter().filter(|(_, row)| uses(row));
        users.map(|(name, _)| format!("action {name}")).collect()
    };
    let mut rows: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut add = |name, facts| rows.entry(name).or_default().extend(facts);
    match table {
        Table::Actions => {
            for (name, row) in &service.actions {
                add(name.as_str(), of_action(row));
            }
        }
        Table::ResourceTypes => {
            for (name, row) in &service.resource_types {
                // the ARN's parts, but for what the type itself is called there
                let parts = row.arn.split([':', '/']).enumerate();
                let parts = parts.map(|(index, part)| format!("arn {index} {part}"));
                add(name, parts.chain(keys(&row.condition_keys)).collect());
                add(
                    name,
                    users(&|it| it.resources.iter().any(|it| it.resource_type == *name)),
                );
            }
        }
        Table::ConditionKeys => {
            for (name, row) in &service.condition_keys {
                add(
                    name,
                    vec![format!("type {}", row.value_type.to_ascii_lowercase())],
                );
                add(name, users(&|it| keys_of(it).any(|key| key == name)));
            }
        }
        Table::Operations => {
            for row in &service.operations {
                let needs = row.actions.iter().map(|it| format!("needs {}", it.action));
                let sdk = row.sdk.iter().map(|sdk| format!("sdk {sdk}"));
                add(&row.operation, needs.chain(sdk).collect());
            }
        }
    }
    rows
}

fn keys(keys: &[String]) -> impl Iterator<Item = String> {
    keys.iter().map(|key| format!("key {key}"))
}

fn of_action(row: &Action) -> Vec<String> {
    let mut facts: Vec<_> = keys(&row.condition_keys).collect();
    facts.extend(
        row.access_levels
            .iter()
            .map(|it| format!("level {}", it.as_str())),
    );
    facts.extend(row.dependent_actions.iter().map(|it| format!("asks {it}")));
    for resource in &row.resources {
        let on = format!("on {}", resource.resource_type);
        facts.extend(keys(&resource.condition_keys).map(|key| format!("{on} {key}")));
        facts.push(on);
    }
    // where the page of an action stands says what family it is of, `API_agent_…`: its folder and
    // the file's name without that of the operation
    if let Some(link) = &row.api
        && let Some(slash) = link.rfind('/')
    {
        let end = link[slash..].rfind('_').map_or(slash + 1, |at| slash + at);
        facts.push(format!("api {}", &link[..end]));
    }
    facts
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
