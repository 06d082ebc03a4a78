//! The guard against damaged pages: a page that lost or gained suspiciously many facts of one kind,
//! compared with the committed snapshot, is refused.
//!
//! The facts are compared kind by kind. A kind is suspicious if more than ten facts and more than a
//! fifth of them were lost, or came; or if a whole table was lost. One template that changes to ARNs of
//! another service is suspicious. If a translation still states more
//! than ten of the lost facts, they are suspicious without being a fifth, because the English page
//! alone lost them.
//!
//! A fact counts only if the names that it is about are on both pages: the access level of a removed
//! action is lost with the action. A fact that replaces another, such as an access level, counts as
//! lost only.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use iam_policy::Layout;
use iam_policy::wire::{Locale, Service};

use crate::error::{Error, quoted};

/// The number of facts that may always be lost or come.
const FEW: usize = 10;

/// A kind of fact, for which a suspicious change can be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Actions.
    Actions,
    /// Resource types.
    ResourceTypes,
    /// Condition keys, their types, and the actions for which they are in effect.
    Keys,
    /// Pairs of an action and a resource type.
    Pairs,
    /// Access levels of actions.
    Levels,
    /// Marks of required resource types.
    RequiredMarks,
    /// API operations, the actions that they need with the values of condition keys, and dependent
    /// actions.
    Operations,
    /// Templates of ARNs.
    Templates,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Actions,
        Self::ResourceTypes,
        Self::Keys,
        Self::Pairs,
        Self::Levels,
        Self::RequiredMarks,
        Self::Operations,
        Self::Templates,
    ];

    /// Returns the word for the kind on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::ResourceTypes => "resource-types",
            Self::Keys => "keys",
            Self::Pairs => "pairs",
            Self::Levels => "levels",
            Self::RequiredMarks => "required-marks",
            Self::Operations => "operations",
            Self::Templates => "templates",
        }
    }
}

impl FromStr for Kind {
    type Err = Error;

    /// Parses the word for a kind, or its longer form, such as `condition-keys`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let word = match text {
            "condition-keys" => "keys",
            "access-levels" => "levels",
            "required" => "required-marks",
            "arn-templates" => "templates",
            word => word,
        };
        let kind = Self::ALL.into_iter().find(|kind| kind.word() == word);
        kind.ok_or_else(|| {
            let known = Self::ALL
                .map(|kind| format!("`{}`", kind.word()))
                .join(", ");
            Error::new(
                format!("the kind of facts {}", quoted(text)),
                format!("one of {known}"),
            )
        })
    }
}

/// The kinds for which the user accepts suspicious changes.
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    /// The kinds of which facts may be lost.
    pub removals: BTreeSet<Kind>,
    /// The kinds of which facts may come.
    pub additions: BTreeSet<Kind>,
}

/// The changes of a page since the committed snapshot.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// The prefixes, if they differ.
    prefixes: Option<(String, String)>,
    /// The resource types whose ARNs are those of another service.
    moved: Vec<String>,
    /// The number of permission-only actions, which have a table of their own, if all were lost.
    permission_only: usize,
    changes: Vec<Change>,
}

/// The changes of one group of facts.
#[derive(Clone, Debug)]
struct Change {
    group: Group,
    /// The number of facts in the snapshot, without those of lost names.
    before: usize,
    lost: BTreeSet<String>,
    came: BTreeSet<String>,
    /// Whether a whole table was lost.
    emptied: bool,
}

impl Guard {
    /// Compares a page with the committed snapshot, each with its layout.
    pub fn new(committed: &Service, layout: Layout, read: &Service, now: Layout) -> Self {
        if committed == read {
            return Self::default();
        }
        let (old, new) = (Stated::of(committed), Stated::of(read));
        let groups: BTreeSet<_> = old.0.keys().chain(new.0.keys()).cloned().collect();
        // the classic layout has no operations; the current one derives dependent actions from them
        let unstated = layout == Layout::Classic && committed.operations.is_empty();
        let comparable = |group: &Group| match (group.kind, &group.part) {
            (Kind::Operations, Part::Dependents) => layout == now && layout == Layout::Classic,
            (Kind::Operations, _) => !unstated,
            _ => true,
        };
        let changes = groups.into_iter().filter(comparable);
        let prefixes = (committed.prefix.clone(), read.prefix.clone());
        let count = |service: &Service| {
            let actions = service.actions.values();
            actions.filter(|action| action.permission_only).count()
        };
        let types = committed.resource_types.iter();
        let moved = types.filter_map(|(name, old)| {
            let (before, now) = (&old.arn, &read.resource_types.get(name)?.arn);
            let service = |arn: &str| arn.split(':').nth(2).map(str::to_owned);
            (service(before) != service(now)).then(|| {
                format!(
                    "{} for {} (now {})",
                    quoted(before),
                    quoted(name),
                    quoted(now)
                )
            })
        });
        Self {
            moved: moved.collect(),
            prefixes: Some(prefixes).filter(|(before, now)| before != now),
            permission_only: if count(read) == 0 {
                count(committed)
            } else {
                0
            },
            changes: changes.map(|group| Change::of(group, &old, &new)).collect(),
        }
    }

