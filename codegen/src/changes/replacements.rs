//! What may replace what was removed.

use iam_policy::wire::Service;

use super::change::Table;
use super::renames::{self, Rename};
use crate::overlay::Kind;
use crate::removed::Replacements;

/// The names that came for names that went, guessed from how much names and facts are alike.
pub fn replacements(old: &Service, new: &Service) -> Replacements {
    let guesses = renames::guess(old, new).into_iter();
    let replacement = |Rename {
                           table, from, to, ..
                       }| ((kind(table), from), to);
    guesses.map(replacement).collect()
}

const fn kind(table: Table) -> Kind {
    match table {
        Table::Actions => Kind::Action,
        Table::ResourceTypes => Kind::ResourceType,
        Table::ConditionKeys => Kind::ConditionKey,
        Table::Operations => Kind::Operation,
    }
}
