//! What the words of a page mean where they are data: access levels, value types, and the mark of
//! actions that are for permissions only.

mod lexicon;

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::{AccessLevel, Locale};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, quoted};

/// The labels that stand on one page, with the meaning each was given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Access levels.
    pub access_levels: BTreeMap<String, AccessLevel>,
    /// The marks that say "permission only", without their brackets.
    pub permission_only: BTreeSet<String>,
    /// Value types of condition keys, with the English reference's word for each.
    pub types: BTreeMap<String, String>,
}

impl Labels {
    /// The words of the English reference.
    pub fn english() -> Self {
        Self::lexicon(Locale::EnUs)
    }

    /// The words that are known of a language without having its pages read beside English ones;
    /// the English ones are among them, for some labels stay untranslated.
    pub fn lexicon(locale: Locale) -> Self {
        lexicon::labels(locale)
    }

    /// The levels that a cell names, parted by commas; an empty cell names none.
    ///
    /// # Errors
    /// A label without a meaning.
    pub fn access_levels(&self, text: &str) -> Result<BTreeSet<AccessLevel>> {
        split(text).map(|label| self.access_level(label)).collect()
    }

    fn access_level(&self, label: &str) -> Result<AccessLevel> {
        look_up(&self.access_levels, label)
            .copied()
            .ok_or_else(|| unknown_level(label))
    }

    /// Whether the mark beside an action's name says that it is for permissions only.
    ///
    /// # Errors
    /// A mark without a meaning.
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

    /// The type that a cell names, in the English reference's spelling.
    ///
    /// # Errors
    /// An empty cell, a label without a meaning.
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
        return Error::new("no type", "the type of the key's value");
    }
    Error::new(
        format!("the value type {}", quoted(label)),
        "one that IAM has, such as `String` or `ArrayOfARN`",
    )
}

/// The labels that a cell names, parted by commas of any script.
pub(crate) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', '、', '､', ';', '；'])
        .map(str::trim)
        .filter(|label| !label.is_empty())
}

/// A mark without its brackets, full-width ones included.
pub(crate) fn bare(mark: &str) -> &str {
    mark.trim_matches(|c: char| c.is_whitespace() || is_bracket(c))
}

/// Whether a character is a bracket that a mark can stand in.
pub(crate) fn is_bracket(c: char) -> bool {
    matches!(
        c,
        '[' | ']' | '［' | '］' | '【' | '】' | '(' | ')' | '（' | '）'
    )
}

/// A label as it is compared: without case and white space, which translations vary.
pub(crate) fn normal(label: &str) -> String {
    label
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}
