//! What a page states: its facts, the meaning of its labels, and where it was read from.

pub mod descriptions;
mod facts;
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

/// A page that was read.
#[derive(Clone, Debug)]
pub struct Page {
    /// What it states.
    pub facts: Facts,
    /// Its tables, which other pages are held beside.
    pub tables: Tables,
    /// Its labels with their meanings.
    pub labels: Labels,
    /// The labels whose meaning is in doubt.
    pub doubts: Vec<Doubt>,
    /// What it is.
    pub source: Source,
}

/// Reads a page; a localized one beside the English page of the same service, if there is one.
///
/// # Errors
/// Whatever keeps the page from being read whole, with its place.
pub fn read(input: &Input<'_>, english: Option<&Page>) -> Result<Page> {
    interpret(markup::read(input)?, input.rendition, english).map_err(|error| error.of(input.name))
}

/// Reads the facts of a page from its tables; a localized one's beside the English page.
///
/// # Errors
/// A label that can be given no meaning, a row that says nothing, with their places.
pub fn interpret(tables: Tables, rendition: Rendition, english: Option<&Page>) -> Result<Page> {
    let reference = english.map(|page| Reference {
        tables: &page.tables,
        facts: &page.facts,
    });
    let (labels, doubts) = learn::learn(&tables, reference)?;
    let facts = facts::read(&tables, &labels, english.map(|page| &page.tables))
        .map_err(|error| with_votes(error, &doubts))?;
    let source = Source::of(&tables, rendition);
    Ok(Page {
        facts,
        tables,
        labels,
        doubts,
        source,
    })
}

/// Tells the votes of labels without a meaning, if there were any.
fn with_votes(error: Error, doubts: &[Doubt]) -> Error {
    let open = doubts
        .iter()
        .filter(|doubt| doubt.meaning.is_none() && !doubt.votes.is_empty());
    let told: Vec<_> = open.map(ToString::to_string).collect();
    if told.is_empty() || error.hint.is_some() {
        error
    } else {
        error.hint(told.join("; "))
    }
}
