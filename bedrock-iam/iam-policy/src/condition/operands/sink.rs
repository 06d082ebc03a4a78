//! The sink that condition values are written to.

use crate::arn::{Arn, Resource};
use crate::condition::Family;
use crate::text::one_or_many::{OneOrMany, Text};

/// The values of one condition, and the invalid ones among them.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct ValueSink {
    pub(crate) texts: OneOrMany,
    pub(crate) faults: Vec<ValueFault>,
}

/// A value that the condition's operator can't compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ValueFault {
    /// The value as given.
    pub(crate) value: String,
    /// The expected values.
    pub(crate) expected: &'static str,
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

    /// Adds a text, and a fault if the family's operators can't compare it.
    pub(crate) fn push_checked(&mut self, text: String, family: Family) {
        if let Some(expected) = family.refuses(&text) {
            self.faults.push(ValueFault {
                value: text.clone(),
                expected,
            });
        }
        self.push(text);
    }
}
