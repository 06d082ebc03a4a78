//! Judging of changes: the sentences about each change, its effect on the crate's version and on
//! security.
//!
//! Security is always a question about an existing policy: does it allow more now, or deny less?
//! The effect on the version follows [`Bump`].

use std::collections::BTreeSet;

use iam_policy::ValueType;

use super::change::{Change, InEffect, Kind, Row, Table};
use super::renames::Rename;
use super::report::{Line, Mark, MarkKind, Section};
use super::sentences::{self, NO_CHANGE};
use super::states::{States, action_of, is_elsewhere, key_in_effect, keys_of, needs, only_old};
use super::verdict::{Bump, is_lost};
use super::wording;
use crate::escape::within_sentence;
use crate::overlay::Sensitive;
use crate::template::{self, ArnPiece};
use crate::words::{code, counted, few, fit, list, names};
use iam_policy::wire::Action;

/// The judgement of a change, the same for all rows that one line can report, except for `keys` and
/// `on`.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    section: Section,
    headline: &'static str,
    arguments: Arguments,
    /// The condition keys that came into effect: the lines of keys with the same rows are one.
    keys: Vec<String>,
    /// Where a condition key came into effect or lost its effect.
    on: On,
    meaning: String,
    bump: Bump,
    /// The most serious first.
    marks: Vec<Mark>,
}

/// The values of the placeholders in sentences, by name.
type Arguments = Vec<(&'static str, String)>;

/// Replaces the placeholders of a sentence, which are names in braces. A name without a value is
/// replaced by `who`.
fn filled(sentence: &str, arguments: &Arguments, who: &str) -> String {
    let argument = |name: &str| {
        let known = arguments.iter().find(|(it, _)| *it == name);
        known.map_or(who, |(_, text)| text)
    };
    let parts = sentence.split(['{', '}']).enumerate();
    let parts = parts.map(|(index, part)| if index % 2 == 0 { part } else { argument(part) });
    parts.collect()
}

/// The resource types on which a condition key came into effect or lost its effect; empty without.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct On {
    types: BTreeSet<String>,
    /// Whether these are all resource types of the action, and more than one.
    all: bool,
}

impl On {
    fn of(kind: &Kind) -> Self {
        match kind {
            Kind::KeyGained(InEffect { on, everywhere, .. })
            | Kind::KeyLost(InEffect { on, everywhere, .. }) => Self {
                types: on.iter().cloned().collect(),
                all: *everywhere && on.len() > 1,
            },
            _ => Self::default(),
        }
    }

    /// Adds the resource types of another action; if one of the actions has none, none are named.
    fn add(&mut self, other: &Self) {
        let named = !self.types.is_empty() && !other.types.is_empty();
        let types = named.then(|| &self.types | &other.types);
        self.types = types.unwrap_or_default();
        self.all &= other.all;
    }

    /// Returns the words that follow the names of actions.
    fn words(&self) -> String {
        match (self.types.is_empty(), self.all) {
            (true, _) => String::new(),
            (false, true) => " on every resource type".to_owned(),
            (false, false) => format!(" on {}", names(&Vec::from_iter(&self.types))),
        }
    }
}

impl Judged {
    fn is_like(&self, other: &Self) -> bool {
        let texts = |it: &Self| (it.section, it.headline, it.bump);
        texts(self) == texts(other)
            && (&self.arguments, &self.meaning) == (&other.arguments, &other.meaning)
            && self.marks == other.marks
    }

    /// Adds a row's judgement to that of other rows; returns `false` if they cannot share a line.
    pub(super) fn add(&mut self, other: &Self) -> bool {
        let shared = self.is_like(other) && self.keys == other.keys;
        if shared {
            self.on.add(&other.on);
        }
        shared
    }

    /// Adds the condition keys of a judgement of the same rows; returns `false` if the two cannot
    /// share a line.
    pub(super) fn add_keys(&mut self, other: &Self) -> bool {
        let shared = self.is_like(other) && self.on == other.on && !self.keys.is_empty();
        if shared {
            self.keys.extend_from_slice(&other.keys);
        }
        shared
    }

