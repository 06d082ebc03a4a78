//! How changes are worded: a template for each kind.

use iam_policy::wire::{AccessLevel, Scenario, Service};

use super::change::{Change, Differing, Kind, Rows, Scope, Table};
use super::renames::Rename;
use super::report::{Line, Mark, MarkKind, Section};
use super::states::{States, action_of, is_elsewhere, needs, same_key, type_of};
use super::wildcards::{Beyond, Coverage};
use crate::error::quoted;
use crate::template;
use crate::words::{all_names, code, counted, few, fit, listed, names, plural};

/// A template and what is put in: `{}` for the next argument, `{who}` for the rows or how many there
/// are, `{names}` for their names or their number, `{noun}` for what they are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Headline {
    template: &'static str,
    arguments: Vec<String>,
}

fn say<const N: usize>(template: &'static str, arguments: [String; N]) -> Headline {
    Headline {
        template,
        arguments: arguments.to_vec(),
    }
}

impl Headline {
    /// What changes of one kind have in common.
    pub(super) const fn template(&self) -> &'static str {
        self.template
    }

    /// The text about rows of a table; every one is named if `all`.
    pub(super) fn text(&self, table: Option<Table>, rows: &[String], all: bool) -> String {
        let noun = table.map_or("", Table::row);
        let named = all || fit(rows.len());
        let mut arguments = self.arguments.iter();
        let mut text = String::new();
        for (index, part) in self.template.split(['{', '}']).enumerate() {
            // between braces stands what is put in
            match part {
                _ if index % 2 == 0 => text.push_str(part),
                "who" | "names" if named => text.push_str(&all_names(rows)),
                "who" => text.push_str(&counted(rows.len(), noun)),
                "names" => text.push_str(&rows.len().to_string()),
                "noun" => text.push_str(&plural(rows.len(), noun)),
                _ => text.push_str(arguments.next().map_or("", String::as_str)),
            }
        }
        text
    }
}

