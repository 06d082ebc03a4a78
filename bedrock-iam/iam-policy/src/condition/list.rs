//! The conditions of one statement.

use crate::condition::operands::ValueFault;
use crate::text::one_or_many::{OneOrMany, Text};

use super::Written;

/// A condition: one operator on one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) operator: Written,
    pub(crate) key: Text,
    pub(crate) values: OneOrMany,
    pub(crate) faults: Vec<ValueFault>,
    /// Whether it stands for several conditions, of which IAM would require only one.
    pub(crate) is_united: bool,
}

/// A statement's conditions, all of which must be true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conditions(Vec<Entry>);

impl Conditions {
    /// Adds a condition, or its values to an existing one with the same operator and key, because
    /// JSON has one member for both.
    ///
    /// With the values of both, a negated operator still requires both. Any other operator would
    /// require only one of the two conditions.
    pub(crate) fn add(&mut self, entry: Entry) {
        let same = self.0.iter_mut().find(|other| {
            other.operator == entry.operator && other.key.eq_ignore_ascii_case(&entry.key)
        });
        match same {
            Some(same) => {
                same.is_united |= same.values != entry.values && !entry.operator.requires_all();
                same.values.merge(entry.values);
                same.faults.extend(entry.faults);
            }
            None => self.0.push(entry),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    /// Returns the conditions by operator, in the order of the operators' first appearance.
    pub(crate) fn by_operator(
        &self,
    ) -> impl Iterator<Item = (&Written, impl Iterator<Item = &Entry>)> {
        let first = |at: usize, operator: &Written| {
            !self.0[..at].iter().any(|other| other.operator == *operator)
        };
        self.0
            .iter()
            .enumerate()
            .filter(move |(at, entry)| first(*at, &entry.operator))
            .map(|(at, entry)| {
                let of = self.0[at..]
                    .iter()
                    .filter(|other| other.operator == entry.operator);
                (&entry.operator, of)
            })
    }
}
