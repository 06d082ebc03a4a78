//! New actions that a wildcard covers which somebody wrote before they were there.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use wildmatch::WildMatch;

use super::same;
use super::security::grave;
use super::words::{Sides, verb};
use crate::model::{AccessLevel, Action, Service};
use crate::sensitive::Sensitive;

/// What a statement names its actions by, if that can cover actions that are not there yet.
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
        let covers = |pattern: &String| WildMatch::new_case_insensitive(pattern).matches(action);
        self.patterns.iter().any(covers) != self.except
    }

    /// As a statement has it: `bedrock:Get*`, or `NotAction` with its patterns.
    pub fn name(&self) -> String {
        let patterns = self.patterns.join(", ");
        if self.except {
            format!("NotAction {patterns}")
        } else {
            patterns
        }
    }
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
pub(super) fn covered(
    sides: Sides<'_>,
    wildcards: &[Wildcard],
    sensitive: &Sensitive,
) -> Vec<Coverage> {
    let nothing = BTreeMap::new();
    let actions =
        |service: Option<&Service>| service.map_or(nothing.clone(), |it| it.actions.clone());
    let (old, new) = (actions(sides.old), actions(sides.new));
    let added: Vec<_> = new
        .iter()
        .filter(|(name, _)| !old.contains_key(*name) && same::action(sides.old, name).is_none())
        .collect();
    if added.is_empty() {
        return Vec::new();
    }
    let mut coverages = Vec::new();
    for wildcard in in_use(sides, wildcards) {
        let covers = |name: &str| wildcard.covers(&sides.full(name));
        let covered: Vec<_> = added
            .iter()
            .copied()
            .filter(|(name, _)| covers(name))
            .collect();
        if covered.is_empty() {
            continue;
        }
        let before = old.iter().filter(|(name, _)| covers(name));
        let before: BTreeSet<_> = before
            .flat_map(|(_, facts)| facts.access_levels.clone())
            .collect();
        let beyond = covered.iter().filter_map(|(name, facts)| {
            let why = beyond(name, facts, &before, sides, sensitive)?;
            let action = (*name).clone();
            Some(Beyond { action, why })
        });
        // what is denied beforehand does no harm
        let beyond = if wildcard.allows {
            beyond.collect()
        } else {
            Vec::new()
        };
        coverages.push(Coverage {
            pattern: wildcard.name(),
            excepts: wildcard.except,
            allows: wildcard.allows,
            from: wildcard.from.clone(),
            actions: covered.iter().map(|(name, _)| (*name).clone()).collect(),
            beyond,
        });
    }
    coverages
}

/// Why a new action is beyond what a wildcard covered: it changes something, where the others did
/// not, or it is grave by itself.
fn beyond(
    name: &str,
    facts: &Action,
    before: &BTreeSet<AccessLevel>,
    sides: Sides<'_>,
    sensitive: &Sensitive,
) -> Option<String> {
    use AccessLevel::{PermissionsManagement, Tagging, Write};
    if let Some(reason) = sensitive.reason(&sides.full(name)) {
        return Some(reason.why.clone());
    }
    let changing = [PermissionsManagement, Write, Tagging];
    let further = changing
        .into_iter()
        .find(|level| facts.access_levels.contains(level) && !before.contains(level));
    if let Some(level) = further {
        return Some(format!(
            "is {}, which nothing it covered was",
            level.as_str()
        ));
    }
    if grave(name, facts, sides, sensitive) {
        let by_name = super::suspicion::of(name);
        return Some(
            by_name
                .unwrap_or("grants or changes permissions")
                .to_owned(),
        );
    }
    None
}

/// Wildcards of policies, one for each thing said, and `<prefix>:<Verb>*` for every verb that two
/// actions had before, unless a policy has the same.
fn in_use(sides: Sides<'_>, wildcards: &[Wildcard]) -> Vec<Wildcard> {
    let mut by_name: BTreeMap<(bool, String), Wildcard> = BTreeMap::new();
    for wildcard in wildcards {
        let name = (!wildcard.allows, wildcard.name().to_ascii_lowercase());
        let known = by_name.entry(name).or_insert_with(|| Wildcard {
            from: BTreeSet::new(),
            ..wildcard.clone()
        });
        known.from.extend(wildcard.from.iter().cloned());
    }
    let mut verbs: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in sides.old.into_iter().flat_map(|it| it.actions.keys()) {
        let verb = verb(name);
        verbs
            .entry(verb.to_ascii_lowercase())
            .or_default()
            .push(verb);
    }
    for spelled in verbs.values().filter(|spelled| spelled.len() > 1) {
        let wildcard = Wildcard {
            patterns: vec![format!("{}:{}*", sides.prefix(), spelled[0])],
            except: false,
            allows: true,
            from: BTreeSet::new(),
        };
        let name = (false, wildcard.name().to_ascii_lowercase());
        by_name.entry(name).or_insert(wildcard);
    }
    by_name.into_values().collect()
}
