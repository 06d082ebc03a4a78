//! What a change means for somebody's policy, what of it touches security, and what it asks of the
//! crate's version: one table, a row for each kind of change.
//!
//! Of security the question is always that of somebody who wrote a policy before: does it allow more
//! now, or deny less? Versions follow CONTRIBUTING, section "Versions".

use iam_policy::ValueType;
use iam_policy::wire::{AccessLevel, Action, AuthorizedAction};

use super::change::{Change, Entries, Kind, Row, Table};
use super::report::{Mark, MarkKind, Section};
use super::states::{
    States, action_of, is_elsewhere, key_in_effect, keys_of, needs, only_old, same_row, type_of,
};
use super::verdict::Bump;
use super::{suspicion, verdict};
use crate::overlay::Sensitive;
use crate::template::{self, ArnPiece};
use crate::words::{code, few, listed, names};

/// What follows from a change.
pub(super) struct Consequence {
    pub(super) section: Section,
    pub(super) bump: Bump,
    /// The gravest first.
    pub(super) marks: Vec<Mark>,
    meaning: String,
    /// The actions that use the row, if the meaning ends in them.
    users: Option<Vec<String>>,
}

impl Consequence {
    fn new(section: Section, bump: Bump, meaning: &str) -> Self {
        Self {
            section,
            bump,
            marks: Vec::new(),
            meaning: meaning.to_owned(),
            users: None,
        }
    }

    fn bump(self, bump: Bump) -> Self {
        Self { bump, ..self }
    }

    fn marked(self, marks: impl IntoIterator<Item = Mark>) -> Self {
        let marks = marks.into_iter().collect();
        Self { marks, ..self }
    }

    fn guard_lost(self, why: &str) -> Self {
        self.marked([Mark::new(MarkKind::GuardLost, why)])
    }

    /// Ends the meaning in the actions that use the row.
    fn users(self, users: Vec<String>) -> Self {
        let users = Some(users);
        Self { users, ..self }
    }

    /// What it means for somebody's policy.
    pub(super) fn meaning(&self) -> String {
        match self.users.as_deref() {
            None => self.meaning.clone(),
            Some([]) => format!("{} no action yet", self.meaning),
            Some(users) => format!("{} {}", self.meaning, few(users)),
        }
    }

    /// Whether the same follows, whoever uses the rows.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let all = |it: &Self| (it.section, it.bump, it.users.is_some());
        all(self) == all(other) && self.meaning == other.meaning && self.marks == other.marks
    }

    /// Takes the users of another row.
    pub(super) fn join(&mut self, other: Self) {
        if let Some(users) = &mut self.users {
            users.extend(other.users.into_iter().flatten());
            users.sort();
            users.dedup();
        }
    }
}

fn added(meaning: &str) -> Consequence {
    Consequence::new(Section::New, Bump::Minor, meaning)
}

/// What programs branch on; most of it breaks none.
fn changed(meaning: &str) -> Consequence {
    Consequence::new(Section::Changed, Bump::Minor, meaning)
}

/// What changes nothing but documentation.
fn renamed(meaning: &str) -> Consequence {
    Consequence::new(Section::Links, Bump::Patch, meaning)
}

/// What changes are judged by.
pub(super) struct Judge<'a> {
    pub(super) states: States<'a>,
    pub(super) sensitive: &'a Sensitive,
    /// What programs can no longer name by all changes together.
    pub(super) lost: Vec<Change>,
}

