//! New actions that a wildcard covers which was written before they were there.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::ActionPattern;
use iam_policy::document::{Document, DocumentStatement, List, Scalar, Statements};
use iam_policy::wire::{AccessLevel, Action};
use serde::{Deserialize as _, Serialize};
use serde_json::Value;

use super::change::Table;
use super::consequences::Judge;
use super::states::{States, same_row};
use super::suspicion;
use crate::error::{Error, Result, quoted};
use crate::words::verb;

/// The actions of a statement, if that can cover actions that are not there yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wildcard {
    /// Patterns of actions with their prefix: `*` and `?` stand for letters, case does not count.
    pub patterns: Vec<String>,
    /// Whether they are those of a `NotAction`: it covers whatever they do not.
    pub except: bool,
    /// Whether the statement allows; else it denies.
    pub allows: bool,
    /// The policies that it stands in; none for one that people commonly write.
    pub from: BTreeSet<String>,
}

impl Wildcard {
    /// Whether it covers an action, given with its prefix.
    pub fn covers(&self, action: &str) -> bool {
        let covers = |pattern: &String| {
            ActionPattern::parse(pattern).is_ok_and(|pattern| pattern.matches(action))
        };
        self.patterns.iter().any(covers) != self.except
    }

    /// As a statement has it: `bedrock:Get*`, or `NotAction` with its patterns.
    pub fn name(&self) -> String {
        let not = if self.except { "NotAction " } else { "" };
        format!("{not}{}", self.patterns.join(", "))
    }
}

/// Reads the wildcards of a policy document: every `Action` with `*` or `?` in it, and every
/// `NotAction`. The document may stand in what the command line of AWS prints (`PolicyVersion`,
/// `Document`). `name` is what reports call it.
///
/// # Errors
/// Text that is not JSON, a document without statements, an unknown effect.
pub fn wildcards_of(name: &str, text: &str) -> Result<Vec<Wildcard>> {
    let fault = |found: String| Error::new(found, "a policy document").of(name);
    let value: Value = serde_json::from_str(text).map_err(|error| fault(error.to_string()))?;
    let places = [
        "",
        "/Document",
        "/PolicyDocument",
        "/PolicyVersion/Document",
    ];
    let mut documents = places.iter().filter_map(|place| value.pointer(place));
    let document = documents
        .find(|it| it.get("Statement").is_some())
        .ok_or_else(|| fault("no `Statement`".to_owned()))?;
    let document = Document::deserialize(document).map_err(|error| fault(error.to_string()))?;
    let statements = document.statements.iter().flat_map(Statements::as_slice);
    let mut wildcards = Vec::new();
    for (index, statement) in statements.enumerate() {
        let place = format!("statement {}", index + 1);
        wildcards.extend(of_statement(name, statement).map_err(|it| it.within(place).of(name))?);
    }
    Ok(wildcards)
}

fn of_statement(name: &str, statement: &DocumentStatement) -> Result<Vec<Wildcard>> {
    let allows = match statement.effect.as_ref().and_then(Scalar::as_str) {
        Some("Allow") => true,
        Some("Deny") => false,
        _ => {
            let found = format!("the effect {}", json(&statement.effect));
            return Err(Error::new(found, "`Allow` or `Deny`"));
        }
    };
    let wildcard = |patterns, except| Wildcard {
        patterns,
        except,
        allows,
        from: BTreeSet::from([name.to_owned()]),
    };
    let mut wild = texts(statement.action.as_ref())?;
    wild.retain(|action| action.contains(['*', '?']));
    let mut wildcards: Vec<_> = wild
        .into_iter()
        .map(|it| wildcard(vec![it], false))
        .collect();
    let except = texts(statement.not_action.as_ref())?;
    if !except.is_empty() {
        wildcards.push(wildcard(except, true));
    }
    Ok(wildcards)
}

fn texts(list: Option<&List>) -> Result<Vec<String>> {
    let text = |value: &Scalar| {
        let found = || Error::new(format!("the action {}", json(value)), "text");
        value.as_str().map(str::to_owned).ok_or_else(found)
    };
    list.map_or(&[][..], List::as_slice)
        .iter()
        .map(text)
        .collect()
}

/// A value for a message.
fn json(value: &impl Serialize) -> String {
    quoted(&serde_json::to_string(value).unwrap_or_default())
}

/// New actions that a wildcard covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The wildcard, such as `bedrock:Get*`.
    pub pattern: String,
    /// Whether it is a `NotAction` with its patterns, which covers whatever they do not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub excepts: bool,
    /// Whether it allows; else it denies.
    pub allows: bool,
    /// The policies that it stands in; none for one that people commonly write.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub from: BTreeSet<String>,
    /// The new actions, without their prefix.
    pub actions: Vec<String>,
    /// Those of them that do more than what it covered before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beyond: Vec<Beyond>,
}

