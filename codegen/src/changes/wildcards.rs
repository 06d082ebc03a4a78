//! New actions that existing wildcards already cover.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::ActionPattern;
use iam_policy::document::{Document, DocumentStatement, List, Scalar, Statements};
use iam_policy::wire::{AccessLevel, Action};
use serde::{Deserialize as _, Serialize};
use serde_json::Value;

use super::change::Table;
use super::judge::Judge;
use super::states::{States, action_of};
use crate::error::{Error, Result, quoted};
use crate::words::{starts, verb};

/// The actions of a statement that can cover future actions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Wildcard {
    /// The pattern as in the statement: `bedrock:Get*`, or `NotAction` with its patterns.
    pub pattern: String,
    /// Whether it is a `NotAction`, which covers all actions that its patterns do not match.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub excepts: bool,
    /// Whether the effect is `Allow`; otherwise it is `Deny`.
    pub allows: bool,
    /// The policies that contain it; empty for a common wildcard.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub from: BTreeSet<String>,
    #[serde(skip)]
    patterns: Vec<String>,
}

impl Wildcard {
    fn new(patterns: Vec<String>, excepts: bool, allows: bool, from: Option<&str>) -> Self {
        let not = if excepts { "NotAction " } else { "" };
        Self {
            pattern: format!("{not}{}", patterns.join(", ")),
            excepts,
            allows,
            from: from.map(str::to_owned).into_iter().collect(),
            patterns,
        }
    }

    /// Whether it covers an action (with prefix).
    pub fn covers(&self, action: &str) -> bool {
        let covers = |it: &String| ActionPattern::parse(it).is_ok_and(|it| it.matches(action));
        self.patterns.iter().any(covers) != self.excepts
    }
}

/// Reads the wildcards of a policy document: each `Action` with `*` or `?`, and each `NotAction`. The
/// document may be nested in output of the AWS CLI (`PolicyVersion`, `Document`). `name` is the name
/// of the policy in reports.
///
/// # Errors
/// Returns an error if the text is not JSON, has no statements or has an unknown effect.
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
    let document = documents.find(|it| it.get("Statement").is_some());
    let document = document.ok_or_else(|| fault("no `Statement`".to_owned()))?;
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
        _ => return Err(fault("the effect", &statement.effect, "`Allow` or `Deny`")),
    };
    let texts = |list: &Option<List>| -> Result<Vec<String>> {
        let entries = list.as_ref().map_or(&[][..], List::as_slice).iter();
        let text = |it: &Scalar| match it.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => Err(fault("the action", it, "text")),
        };
        entries.map(text).collect()
    };
    let (actions, except) = (texts(&statement.action)?, texts(&statement.not_action)?);
    let actions = actions.into_iter().filter(|it| it.contains(['*', '?']));
    let except = (!except.is_empty()).then_some((except, true));
    let wildcards = actions.map(|action| (vec![action], false)).chain(except);
    let wildcard = |(patterns, excepts)| Wildcard::new(patterns, excepts, allows, Some(name));
    Ok(wildcards.map(wildcard).collect())
}

fn fault(what: &str, value: &impl Serialize, expected: &str) -> Error {
    let value = serde_json::to_string(value).unwrap_or_default();
    Error::new(format!("{what} {}", quoted(&value)), expected)
}

/// New actions that a wildcard covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The wildcard.
    #[serde(flatten)]
    pub wildcard: Wildcard,
    /// The new actions, without their prefix.
    pub actions: Vec<String>,
    /// The only action that a common pattern covered before, without its prefix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_before: Option<String>,
    /// The new actions that permit more than any action covered before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beyond: Vec<Beyond>,
}

impl Coverage {
    /// Whether it is a common pattern that covered several actions before, and new ones that permit
    /// no more than these.
    fn is_ordinary(&self) -> bool {
        self.wildcard.from.is_empty() && self.only_before.is_none() && self.beyond.is_empty()
    }
}

/// A new action that permits more than any action that a wildcard covered before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Beyond {
    /// The action, without its prefix.
    pub action: String,
    /// The reason, in words that follow the name.
    pub why: String,
}

/// Returns the given and common wildcards that cover new actions, with these actions.
pub(super) fn covered(judge: &Judge<'_>, wildcards: &[Wildcard]) -> Vec<Coverage> {
    let states = judge.states;
    let old = states.old.map(|it| &it.actions);
    let actions = states.new.into_iter().flat_map(|it| &it.actions);
    let is_new = |name: &str| {
        let known = old.is_some_and(|it| it.contains_key(name));
        !known && states.reversed().same_row(Table::Actions, name).is_none()
    };
    let added: Vec<_> = actions.filter(|(name, _)| is_new(name)).collect();
    let coverage = |(wildcard, only_before): (Wildcard, Option<&String>)| {
        let covers = |name: &str| wildcard.covers(&states.full(name));
        let covered = added.iter().filter(|(name, _)| covers(name));
        let before = old.into_iter().flatten().filter(|(name, _)| covers(name));
        let before: BTreeSet<_> = before.flat_map(|(_, facts)| &facts.access_levels).collect();
        let actions: Vec<_> = covered.clone().map(|(name, _)| (*name).clone()).collect();
        // a denied action does no harm
        let allowed = covered.filter(|_| wildcard.allows);
        let beyond = allowed.filter_map(|(name, facts)| {
            let action = (*name).clone();
            beyond(name, facts, &before, judge).map(|why| Beyond { action, why })
        });
        let beyond = beyond.collect();
        (!actions.is_empty()).then_some(Coverage {
            wildcard,
            actions,
            only_before: only_before.cloned(),
            beyond,
        })
    };
    let names: Vec<_> = added.iter().map(|(name, _)| name.as_str()).collect();
    let wildcards = in_use(states, wildcards, &names).into_iter();
    wildcards.filter_map(coverage).collect()
}