/// What changed.
pub(super) fn headline(change: &Change, states: States<'_>) -> Headline {
    let row = change.row.as_ref().map_or("", |row| row.name.as_str());
    match &change.kind {
        Kind::ServiceGone(known) => say("service removed: {}", [service(&known.facts)]),
        Kind::ServiceAppeared(known) => say("new service: {}", [service(&known.facts)]),
        Kind::PrefixChanged(it) => {
            let prefixes = [&it.old, &it.new].map(|prefix| code(&format!("{prefix}:…")));
            say("prefix of actions: {} → {}", prefixes)
        }
        Kind::ServiceNameChanged(it) => say(
            "name of the service: {} → {}",
            [it.old.clone(), it.new.clone()],
        ),
        Kind::PageChanged(it) => {
            let pages = [&it.old, &it.new].map(|page| code(&format!("list_{page}.html")));
            say("page: {} → {}", pages)
        }
        Kind::TableGone(it) => say("table removed: {}", [rows(it)]),
        Kind::TableAppeared(it) => say("new table: {}", [rows(it)]),
        Kind::ActionAdded(it) => say(
            "new {noun} ({}): {names}",
            [levels(&it.facts.access_levels)],
        ),
        Kind::ConditionKeyAdded(it) => {
            say("new {noun} ({}): {names}", [it.facts.value_type.clone()])
        }
        Kind::OperationAdded(it) if is_elsewhere(states.old, row, it.sdk.as_deref()) => {
            say("{who}: now also in {}", [client(it.sdk.as_deref())])
        }
        Kind::OperationRemoved(it) if is_elsewhere(states.new, row, it.sdk.as_deref()) => {
            say("{who}: no longer in {}", [client(it.sdk.as_deref())])
        }
        Kind::ResourceTypeAdded(_) | Kind::OperationAdded(_) => say("new {noun}: {names}", []),
        Kind::ActionRemoved(_)
        | Kind::ResourceTypeRemoved(_)
        | Kind::ConditionKeyRemoved(_)
        | Kind::OperationRemoved(_) => say("{noun} removed: {names}", []),
        Kind::ScopingGained { resource_types, .. } => say(
            "{who} can now be scoped to {}, before only to `*`",
            [scopes(resource_types)],
        ),
        Kind::ScopingLost { resource_types, .. } => say(
            "{who} can now be scoped only to `*`, before to {}",
            [scopes(resource_types)],
        ),
        Kind::ResourceTypesGained { resource_types } => {
            say("{who} can now be scoped to {}", [scopes(resource_types)])
        }
        Kind::ResourceTypesLost { resource_types } => say(
            "{who} can no longer be scoped to {}",
            [scopes(resource_types)],
        ),
        Kind::RequiredChanged {
            resource_type,
            required: true,
        } => say("{} is now required for {who}", [code(resource_type)]),
        Kind::RequiredChanged { resource_type, .. } => {
            say("{} is now optional for {who}", [code(resource_type)])
        }
        Kind::KeyGained(it) if it.everywhere && it.on.len() > 1 => say(
            "{} is now in effect for {who} on every resource type",
            [code(&it.condition_key)],
        ),
        Kind::KeyGained(it) => say(
            "{} is now in effect for {who}{}",
            [code(&it.condition_key), on(&it.on)],
        ),
        Kind::KeyLost(it) => {
            let on = if it.everywhere {
                String::new()
            } else {
                on(&it.on)
            };
            say(
                "{} is no longer in effect for {who}{}",
                [code(&it.condition_key), on],
            )
        }
        Kind::AccessLevelsChanged(_) => {
            let of = |service| action_of(service, row).map(|it| levels(&it.access_levels));
            let states = [states.old, states.new].map(|it| of(it).unwrap_or_default());
            say("access level of {who}: {} → {}", states)
        }
        Kind::DependentActionsChanged { actions, .. } => say(
            "dependent actions of {who}: {}",
            [delta(&actions.gained, &actions.lost, &[])],
        ),
        Kind::PermissionOnlyChanged {
            permission_only: true,
        } => say("now permission-only: {who}", []),
        Kind::PermissionOnlyChanged { .. } => say("no longer permission-only: {who}", []),
        Kind::ScenariosChanged(it) => say("scenarios of {who}: {}", [scenarios(it)]),
        Kind::ApiLinkChanged(_) => say("API link changed: {who}", []),
        Kind::ArnChanged(it) => say("ARNs of {who}: {} → {}", [code(&it.old), code(&it.new)]),
        Kind::ResourceTypeKeysChanged(it) => say(
            "condition keys of {who} itself: {}",
            [delta(&it.gained, &it.lost, &[])],
        ),
        Kind::KeyTypeChanged(it) => say(
            "value type of {who}: {} → {}",
            [it.old.clone(), it.new.clone()],
        ),
        Kind::OperationChanged { sdk, needs: it } => {
            let [gained, lost, other] = needs((row, sdk.as_deref()), it, states);
            say(
                "required actions of {who}: {}",
                [delta(&gained, &lost, &other)],
            )
        }
    }
}

/// The name of a service, its prefix, and how many rows its tables have.
fn service(facts: &Service) -> String {
    let name = if facts.service.is_empty() {
        &facts.page
    } else {
        &facts.service
    };
    let counts = [
        facts.actions.len(),
        facts.resource_types.len(),
        facts.condition_keys.len(),
        facts.operations.len(),
    ];
    let counts: Vec<_> = Table::ALL
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .map(|(table, count)| counted(count, table.row()))
        .collect();
    let prefix = code(&format!("{}:…", facts.prefix));
    format!(
        "{name} ({prefix}), {}",
        if counts.is_empty() {
            "empty".to_owned()
        } else {
            listed(&counts)
        }
    )
}

/// How many rows a table has, and the names of a few.
fn rows(rows: &Rows) -> String {
    let counted = counted(rows.count, rows.table.row());
    let names_of = rows.entries.names();
    if fit(names_of.len()) {
        format!("{counted} ({})", names(&names_of))
    } else {
        counted
    }
}

fn client(sdk: Option<&str>) -> String {
    sdk.map_or_else(
        || "the list without an SDK client".to_owned(),
        |sdk| format!("the SDK client {}", code(sdk)),
    )
}

fn levels<'a>(levels: impl IntoIterator<Item = &'a AccessLevel>) -> String {
    let levels: Vec<_> = levels.into_iter().map(|level| level.as_str()).collect();
    if levels.is_empty() {
        "no access level".to_owned()
    } else {
        listed(&levels)
    }
}

fn scopes(scopes: &[Scope]) -> String {
    let types: Vec<_> = scopes.iter().map(|scope| &scope.resource_type).collect();
    names(&types)
}

/// ` on …`; nothing of an action without resource types.
pub(super) fn on(types: &[String]) -> String {
    if types.is_empty() {
        String::new()
    } else {
        format!(" on {}", names(types))
    }
}

