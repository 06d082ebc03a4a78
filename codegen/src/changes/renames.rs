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
    Table::ALL
        .iter()
        .flat_map(|table| of_table(*table, old, new))
        .collect()
}

fn of_table(table: Table, old: &Service, new: &Service) -> Vec<Rename> {
    let (before, now) = (rows(old, table), rows(new, table));
    let mut candidates = Vec::new();
    for (from, facts) in before.iter().filter(|(name, _)| !now.contains_key(*name)) {
        for (to, others) in now.iter().filter(|(name, _)| !before.contains_key(*name)) {
            let rename = Rename {
                table,
                from: (*from).to_owned(),
                to: (*to).to_owned(),
                names_alike: names_alike(table, from, to),
                facts_alike: percent(shared(facts, others, facts.union(others).count())),
            };
            let types = type_of(Some(old), from).zip(type_of(Some(new), to));
            let types = types.filter(|_| table == Table::ResourceTypes);
            // whatever they are called, resource types of the same ARNs are one
            let same = types.is_some_and(|(a, b)| template::same_arns(&a.arn, &b.arn));
            let (names, facts) = (rename.names_alike, rename.facts_alike);
            // names are worth more than facts
            let both = percent((0.6 * f64::from(names) + 0.4 * f64::from(facts)) / 100.0);
            if same || names >= LEAST_NAMES && facts >= LEAST_FACTS && both >= LEAST_BOTH {
                candidates.push(((same, both, names), rename));
            }
        }
    }
    // stable: alike ones stay in the order of their names
    candidates.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    let mut chosen: Vec<Rename> = Vec::new();
    for (_, rename) in candidates {
        let taken = |it: &Rename| it.from == rename.from || it.to == rename.to;
        if !chosen.iter().any(taken) {
            chosen.push(rename);
        }
    }
    chosen.sort_by(|a, b| a.from.cmp(&b.from));
    chosen
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "kept between 0 and 100"
)]
fn percent(share: f64) -> u8 {
    (share * 100.0).round().clamp(0.0, 100.0) as u8
}

/// How many of `all` both have, as a share.
#[allow(clippy::cast_precision_loss, reason = "a few hundred facts")]
fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>, all: usize) -> f64 {
    one.intersection(other).count() as f64 / all.max(1) as f64
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
    let by_word = 2.0 * shared(&before, &now, before.len() + now.len());
    letters.midpoint(by_word)
}

/// The rows of a table, each with the facts that distinguish it from others.
fn rows(service: &Service, table: Table) -> BTreeMap<&str, BTreeSet<String>> {
    let users = |uses: &dyn Fn(&Action) -> bool| -> Vec<String> {
        let users = service.actions.iter().filter(|(_, row)| uses(row));
        users.map(|(name, _)| format!("action {name}")).collect()
    };
    let mut rows: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut add = |name, facts: Vec<String>| rows.entry(name).or_default().extend(facts);
    match table {
        Table::Actions => {
            service
                .actions
                .iter()
                .for_each(|(name, row)| add(name.as_str(), of_action(row)));
        }
        Table::ResourceTypes => {
            for (name, row) in &service.resource_types {
                // the ARN's parts, but for the name of the type itself
                let parts = row.arn.split([':', '/']).enumerate();
                let parts = parts.map(|(index, part)| format!("arn {index} {part}"));
                add(name, parts.chain(all("key", &row.condition_keys)).collect());
                let takes = |it: &Action| it.resources.iter().any(|it| it.resource_type == *name);
                add(name, users(&takes));
            }
        }
        Table::ConditionKeys => {
            for (name, row) in &service.condition_keys {
                let value_type = row.value_type.to_ascii_lowercase();
                add(name, vec![format!("type {value_type}")]);
                add(name, users(&|it| keys_of(it).any(|key| key == name)));
            }
        }
        Table::Operations => {
            for row in &service.operations {
                let needs = row.actions.iter().map(|it| format!("needs {}", it.action));
                add(&row.operation, needs.chain(all("sdk", &row.sdk)).collect());
            }
        }
    }
    rows
}

fn all<'a>(
    what: &str,
    names: impl IntoIterator<Item = &'a String>,
) -> impl Iterator<Item = String> {
    names.into_iter().map(move |name| format!("{what} {name}"))
}

fn of_action(row: &Action) -> Vec<String> {
    let levels = row.access_levels.iter();
    let levels = levels.map(|it| format!("level {}", it.as_str()));
    let mut facts: Vec<_> = levels.chain(all("key", &row.condition_keys)).collect();
    facts.extend(all("asks", &row.dependent_actions));
    for resource in &row.resources {
        let on = format!("on {}", resource.resource_type);
        facts.extend(all(&format!("{on} key"), &resource.condition_keys));
        facts.push(on);
    }
    // the address of an action's page has its family, `API_agent_…`: the folder, and the name of the
    // file without that of the operation
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
