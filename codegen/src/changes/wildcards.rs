//! New actions that existing wildcards already cover.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::ActionPattern;
use iam_policy::document::{Document, DocumentStatement, List, Scalar, Statements};
use iam_policy::wire::{AccessLevel, Action};
use serde::{Deserialize as _, Serialize};
use serde_json::Value;

use super::change::Table;
use super::judge::Judge;
use super::states::States;
use crate::error::{Error, Result, quoted};
use crate::words::verb;

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
    /// The new actions that permit more than any action covered before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beyond: Vec<Beyond>,
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
    let coverage = |wildcard: Wildcard| {
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
            beyond,
        })
    };
    let wildcards = in_use(states, wildcards).into_iter();
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
/// `<prefix>:<Verb>*` for each verb that at least two actions had before.
fn in_use(states: States<'_>, wildcards: &[Wildcard]) -> Vec<Wildcard> {
    let mut verbs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in states.old.into_iter().flat_map(|it| it.actions.keys()) {
        let spelled = verbs.entry(verb(name).to_ascii_lowercase());
        spelled.or_default().push(verb(name));
    }
    let common = verbs.values().filter(|spelled| spelled.len() > 1);
    let common = common.map(|spelled| states.full(&format!("{}*", spelled[0])));
    let common = common.map(|pattern| Wildcard::new(vec![pattern], false, true, None));
    let mut by_name: BTreeMap<(bool, String), Wildcard> = BTreeMap::new();
    for wildcard in wildcards.iter().cloned().chain(common) {
        let name = (!wildcard.allows, wildcard.pattern.to_ascii_lowercase());
        let from = wildcard.from.clone();
        by_name.entry(name).or_insert(wildcard).from.extend(from);
    }
    by_name.into_values().collect()
}

/// Groups `NotAction` wildcards that cover the same actions, to report them in one line.
pub(super) fn alike(wildcards: &[Coverage]) -> Vec<Vec<&Coverage>> {
    let mut alike: Vec<Vec<&Coverage>> = Vec::new();
    for it in wildcards {
        let same = |group: &&mut Vec<&Coverage>| {
            let first = group[0];
            let both = first.wildcard.excepts && it.wildcard.excepts;
            let covered = first.actions == it.actions && first.beyond == it.beyond;
            both && covered && first.wildcard.allows == it.wildcard.allows
        };
        match alike.iter_mut().find(same) {
            Some(group) => group.push(it),
            None => alike.push(vec![it]),
        }
    }
    alike
}
