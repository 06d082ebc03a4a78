//! Parts of sentences: services, rows, access levels, and lists of added and removed names.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::change::{Differing, Rows, Table};
use super::renames::Rename;
use super::report::{Line, Mark, MarkKind, Section};
use super::states::{States, same_key, type_of};
use super::verdict::Bump;
use super::wildcards::Coverage;
use crate::error::quoted;
use crate::escape::within_sentence;
use crate::template;
use crate::words::{code, counted, few, fit, names, verb};
use iam_policy::wire::{Action, AuthorizedAction, Scenario, Service};

/// Returns the names in a table of a service, in order.
fn names_in(service: &Service, table: Table) -> Vec<&str> {
    let names: Vec<&String> = match table {
        Table::Actions => service.actions.keys().collect(),
        Table::ResourceTypes => service.resource_types.keys().collect(),
        Table::ConditionKeys => service.condition_keys.keys().collect(),
        Table::Operations => service.operations.iter().map(|it| &it.operation).collect(),
    };
    names.into_iter().map(String::as_str).collect()
}

/// Describes a service: its name, its prefix, and the number of rows in its tables.
pub(super) fn service(facts: &Service) -> String {
    let names = [&facts.service, &facts.page];
    let name = names.into_iter().find(|it| !it.is_empty());
    let name = within_sentence(name.map_or("", String::as_str));
    let mut text = format!("{name} ({})", code(&format!("{}:…", facts.prefix)));
    for table in Table::ALL {
        let count = names_in(facts, *table).len();
        if count > 0 {
            text += &format!(", {}", counted(count, table.as_str()));
        }
    }
    text
}

/// Returns the number of rows of a table, and their names if these are few.
pub(super) fn rows(service: Option<&Service>, rows: &Rows) -> String {
    let counted = counted(rows.count, rows.table.as_str());
    let mut rows = service.map_or_else(Vec::new, |it| names_in(it, rows.table));
    // an operation has a row for each SDK client
    rows.sort_unstable();
    rows.dedup();
    match fit(rows.len()) {
        true => format!("{counted} ({})", names(&rows)),
        false => counted,
    }
}

/// Returns the name of the SDK client that lists an operation.
pub(super) fn client(sdk: &Option<String>) -> String {
    match sdk {
        Some(sdk) => format!("the SDK client {}", code(sdk)),
        None => "the list without an SDK client".to_owned(),
    }
}

pub(super) fn levels(action: &Action) -> String {
    let levels = action.access_levels.iter().map(|level| level.as_str());
    match levels.collect::<Vec<_>>().as_slice() {
        [] => "no access level".to_owned(),
        levels => levels.join(", "),
    }
}

/// Names that were added, removed and changed.
pub(super) type Delta = [Vec<String>; 3];

/// Lists the names with their verbs: `` `a` and `b` added; `c` removed; `d` changed ``.
pub(super) fn delta(delta: &Delta, verbs: [&str; 3]) -> String {
    let parts = delta
        .iter()
        .zip(verbs)
        .filter(|(these, _)| !these.is_empty());
    let parts = parts.map(|(these, verb)| format!("{} {verb}", names(these)));
    parts.collect::<Vec<_>>().join("; ")
}

/// Lists the required actions of an operation; `own` is the action with the operation's name.
pub(super) fn required(own: &str, needs: &[AuthorizedAction]) -> String {
    let is_own = |it: &&AuthorizedAction| it.action == own && it.context.is_empty();
    let (own, others): (Vec<_>, Vec<_>) = needs.iter().partition(is_own);
    let others: BTreeSet<_> = others.into_iter().map(|it| &it.action).collect();
    let others = (!others.is_empty()).then(|| names(&Vec::from_iter(others)));
    match (own.is_empty(), others) {
        (true, None) => "no permission".to_owned(),
        (true, Some(others)) => others,
        (false, None) => "the action with the same name".to_owned(),
        (false, Some(others)) => format!("the action with the same name and {others}"),
    }
}

pub(super) fn scenarios(scenarios: &Differing<Scenario>) -> Delta {
    let [gained, lost] = [&scenarios.gained, &scenarios.lost].map(|these| {
        let names = these.iter().map(|it| it.name.clone());
        names.collect::<BTreeSet<_>>()
    });
    let sets = [&gained - &lost, &lost - &gained, &gained & &lost];
    sets.map(Vec::from_iter)
}

/// Returns the line of a guessed rename.
pub(super) fn renamed(rename: &Rename, states: States<'_>) -> Line {
    let (table, from, to) = (rename.table, &rename.from, &rename.to);
    let before = code(&states.reversed().shown(table, from));
    let now = code(&states.shown(table, to));
    let arns = type_of(states.old, from).zip(type_of(states.new, to));
    let same = match table {
        Table::Actions | Table::ConditionKeys => same_key(from, to),
        Table::ResourceTypes => arns.is_some_and(|(a, b)| template::same_arns(&a.arn, &b.arn)),
        Table::Operations => false,
    };
    let meaning = match table {
        _ if same => "no policy changes: both are the same in IAM".to_owned(),
        Table::Operations => format!("if so, callers of {now} need its required actions"),
        _ => format!("if so, add {now} to statements with {before}, Deny first"),
    };
    let headline = format!(
        "{} {before} is perhaps now {now}: names {} %, facts {} % alike",
        table.as_str(),
        rename.names_alike,
        rename.facts_alike
    );
    alone(Section::Renames, headline, meaning, Vec::new())
}

