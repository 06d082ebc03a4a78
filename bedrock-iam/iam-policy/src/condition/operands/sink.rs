//! The sink that condition values are written to.

use crate::arn::{Arn, Resource};
use crate::condition::Comparison;
use crate::condition::grammar::{self, Refusal};
use crate::condition::value_type::ValueType;
use crate::text::one_or_many::{OneOrMany, Text};

use super::value::escaped;

/// The values of one condition, and the invalid ones among them.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct ValueSink {
    pub(crate) texts: OneOrMany,
    pub(crate) faults: Vec<ValueFault>,
}

/// A value that the condition can't have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ValueFault {
    /// The value as given.
    pub(crate) value: String,
    pub(crate) problem: Problem,
}

/// Reasons why a condition can't have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It never equals any value in a request.
    Refused(Refusal),
    /// A text in the code contains `${…}`, which would not be a policy variable.
    Variable,
}

impl ValueSink {
    /// Adds a text without checks.
    pub(crate) fn push(&mut self, text: impl Into<Text>) {
        self.texts.push(text.into());
    }

    /// Adds an ARN.
    pub(crate) fn push_arn<R: Resource>(&mut self, arn: &Arn<R>) {
        self.push(arn.text());
    }

    /// Adds a text that is probably a literal: `${…}` in it was meant as a variable.
    pub(crate) fn push_literal(&mut self, text: &str) {
        let begin = text.find("${");
        if begin.is_some_and(|at| text[at..].contains('}')) {
            self.fault(text.to_owned(), Problem::Variable);
        }
        self.push(escaped(text).into_owned());
    }

    /// Adds faults for the values that a comparison on a key refuses.
    pub(crate) fn check(&mut self, key: &str, of: Option<ValueType>, comparison: Comparison) {
        let refused = |text: &Text| {
            let refusal = grammar::refusal(key, of, comparison, text)?;
            Some((text.to_string(), Problem::Refused(refusal)))
        };
        let found: Vec<_> = self.texts.as_slice().iter().filter_map(refused).collect();
        for (value, problem) in found {
            self.fault(value, problem);
        }
    }

    fn fault(&mut self, value: String, problem: Problem) {
        self.faults.push(ValueFault { value, problem });
    }
}
