//! The report of all changes, service by service: findings, and lines for people.
//!
//! # JSON
//!
//! [`Report`] is also the JSON report of `cargo xtask diff --format json`, one object with sorted keys:
//!
//! - `version`: the `bump` (`none`, `patch`, `minor`, `major`), and `from` and `to`, the versions before
//!   and after, if the version of the old side is known.
//! - `marks`, if any: the number of security marks of all services.
//! - `services`: an object for each changed service, ordered by `module` (the page's name if the crate
//!   has no module for it), with `service`, `prefix`, `bump`,
//!   `marks` (the number of its security marks, if any) and
//!   - `changes`: objects with the `kind` and the fields of that [`Kind`], the row (a field `action`,
//!     `resource_type`, `condition_key` or `operation`, if the change is about a row), `headline`,
//!     `meaning`, `bump` and, if the change affects security, `security`: a list of `kind`
//!     ([`MarkKind`] in snake case) and `why`. Changes that affect security come first. The list is
//!     complete: applied to the old state it gives the new one. Changes of identifiers
//!     (`identifier_moved`, `identifier_changed`, `module_changed`) are those of the crate, not of
//!     facts. If a name is only spelled in another way, changes of its facts follow as if it had
//!     the new spelling before.
//!   - `security`, if any: the security marks, one for each thing and consequence: objects with `headline`,
//!     `meaning` and `reasons` (a list of `kind` and `why`). A mark combines changes that differ only in
//!     their rows; wildcards that cover new actions have marks as well.
//!   - `renames`, if any: [`Rename`] objects with `table`, `from`, `to`, `names_alike` and `facts_alike`.
//!     The changes that they are guessed from are listed as well.
//!   - `wildcards`, if any cover new actions: [`Coverage`] objects with `pattern`, `allows`, `actions`,
//!     and, unless empty, `from` (policies), `beyond` (an `action` that permits more than any action
//!     covered before, and `why`), `excepts` (`true` for a `NotAction`) and `only_before` (the only
//!     action that a common pattern covered before).
//!
//! Actions are named without prefix, except in sentences, in dependent actions and in the actions that
//! operations require. New versions may add fields; existing ones keep their meaning.

use std::cmp::Reverse;

use serde::{Serialize, Serializer};

use super::change::{Change, Kind, Table, named};
use super::differ::between;
use super::judge::{Judge, Judged};
use super::marks::most_power;
use super::renames::{self, Rename};
use super::spelling;
use super::states::States;
use super::verdict::{self, Bump, Verdict};
use super::wildcards::{self, Coverage, Wildcard};
use super::wording;
use crate::overlay::Sensitive;
use crate::words::counted;
use iam_policy::wire::Service;

/// A change of facts with its judgement; in JSON, one object with the fields of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The change.
    #[serde(flatten)]
    pub change: Change,
    /// The change in words, and its consequences.
    #[serde(flatten)]
    pub line: Line,
}

/// A reason why a change affects security.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark {
    /// The kind of effect.
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
    /// A kind of effect on security, the most serious first.
    MarkKind {
        /// An identifier of the crate has another meaning.
        IdentifierMoved = "identifier",
        /// An action grants or changes permissions.
        PermissionsManagement = "permissions management",
        /// An action is on the list of sensitive ones.
        Sensitive = "sensitive action",
        /// A statement that denies or restricts something may have stopped doing so.
        GuardLost = "guard lost",
        /// An action permits more than before, or requires fewer permissions.
        Broader = "broader",
        /// The name of an action is similar to those of sensitive actions.
        Suspected = "perhaps sensitive",
        /// An Allow with a wildcard covers new actions that permit no more than those covered before.
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
        /// A Deny with a wildcard covers new actions.
        Wildcards = "Denied already",
        /// Changes that do not affect any policy.
        Links = "Names and links",
    }
}

/// The text about one change, or about several that differ only in their rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The section of the report.
    #[serde(skip)]
    pub section: Section,
    /// The change in words, with names in backticks.
    pub headline: String,
    /// The headline with the names of all rows.
    #[serde(skip)]
    pub full_headline: String,
    /// The consequence for an existing policy.
    pub meaning: String,
    /// The effect on the crate's version.
    pub bump: Bump,
    /// The effects on security; empty for most changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security: Vec<Mark>,
    /// The rows that it reports, actions with their prefix; empty for a rename or a wildcard.
    #[serde(skip)]
    pub rows: Vec<String>,
    #[serde(skip)]
    pub(super) more: Vec<String>,
}