impl Judge<'_> {
    pub(super) fn consequence(&self, change: &Change) -> Consequence {
        let mut consequence = self.of_kind(change);
        if let Some(same) = unchanged(change, self.states) {
            consequence.meaning = same;
            consequence.users = None;
            if !matches!(change.kind, Kind::ActionAdded(_)) {
                consequence.marks.clear();
            }
        }
        consequence.marks.sort();
        consequence.marks.dedup();
        if !consequence.marks.is_empty() {
            consequence.section = Section::Security;
        }
        consequence
    }

    fn of_kind(&self, change: &Change) -> Consequence {
        let states = self.states;
        let row = change.row.as_ref().map_or("", |row| row.name.as_str());
        // pairs and keys are trait bounds: without them `.on(…)` and `.when(…)` do not compile; names
        // that were removed stay for one version, deprecated
        let is_lost = verdict::is_among(change, &self.lost);
        let loss = if is_lost { Bump::Major } else { Bump::Minor };
        let removed = |meaning| Consequence::new(Section::Removed, loss, meaning);
        let prefix = |prefix: &str| code(&format!("{prefix}:…"));
        let has_key = |action: &Action| keys_of(action).any(|key| key == row);
        match &change.kind {
            Kind::ServiceGone(it) => removed(&format!(
                "statements that name {} match nothing in the reference: check whether the service \
                 closed or its page moved",
                prefix(&it.facts.prefix)
            ))
            .bump(Bump::Major),
            Kind::ServiceAppeared(it) => added(&format!(
                "policies can name {}; until then only an Allow of `*` or with `NotAction` covers the \
                 service",
                prefix(&it.facts.prefix)
            ))
            .marked(self.appeared(&it.facts.actions)),
            Kind::PrefixChanged(it) => {
                let (old, new) = (prefix(&it.old), prefix(&it.new));
                changed(&format!("statements that name {old} match nothing: name {new}"))
                    .bump(Bump::Major)
                    .guard_lost(&format!("a Deny that names {old} no longer matches"))
            }
            Kind::ServiceNameChanged(_) | Kind::PageChanged(_) => renamed("no policy changes"),
            Kind::ApiLinkChanged(_) => renamed("no policy changes: the documentation moved"),
            Kind::TableGone(it) => removed(table_removed(it.table)).marked(match &it.entries {
                Entries::ConditionKeys(keys) => self.vanished(keys.keys()),
                _ => None,
            }),
            Kind::TableAppeared(it) => added(new_table(it.table)).marked(match &it.entries {
                Entries::Actions(actions) => self.appeared(actions),
                _ => Vec::new(),
            }),
            Kind::ActionRemoved(_) => {
                removed("a removed name matches nothing: delete or replace it in statements")
            }
            Kind::ActionAdded(it) => {
                let mut marks = self.grave(row, &it.facts);
                // of another spelling nothing is new that the action was before
                let before = same_row(Table::Actions, row, states.new, states.old);
                let before = before.and_then(|name| Some((name, action_of(states.old, name)?)));
                if let Some((name, facts)) = before {
                    let known = self.grave(name, facts);
                    marks.retain(|mark| !known.contains(mark));
                }
                if marks.is_empty() {
                    return added(
                        "allowed only by wildcards and `NotAction` so far: add to policies where needed",
                    );
                }
                let all = code(&states.full("*"));
                added(&format!(
                    "check each Allow with a wildcard ({all} too) or `NotAction`: deny what is not meant"
                ))
                .marked(marks)
            }
            Kind::ResourceTypeRemoved(_) => {
                removed("statements that name ARNs of a removed type match nothing in the reference")
            }
            Kind::ResourceTypeAdded(_) => {
                let takes = |it: &Action| it.resources.iter().any(|it| it.resource_type == row);
                added("supported by").users(states.users(takes))
            }
            Kind::ConditionKeyRemoved(it) => match states.users(has_key) {
                users if users.is_empty() => removed(&format!(
                    "may be absent from requests: {}",
                    absent(&it.facts.value_type)
                ))
                .marked(self.vanished([row])),
                users => removed("only the row was removed: still in effect for").users(users),
            },
            Kind::ConditionKeyAdded(_) => added("in effect for").users(states.users(has_key)),
            Kind::OperationRemoved(it) if is_elsewhere(states.new, row, it.sdk.as_deref()) => {
                removed("still callable otherwise: keep what is allowed")
            }
            Kind::OperationRemoved(_) => {
                removed("no longer in the reference: permissions that no other call needs can be removed")
            }
            Kind::OperationAdded(it) => {
                added(&format!("callers need {}", self.required(row, &it.needs)))
            }
            Kind::ScopingGained { resource_types, .. } => {
                let types = resource_types.iter().map(|it| &it.resource_type);
                let types = few(&types.collect::<Vec<_>>());
                changed(&format!("an Allow on `*` can be narrowed to ARNs of {types}"))
            }
            Kind::ScopingLost { .. } => {
                changed("statements that name ARNs match nothing: name `*` as the resource")
                    .bump(loss)
                    .guard_lost("a Deny that names ARNs no longer matches")
            }
            Kind::ResourceTypesGained { resource_types } => {
                match only_old(row, resource_types, states.reversed()).as_slice() {
                    [] => changed(SAME_ARNS),
                    types => changed(&format!(
                        "an Allow on `*` reaches {} too, a statement that lists other ARNs does not",
                        few(types)
                    ))
                    .marked(self.more_resources(row, types)),
                }
            }
            Kind::ResourceTypesLost { resource_types } => {
                match only_old(row, resource_types, states).as_slice() {
                    [] => changed(SAME_ARNS).bump(loss),
                    types => changed(&format!(
                        "statements that name ARNs of {} no longer match: an Allow grants less, a Deny \
                         stops less",
                        few(types)
                    ))
                    .bump(loss)
                    .guard_lost(&format!("a Deny on ARNs of {} no longer matches", few(types))),
                }
            }
            Kind::RequiredChanged {
                resource_type,
                required,
            } => match (code(resource_type), required) {
                (name, true) => changed(&format!("an Allow has to reach an ARN of {name} too")),
                (name, false) => changed(&format!(
                    "calls without {name} are possible: an Allow need not reach it"
                ))
                .guard_lost(&format!("a Deny on ARNs of {name} may no longer stop every call")),
            },
            Kind::KeyGained(it) => {
                changed(&format!("conditions can test {}", code(&it.condition_key)))
            }
            Kind::KeyLost(it) => {
                let key = code(&it.condition_key);
                let facts = states.old.and_then(|old| old.condition_keys.get(&it.condition_key));
                let absent = absent(facts.map_or("", |it| it.value_type.as_str()));
                changed(&format!("requests no longer carry {key}: {absent}"))
                    .bump(loss)
                    .guard_lost(&format!("conditions on {key} no longer guard"))
            }
            Kind::AccessLevelsChanged(it) => {
                changed("statements that name actions stay as they are; selections by level change")
                    .marked(self.more_power(row, &it.gained))
            }
            Kind::DependentActionsChanged { restated: true, .. } => {
                let is_new = states.new.is_some_and(|it| !it.operations.is_empty());
                let state = if is_new { "is new" } else { "was removed" };
                changed(&format!(
                    "the table of operations, which states this, {state}: IAM need not have changed; \
                     keep what is allowed, check that what was added is allowed too"
                ))
            }
            Kind::DependentActionsChanged { actions: it, .. } => {
                let consequence = changed(&callers(&it.gained, &it.lost, &[]));
                if it.lost.is_empty() {
                    return consequence;
                }
                let why = format!("no longer asks for {}", few(&it.lost));
                consequence.marked([Mark::new(MarkKind::Broader, why)])
            }
            Kind::PermissionOnlyChanged { permission_only } => changed(if *permission_only {
                "no policy changes: no API operation is authorized by such an action alone"
            } else {
                "no policy changes: API operations are authorized by the action now"
            }),
            Kind::ScenariosChanged(_) => {
                changed("an Allow has to reach the resource types of the scenario in use")
            }
            Kind::ArnChanged(it) => {
                // placeholders are the fields of a builder
                let breaks = placeholders(&it.old) != placeholders(&it.new);
                let bump = if breaks { Bump::Major } else { Bump::Minor };
                if template::same_arns(&it.old, &it.new) {
                    return changed("no policy changes: placeholders and builder fields are renamed")
                        .bump(bump);
                }
                changed(&format!("ARNs of the old form match nothing: write {}", code(&it.new)))
                    .bump(bump)
                    .guard_lost("a Deny that names ARNs of the old form no longer matches")
            }
            Kind::ResourceTypeKeysChanged(_) => changed(
                "conditions can test other keys where the type is used: actions that changed are \
                 listed separately",
            ),
            Kind::KeyTypeChanged(it) if same_type(&it.old, &it.new) => {
                changed("no policy changes: the same type in another spelling").bump(Bump::Patch)
            }
            // the operators of a key come with its type
            Kind::KeyTypeChanged(it) => changed(&format!(
                "conditions need operators for {}: check that they still match",
                it.new
            ))
            .bump(Bump::Major),
            Kind::OperationChanged { sdk, needs: it } => {
                let [gained, lost, other] = needs((row, sdk.as_deref()), it, states);
                let consequence = changed(&callers(&gained, &lost, &other));
                if lost.is_empty() {
                    return consequence;
                }
                consequence.guard_lost(&format!("a Deny of {} no longer stops the call", few(&lost)))
            }
        }
    }

    /// Why somebody would want to know more about an action: by its level, the list, or its name.
    pub(super) fn grave(&self, name: &str, facts: &Action) -> Vec<Mark> {
        let levels = &facts.access_levels;
        let manages = levels.contains(&AccessLevel::PermissionsManagement);
        let managing = manages.then_some("grants or changes permissions");
        let managing = managing.map(|why| Mark::new(MarkKind::PermissionsManagement, why));
        let by_name = match self.sensitive.reason(&self.states.full(name)) {
            Some(reason) => Some(Mark::new(MarkKind::Sensitive, reason.why.as_str())),
            None if manages => None,
            None => suspicion::of(name).map(|why| Mark::new(MarkKind::Suspected, why)),
        };
        managing.into_iter().chain(by_name).collect()
    }

    /// The marks of actions that came together, each with the action it applies to.
    fn appeared<'a>(
        &self,
        actions: impl IntoIterator<Item = (&'a String, &'a Action)>,
    ) -> Vec<Mark> {
        let named = |name: &str, mark: Mark| Mark {
            why: format!("{} {}", code(&self.states.full(name)), mark.why),
            ..mark
        };
        let of = |(name, facts): (&'a String, _)| {
            let marks = self.grave(name, facts).into_iter();
            marks.map(move |mark| named(name, mark)).collect::<Vec<_>>()
        };
        actions.into_iter().flat_map(of).collect()
    }

    fn more_power(&self, name: &str, gained: &[AccessLevel]) -> Option<Mark> {
        if gained.contains(&AccessLevel::PermissionsManagement) {
            let why = "grants or changes permissions now";
            return Some(Mark::new(MarkKind::PermissionsManagement, why));
        }
        let before = action_of(self.states.old, name).map(|it| most_power(&it.access_levels));
        // of an action whose level was not known, reading is no news
        let before = before.filter(|power| *power > 0).unwrap_or(2);
        let levels: Vec<_> = gained.iter().map(|it| it.as_str()).collect();
        let why = format!("may do more, by its level {}", listed(&levels));
        (most_power(gained) > before).then(|| Mark::new(MarkKind::Broader, why))
    }

    /// Resource types that were there before are reached now; new ones count only if the action is
    /// grave, for nobody has resources of them yet.
    fn more_resources(&self, name: &str, reached: &[&str]) -> Option<Mark> {
        let states = self.states;
        let known = |name: &&str| type_of(states.old, name).is_some();
        let existing: Vec<_> = reached.iter().copied().filter(known).collect();
        let grave = action_of(states.new, name).is_some_and(|it| !self.grave(name, it).is_empty());
        let why = match existing.as_slice() {
            [] if grave => format!("a sensitive action reaches {} too", few(reached)),
            [] => return None,
            existing => format!("resources of {} may exist already", few(existing)),
        };
        Some(Mark::new(MarkKind::Broader, why))
    }

    /// Keys that are in effect for no action now: whether they were before, the reference need not
    /// have stated.
    fn vanished(&self, keys: impl IntoIterator<Item = impl AsRef<str>>) -> Option<Mark> {
        let used = |name: &str| self.states.users(|it| keys_of(it).any(|key| key == name));
        let keys = keys.into_iter().filter(|key| used(key.as_ref()).is_empty());
        let keys: Vec<_> = keys.collect();
        let which = match keys.len() {
            0 => return None,
            1 => "a removed key".to_owned(),
            _ => few(&keys),
        };
        let why = format!("conditions on {which} no longer guard anything");
        Some(Mark::new(MarkKind::GuardLost, why))
    }

    /// What an operation needs: mostly the action of its own name.
    fn required(&self, operation: &str, needs: &[AuthorizedAction]) -> String {
        let own = self.states.full(operation);
        let is_own = |it: &&AuthorizedAction| it.action == own && it.context.is_empty();
        let others = needs.iter().filter(|it| !is_own(it));
        let mut others: Vec<_> = others.map(|it| it.action.as_str()).collect();
        others.dedup();
        match (needs.iter().any(|it| is_own(&it)), others.is_empty()) {
            (true, true) => "the action of the same name".to_owned(),
            (true, false) => format!("the action of the same name, and {}", names(&others)),
            (false, true) => "no permission".to_owned(),
            (false, false) => names(&others),
        }
    }
}