    /// Checks the changes; `translations` are the localized pages of the same service.
    ///
    /// # Errors
    /// Returns [`Error`] if changes are suspicious and not accepted.
    pub fn check(
        &self,
        accepted: &Accepted,
        translations: &[(Locale, &Service)],
    ) -> Result<(), Error> {
        let mut refusal = Refusal::default();
        let removals = |kind: Kind| !accepted.removals.contains(&kind);
        if let Some((before, now)) = self.prefixes.as_ref().filter(|_| removals(Kind::Actions)) {
            // with another prefix, all actions have other names
            let prefixes = format!("its prefix {} (now {})", quoted(before), quoted(now));
            refusal.lost.push((Kind::Actions, prefixes));
        }
        if !self.moved.is_empty() && removals(Kind::Templates) {
            let moved = self.moved.join(", ");
            let moved = format!("the service in ARN templates: {moved}");
            refusal.lost.push((Kind::Templates, moved));
        }
        if self.permission_only > 0 && removals(Kind::Actions) {
            let all = format!("all {} permission-only actions", self.permission_only);
            refusal.lost.push((Kind::Actions, all));
        }
        let losses = |it: &&Change| !it.lost.is_empty() && removals(it.group.kind);
        if self.changes.iter().any(|it| losses(&it)) {
            let translations: Vec<_> = translations
                .iter()
                .map(|(locale, service)| (*locale, Stated::of(service)))
                .collect();
            for change in self.changes.iter().filter(losses) {
                refusal.losses(change, &translations);
            }
        }
        let gains = |it: &&Change| !accepted.additions.contains(&it.group.kind);
        for change in self.changes.iter().filter(gains) {
            let (group, count) = (&change.group, change.came.len());
            // a new key is a gain compared with the uses of all keys
            let counted = |it: &&Change| it.group.counts_with(group);
            let before = self
                .changes
                .iter()
                .filter(counted)
                .map(|it| it.before)
                .sum();
            if suspicious(count, before) {
                let came = examples(&change.came);
                let text = format!("{count} {group} ({came}) in addition to {before}");
                refusal.came.push((group.kind, text));
            }
        }
        refusal.into_error().map_or(Ok(()), Err)
    }
}

/// Returns whether a number of changed facts is suspicious, for the number of facts in the snapshot.
const fn suspicious(changed: usize, before: usize) -> bool {
    changed > FEW && changed * 5 > before
}

/// The suspicious changes of a page, as texts.
#[derive(Default)]
struct Refusal {
    lost: Vec<(Kind, String)>,
    still_stated: Vec<String>,
    came: Vec<(Kind, String)>,
}

impl Refusal {
    fn losses(&mut self, change: &Change, translations: &[(Locale, Stated)]) {
        let group = &change.group;
        let mut still_stated: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (locale, stated) in translations {
            let facts = stated.facts(group).map_or(0, |facts| {
                change
                    .lost
                    .iter()
                    .filter(|it| facts.contains_key(*it))
                    .count()
            });
            still_stated.entry(facts).or_default().push(locale.as_str());
        }
        still_stated.remove(&0);
        let contradicted = still_stated.keys().any(|count| *count > FEW);
        let count = change.lost.len();
        if !(change.emptied || contradicted || suspicious(count, change.before)) {
            return;
        }
        let text = match change.emptied {
            true => format!("all {} {group}", change.before),
            false => {
                let lost = examples(&change.lost);
                format!("{count} of {} {group} ({lost})", change.before)
            }
        };
        self.lost.push((group.kind, text));
        let sentences = still_stated.into_iter().rev().map(|(count, locales)| {
            let state = if locales.len() == 1 {
                "states"
            } else {
                "state"
            };
            let locales = locales.join(", ");
            format!("{locales} still {state} {count} {group} that the English page no longer has")
        });
        self.still_stated.extend(sentences);
    }

