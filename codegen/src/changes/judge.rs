//! How each kind of change is judged: what it asks of the crate's version, what of it touches
//! security, and what its sentences are filled with.
//!
//! The question of security is always that of an existing policy: does it allow more now, or deny
//! less? Versions follow CONTRIBUTING, section "Versions".

use iam_policy::ValueType;

use super::change::{Change, Kind, Row, Scope, Table};
use super::report::{Line, Mark, MarkKind, Section};
use super::sentences::{self, NO_CHANGE};
use super::states::{
    States, action_of, is_elsewhere, key_in_effect, keys_of, needs, only_old, type_of,
};
use super::verdict::{Bump, is_lost};
use super::{suspicion, wording};
use crate::overlay::Sensitive;
use crate::template::{self, ArnPiece};
use crate::words::{code, counted, few, fit, list, names};
use iam_policy::wire::{AccessLevel, Action, ActionResource};

/// What is reported of a change, whichever rows it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    section: Section,
    headline: &'static str,
    arguments: Arguments,
    meaning: String,
    bump: Bump,
    /// The gravest first.
    marks: Vec<Mark>,
}

/// What sentences are filled with, by name.
type Arguments = Vec<(&'static str, String)>;

/// Fills a sentence: between braces stands the name of an argument.
fn filled(sentence: &str, arguments: &Arguments, who: &str) -> String {
    let argument = |name: &str| {
        let known = arguments.iter().find(|(it, _)| *it == name);
        known.map_or(who, |(_, text)| text)
    };
    let parts = sentence.split(['{', '}']).enumerate();
    let parts = parts.map(|(index, part)| if index % 2 == 0 { part } else { argument(part) });
    parts.collect()
}

impl Judged {
    /// Where it stands in a report: the gravest first, then by section and kind.
    pub(super) fn order(&self) -> impl Ord + use<> {
        let mark = self.marks.first().map(|mark| mark.kind);
        (mark.is_none(), mark, self.section, self.headline)
    }

    /// What a person reads about rows of a table.
    pub(super) fn line(&self, table: Option<Table>, rows: &[String]) -> Line {
        let all = list(rows, rows.len());
        let number = counted(rows.len(), table.map_or("", Table::as_str));
        let who = if fit(rows.len()) { &all } else { &number };
        Line {
            section: self.section,
            headline: filled(self.headline, &self.arguments, who),
            full_headline: filled(self.headline, &self.arguments, &all),
            meaning: self.meaning.clone(),
            bump: self.bump,
            security: self.marks.clone(),
            rows: rows.to_vec(),
        }
    }
}

/// What a change adds to the sentences of its kind.
struct Judgement {
    /// Whether it is the special case of its kind, as the sentences name it.
    case: bool,
    arguments: Arguments,
    bump: Bump,
    /// What touches security beside the guard of its kind.
    marks: Vec<Mark>,
}

fn with<const N: usize>(arguments: [(&'static str, String); N]) -> Judgement {
    Judgement {
        case: false,
        arguments: arguments.into(),
        bump: Bump::Minor,
        marks: Vec::new(),
    }
}

impl Judgement {
    fn case(self, case: bool) -> Self {
        Self { case, ..self }
    }

    fn bump(self, bump: Bump) -> Self {
        Self { bump, ..self }
    }

    fn marked(mut self, marks: impl IntoIterator<Item = Mark>) -> Self {
        self.marks.extend(marks);
        self
    }
}

const CALLERS: [&str; 3] = [
    "also needed",
    "no longer needed",
    "needed in another context",
];

/// What changes are judged by.
pub(super) struct Judge<'a> {
    pub(super) states: States<'a>,
    pub(super) sensitive: &'a Sensitive,
    /// What programs can no longer name by all changes together.
    pub(super) lost: Vec<Change>,
}

impl Judge<'_> {
    pub(super) fn judged(&self, change: &Change) -> Judged {
        let judgement = self.judgement(change);
        let (sentences, arguments) = (
            sentences::of(&change.kind, judgement.case),
            judgement.arguments,
        );
        let guard = sentences.guard.map(|why| filled(why, &arguments, ""));
        let guard = guard.map(|why| Mark::new(MarkKind::GuardLost, why));
        // pairs and keys are trait bounds: without them `.on(…)` and `.when(…)` do not compile; names
        // that were removed stay for one version, deprecated
        let is_lost = is_lost(change, &self.lost);
        let mut judged = Judged {
            section: sentences.section,
            headline: sentences.headline,
            meaning: filled(sentences.meaning, &arguments, ""),
            arguments,
            bump: if is_lost { Bump::Major } else { judgement.bump },
            marks: judgement.marks.into_iter().chain(guard).collect(),
        };
        if let Some(same) = unchanged(change, self.states) {
            judged.meaning = same;
            if !matches!(change.kind, Kind::ActionAdded(_)) {
                judged.marks.clear();
            }
        }
        judged.marks.sort();
        judged.marks.dedup();
        if !judged.marks.is_empty() {
            judged.section = Section::Security;
        }
        judged
    }

    fn judgement(&self, change: &Change) -> Judgement {
        let (states, row) = (self.states, change.name());
        let replaced = |old, new| with([("old", old), ("new", new)]);
        let users = |uses: &dyn Fn(&Action) -> bool| match states.users(uses).as_slice() {
            [] => ("users", "no action yet".to_owned()),
            users => ("users", few(users)),
        };
        let has_key = |it: &Action| keys_of(it).any(|key| key == row);
        let scopes = |scopes: &[Scope], only: &[&str]| {
            let types: Vec<_> = scopes.iter().map(|scope| &scope.resource_type).collect();
            with([("scopes", names(&types)), ("types", few(only))]).case(only.is_empty())
        };
        let delta = |delta: &wording::Delta| {
            let text = wording::delta(delta, ["added", "removed", "changed"]);
            let callers = wording::delta(delta, CALLERS);
            with([
                ("delta", text),
                ("callers", callers),
                ("lost", few(&delta[1])),
            ])
        };
        let client = |sdk: &Option<String>| match sdk {
            Some(sdk) => ("client", format!("the SDK client {}", code(sdk))),
            None => ("client", "the list without an SDK client".to_owned()),
        };
        match &change.kind {
            Kind::ServiceGone(it) => {
                with([("service", wording::service(&it.facts))]).bump(Bump::Major)
            }
            Kind::ServiceAppeared(it) => {
                with([("service", wording::service(&it.facts))]).marked(self.appeared())
            }
            Kind::PrefixChanged(it) => {
                let prefix = |prefix| code(&format!("{prefix}:…"));
                replaced(prefix(&it.old), prefix(&it.new)).bump(Bump::Major)
            }
            Kind::ServiceNameChanged(it) => {
                replaced(it.old.clone(), it.new.clone()).bump(Bump::Patch)
            }
            Kind::PageChanged(it) => {
                let page = |name| code(&format!("list_{name}.html"));
                replaced(page(&it.old), page(&it.new)).bump(Bump::Patch)
            }
            Kind::ApiLinkChanged(_) => with([]).bump(Bump::Patch),
            Kind::TableGone(it) => {
                let keys = it.table == Table::ConditionKeys;
                with([("rows", wording::rows(states.old, it.table, it.count))])
                    .case(it.table == Table::Operations)
                    .marked(self.vanished().filter(|_| keys))
            }
            Kind::TableAppeared(it) => {
                let actions = it.table == Table::Actions;
                with([("rows", wording::rows(states.new, it.table, it.count))])
                    .case(it.table == Table::Operations)
                    .marked(self.appeared().into_iter().filter(|_| actions))
            }
            Kind::ActionAdded(it) => {
                // an action of another spelling is new only in what it was not before
                let before = states.reversed().same_row(Table::Actions, row);
                let known = before.and_then(|it| Some(self.grave(it, action_of(states.old, it)?)));
                let mut marks = self.grave(row, &it.facts);
                marks.retain(|mark| !known.iter().flatten().any(|it| it == mark));
                let levels = with([("levels", wording::levels(&it.facts))]);
                levels.case(!marks.is_empty()).marked(marks)
            }
            Kind::ActionRemoved(_) | Kind::ResourceTypeRemoved(_) => with([]),
            Kind::ResourceTypeAdded(_) => {
                let is_row = |it: &ActionResource| it.resource_type == row;
                with([users(&|it| it.resources.iter().any(is_row))])
            }
            Kind::ConditionKeyRemoved(_) => with([users(&has_key)]).case(!self.is_unused(row)),
            Kind::ConditionKeyAdded(it) => {
                with([("type", it.facts.value_type.clone()), users(&has_key)])
            }
            Kind::OperationRemoved(it) => {
                with([client(&it.sdk)]).case(is_elsewhere(states.new, row, it.sdk.as_deref()))
            }
            Kind::OperationAdded(it) => {
                let needs = wording::required(&states.full(row), &it.needs);
                with([client(&it.sdk), ("needs", needs)]).case(is_elsewhere(
                    states.old,
                    row,
                    it.sdk.as_deref(),
                ))
            }
            Kind::ScopingGained {
                resource_types: it, ..
            }
            | Kind::ScopingLost {
                resource_types: it, ..
            } => scopes(it, &[]),
            Kind::ResourceTypesGained { resource_types: it } => {
                let only = only_old(row, it, states.reversed());
                scopes(it, &only).marked(self.more_resources(row, &only))
            }
            Kind::ResourceTypesLost { resource_types: it } => {
                scopes(it, &only_old(row, it, states))
            }
            Kind::RequiredChanged {
                resource_type,
                required,
            } => with([("type", code(resource_type))]).case(*required),
            Kind::KeyGained(it) | Kind::KeyLost(it) => {
                let on = match (it.everywhere, it.on.len()) {
                    (_, 0) => String::new(),
                    (true, 2..) => " on every resource type".to_owned(),
                    _ => format!(" on {}", names(&it.on)),
                };
                with([("key", code(&it.condition_key)), ("on", on)])
            }
            Kind::AccessLevelsChanged(it) => {
                let of =
                    |service| action_of(service, row).map_or_else(String::new, wording::levels);
                replaced(of(states.old), of(states.new)).marked(self.more_power(row, &it.gained))
            }
            Kind::DependentActionsChanged {
                actions: it,
                restated,
            } => {
                let why = format!("no longer asks for {}", few(&it.lost));
                let is_broader = !restated && !it.lost.is_empty();
                delta(&[it.gained.clone(), it.lost.clone(), Vec::new()])
                    .case(*restated)
                    .marked(is_broader.then(|| Mark::new(MarkKind::Broader, why)))
            }
            Kind::PermissionOnlyChanged { permission_only } => with([]).case(*permission_only),
            Kind::ScenariosChanged(it) => delta(&wording::scenarios(it)),
            Kind::ArnChanged(it) => {
                // placeholders are the fields of a builder
                let breaks = placeholders(&it.old) != placeholders(&it.new);
                replaced(code(&it.old), code(&it.new))
                    .case(template::same_arns(&it.old, &it.new))
                    .bump(if breaks { Bump::Major } else { Bump::Minor })
            }
            Kind::ResourceTypeKeysChanged(it) => {
                delta(&[it.gained.clone(), it.lost.clone(), Vec::new()])
            }
            Kind::KeyTypeChanged(it) => {
                let same = same_type(&it.old, &it.new);
                // the operators of a key come with its type
                replaced(it.old.clone(), it.new.clone())
                    .case(same)
                    .bump(if same { Bump::Patch } else { Bump::Major })
            }
            Kind::OperationChanged { sdk, needs: it } => {
                let needs = needs((row, sdk.as_deref()), it, states);
                delta(&needs).case(!needs[1].is_empty())
            }
        }
    }

    /// Why an action is worth a look: by its level, the list, or its name.
    pub(super) fn grave(&self, name: &str, facts: &Action) -> Vec<Mark> {
        let managing = AccessLevel::PermissionsManagement;
        let manages = facts.access_levels.contains(&managing);
        let why = "grants or changes permissions";
        let managing = manages.then(|| Mark::new(MarkKind::PermissionsManagement, why));
        let by_name = match self.sensitive.reason(&self.states.full(name)) {
            Some(reason) => Some(Mark::new(MarkKind::Sensitive, reason.why.as_str())),
            None if manages => None,
            None => suspicion::of(name).map(|why| Mark::new(MarkKind::Suspected, why)),
        };
        managing.into_iter().chain(by_name).collect()
    }

    /// The marks of actions that came together, each with the action it applies to.
    fn appeared(&self) -> Vec<Mark> {
        let actions = self.states.new.into_iter().flat_map(|it| &it.actions);
        let marks = actions.flat_map(|(name, facts)| {
            let marks = self.grave(name, facts);
            let name = code(&self.states.full(name));
            let named = move |it: Mark| Mark::new(it.kind, format!("{name} {}", it.why));
            marks.into_iter().map(named)
        });
        marks.collect()
    }

    fn more_power(&self, name: &str, gained: &[AccessLevel]) -> Option<Mark> {
        if gained.contains(&AccessLevel::PermissionsManagement) {
            let why = "grants or changes permissions now";
            return Some(Mark::new(MarkKind::PermissionsManagement, why));
        }
        let before = action_of(self.states.old, name).map(|it| most_power(&it.access_levels));
        // of an action whose level was not known, reading is not news
        let before = before.filter(|power| *power > 0).unwrap_or(2);
        let most = gained.iter().max_by_key(|level| power(**level))?;
        let why = format!("may do more, by its level {}", most.as_str());
        (power(*most) > before).then(|| Mark::new(MarkKind::Broader, why))
    }

    /// Resource types that were there before are reached now; new ones count only if the action is
    /// grave, for nobody has resources of them yet.
    fn more_resources(&self, name: &str, reached: &[&str]) -> Option<Mark> {
        let known = |name: &&str| type_of(self.states.old, name).is_some();
        let existing: Vec<_> = reached.iter().copied().filter(known).collect();
        let facts = action_of(self.states.new, name)?;
        let why = match existing.as_slice() {
            [] if reached.is_empty() || self.grave(name, facts).is_empty() => return None,
            [] => format!("a sensitive action also reaches {}", few(reached)),
            existing => format!("resources of {} may exist already", few(existing)),
        };
        Some(Mark::new(MarkKind::Broader, why))
    }

    /// Whether a key is in effect for no action now: whether it was before, the reference need not
    /// have stated.
    fn is_unused(&self, key: &str) -> bool {
        let users = self.states.users(|it| keys_of(it).any(|it| it == key));
        users.is_empty()
    }

    /// The mark of keys that were removed with their table.
    fn vanished(&self) -> Option<Mark> {
        let old = self.states.old.into_iter();
        let keys = old.flat_map(|it| it.condition_keys.keys());
        let keys: Vec<_> = keys.filter(|key| self.is_unused(key)).collect();
        let why = format!("conditions on {} no longer guard", few(&keys));
        (!keys.is_empty()).then(|| Mark::new(MarkKind::GuardLost, why))
    }
}

/// The meaning of a name that came or was removed where the other state has another spelling of it,
/// or, of a resource type, another name of the same ARNs: no policy changes.
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
        _ => format!("{NO_CHANGE}: to IAM {name} is the same as {other}"),
    })
}

/// How much a level permits: tags may decide who may do what, but change nothing else.
const fn power(level: AccessLevel) -> u8 {
    match level {
        AccessLevel::List => 1,
        AccessLevel::Read => 2,
        AccessLevel::Tagging => 3,
        AccessLevel::Write => 4,
        // a level that is new counts as the most
        _ => 5,
    }
}

/// The most that levels permit; 0 of none.
pub(super) fn most_power<'a>(levels: impl IntoIterator<Item = &'a AccessLevel>) -> u8 {
    let powers = levels.into_iter().map(|level| power(*level));
    powers.max().unwrap_or(0)
}

/// What a user of an ARN builder fills in, in order; nothing of a template that is not valid.
fn placeholders(arn: &str) -> Option<Vec<ArnPiece>> {
    let mut pieces = template::arn(arn).ok()?;
    pieces.retain(|piece| !matches!(piece, ArnPiece::Literal(_)));
    Some(pieces)
}

/// Whether two spellings name one value type.
fn same_type(one: &str, other: &str) -> bool {
    let known = |spelled: &str| spelled.parse::<ValueType>().ok();
    one == other || known(one).is_some_and(|it| Some(it) == known(other))
}