impl Line {
    /// Returns the rows, or the condition keys, if the headline does not name all of them.
    pub fn more_rows(&self) -> Option<&[String]> {
        (!self.more.is_empty()).then_some(self.more.as_slice())
    }
}

/// The changes of one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceChanges {
    /// The module of the crate, or the page's name if the crate has no module for it.
    pub module: String,
    /// The service's name.
    pub service: String,
    /// The prefix of its actions.
    pub prefix: String,
    /// The effect of all changes on the crate's version.
    pub bump: Bump,
    /// The number of security marks: of lines in the section [`Section::Security`].
    #[serde(skip_serializing_if = "is_zero")]
    pub marks: usize,
    /// The changes: first those that affect security, last those that do not affect any policy.
    pub changes: Vec<Finding>,
    /// Guessed renames; both names are also in the changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub renames: Vec<Rename>,
    /// Wildcards that cover new actions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wildcards: Vec<Coverage>,
    /// The changes, renames and wildcards in sentences, section by section. Changes that differ
    /// only in their rows share a line. In JSON, only the lines with security marks.
    #[serde(
        rename = "security",
        serialize_with = "points",
        skip_serializing_if = "has_no_marks"
    )]
    pub lines: Vec<Line>,
}

impl ServiceChanges {
    /// Returns the sections that have lines.
    pub fn sections(&self) -> impl Iterator<Item = (Section, &[Line])> {
        let sections = self.lines.chunk_by(|a, b| a.section == b.section);
        sections.filter_map(|lines| Some((lines.first()?.section, lines)))
    }
}

/// Returns the lines with security marks.
fn security(lines: &[Line]) -> impl Iterator<Item = &Line> {
    lines.iter().filter(|line| !line.security.is_empty())
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the form that serde calls"
)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

fn has_no_marks(lines: &[Line]) -> bool {
    security(lines).next().is_none()
}

/// Serializes the lines with security marks.
fn points<S: Serializer>(lines: &[Line], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Point<'a> {
        headline: &'a str,
        meaning: &'a str,
        reasons: &'a [Mark],
    }
    serializer.collect_seq(security(lines).map(|line| Point {
        headline: &line.full_headline,
        meaning: &line.meaning,
        reasons: &line.security,
    }))
}

/// The criteria by which changes are judged.
#[derive(Clone, Copy, Debug)]
pub struct Criteria<'a> {
    /// The sensitive actions.
    pub sensitive: &'a Sensitive,
    /// The wildcards of existing policies, to check in addition to common ones.
    pub wildcards: &'a [Wildcard],
}

/// Compares two states of a service, of which either may be missing, and judges the changes.
/// Returns `None` if nothing changed.
///
/// `identifiers` are the changes of [`identifiers`](super::identifiers).
pub fn service(
    module: &str,
    old: Option<&Service>,
    new: Option<&Service>,
    identifiers: Vec<Change>,
    criteria: &Criteria<'_>,
) -> Option<ServiceChanges> {
    let mut changes = identifiers;
    changes.extend(between(old, new));
    let known = new.or(old).filter(|_| !changes.is_empty())?;
    let states = States { old, new };
    // of names that are only spelled in another way, the facts are compared as well
    let respelled = old.zip(new).map(|(old, new)| spelling::respelled(old, new));
    let comparable = respelled.clone().zip(new);
    let comparable = comparable.map(|(old, new)| spelling::with_types_of(old, new));
    let facts = between(comparable.as_ref().or(old), new);
    let renames = old.zip(new);
    let renames = renames.map_or_else(Vec::new, |(old, new)| renames::guess(old, new));
    let judge = Judge {
        states,
        sensitive: criteria.sensitive,
        renames: &renames,
        lost: verdict::lost(states),
        only_spelling: true,
    };
    let of_facts = Judge {
        states: States {
            old: comparable.as_ref().or(old),
            new,
        },
        lost: verdict::lost(States {
            old: respelled.as_ref().or(old),
            new,
        }),
        only_spelling: false,
        ..judge
    };
    let is_in = |list: &[Change], change: &Change| {
        change.row.is_none() || list.iter().any(|it| spelling::is_same(it, change))
    };
    let hidden = facts.iter().filter(|it| !is_in(&changes, it));
    let hidden = hidden.map(|it| (of_facts.judged(it), it.clone()));
    let judged = changes.iter().map(|it| {
        let judge = if is_in(&facts, it) { &of_facts } else { &judge };
        (judge.judged(it), it.clone())
    });
    let mut judged: Vec<_> = judged.chain(hidden).collect();
    // a stable sort: rows stay in order, except that new actions that permit more come first
    judged.sort_by_cached_key(|(judged, change)| {
        let power = match &change.kind {
            Kind::ActionAdded(it) => most_power(&it.facts.access_levels),
            _ => 0,
        };
        (judged.order(), change.table(), Reverse(power))
    });
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
        marks: security(&lines).count(),
        changes,
        renames,
        wildcards,
        lines,
    })
}

