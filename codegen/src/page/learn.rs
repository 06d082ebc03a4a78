//! Learning of a localized page's labels from the English page.
//!
//! Rows are aligned by anchors, and each row is a vote: `Leer` in a row where English has `Read` is a
//! vote that `Leer` means `Read`. The pages may be of different dates, so votes sometimes disagree.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use iam_policy::wire::{AccessLevel, Facts, Locale, TextKind};

use super::facts::action_name;
use super::language;
use super::links::Links;
use crate::error::{Result, quoted};
use crate::labels::{Labels, bare, look_up, normal, split};
use crate::tables::Tables;
use crate::tables::layout::{Column, SectionKind};

/// The English page that a localized page is aligned with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference<'a> {
    /// Its tables, for their anchors.
    pub tables: &'a Tables,
    /// Its facts.
    pub facts: &'a Facts,
}

/// A label without a clear majority of votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The kind of label, for messages.
    pub kind: &'static str,
    /// The label.
    pub label: String,
    /// The meanings with their votes, most votes first.
    pub votes: Vec<(String, usize)>,
    /// The meaning that it was given; without one, the page cannot be read.
    pub meaning: Option<String>,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the votes for the {} {} have no clear majority: {}",
            self.kind,
            quoted(&self.label),
            tally(&self.votes)
        )?;
        match &self.meaning {
            Some(meaning) => write!(f, "; it is read as `{meaning}`"),
            None => Ok(()),
        }
    }
}