const SAME_ARNS: &str = "no policy changes: the ARNs are the same under another name";

/// What is said of a name that came or was removed where the other state has another spelling of it,
/// or, of a resource type, another name of the same ARNs: no policy changes.
pub(super) fn unchanged(change: &Change, states: States<'_>) -> Option<String> {
    let Row { table, name } = change.row.as_ref()?;
    let (removed, came) = (states, states.reversed());
    let (other, name) = match &change.kind {
        Kind::ActionRemoved(_) | Kind::ResourceTypeRemoved(_) | Kind::ConditionKeyRemoved(_) => {
            (same_row(*table, name, removed.old, removed.new)?, name)
        }
        Kind::ActionAdded(_) | Kind::ResourceTypeAdded(_) | Kind::ConditionKeyAdded(_) => {
            (same_row(*table, name, came.old, came.new)?, name)
        }
        Kind::KeyLost(it) | Kind::KeyGained(it) => {
            let lost = matches!(change.kind, Kind::KeyLost(_));
            let action = action_of(if lost { states.new } else { states.old }, name)?;
            (
                key_in_effect(action, &it.condition_key, &it.on)?,
                &it.condition_key,
            )
        }
        _ => return None,
    };
    Some(match table {
        Table::ResourceTypes => format!("no policy changes: {} has the same ARNs", code(other)),
        _ => format!(
            "no policy changes: to IAM {} is the same as {}",
            code(name),
            code(other)
        ),
    })
}

