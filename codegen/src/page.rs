//! Reading of a page: its facts, its labels and its source.

pub mod descriptions;
mod facts;
mod language;
mod learn;
mod links;
mod source;

use iam_policy::wire::Facts;

use crate::error::{Error, Result};
use crate::labels::Labels;
use crate::markup::{self, Input, Rendition};
use crate::tables::Tables;
use learn::Reference;

pub use learn::Doubt;
pub use source::Source;

/// A page with its facts.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its facts.
    pub facts: Facts,
    /// Its tables, which localized pages are aligned with.
    pub tables: Tables,
    /// Its labels with their meanings.
    pub labels: Labels,
    /// The labels with doubtful meanings.
    pub doubts: Vec<Doubt>,
    /// The source of its facts.
    pub source: Source,
}

/// Reads a page; a localized page is aligned with the English page of the same service, if given.
///
/// # Errors
/// Returns [`Error`] with its place if any part of the page is not valid.
pub fn read(input: &Input<'_>, english: Option<&Page>) -> Result<Page> {
    interpret(markup::read(input)?, input.rendition, english).map_err(|error| error.of(input.name))
}

/// Reads the facts of a page from its tables; a localized page is aligned with the English page, if
/// given.
///
/// # Errors
/// Returns [`Error`] with its place if a label has no known meaning or a row is not valid.
pub fn interpret(tables: Tables, rendition: Rendition, english: Option<&Page>) -> Result<Page> {
    let reference = english.map(|page| Reference {
        tables: &page.tables,
        facts: &page.facts,
    });
    let (labels, doubts) = learn::learn(&tables, reference)?;
    let facts = facts::read(&tables, &labels, english.map(|page| &page.tables))
        .map_err(|error| hint_votes(error, &doubts))?;
    let source = Source::of(&tables, rendition);
    Ok(Page {
        facts,
        tables,
        labels,
        doubts,
        source,
    })
}

/// Adds the votes for labels without a meaning as the hint, if there are any.
fn hint_votes(error: Error, doubts: &[Doubt]) -> Error {
    let open = doubts
        .iter()
        .filter(|doubt| doubt.meaning.is_none() && !doubt.votes.is_empty());
    let votes: Vec<_> = open.map(ToString::to_string).collect();
    if votes.is_empty() || error.hint.is_some() {
        error
    } else {
        error.hint(votes.join("; "))
    }
}