fn tally(votes: &[(String, usize)]) -> String {
    if votes.is_empty() {
        return "no votes".to_owned();
    }
    votes
        .iter()
        .map(|(meaning, count)| format!("`{meaning}` {count}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Finds the meaning of every label on a page by the votes of the English page. If there is no
/// English page, or a tie, the meaning is taken from the lexicon of the page's language. A label
/// without a meaning is left out and reported as a [`Doubt`]; reading its row will fail.
///
/// # Errors
/// Returns [`Error`](crate::Error) if the name of an action or a label is not valid, or the page is in
/// another language than it states.
pub(super) fn learn(
    tables: &Tables,
    english: Option<Reference<'_>>,
) -> Result<(Labels, Vec<Doubt>)> {
    let stated = stated(tables, english.map(|english| english.tables))?;
    let levels_of_cells = stated.levels.iter().flat_map(|(_, text)| split(text));
    let marks_of_names = stated.marks.iter().map(|(_, mark)| bare(mark));
    let shown = levels_of_cells.chain(marks_of_names).collect();
    language::check(tables, &shown, english.map(|english| english.tables))?;
    let lexicon = Labels::lexicon(tables.locale);
    let facts = english.map(|english| english.facts);
    let mut doubts = Vec::new();
    let labels = Labels {
        access_levels: levels(&stated, facts, &lexicon, &mut doubts),
        permission_only: marks(&stated, facts, &lexicon, &mut doubts),
        types: types(&stated, tables.locale, facts, &lexicon, &mut doubts),
    };
    let texts = labels.access_levels.keys().chain(&labels.permission_only);
    for label in texts.chain(labels.types.keys()) {
        TextKind::Other.check(label)?;
    }
    Ok((labels, doubts))
}

/// Votes for the meanings of one label.
#[derive(Clone, Debug)]
struct Votes<M>(BTreeMap<M, usize>);

impl<M> Default for Votes<M> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<M: Ord + Clone + ToString> Votes<M> {
    fn add(&mut self, meaning: M) {
        *self.0.entry(meaning).or_default() += 1;
    }

    fn ranked(&self) -> Vec<(String, usize)> {
        let mut ranked: Vec<_> = self
            .0
            .iter()
            .map(|(meaning, count)| (meaning.to_string(), *count))
            .collect();
        ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        ranked
    }

    /// Returns the meaning with more than half of the votes. Overruling the lexicon takes three quarters
    /// of at least four votes, because rows may have changed between the dates of the pages.
    fn majority(&self, known: Option<&M>) -> Option<M> {
        let total: usize = self.0.values().sum();
        let (meaning, count) = self.0.iter().max_by_key(|(_, count)| **count)?;
        let agreed = known.is_none_or(|known| known == meaning);
        let wins = if agreed {
            count * 2 > total
        } else {
            total >= 4 && count * 4 >= total * 3
        };
        wins.then(|| meaning.clone())
    }

    /// Returns the meaning with the most votes, unless there is a tie.
    fn most(&self) -> Option<M> {
        let most = *self.0.values().max()?;
        let mut leaders = self.0.iter().filter(|(_, count)| **count == most);
        let (meaning, _) = leaders.next()?;
        leaders.next().is_none().then(|| meaning.clone())
    }

    /// Returns the meaning of a label and whether it is doubtful.
    fn decide(&self, known: Option<&M>) -> Option<(M, bool)> {
        if let Some(meaning) = self.majority(known) {
            return Some((meaning, false));
        }
        let meaning = known.cloned().or_else(|| self.most())?;
        Some((meaning, !self.0.is_empty()))
    }
}

/// A cell of access levels with the levels that the English page states for the same action.
struct Aligned<'a> {
    labels: BTreeSet<&'a str>,
    levels: BTreeSet<AccessLevel>,
}

fn levels(
    stated: &Stated,
    english: Option<&Facts>,
    lexicon: &Labels,
    doubts: &mut Vec<Doubt>,
) -> BTreeMap<String, AccessLevel> {
    let cells: Vec<Aligned<'_>> = stated
        .levels
        .iter()
        .map(|(action, text)| Aligned {
            labels: split(text).collect(),
            levels: english
                .and_then(|english| english.actions.get(action))
                .map(|action| action.access_levels.clone())
                .unwrap_or_default(),
        })
        .collect();
    let mut open: BTreeSet<&str> = cells
        .iter()
        .flat_map(|cell| &cell.labels)
        .copied()
        .collect();
    let mut known: BTreeMap<String, AccessLevel> = BTreeMap::new();
    // first settle labels that are alone in a cell, then those whose neighbors are known; a settled
    // label may settle others in the next round
    let mut alone = true;
    while !open.is_empty() {
        let votes = level_votes(&cells, &open, &known, alone);
        let settled: Vec<_> = votes
            .iter()
            .filter_map(|(label, votes)| {
                Some((
                    *label,
                    votes.majority(look_up(&lexicon.access_levels, label))?,
                ))
            })
            .collect();
        let mut settled = settled;
        if settled.is_empty() && !alone {
            // then those in the lexicon, which may settle others
            settled = by_lexicon(&votes, &open, lexicon, doubts);
            if settled.is_empty() {
                break;
            }
        }
        for (label, level) in settled {
            open.remove(label);
            known.insert(label.to_owned(), level);
        }
        alone = false;
    }
    let votes = level_votes(&cells, &open, &known, false);
    for label in open {
        let votes = votes.get(label).cloned().unwrap_or_default();
        // exclude the levels of other labels
        let rest: Vec<_> = votes
            .0
            .keys()
            .filter(|level| !known.values().any(|taken| taken == *level))
            .collect();
        let rest = if let [level] = rest.as_slice() {
            Some(*level)
        } else {
            None
        };
        let decided = votes.decide(rest);
        doubts.extend(doubt("access level", label, &votes, decided.as_ref()));
        known.extend(decided.map(|(level, _)| (label.to_owned(), level)));
    }
    known
}

/// Returns the open labels that are in the lexicon, with their meanings. Votes for other meanings are
/// reported as doubts.
fn by_lexicon<'a>(
    votes: &BTreeMap<&'a str, Votes<AccessLevel>>,
    open: &BTreeSet<&'a str>,
    lexicon: &Labels,
    doubts: &mut Vec<Doubt>,
) -> Vec<(&'a str, AccessLevel)> {
    let mut settled = Vec::new();
    for label in open {
        let Some(level) = look_up(&lexicon.access_levels, label).copied() else {
            continue;
        };
        let votes = votes.get(label).cloned().unwrap_or_default();
        doubts.extend(doubt(
            "access level",
            label,
            &votes,
            Some(&(level, !votes.0.is_empty())),
        ));
        settled.push((*label, level));
    }
    settled
}

/// Counts the votes for open labels: each cell's levels except those of its other labels.
fn level_votes<'a>(
    cells: &[Aligned<'a>],
    open: &BTreeSet<&str>,
    known: &BTreeMap<String, AccessLevel>,
    alone: bool,
) -> BTreeMap<&'a str, Votes<AccessLevel>> {
    let mut votes: BTreeMap<&str, Votes<AccessLevel>> = BTreeMap::new();
    for cell in cells
        .iter()
        .filter(|cell| !alone || cell.labels.len() == 1 && cell.levels.len() == 1)
    {
        let taken: BTreeSet<_> = cell
            .labels
            .iter()
            .filter_map(|label| known.get(*label))
            .copied()
            .collect();
        for label in cell.labels.iter().filter(|label| open.contains(**label)) {
            for level in cell.levels.difference(&taken) {
                votes.entry(label).or_default().add(*level);
            }
        }
    }
    votes
}