/// A new action that does more than what a wildcard covered before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Beyond {
    /// The action, without its prefix.
    pub action: String,
    /// Why, in words that follow the name.
    pub why: String,
}

/// The wildcards among `wildcards` and those that people commonly write, each with the new actions
/// that it covers; those that cover none are left out.
pub(super) fn covered(judge: &Judge<'_>, wildcards: &[Wildcard]) -> Vec<Coverage> {
    let states = judge.states;
    let old = states.old.map(|it| &it.actions);
    let actions = states.new.into_iter().flat_map(|it| &it.actions);
    let is_new = |name: &str| {
        let known = old.is_some_and(|it| it.contains_key(name));
        !known && same_row(Table::Actions, name, states.new, states.old).is_none()
    };
    let added: Vec<_> = actions.filter(|(name, _)| is_new(name)).collect();
    let coverage = |wildcard: Wildcard| {
        let covers = |name: &str| wildcard.covers(&states.full(name));
        let covered = added.iter().filter(|(name, _)| covers(name));
        let covered: Vec<_> = covered.copied().collect();
        let before = old.into_iter().flatten().filter(|(name, _)| covers(name));
        let before = before.flat_map(|(_, facts)| facts.access_levels.iter().copied());
        let before: BTreeSet<_> = before.collect();
        let beyond = covered.iter().filter_map(|(name, facts)| {
            let why = beyond(name, facts, &before, judge)?;
            let action = (*name).clone();
            // what is denied already does no harm
            wildcard.allows.then_some(Beyond { action, why })
        });
        (!covered.is_empty()).then(|| Coverage {
            pattern: wildcard.name(),
            excepts: wildcard.except,
            allows: wildcard.allows,
            from: wildcard.from.clone(),
            actions: covered.iter().map(|(name, _)| (*name).clone()).collect(),
            beyond: beyond.collect(),
        })
    };
    in_use(states, wildcards)
        .into_iter()
        .filter_map(coverage)
        .collect()
}

/// Why a new action is beyond what a wildcard covered: it changes something, where the others did
/// not, or it is grave by itself.
fn beyond(
    name: &str,
    facts: &Action,
    before: &BTreeSet<AccessLevel>,
    judge: &Judge<'_>,
) -> Option<String> {
    use AccessLevel::{PermissionsManagement, Tagging, Write};
    let listed = judge.sensitive.reason(&judge.states.full(name));
    let further = [PermissionsManagement, Write, Tagging]
        .into_iter()
        .find(|level| facts.access_levels.contains(level) && !before.contains(level));
    match (listed, further) {
        (Some(reason), _) => Some(reason.why.clone()),
        (None, Some(level)) => Some(format!(
            "is {}, unlike all that was covered before",
            level.as_str()
        )),
        (None, None) => {
            let grave = !judge.grave(name, facts).is_empty();
            let why = suspicion::of(name).unwrap_or("grants or changes permissions");
            grave.then(|| why.to_owned())
        }
    }
}

/// Wildcards of policies, each once with all its policies, and `<prefix>:<Verb>*` for every verb that
/// two actions had before, unless a policy has the same.
fn in_use(states: States<'_>, wildcards: &[Wildcard]) -> Vec<Wildcard> {
    let mut verbs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in states.old.into_iter().flat_map(|it| it.actions.keys()) {
        let verb = verb(name);
        verbs
            .entry(verb.to_ascii_lowercase())
            .or_default()
            .push(verb);
    }
    let common = verbs.values().filter(|spelled| spelled.len() > 1);
    let common = common.map(|spelled| Wildcard {
        patterns: vec![format!("{}:{}*", states.prefix(), spelled[0])],
        except: false,
        allows: true,
        from: BTreeSet::new(),
    });
    let mut by_name: BTreeMap<(bool, String), Wildcard> = BTreeMap::new();
    for wildcard in wildcards.iter().cloned().chain(common) {
        let name = (!wildcard.allows, wildcard.name().to_ascii_lowercase());
        let from = wildcard.from.clone();
        by_name.entry(name).or_insert(wildcard).from.extend(from);
    }
    by_name.into_values().collect()
}

/// Wildcards by what is said of them: those of `NotAction` statements that cover the same together.
pub(super) fn alike(wildcards: &[Coverage]) -> Vec<Vec<&Coverage>> {
    let mut alike: Vec<Vec<&Coverage>> = Vec::new();
    for coverage in wildcards {
        let said = |it: &Coverage| (it.allows, it.actions.clone(), it.beyond.clone());
        let same = |group: &&mut Vec<&Coverage>| {
            let first = group[0];
            first.excepts && coverage.excepts && said(first) == said(coverage)
        };
        match alike.iter_mut().find(same) {
            Some(group) => group.push(coverage),
            None => alike.push(vec![coverage]),
        }
    }
    alike
}
