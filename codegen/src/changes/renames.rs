//! Guesses of renamed actions, resource types, condition keys and operations.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::{Action, Service};
use serde::Serialize;

use super::change::Table;
use super::states::{keys_of, type_of};
use crate::overlay::Kind;
use crate::removed::Replacements;
use crate::template;
use crate::words;

/// A removed and an added name of the same table that may be the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rename {
    /// The table of both names.
    pub table: Table,
    /// The removed name; of an action, without the prefix.
    pub from: String,
    /// The added name.
    pub to: String,
    /// The similarity of the names, in percent.
    pub names_alike: u8,
    /// The similarity of the facts, in percent.
    pub facts_alike: u8,
}

/// The minimum similarities of a guess, in percent: of names, of facts, and of both combined.
const LEAST_NAMES: u8 = 60;
const LEAST_FACTS: u8 = 50;
const LEAST_BOTH: u8 = 70;

/// Verbs that can replace each other. Actions with any other two verbs do different things:
/// `CreateAgent` was not renamed to `DeleteAgent`.
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

/// Returns pairs of a removed and an added name with similar names and facts, ordered by table and
/// removed name. Each name is in at most one pair, the most similar one.
pub fn guess(old: &Service, new: &Service) -> Vec<Rename> {
    Table::ALL
        .iter()
        .flat_map(|table| of_table(*table, old, new))
        .collect()
}

/// Returns the guesses as replacements of removed names.
pub fn replacements(old: &Service, new: &Service) -> Replacements {
    let kind = |table| match table {
        Table::Actions => Kind::Action,
        Table::ResourceTypes => Kind::ResourceType,
        Table::ConditionKeys => Kind::ConditionKey,
        Table::Operations => Kind::Operation,
    };
    let guesses = guess(old, new).into_iter();
    guesses
        .map(|it| ((kind(it.table), it.from), it.to))
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
            // resource types with the same ARNs are the same, whatever their names
            let same = types.is_some_and(|(a, b)| template::same_arns(&a.arn, &b.arn));
            let (names, facts) = (rename.names_alike, rename.facts_alike);
            // names count more than facts
            let both = percent((0.6 * f64::from(names) + 0.4 * f64::from(facts)) / 100.0);
            if same || names >= LEAST_NAMES && facts >= LEAST_FACTS && both >= LEAST_BOTH {
                candidates.push(((same, both, names), rename));
            }
        }
    }
    // stable: equally similar pairs stay in the order of their names
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

/// Returns the number of common elements divided by `all`.
#[allow(clippy::cast_precision_loss, reason = "a few hundred facts")]
fn shared(one: &BTreeSet<String>, other: &BTreeSet<String>, all: usize) -> f64 {
    one.intersection(other).count() as f64 / all.max(1) as f64
}

/// Compares two names. The verb of an action or operation counts little if it is the same or a
/// synonym; names with different verbs that are not synonyms are not similar.
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

/// Compares the words of two names, letter by letter and word by word.
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

/// Returns the rows of a table, each with the facts that distinguish it from others.
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
                // the parts of the ARN
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
    // the URL of an action's page contains its family, `API_agent_…`: its folder, and its file name
    // without the operation
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
    fn names_are_similar_if_their_nouns_are() {
        let alike = |from, to| names_alike(Table::Actions, from, to);
        assert_eq!(alike("GetTree", "getTree"), 100);
        assert!(alike("GetTree", "DescribeTree") > 90);
        assert!(alike("CreateTreeEvaluationJob", "CreateEvaluationJob") > 75);
        assert!(alike("ListTrees", "ListTreeTemplates") >= LEAST_NAMES);
        // a common verb does not make names similar, and different verbs make them dissimilar
        assert!(alike("GetPrompt", "GetAgent") < LEAST_NAMES);
        assert_eq!(alike("CreateTree", "DeleteTree"), 0);
        assert_eq!(alike("AssociateTree", "DisassociateTree"), 0);
        assert!(names_alike(Table::ResourceTypes, "tree-job", "tree-jobs") > 90);
    }
}
