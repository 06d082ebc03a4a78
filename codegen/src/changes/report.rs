//! All that changed, service by service: each change with what follows from it, and the lines that a
//! person reads.

use std::cmp::Reverse;

use iam_policy::wire::Service;
use serde::Serialize;

use super::change::{Change, Kind, Row, Table};
use super::consequences::{Consequence, Judge, most_power};
use super::differ::between;
use super::renames::{self, Rename};
use super::states::States;
use super::verdict::{self, Bump, Verdict};
use super::wildcards::{self, Coverage, Wildcard};
use super::wording::{self, Headline, headline};
use crate::overlay::Sensitive;
use crate::words::{counted, fit};

/// A change of facts, and how it is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What changed; in JSON its fields stand beside the others.
    #[serde(flatten)]
    pub change: Change,
    /// What changed, in words: names stand in backticks.
    pub headline: String,
    /// What it means for somebody's policy, in one sentence.
    pub meaning: String,
    /// What it asks of the crate's version.
    pub bump: Bump,
    /// What of it touches security; none for most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub security: Vec<Mark>,
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

/// In what way a change touches security, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// An action grants or changes permissions.
    PermissionsManagement,
    /// An action is on the list of sensitive ones.
    Sensitive,
    /// A statement that denies or guards something may have stopped doing so.
    GuardLost,
    /// An action does more than it did, or the same for fewer permissions.
    Broader,
    /// An action has a name that sensitive ones have.
    Suspected,
    /// A wildcard that allows covers new actions that do no more than those it covered before.
    Covered,
}

impl MarkKind {
    /// In two or three words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PermissionsManagement => "permissions management",
            Self::Sensitive => "sensitive action",
            Self::GuardLost => "guard lost",
            Self::Broader => "broader",
            Self::Suspected => "perhaps sensitive",
            Self::Covered => "wildcard",
        }
    }
}

/// A section of a report, in the order of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// What touches security.
    Security,
    /// What was removed.
    Removed,
    /// Names that perhaps took another one's place.
    Renames,
    /// What changed of rows that stay.
    Changed,
    /// What came.
    New,
    /// Wildcards that deny and cover new actions.
    Wildcards,
    /// What no policy can tell: links and names.
    Links,
}

impl Section {
    /// Its heading.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Security => "Security",
            Self::Removed => "Removed",
            Self::Renames => "Perhaps renamed",
            Self::Changed => "Changed",
            Self::New => "New",
            Self::Wildcards => "Denied already",
            Self::Links => "Names and links",
        }
    }
}

/// What a person reads of one change, or of several that say the same of several rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub section: Section,
    /// What changed; names stand in backticks.
    pub headline: String,
    /// The headline with every row named, however many there are.
    pub full_headline: String,
    /// What it means for somebody's policy.
    pub meaning: String,
    /// What it asks of the crate's version.
    pub bump: Bump,
    /// What of it touches security.
    pub security: Vec<Mark>,
    /// Every row that it is about, actions with their prefix; none of a guess or a wildcard.
    pub rows: Vec<String>,
}

impl Line {
    /// A line that is not about rows that changed.
    pub(super) fn alone(
        section: Section,
        headline: String,
        meaning: String,
        security: Vec<Mark>,
    ) -> Self {
        Self {
            section,
            full_headline: headline.clone(),
            headline,
            meaning,
            bump: Bump::None,
            security,
            rows: Vec::new(),
        }
    }

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
        let marked = self.changes.iter().filter(|it| !it.security.is_empty());
        marked.count()
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
        lost: verdict::lost(old, new),
    };
    let mut groups: Vec<_> = changes
        .into_iter()
        .map(|it| Group::of(it, &judge))
        .collect();
    // stable: rows stay in their order
    groups.sort_by(|a, b| a.order().cmp(&b.order()));
    let renames = old
        .zip(new)
        .map_or_else(Vec::new, |(old, new)| renames::guess(old, new));
    let wildcards = wildcards::covered(&judge, criteria.wildcards);
    let findings: Vec<_> = groups.iter().map(Group::finding).collect();
    let alike = wildcards::alike(&wildcards);
    let mut covering: Vec<_> = alike
        .iter()
        .filter_map(|it| wording::covering(it, states))
        .collect();
    covering.sort_by_key(|line| line.security.first().map(|mark| mark.kind));
    let mut lines: Vec<_> = joined(groups).iter().map(Group::line).collect();
    lines.extend(renames.iter().map(|it| wording::renamed(it, states)));
    lines.extend(covering);
    lines.sort_by_key(|line| line.section);
    Some(ServiceChanges {
        module: module.to_owned(),
        service: known.service.clone(),
        prefix: known.prefix.clone(),
        bump: findings.iter().map(|it| it.bump).max().unwrap_or_default(),
        changes: findings,
        renames,
        wildcards,
        lines,
    })
}

/// A change, or several that say the same of several rows.
struct Group {
    change: Change,
    /// The rows by name, as sentences show them.
    rows: Vec<String>,
    headline: Headline,
    consequence: Consequence,
}

impl Group {
    fn of(change: Change, judge: &Judge<'_>) -> Self {
        let states = match change.kind {
            // by the prefix that it had
            Kind::ActionRemoved(_) => judge.states.reversed(),
            _ => judge.states,
        };
        let shown = |row: &Row| states.shown(row.table, &row.name);
        Self {
            rows: change.row.iter().map(shown).collect(),
            headline: headline(&change, judge.states),
            consequence: judge.consequence(&change),
            change,
        }
    }

    /// Where it stands among others: the gravest first; one kind of change of one table together, of
    /// new actions first those that do most.
    fn order(&self) -> impl Ord {
        let mark = self.consequence.marks.first().map(|mark| mark.kind);
        let power = match &self.change.kind {
            Kind::ActionAdded(it) => most_power(&it.facts.access_levels),
            _ => 0,
        };
        let kind = (self.table(), self.headline.template(), Reverse(power));
        (mark.is_none(), mark, self.consequence.section, kind)
    }

    fn table(&self) -> Option<Table> {
        self.change.row.as_ref().map(|row| row.table)
    }

    fn is_like(&self, other: &Self) -> bool {
        let headlines = self.headline == other.headline && self.table() == other.table();
        headlines && self.consequence.is_like(&other.consequence)
    }

    fn finding(&self) -> Finding {
        let line = self.line();
        Finding {
            change: self.change.clone(),
            headline: line.headline,
            meaning: line.meaning,
            bump: line.bump,
            security: line.security,
        }
    }

    fn line(&self) -> Line {
        let headline = |all| self.headline.text(self.table(), &self.rows, all);
        Line {
            section: self.consequence.section,
            headline: headline(false),
            full_headline: headline(true),
            meaning: self.consequence.meaning(),
            bump: self.consequence.bump,
            security: self.consequence.marks.clone(),
            rows: self.rows.clone(),
        }
    }
}

/// Puts together what says the same of several rows; what is about no row stands alone.
fn joined(groups: Vec<Group>) -> Vec<Group> {
    let mut joined: Vec<Group> = Vec::new();
    for group in groups {
        let same = |it: &&mut Group| !group.rows.is_empty() && it.is_like(&group);
        match joined.iter_mut().find(same) {
            Some(known) => {
                known.rows.extend(group.rows);
                // an operation stands once for each SDK client
                known.rows.dedup();
                known.consequence.join(group.consequence);
            }
            None => joined.push(group),
        }
    }
    joined
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
