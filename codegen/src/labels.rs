//! The labels of a page and their meanings: access levels, value types, and the mark of
//! permission-only actions.

mod lexicon;

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::{AccessLevel, Locale};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, quoted};

/// The labels on one page with their meanings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Access levels.
    pub access_levels: BTreeMap<String, AccessLevel>,
    /// The marks that mean "permission only", without their brackets.
    pub permission_only: BTreeSet<String>,
    /// Value types of condition keys, each with its name in the English reference.
    pub types: BTreeMap<String, String>,
}

impl Labels {
    /// Returns the labels of the English reference.
    pub fn english() -> Self {
        Self::lexicon(Locale::EnUs)
    }

    /// Returns the built-in labels of a language. They include the English ones, because some labels
    /// stay untranslated.
    pub fn lexicon(locale: Locale) -> Self {
        lexicon::labels(locale)
    }

    /// Parses the access levels of a cell, which are separated by commas. The cell may be empty.
    ///
    /// # Errors
    /// Returns [`Error`] if a label is unknown.
    pub fn access_levels(&self, text: &str) -> Result<BTreeSet<AccessLevel>> {
        split(text).map(|label| self.access_level(label)).collect()
    }

    fn access_level(&self, label: &str) -> Result<AccessLevel> {
        look_up(&self.access_levels, label)
            .copied()
            .ok_or_else(|| unknown_level(label))
    }

    /// Returns whether the mark next to an action's name means "permission only"; there may be no mark.
    ///
    /// # Errors
    /// Returns [`Error`] if the mark is unknown.
    pub fn is_permission_only(&self, mark: &str) -> Result<bool> {
        let mark = bare(mark);
        if mark.is_empty() {
            return Ok(false);
        }
        let known = self
            .permission_only
            .iter()
            .any(|known| normal(known) == normal(mark));
        if known {
            Ok(true)
        } else {
            Err(unknown_mark(mark))
        }
    }

    /// Parses a value type and returns it in the English reference's spelling.
    ///
    /// # Errors
    /// Returns [`Error`] if the label is empty or unknown.
    pub fn value_type(&self, label: &str) -> Result<String> {
        look_up(&self.types, label)
            .cloned()
            .ok_or_else(|| unknown_type(label))
    }
}

pub(crate) fn look_up<'a, T>(known: &'a BTreeMap<String, T>, label: &str) -> Option<&'a T> {
    known.get(label).or_else(|| {
        let label = normal(label);
        known
            .iter()
            .find_map(|(known, meaning)| (normal(known) == label).then_some(meaning))
    })
}

fn unknown_level(label: &str) -> Error {
    let known = AccessLevel::ALL.iter().map(|level| quoted(level.as_str()));
    let known = known.collect::<Vec<_>>().join(", ");
    Error::new(
        format!("the access level {}", quoted(label)),
        format!("one of {known}"),
    )
}

fn unknown_mark(mark: &str) -> Error {
    Error::new(
        format!("the mark {}", quoted(mark)),
        "`[permission only]` or nothing",
    )
}

fn unknown_type(label: &str) -> Error {
    if label.is_empty() {
        return Error::new("an empty cell", "the type of the key's values");
    }
    Error::new(
        format!("the value type {}", quoted(label)),
        "an IAM type, such as `String` or `ArrayOfARN`",
    )
}

/// Splits a cell at the commas of any script.
pub(crate) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', '、', '､', ';', '；'])
        .map(str::trim)
        .filter(|label| !label.is_empty())
}

/// Removes the brackets of a mark, including full-width ones.
pub(crate) fn bare(mark: &str) -> &str {
    mark.trim_matches(|c: char| c.is_whitespace() || is_bracket(c))
}

/// Returns whether a character is a bracket that can enclose a mark.
pub(crate) fn is_bracket(c: char) -> bool {
    matches!(
        c,
        '[' | ']' | '［' | '］' | '【' | '】' | '(' | ')' | '（' | '）'
    )
}

/// Normalizes a label for comparison: translations vary in case and white space.
pub(crate) fn normal(label: &str) -> String {
    label
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}