/// `` `a` and `b` added, `c` removed, `d` changed ``.
fn delta(added: &[String], removed: &[String], changed: &[String]) -> String {
    let parts = [(added, "added"), (removed, "removed"), (changed, "changed")];
    let parts = parts.into_iter().filter(|(these, _)| !these.is_empty());
    let parts: Vec<_> = parts
        .map(|(these, verb)| format!("{} {verb}", names(these)))
        .collect();
    parts.join(", ")
}

fn scenarios(scenarios: &Differing<Scenario>) -> String {
    let of = |these: &[Scenario], those: &[Scenario], in_both: bool| -> Vec<String> {
        let named = |name: &str| those.iter().any(|it| it.name == name);
        let of = these.iter().filter(|it| named(&it.name) == in_both);
        of.map(|it| it.name.clone()).collect()
    };
    let Differing { gained, lost } = scenarios;
    delta(
        &of(gained, lost, false),
        &of(lost, gained, false),
        &of(gained, lost, true),
    )
}

/// A guess, and what it means if it is right.
pub(super) fn renamed(rename: &Rename, states: States<'_>) -> Line {
    let (from, to) = (&rename.from, &rename.to);
    let before = code(&states.reversed().shown(rename.table, from));
    let now = code(&states.shown(rename.table, to));
    let arns = type_of(states.old, from).zip(type_of(states.new, to));
    let same = match rename.table {
        Table::Actions | Table::ConditionKeys => same_key(from, to),
        Table::ResourceTypes => arns.is_some_and(|(a, b)| template::same_arns(&a.arn, &b.arn)),
        Table::Operations => false,
    };
    let meaning = match rename.table {
        _ if same => "no policy changes: to IAM both are the same".to_owned(),
        Table::Actions => {
            format!("if so, statements that name {before} must also name {now}, Deny first")
        }
        Table::ConditionKeys => {
            format!("if so, conditions on {before} must also test {now}, Deny first")
        }
        Table::ResourceTypes => format!(
            "if so, statements that name ARNs of {before} must also name those of {now}, Deny first"
        ),
        Table::Operations => {
            format!("if so, callers move to {now}: check that its actions are allowed")
        }
    };
    let headline = format!(
        "{} {before} is perhaps {now} now: names {} %, facts {} % alike",
        rename.table.row(),
        rename.names_alike,
        rename.facts_alike
    );
    Line::alone(Section::Renames, headline, meaning, Vec::new())
}

/// Wildcards that cover the same new actions; several only if they are `NotAction` statements.
pub(super) fn covering(together: &[&Coverage], states: States<'_>) -> Option<Line> {
    let (first, several) = (together.first()?, together.len() > 1);
    let actions: Vec<_> = first.actions.iter().map(|name| states.full(name)).collect();
    let effect = if first.allows { "Allow" } else { "Deny" };
    let wildcard = if several {
        format!("{effect} statements with `NotAction`")
    } else {
        // cut where it is long
        let article = if first.allows { "an" } else { "a" };
        format!("{article} {effect} of {}", quoted(&first.pattern))
    };
    let mut from: Vec<_> = together.iter().flat_map(|it| &it.from).collect();
    from.sort();
    from.dedup();
    let from = if from.is_empty() {
        String::new()
    } else {
        format!(" ({})", few(&from))
    };
    let more = counted(actions.len(), "new action");
    let why = |it: &Beyond| format!("{} {}", code(&states.full(&it.action)), it.why);
    let beyond = first.beyond.iter().map(why);
    let mut marks: Vec<_> = beyond
        .map(|why| Mark::new(MarkKind::Broader, why))
        .collect();
    if first.allows && marks.is_empty() {
        marks.push(Mark::new(MarkKind::Covered, "allowed without review"));
    }
    let meaning = match (first.allows, first.beyond.is_empty()) {
        (false, _) => "denied already, within the statement's resources and conditions",
        (true, true) => "allowed already, within the statement's resources and conditions",
        (true, false) => {
            "allowed already, within the statement's resources and conditions: deny what is not meant, \
             or list actions by name"
        }
    };
    let section = if marks.is_empty() {
        Section::Wildcards
    } else {
        Section::Security
    };
    let headline = format!("{more} in {wildcard}{from}: {}", few(&actions));
    Some(Line::alone(section, headline, meaning.to_owned(), marks))
}