/// How much a level lets somebody do: tags may decide who may do what, but change nothing else.
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

/// The most that levels let somebody do; 0 of none.
pub(super) fn most_power<'a>(levels: impl IntoIterator<Item = &'a AccessLevel>) -> u8 {
    levels
        .into_iter()
        .map(|level| power(*level))
        .max()
        .unwrap_or(0)
}

/// What callers need to be allowed, and no longer.
fn callers(gained: &[String], lost: &[String], other: &[String]) -> String {
    let (more, less) = (names(gained), names(lost));
    let mut parts = Vec::new();
    match (gained.is_empty(), lost.is_empty()) {
        (true, true) => {}
        (false, true) => parts.push(format!("callers need {more} too")),
        (true, false) => parts.push(format!("callers no longer need {less}")),
        (false, false) => parts.push(format!("callers need {more}, no longer {less}")),
    }
    if !other.is_empty() {
        parts.push(format!(
            "an Allow of {} has to fit other values of condition keys",
            names(other)
        ));
    }
    parts.join("; ")
}

/// What conditions do on a key that requests do not carry, by the type of its values.
fn absent(value_type: &str) -> String {
    let (equal, unequal) = operators(value_type);
    format!("a Deny with `{equal}` stops matching, an Allow with `{unequal}` always matches")
}