/// Returns why a new action permits more than a wildcard did before: it is sensitive, or it changes
/// something and no action covered before did.
fn beyond(
    name: &str,
    facts: &Action,
    before: &BTreeSet<&AccessLevel>,
    judge: &Judge<'_>,
) -> Option<String> {
    use AccessLevel::{PermissionsManagement, Tagging, Write};
    if let Some(reason) = judge.sensitive.reason(&judge.states.full(name)) {
        return Some(reason.why.clone());
    }
    let mut levels = [PermissionsManagement, Write, Tagging].into_iter();
    let further = |level: &_| facts.access_levels.contains(level) && !before.contains(level);
    match levels.find(further) {
        Some(it) => Some(format!(
            "is {}, unlike all actions covered before",
            it.as_str()
        )),
        None => judge.reasons(name, facts).pop().map(|mark| mark.why),
    }
}

/// Returns the wildcards of policies, merged by pattern and effect, and the common ones:
/// `<prefix>:<Verb>*` for each verb that at least two actions had before, and patterns that covered
/// only one action, with that action: `<prefix>:GetAgent*` for `GetAgent` if `GetAgentMemory` was added.
fn in_use<'a>(
    states: States<'a>,
    wildcards: &[Wildcard],
    added: &[&str],
) -> Vec<(Wildcard, Option<&'a String>)> {
    let names = states.old.into_iter().flat_map(|it| it.actions.keys());
    let mut verbs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for verb in names.clone().map(|name| verb(name)) {
        verbs.entry(lower(verb)).or_default().push(verb);
    }
    verbs.retain(|_, spelled| spelled.len() > 1);
    let verbs = verbs.into_iter();
    let mut common: BTreeMap<String, (&str, Option<&String>)> = verbs
        .map(|(plain, spelled)| (plain, (spelled[0], None)))
        .collect();
    // in this order, the names that begin alike are neighbours
    let mut sorted: Vec<_> = names.map(|name| (lower(name), name)).collect();
    sorted.sort_unstable();
    let mut added: Vec<_> = added.iter().map(|name| lower(name)).collect();
    added.sort_unstable();
    for (index, (_, name)) in sorted.iter().enumerate() {
        // a renamed action is still one action
        let kept = action_of(states.new, name).is_some()
            || states.same_row(Table::Actions, name).is_some();
        for start in starts(name).filter(|_| kept) {
            let pattern = lower(start);
            let begins =
                |it: Option<&(String, &String)>| it.is_some_and(|it| it.0.starts_with(&pattern));
            let alone = !begins(index.checked_sub(1).and_then(|index| sorted.get(index)))
                && !begins(sorted.get(index + 1));
            let from = added.partition_point(|it| *it < pattern);
            let grows = added.get(from).is_some_and(|it| it.starts_with(&pattern));
            if alone && grows {
                common.entry(pattern).or_insert((start, Some(name)));
            }
        }
    }
    let mut by_name: BTreeMap<(bool, String), (Wildcard, Option<&String>)> = BTreeMap::new();
    for wildcard in wildcards.iter().cloned() {
        let name = (!wildcard.allows, lower(&wildcard.pattern));
        let from = wildcard.from.clone();
        let known = by_name.entry(name).or_insert((wildcard, None));
        known.0.from.extend(from);
    }
    for (start, only) in common.into_values() {
        let pattern = states.full(&format!("{start}*"));
        let name = (false, lower(&pattern));
        let wildcard = Wildcard::new(vec![pattern], false, true, None);
        by_name.entry(name).or_insert((wildcard, only));
    }
    by_name.into_values().collect()
}

fn lower(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// Groups wildcards that are reported in one line: `NotAction` wildcards that cover the same
/// actions, common patterns whose new actions permit no more than the known ones, and all patterns
/// that covered only one action before.
pub(super) fn alike(wildcards: &[Coverage]) -> Vec<Vec<&Coverage>> {
    let mut alike: Vec<Vec<&Coverage>> = Vec::new();
    for it in wildcards {
        let same = |group: &&mut Vec<&Coverage>| {
            let first = group[0];
            let both = first.wildcard.excepts && it.wildcard.excepts;
            let covered = first.actions == it.actions && first.beyond == it.beyond;
            both && covered && first.wildcard.allows == it.wildcard.allows
                || first.is_ordinary() && it.is_ordinary()
                || first.only_before.is_some() && it.only_before.is_some()
        };
        match alike.iter_mut().find(same) {
            Some(group) => group.push(it),
            None => alike.push(vec![it]),
        }
    }
    alike
}