    /// Returns the sort key for a report: the most serious mark, then the section and the headline.
    pub(super) fn order(&self) -> impl Ord + use<> {
        let mark = self.marks.first().map(|mark| mark.kind);
        (mark.is_none(), mark, self.section, self.headline)
    }

    /// Returns the line to print about these rows of a table.
    pub(super) fn line(&self, table: Option<Table>, rows: &[String]) -> Line {
        let all = list(rows, rows.len());
        let number = counted(rows.len(), table.map_or("", Table::as_str));
        let who = if fit(rows.len()) { &all } else { &number };
        let is = if self.keys.len() > 1 { "are" } else { "is" };
        let headline = |who: &str, keys: String| {
            let mut arguments = self.arguments.clone();
            arguments.extend([
                ("on", self.on.words()),
                ("keys", keys),
                ("is", is.to_owned()),
            ]);
            filled(self.headline, &arguments, who)
        };
        let lists = [rows, self.keys.as_slice()].into_iter();
        Line {
            section: self.section,
            headline: headline(who, names(&self.keys)),
            full_headline: headline(&all, list(&self.keys, self.keys.len())),
            more: lists
                .filter(|it| !fit(it.len()))
                .flatten()
                .cloned()
                .collect(),
            meaning: self.meaning.clone(),
            bump: self.bump,
            security: self.marks.clone(),
            rows: rows.to_vec(),
        }
    }
}

/// The context of a judgement.
pub(super) struct Judge<'a> {
    pub(super) states: States<'a>,
    pub(super) sensitive: &'a Sensitive,
    pub(super) renames: &'a [Rename],
    /// All losses of items that programs can name, after all changes together.
    pub(super) lost: Vec<Change>,
    /// Whether the changes only replace names by others that mean the same.
    pub(super) only_spelling: bool,
}