/// Returns the line of a wildcard, or of several that [`alike`](super::wildcards::alike) groups.
pub(super) fn covering(together: &[&Coverage], states: States<'_>) -> Option<Line> {
    let first = together.first()?;
    if first.only_before.is_some() {
        return Some(growing(together, states));
    }
    let actions: BTreeSet<_> = together.iter().flat_map(|it| &it.actions).collect();
    let actions: Vec<_> = actions.into_iter().map(|name| states.full(name)).collect();
    let effect = if first.wildcard.allows {
        "Allow"
    } else {
        "Deny"
    };
    // a pattern is cut if it is long
    let pattern = match together {
        [only] => quoted(&only.wildcard.pattern),
        _ if first.wildcard.excepts => "statements with `NotAction`".to_owned(),
        _ => few(&patterns(together)),
    };
    let from: BTreeSet<_> = together.iter().flat_map(|it| &it.wildcard.from).collect();
    let from = match from.len() {
        0 => String::new(),
        _ => format!(" ({})", few(&Vec::from_iter(from))),
    };
    let beyond = first.beyond.iter().map(|it| {
        let why = format!("{} {}", code(&states.full(&it.action)), it.why);
        Mark::new(MarkKind::Broader, why)
    });
    let mut marks: Vec<_> = beyond.collect();
    let (section, already) = match first.wildcard.allows {
        true => (Section::Security, "allowed already"),
        false => (Section::Wildcards, "denied already"),
    };
    if first.wildcard.allows && marks.is_empty() {
        marks.push(Mark::new(MarkKind::Covered, "allowed without review"));
    }
    let advice = match first.beyond.is_empty() {
        true => "",
        false => ": deny unintended access, or list actions by name",
    };
    let meaning = format!("{already}, within the statement's resources and conditions{advice}");
    let more = counted(actions.len(), "new action");
    let headline = format!("{more} in {effect} {pattern}{from}: {}", few(&actions));
    Some(alone(section, headline, meaning, marks))
}

fn patterns<'c>(together: &[&'c Coverage]) -> Vec<&'c String> {
    together.iter().map(|it| &it.wildcard.pattern).collect()
}

/// Returns whether two common patterns grew for the same reason: because of the same new actions, or
/// of new actions on the same new thing, such as `GetTreeRow` and `PruneTreeRow` beside `GetTree` and
/// `PruneTree`.
fn grew_alike(one: &Coverage, other: &Coverage) -> bool {
    let object = |name: &String| name[verb(name).len()..].to_owned();
    let objects = |it: &Coverage| -> (Option<String>, Vec<String>) {
        let before = it.only_before.as_ref().map(object);
        (before, it.actions.iter().map(object).collect())
    };
    let same = (&one.only_before, &one.actions) == (&other.only_before, &other.actions);
    let ordinary = one.beyond.is_empty() && other.beyond.is_empty();
    same || ordinary && objects(one) == objects(other)
}

/// Returns the line of common patterns that covered one action and now cover more.
fn growing(together: &[&Coverage], states: States<'_>) -> Line {
    // patterns that grew for the same reason are one mark
    let mut marks: Vec<Vec<&Coverage>> = Vec::new();
    for it in together {
        match marks.iter_mut().find(|known| grew_alike(known[0], it)) {
            Some(known) => known.push(it),
            None => marks.push(vec![it]),
        }
    }
    let mark = |alike: Vec<&Coverage>| {
        let it = alike[0];
        let full = |names: BTreeSet<&String>| -> Vec<String> {
            names.into_iter().map(|name| states.full(name)).collect()
        };
        let before = full(
            alike
                .iter()
                .filter_map(|it| it.only_before.as_ref())
                .collect(),
        );
        let mut why = format!(
            "{} covered only {}, now also {}",
            few(&patterns(&alike)),
            few(&before),
            few(&full(alike.iter().flat_map(|it| &it.actions).collect()))
        );
        for beyond in &it.beyond {
            let _ = write!(
                why,
                "; {} {}",
                code(&states.full(&beyond.action)),
                beyond.why
            );
        }
        let kind = match it.beyond.is_empty() {
            true => MarkKind::Covered,
            false => MarkKind::Broader,
        };
        Mark::new(kind, why)
    };
    let mut marks: Vec<_> = marks.into_iter().map(mark).collect();
    marks.sort();
    let headline = format!(
        "an Allow covers more than one action now: {}",
        few(&patterns(together))
    );
    let meaning = "allowed already, within the statement's resources and conditions: list actions by name, \
                   or deny the new ones";
    alone(Section::Security, headline, meaning.to_owned(), marks)
}

/// Returns a line that is not about changed rows.
fn alone(section: Section, headline: String, meaning: String, security: Vec<Mark>) -> Line {
    Line {
        section,
        full_headline: headline.clone(),
        headline,
        meaning,
        bump: Bump::None,
        security,
        rows: Vec::new(),
        more: Vec::new(),
    }
}
