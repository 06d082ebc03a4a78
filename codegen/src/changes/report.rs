//! All that changed, service by service: each change with what follows from it, and the lines that a
//! person reads.

use std::cmp::Reverse;

use serde::Serialize;

use super::change::{Change, Kind, Table, named};
use super::differ::between;
use super::judge::{Judge, Judged, most_power};
use super::renames::{self, Rename};
use super::states::States;
use super::verdict::{self, Bump, Verdict};
use super::wildcards::{self, Coverage, Wildcard};
use super::wording;
use crate::overlay::Sensitive;
use crate::words::{counted, fit};
use iam_policy::wire::Service;

/// A change of facts, and how it is judged; in JSON the fields of both stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
    /// The same in words, and what follows from it.
    #[serde(flatten)]
    pub line: Line,
}

/// Why a change touches security.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark {
    /// In what way.
    pub kind: MarkKind,
    /// The reason, in words that follow the names of what changed.
    pub why: String,
}

impl Mark {
    pub(super) fn new(kind: MarkKind, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { kind, why }
    }
}

named! {
    /// In what way a change touches security, the gravest first.
    MarkKind {
        /// An action grants or changes permissions.
        PermissionsManagement = "permissions management",
        /// An action is on the list of sensitive ones.
        Sensitive = "sensitive action",
        /// A statement that denies or guards something may have stopped doing so.
        GuardLost = "guard lost",
        /// An action does more than it did, or the same for fewer permissions.
        Broader = "broader",
        /// An action has a name that sensitive ones have.
        Suspected = "perhaps sensitive",
        /// A wildcard that allows covers new actions that do no more than those it covered before.
        Covered = "wildcard",
    }
}

named! {
    /// A section of a report, in the order of a report.
    Section {
        Security = "Security",
        Removed = "Removed",
        Renames = "Perhaps renamed",
        Changed = "Changed",
        New = "New",
        /// Wildcards that deny and cover new actions.
        Wildcards = "Denied already",
        /// No policy depends on these.
        Links = "Names and links",
    }
}

/// What a person reads of one change, or of several that are the same but for their rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Where it stands.
    #[serde(skip)]
    pub section: Section,
    /// What changed; names stand in backticks.
    pub headline: String,
    /// The headline with every row named, however many there are.
    #[serde(skip)]
    pub full_headline: String,
    /// What it means for an existing policy.
    pub meaning: String,
    /// What it asks of the crate's version.
    pub bump: Bump,
    /// What of it touches security; none for most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security: Vec<Mark>,
    /// Every row that it is about, actions with their prefix; none of a guess or a wildcard.
    #[serde(skip)]
    pub rows: Vec<String>,
}

impl Line {
    /// The rows, if the headline had no room for all of them.
    pub fn more_rows(&self) -> Option<&[String]> {
        (!fit(self.rows.len())).then_some(self.rows.as_slice())
    }
}

/// What changed of one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceChanges {
    /// The crate's module, or the page's name where the crate has none.
    pub module: String,
    /// The service's name.
    pub service: String,
    /// What the names of its actions begin with.
    pub prefix: String,
    /// What its changes together ask of the crate's version.
    pub bump: Bump,
    /// What changed: first what touches security, last what no policy can tell.
    pub changes: Vec<Finding>,
    /// Names that perhaps took another one's place; both stand among the changes too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub renames: Vec<Rename>,
    /// Wildcards that cover new actions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wildcards: Vec<Coverage>,
    /// All of this in sentences, section by section; what is said of several rows in one.
    #[serde(skip)]
    pub lines: Vec<Line>,
}

impl ServiceChanges {
    /// The sections that have lines.
    pub fn sections(&self) -> impl Iterator<Item = (Section, &[Line])> {
        let sections = self.lines.chunk_by(|a, b| a.section == b.section);
        sections.filter_map(|lines| Some((lines.first()?.section, lines)))
    }

    /// How many changes touch security.
    pub fn marked(&self) -> usize {
        let changes = self.changes.iter();
        changes.filter(|it| !it.line.security.is_empty()).count()
    }
}

/// What changes are judged by.
#[derive(Clone, Copy, Debug)]
pub struct Criteria<'a> {
    /// The actions that are known to be sensitive.
    pub sensitive: &'a Sensitive,
    /// The wildcards of existing policies; those that people commonly write are looked at anyway.
    pub wildcards: &'a [Wildcard],
}