    fn into_error(self) -> Option<Error> {
        let list = |texts: &[(Kind, String)]| {
            let texts = texts.iter().map(|(_, text)| text.as_str());
            texts.collect::<Vec<_>>().join(" and ")
        };
        let mut parts = Vec::new();
        let mut options = Vec::new();
        for (verb, option, texts) in [
            ("lost", "removals", &self.lost),
            ("gained", "additions", &self.came),
        ] {
            if !texts.is_empty() {
                parts.push(format!("{verb} {}", list(texts)));
                let kinds: BTreeSet<_> = texts.iter().map(|(kind, _)| *kind).collect();
                let kinds: Vec<_> = kinds.into_iter().map(Kind::word).collect();
                options.push(format!("`--accept-{option}={}`", kinds.join(",")));
            }
        }
        if parts.is_empty() {
            return None;
        }
        let page = format!("a page that {}", parts.join(" and "));
        let found: Vec<_> = [page].into_iter().chain(self.still_stated).collect();
        let error = Error::new(found.join("; "), "most of what the committed snapshot has");
        let options = options.join(" and ");
        Some(error.hint(format!("if the reference has changed so, pass {options}")))
    }
}

/// Lists a few facts.
fn examples(facts: &BTreeSet<String>) -> String {
    let facts: Vec<_> = facts.iter().map(|fact| quoted(fact)).take(3).collect();
    facts.join(", ") + if facts.len() < 3 { "" } else { ", …" }
}

/// A group of facts that are counted together: a kind, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    kind: Kind,
    part: Part,
}

impl Group {
    /// Returns whether two groups differ at most by the namespace of their keys.
    fn counts_with(&self, other: &Self) -> bool {
        use std::mem::discriminant;
        self.kind == other.kind && discriminant(&self.part) == discriminant(&other.part)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// Names in a table.
    Names,
    /// Facts about names.
    Facts,
    /// Values of condition keys in the requests of operations.
    Contexts,
    /// Dependent actions of actions.
    Dependents,
    /// The actions for which the condition keys of a namespace are in effect. The namespaces are
    /// counted separately, because a service's own keys can be many more than the `aws:` keys.
    InEffect(String),
}

impl fmt::Display for Group {
    /// Writes the plural.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.kind, &self.part) {
            (Kind::Actions, _) => "actions",
            (Kind::ResourceTypes, _) => "resource types",
            (Kind::Keys, Part::Names) => "condition keys",
            (Kind::Keys, Part::InEffect(namespace)) => {
                return write!(f, "uses of `{namespace}:` condition keys");
            }
            (Kind::Keys, _) => "types of condition keys",
            (Kind::Pairs, _) => "pairs of action and resource type",
            (Kind::Levels, _) => "access levels",
            (Kind::RequiredMarks, _) => "required resource types",
            (Kind::Operations, Part::Names) => "operations",
            (Kind::Operations, Part::Contexts) => "condition key values of operations",
            (Kind::Operations, Part::Dependents) => "dependent actions",
            (Kind::Operations, _) => "actions of operations",
            (Kind::Templates, _) => "ARN templates",
        })
    }
}

/// The facts that a page states, by group; each with the name that it is about.
#[derive(Default)]
struct Stated(BTreeMap<Group, BTreeMap<String, Option<Name>>>);

/// A name, or a pair of names, that facts are about.
type Name = (Kind, String);