impl Judge<'_> {
    pub(super) fn judged(&self, change: &Change) -> Judged {
        let mut marks = self.marks(change);
        let sentences = sentences::of(&change.kind, self.is_special(change, &marks));
        let arguments = self.arguments(change);
        let guard = sentences.guard.map(|why| filled(why, &arguments, ""));
        marks.extend(guard.map(|why| Mark::new(MarkKind::GuardLost, why)));
        let same = unchanged(change, self.states);
        if self.only_spelling || same.is_some() && !matches!(change.kind, Kind::ActionAdded(_)) {
            marks.clear();
        }
        marks.sort();
        marks.dedup();
        // pairs and keys are trait bounds: without them `.on(…)` and `.when(…)` do not compile;
        // removed names stay for one version, deprecated; placeholders are the fields of a builder
        let breaks = match &change.kind {
            Kind::ArnChanged(it) => placeholders(&it.old) != placeholders(&it.new),
            _ => is_lost(change, &self.lost),
        };
        Judged {
            section: if marks.is_empty() {
                sentences.section
            } else {
                Section::Security
            },
            headline: sentences.headline,
            keys: match &change.kind {
                Kind::KeyGained(it) => vec![it.condition_key.clone()],
                _ => Vec::new(),
            },
            on: On::of(&change.kind),
            meaning: same.unwrap_or_else(|| match (self.only_spelling, &change.kind) {
                (false, _)
                | (_, Kind::ResourceTypesGained { .. } | Kind::ResourceTypesLost { .. }) => {
                    filled(sentences.meaning, &arguments, "")
                }
                (true, _) => format!("{NO_CHANGE}: the same names in another spelling"),
            }),
            arguments,
            bump: if breaks { Bump::Major } else { sentences.bump },
            marks,
        }
    }

    /// Whether a change is a special case, for which [`sentences`] has a separate row.
    fn is_special(&self, change: &Change, marks: &[Mark]) -> bool {
        let (states, row) = (self.states, change.name());
        match &change.kind {
            Kind::ActionAdded(_) => !marks.is_empty(),
            Kind::ConditionKeyRemoved(_) => !self.is_unused(row),
            Kind::OperationRemoved(it) => is_elsewhere(states.new, row, it.sdk.as_deref()),
            Kind::OperationAdded(it) => is_elsewhere(states.old, row, it.sdk.as_deref()),
            Kind::ResourceTypesGained { .. } | Kind::ResourceTypesLost { .. } => {
                self.other_arns(change).is_empty()
            }
            Kind::ArnChanged(it) => template::same_arns(&it.old, &it.new),
            Kind::KeyTypeChanged(it) => same_type(&it.old, &it.new),
            Kind::DependentActionsChanged { actions: it, .. } => {
                let form = |state, needed: &String| states.is_form(row, needed, state);
                it.gained.iter().all(|needed| form(states.old, needed))
                    && it.lost.iter().all(|needed| form(states.new, needed))
            }
            Kind::OperationChanged { sdk, needs: it } => {
                let [_, lost, _] = needs((row, sdk.as_deref()), it, states);
                !lost.is_empty()
            }
            _ => false,
        }
    }

    fn arguments(&self, change: &Change) -> Arguments {
        let (states, row) = (self.states, change.name());
        let users = |uses: &dyn Fn(&Action) -> bool| match states.users(uses).as_slice() {
            [] => ("users", "no action yet".to_owned()),
            users => ("users", few(users)),
        };
        let has_key = |it: &Action| keys_of(it).any(|key| key == row);
        let has_type = |it: &Action| it.resources.iter().any(|it| it.resource_type == row);
        let delta = |delta: &wording::Delta| {
            let callers = [
                "also needed",
                "no longer needed",
                "needed in another context",
            ];
            let delta_of = wording::delta(delta, ["added", "removed", "changed"]);
            let callers = wording::delta(delta, callers);
            vec![
                ("delta", delta_of),
                ("callers", callers),
                ("lost", few(&delta[1])),
            ]
        };
        match &change.kind {
            Kind::ServiceGone(it) | Kind::ServiceAppeared(it) => {
                vec![("service", wording::service(&it.facts))]
            }
            Kind::TableGone(it) => vec![("rows", wording::rows(states.old, it))],
            Kind::TableAppeared(it) => vec![("rows", wording::rows(states.new, it))],
            Kind::ModuleChanged(it)
            | Kind::PrefixChanged(it)
            | Kind::ServiceNameChanged(it)
            | Kind::PageChanged(it)
            | Kind::ArnChanged(it)
            | Kind::KeyTypeChanged(it) => vec![("old", code(&it.old)), ("new", code(&it.new))],
            Kind::IdentifierMoved {
                identifier,
                meaning: it,
            } => vec![
                ("identifier", code(identifier)),
                ("old", code(&it.old)),
                ("new", code(&it.new)),
            ],
            Kind::IdentifierChanged {
                name,
                identifier: it,
            } => vec![
                ("name", code(name)),
                ("old", code(&it.old)),
                ("new", code(&it.new)),
            ],
            Kind::ActionRemoved(_)
            | Kind::ResourceTypeRemoved(_)
            | Kind::PermissionOnlyChanged { .. }
            | Kind::KeyGained(_)
            | Kind::ApiLinkChanged(_) => Vec::new(),
            Kind::ActionAdded(it) => vec![("levels", wording::levels(&it.facts))],
            Kind::ResourceTypeAdded(_) => vec![users(&has_type)],
            Kind::ConditionKeyRemoved(_) => vec![users(&has_key)],
            Kind::ConditionKeyAdded(it) => {
                let value_type = within_sentence(&it.facts.value_type);
                vec![("type", value_type), users(&has_key)]
            }
            Kind::OperationRemoved(it) => vec![("client", wording::client(&it.sdk))],
            Kind::OperationAdded(it) => {
                let needs = wording::required(&states.full(row), &it.needs);
                vec![("client", wording::client(&it.sdk)), ("needs", needs)]
            }
            Kind::ScopingGained {
                resource_types: it, ..
            }
            | Kind::ScopingLost {
                resource_types: it, ..
            }
            | Kind::ResourceTypesGained { resource_types: it }
            | Kind::ResourceTypesLost { resource_types: it } => {
                let types: Vec<_> = it.iter().map(|scope| &scope.resource_type).collect();
                vec![
                    ("scopes", names(&types)),
                    ("types", few(&self.other_arns(change))),
                ]
            }
            Kind::RequiredChanged { resource_type, .. } => vec![("type", code(resource_type))],
            Kind::KeyLost(it) => vec![("key", code(&it.condition_key))],
            Kind::AccessLevelsChanged { levels, restated } => {
                if *restated {
                    let [gained, lost] = [&levels.gained, &levels.lost].map(|levels| {
                        let names = levels.iter().map(|it| it.as_str().to_owned());
                        names.collect()
                    });
                    return delta(&[gained, lost, Vec::new()]);
                }
                let [old, new] = [states.old, states.new].map(|it| action_of(it, row));
                let levels = |it: Option<&Action>| it.map_or_else(String::new, wording::levels);
                vec![("old", levels(old)), ("new", levels(new))]
            }
            Kind::DependentActionsChanged { actions: it, .. }
            | Kind::ResourceTypeKeysChanged(it) => {
                delta(&[it.gained.clone(), it.lost.clone(), Vec::new()])
            }
            Kind::ScenariosChanged(it) => delta(&wording::scenarios(it)),
            Kind::OperationChanged { sdk, needs: it } => {
                delta(&needs((row, sdk.as_deref()), it, states))
            }
        }
    }

    /// Returns those added or removed resource types of an action whose ARNs the action does not
    /// support in the other state under any name.
    pub(super) fn other_arns<'a>(&self, change: &'a Change) -> Vec<&'a str> {
        match &change.kind {
            Kind::ResourceTypesGained { resource_types: it } => {
                only_old(change.name(), it, self.states.reversed())
            }
            Kind::ResourceTypesLost { resource_types: it } => {
                only_old(change.name(), it, self.states)
            }
            _ => Vec::new(),
        }
    }

    /// Whether a key is not in effect for any action now. The old state does not matter, because
    /// the reference may not have listed the key's actions before.
    pub(super) fn is_unused(&self, key: &str) -> bool {
        let users = self.states.users(|it| keys_of(it).any(|it| it == key));
        users.is_empty()
    }
}