/// What changed of a service and what that means; none if no fact did. Either state may be missing.
pub fn service(
    module: &str,
    old: Option<&Service>,
    new: Option<&Service>,
    criteria: &Criteria<'_>,
) -> Option<ServiceChanges> {
    let changes = between(old, new);
    let known = new.or(old).filter(|_| !changes.is_empty())?;
    let states = States { old, new };
    let judge = Judge {
        states,
        sensitive: criteria.sensitive,
        lost: verdict::lost(states),
    };
    let judged = changes.into_iter().map(|it| (judge.judged(&it), it));
    let mut judged: Vec<_> = judged.collect();
    // stable: rows stay in their order, but for new actions: first those that permit most
    judged.sort_by_cached_key(|(judged, change)| {
        let power = match &change.kind {
            Kind::ActionAdded(it) => most_power(&it.facts.access_levels),
            _ => 0,
        };
        (judged.order(), change.table(), Reverse(power))
    });
    let renames = old.zip(new);
    let renames = renames.map_or_else(Vec::new, |(old, new)| renames::guess(old, new));
    let wildcards = wildcards::covered(&judge, criteria.wildcards);
    let mut lines = joined(&judged, states);
    lines.extend(renames.iter().map(|it| wording::renamed(it, states)));
    let alike = wildcards::alike(&wildcards);
    let covering = alike.iter().filter_map(|it| wording::covering(it, states));
    let mut covering: Vec<_> = covering.collect();
    covering.sort_by_key(|line| line.security.first().map(|mark| mark.kind));
    lines.extend(covering);
    lines.sort_by_key(|line| line.section);
    let finding = |(judged, change): (Judged, Change)| {
        let line = judged.line(change.table(), &shown(&change, states));
        Finding { change, line }
    };
    let changes: Vec<_> = judged.into_iter().map(finding).collect();
    let bumps = changes.iter().map(|it| it.line.bump);
    Some(ServiceChanges {
        module: module.to_owned(),
        service: known.service.clone(),
        prefix: known.prefix.clone(),
        bump: bumps.max().unwrap_or_default(),
        changes,
        renames,
        wildcards,
        lines,
    })
}

/// The row of a change as sentences name it.
fn shown(change: &Change, states: States<'_>) -> Vec<String> {
    let states = match change.kind {
        // by the prefix that it had
        Kind::ActionRemoved(_) => states.reversed(),
        _ => states,
    };
    let row = change.row.iter();
    row.map(|row| states.shown(row.table, &row.name)).collect()
}

/// One line for each change, and one for all that are the same but for their rows.
fn joined(judged: &[(Judged, Change)], states: States<'_>) -> Vec<Line> {
    let mut joined: Vec<(Option<Table>, &Judged, Vec<String>)> = Vec::new();
    for (judged, change) in judged {
        let (table, rows) = (change.table(), shown(change, states));
        let same = |it: &&mut (Option<Table>, &Judged, _)| (it.0, it.1) == (table, judged);
        match joined.iter_mut().find(same) {
            Some((Some(_), _, known)) => {
                known.extend(rows);
                // an operation stands once for each SDK client
                known.dedup();
            }
            _ => joined.push((table, judged, rows)),
        }
    }
    let line = |(table, judged, rows): &(_, &Judged, Vec<_>)| judged.line(*table, rows);
    joined.iter().map(line).collect()
}

/// What changed of all services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What it asks of the crate's version.
    pub version: Verdict,
    /// The services that changed, by module.
    pub services: Vec<ServiceChanges>,
}

impl Report {
    /// Puts services together; `version` is the crate's before the changes, if it is known.
    pub fn new(mut services: Vec<ServiceChanges>, version: Option<&str>) -> Self {
        services.sort_by(|a, b| a.module.cmp(&b.module));
        let bump = services.iter().map(|it| it.bump).max().unwrap_or_default();
        Self {
            version: Verdict::new(bump, version),
            services,
        }
    }

    /// The sections of all services.
    pub fn sections(&self) -> impl Iterator<Item = (&ServiceChanges, Section, &[Line])> {
        let services = self.services.iter();
        services.flat_map(|it| {
            it.sections()
                .map(move |(section, lines)| (it, section, lines))
        })
    }

    /// Whether no fact changed.
    pub fn is_empty(&self) -> bool {
        self.services.is_empty()
    }

    /// The first line that asks for the version, and how many more do.
    pub fn because(&self) -> Option<String> {
        let lines = self.services.iter().flat_map(|service| &service.lines);
        let mut lines = lines.filter(|line| line.bump == self.version.bump);
        let first = lines.next().filter(|_| self.version.bump > Bump::None)?;
        Some(match lines.count() {
            0 => first.headline.clone(),
            more => format!("{}; {}", first.headline, counted(more, "more reason")),
        })
    }
}