impl Stated {
    fn of(service: &Service) -> Self {
        let mut stated = Self::default();
        for (name, action) in &service.actions {
            stated.name(Kind::Actions, name.clone());
            let of_action = || (Kind::Actions, name.clone());
            for level in &action.access_levels {
                stated.fact(
                    Kind::Levels,
                    Part::Facts,
                    format!("{name}: {level}"),
                    of_action(),
                );
            }
            for needed in &action.dependent_actions {
                let fact = format!("{needed} for {name}");
                stated.fact(Kind::Operations, Part::Dependents, fact, of_action());
            }
            let pairs = action.resources.iter().map(|resource| {
                let pair = format!("{name} on {}", resource.resource_type);
                (pair, resource.required, &resource.condition_keys)
            });
            let mut of_all = of_action();
            for (pair, required, keys) in pairs {
                stated.fact(Kind::Pairs, Part::Names, pair.clone(), of_action());
                let of_pair = (Kind::Pairs, pair.clone());
                if required {
                    stated.fact(Kind::RequiredMarks, Part::Facts, pair, of_pair.clone());
                }
                keys.iter()
                    .for_each(|key| stated.in_effect(key, name, of_pair.clone()));
                // keys of resource types are lost with the pairs
                of_all = of_pair;
            }
            for key in &action.condition_keys {
                stated.in_effect(key, name, of_all.clone());
            }
        }
        for (name, resource_type) in &service.resource_types {
            stated.name(Kind::ResourceTypes, name.clone());
            let template = format!("{name}: {}", resource_type.arn);
            let of_type = (Kind::ResourceTypes, name.clone());
            stated.fact(Kind::Templates, Part::Facts, template, of_type);
        }
        for (name, key) in &service.condition_keys {
            stated.name(Kind::Keys, name.clone());
            let value_type = format!("{name}: {}", key.value_type);
            let of_key = (Kind::Keys, name.clone());
            stated.fact(Kind::Keys, Part::Facts, value_type, of_key);
        }
        for operation in &service.operations {
            let name = match &operation.sdk {
                Some(sdk) => format!("{sdk}:{}", operation.operation),
                None => operation.operation.clone(),
            };
            stated.name(Kind::Operations, name.clone());
            for needed in &operation.actions {
                let fact = format!("{} for {name}", needed.action);
                let of_operation = || (Kind::Operations, name.clone());
                let values = needed.context.iter();
                let values =
                    values.flat_map(|(key, values)| values.iter().map(move |it| (key, it)));
                for (key, value) in values {
                    let context = format!("{key} {value} for {fact}");
                    let of = of_operation();
                    stated.fact(Kind::Operations, Part::Contexts, context, of);
                }
                stated.fact(Kind::Operations, Part::Facts, fact, of_operation());
            }
        }
        stated
    }

    fn name(&mut self, kind: Kind, name: String) {
        self.add(kind, Part::Names, name, None);
    }

    fn fact(&mut self, kind: Kind, part: Part, fact: String, of: Name) {
        self.add(kind, part, fact, Some(of));
    }

    fn in_effect(&mut self, key: &str, action: &str, of: Name) {
        let namespace = key.split(':').next().unwrap_or_default();
        let part = Part::InEffect(namespace.to_owned());
        self.fact(Kind::Keys, part, format!("{key} for {action}"), of);
    }

    fn add(&mut self, kind: Kind, part: Part, fact: String, of: Option<Name>) {
        let facts = self.0.entry(Group { kind, part }).or_default();
        facts.insert(fact, of);
    }

    fn facts(&self, group: &Group) -> Option<&BTreeMap<String, Option<Name>>> {
        self.0.get(group)
    }

    fn has(&self, (kind, name): &Name) -> bool {
        let group = Group {
            kind: *kind,
            part: Part::Names,
        };
        self.facts(&group)
            .is_some_and(|names| names.contains_key(name))
    }
}

impl Change {
    fn of(group: Group, old: &Stated, new: &Stated) -> Self {
        let empty = BTreeMap::new();
        let (before, after) = (
            old.facts(&group).unwrap_or(&empty),
            new.facts(&group).unwrap_or(&empty),
        );
        let kept: Vec<_> = before
            .iter()
            .filter(|(_, of)| of.as_ref().is_none_or(|of| new.has(of)))
            .collect();
        let lost: Vec<_> = kept
            .iter()
            .filter(|(fact, _)| !after.contains_key(*fact))
            .collect();
        let replaced: BTreeSet<_> = lost.iter().filter_map(|(_, of)| of.as_ref()).collect();
        let came = after.iter().filter(|(fact, of)| {
            let of_known = |of: &Name| old.has(of) && !replaced.contains(of);
            !before.contains_key(*fact) && of.as_ref().is_none_or(of_known)
        });
        let is_table = group.part == Part::Names && group.kind != Kind::Pairs;
        Self {
            emptied: is_table && after.is_empty() && !before.is_empty(),
            before: kept.len(),
            lost: lost.iter().map(|(fact, _)| (*fact).clone()).collect(),
            came: came.map(|(fact, _)| fact.clone()).collect(),
            group,
        }
    }
}