/// Returns the sentence for an added or removed name that affects no policy, because the other
/// state has another spelling of it or, for a resource type, another name for the same ARNs.
pub(super) fn unchanged(change: &Change, states: States<'_>) -> Option<String> {
    let Row { table, name } = change.row.as_ref()?;
    let back = states.reversed();
    let (other, name) = match &change.kind {
        Kind::ActionRemoved(_) | Kind::ResourceTypeRemoved(_) | Kind::ConditionKeyRemoved(_) => {
            (states.same_row(*table, name)?, name)
        }
        Kind::ActionAdded(_) | Kind::ResourceTypeAdded(_) | Kind::ConditionKeyAdded(_) => {
            (back.same_row(*table, name)?, name)
        }
        Kind::KeyLost(it) | Kind::KeyGained(it) => {
            let lost = matches!(change.kind, Kind::KeyLost(_));
            let action = action_of(if lost { states.new } else { states.old }, name)?;
            let key = &it.condition_key;
            (key_in_effect(action, key, &it.on)?, key)
        }
        _ => return None,
    };
    let (name, other) = (code(name), code(other));
    Some(match table {
        Table::ResourceTypes => format!("{NO_CHANGE}: {other} has the same ARNs"),
        _ => format!("{NO_CHANGE}: {name} and {other} are the same in IAM"),
    })
}

/// Returns the placeholders of an ARN template, in order; `None` if the template is invalid.
pub(super) fn placeholders(arn: &str) -> Option<Vec<ArnPiece>> {
    let mut pieces = template::arn(arn).ok()?;
    pieces.retain(|piece| !matches!(piece, ArnPiece::Literal(_)));
    Some(pieces)
}

/// Whether two spellings name the same value type.
fn same_type(one: &str, other: &str) -> bool {
    let known = |spelled: &str| spelled.parse::<ValueType>().ok();
    one == other || known(one).is_some_and(|it| Some(it) == known(other))
}