/// The operators that conditions mostly have for a type of values: one that does not match where the
/// key is absent, and one that does.
fn operators(value_type: &str) -> (&'static str, &'static str) {
    let lower = value_type.to_ascii_lowercase();
    let one = match lower.strip_prefix("arrayof") {
        Some(of) if of.contains("arn") => return ("ForAnyValue:ArnLike", "ForAllValues:ArnLike"),
        Some(of) if of.contains("string") => {
            return ("ForAnyValue:StringEquals", "ForAllValues:StringEquals");
        }
        Some(_) => return ("ForAnyValue:…", "ForAllValues:…"),
        None => lower.as_str(),
    };
    match one {
        "arn" => ("ArnLike", "ArnNotLike"),
        "bool" | "boolean" => ("Bool", "BoolIfExists"),
        "date" => ("DateLessThan", "DateLessThanIfExists"),
        "numeric" | "long" => ("NumericEquals", "NumericNotEquals"),
        "ipaddress" => ("IpAddress", "NotIpAddress"),
        "binary" => ("BinaryEquals", "BinaryEqualsIfExists"),
        _ => ("StringEquals", "StringNotEquals"),
    }
}

const fn new_table(table: Table) -> &'static str {
    match table {
        Table::Actions => "policies can name these actions",
        Table::ResourceTypes => {
            "statements can name these ARNs: the actions that take them are listed separately"
        }
        Table::ConditionKeys => {
            "conditions can test these keys: the actions that take them are listed separately"
        }
        Table::Operations => "no policy changes: the actions that a call needs can be looked up",
    }
}

const fn table_removed(table: Table) -> &'static str {
    match table {
        Table::Actions => "statements that name these actions match nothing in the reference",
        Table::ResourceTypes => "statements that name these ARNs match nothing in the reference",
        Table::ConditionKeys => {
            "requests may no longer carry these keys, unless actions still name them: a Deny with \
             `StringEquals` stops matching, an Allow with `StringNotEquals` always matches"
        }
        Table::Operations => {
            "no policy changes: the actions that a call needs can no longer be looked up"
        }
    }
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