/// Returns the name of a change's row in sentences.
fn shown(change: &Change, states: States<'_>) -> Vec<String> {
    let states = match change.kind {
        // a removed action keeps its former prefix
        Kind::ActionRemoved(_) => states.reversed(),
        _ => states,
    };
    let row = change.row.iter();
    row.map(|row| states.shown(row.table, &row.name)).collect()
}

/// Returns the lines of changes; changes that differ only in their rows, or in the condition key that
/// came into effect for the same rows, share a line.
fn joined(judged: &[(Judged, Change)], states: States<'_>) -> Vec<Line> {
    let mut joined: Vec<(Option<Table>, Judged, Vec<String>)> = Vec::new();
    for (judged, change) in judged {
        let (table, rows) = (change.table(), shown(change, states));
        let mut of_table = joined
            .iter_mut()
            .filter(|it| table.is_some() && it.0 == table);
        match of_table.find_map(|(_, known, rows)| known.add(judged).then_some(rows)) {
            Some(known) => {
                known.extend(rows);
                // an operation has a row for each SDK client
                known.dedup();
            }
            None => joined.push((table, judged.clone(), rows)),
        }
    }
    let mut lines: Vec<(Option<Table>, Judged, Vec<String>)> = Vec::new();
    for (table, judged, rows) in joined {
        let mut same = lines
            .iter_mut()
            .filter(|it| (it.0, &it.2) == (table, &rows));
        if !same.any(|(_, known, _)| known.add_keys(&judged)) {
            lines.push((table, judged, rows));
        }
    }
    let line = |(table, judged, rows): &(_, Judged, Vec<_>)| judged.line(*table, rows);
    lines.iter().map(line).collect()
}

/// The changes of all services. The comment at the top of `changes/report.rs` describes the JSON
/// form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The effect of all changes on the crate's version.
    pub version: Verdict,
    /// The number of security marks of all services.
    #[serde(skip_serializing_if = "is_zero")]
    pub marks: usize,
    /// The changed services, ordered by module.
    pub services: Vec<ServiceChanges>,
}

impl Report {
    /// Combines services; `version` is the version of the crate before the changes, if known.
    pub fn new(mut services: Vec<ServiceChanges>, version: Option<&str>) -> Self {
        services.sort_by(|a, b| a.module.cmp(&b.module));
        let bump = services.iter().map(|it| it.bump).max().unwrap_or_default();
        Self {
            version: Verdict::new(bump, version),
            marks: services.iter().map(|it| it.marks).sum(),
            services,
        }
    }

    /// Returns the sections of all services.
    pub fn sections(&self) -> impl Iterator<Item = (&ServiceChanges, Section, &[Line])> {
        let services = self.services.iter();
        services.flat_map(|it| {
            it.sections()
                .map(move |(section, lines)| (it, section, lines))
        })
    }

    /// Whether all facts are the same.
    pub fn is_empty(&self) -> bool {
        self.services.is_empty()
    }

    /// Returns the first line that requires the new version, and the number of other such lines.
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