fn types(
    stated: &Stated,
    locale: Locale,
    english: Option<&Facts>,
    lexicon: &Labels,
    doubts: &mut Vec<Doubt>,
) -> BTreeMap<String, String> {
    let mut votes: BTreeMap<&str, Votes<String>> = BTreeMap::new();
    for (key, label) in &stated.types {
        let votes = votes.entry(label).or_default();
        if let Some(english) = english.and_then(|english| english.condition_keys.get(key)) {
            votes.add(english.value_type.clone());
        }
    }
    let mut types = BTreeMap::new();
    for (label, votes) in votes {
        let by_lexicon = look_up(&lexicon.types, label);
        // a type of the English reference means itself, even if a page of another date disagrees
        let decided = match by_lexicon.filter(|meaning| normal(meaning) == normal(label)) {
            Some(_) => Some((label.to_owned(), false)),
            // a new type on an English page also means itself
            None if locale == Locale::EnUs && may_be_a_type(label) => {
                Some((label.to_owned(), false))
            }
            None => votes.decide(by_lexicon),
        };
        doubts.extend(doubt("value type", label, &votes, decided.as_ref()));
        types.extend(decided.map(|(meaning, _)| (label.to_owned(), meaning)));
    }
    types
}

fn marks(
    stated: &Stated,
    english: Option<&Facts>,
    lexicon: &Labels,
    doubts: &mut Vec<Doubt>,
) -> BTreeSet<String> {
    let mut votes: BTreeMap<&str, Votes<bool>> = BTreeMap::new();
    for (action, mark) in &stated.marks {
        let votes = votes.entry(bare(mark)).or_default();
        if let Some(action) = english.and_then(|english| english.actions.get(action)) {
            votes.add(action.permission_only);
        }
    }
    let mut marks = BTreeSet::new();
    for (mark, votes) in votes {
        let known = lexicon
            .permission_only
            .iter()
            .any(|known| normal(known) == normal(mark));
        if known || votes.majority(None) == Some(true) {
            marks.insert(mark.to_owned());
        } else {
            doubts.extend(doubt("permission-only mark", mark, &votes, None));
        }
    }
    marks
}

/// Returns the doubt about a label whose meaning is doubtful or missing.
fn doubt<M: Ord + Clone + ToString>(
    kind: &'static str,
    label: &str,
    votes: &Votes<M>,
    decided: Option<&(M, bool)>,
) -> Option<Doubt> {
    let meaning = decided.map(|(meaning, _)| meaning.to_string());
    let doubtful = decided.is_none_or(|(_, doubtful)| *doubtful);
    doubtful.then(|| Doubt {
        kind,
        label: label.to_owned(),
        votes: votes.ranked(),
        meaning,
    })
}

/// The labels of a page with the names of their rows; the meanings are not known yet.
#[derive(Clone, Debug, Default)]
struct Stated {
    /// Actions and the text of their access levels.
    levels: Vec<(String, String)>,
    /// Actions and the marks next to their names.
    marks: Vec<(String, String)>,
    /// Condition keys and the text of their types.
    types: Vec<(String, String)>,
}

/// Collects the labels of a page.
fn stated(tables: &Tables, english: Option<&Tables>) -> Result<Stated> {
    let links = Links::new(tables, english)?;
    let mut stated = Stated::default();
    for section in &tables.sections {
        let Some(table) = &section.table else {
            continue;
        };
        for (index, row) in table.rows().enumerate() {
            match section.kind {
                SectionKind::Actions | SectionKind::PermissionOnlyActions
                    if row.is_fresh(Column::Name) =>
                {
                    let name = action_name(row.cell(Column::Name), &links).map_err(|error| {
                        let row = format!(
                            "row {} {}",
                            index + 1,
                            quoted(&row.cell(Column::Name).text())
                        );
                        error.within(row).within(section.kind.name())
                    })?;
                    stated
                        .levels
                        .push((name.name.clone(), row.cell(Column::AccessLevel).text()));
                    if !name.mark.is_empty() {
                        stated.marks.push((name.name, name.mark));
                    }
                }
                SectionKind::ConditionKeys => {
                    let name = links.key_of_row(row.cell(Column::Name));
                    stated
                        .types
                        .push((name, row.cell(Column::ValueType).text()));
                }
                _ => {}
            }
        }
    }
    Ok(stated)
}

/// Returns whether an English word can be the name of a new type: `Season`, `ArrayOfUUID`.
fn may_be_a_type(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric())
}
