//! Conditions: an operator, a key and values.

pub(crate) mod grammar;
pub(crate) mod key;
mod list;
mod methods;
mod operator;
mod suits;

pub(crate) mod operands;
pub(crate) mod value_type;

use std::fmt;
use std::marker::PhantomData;

use crate::condition::key::{Key, KeyId};
use crate::condition::operands::ValueSink;
use crate::text::one_or_many::Text;

pub(crate) use list::{Conditions, Entry};
pub use methods::SetKey;
pub use operator::Comparison;
pub(crate) use operator::{Family, Operator, SetOperator, Suits, Written};
pub use suits::{
    MayLackKey, Several, Single, SuitsArn, SuitsBinary, SuitsBool, SuitsDate, SuitsIpAddress,
    SuitsNumeric, SuitsString,
};

/// A condition on the key `I`, created by an operator method of [`Key`].
///
/// `O` distinguishes comparisons from [`NullTest`], which has no [`if_exists`](Self::if_exists).
#[must_use = "a condition has no effect until it is added to a statement: `.when(condition)`"]
pub struct Condition<I: KeyId, O = Compares> {
    pub(crate) entry: Entry,
    of: PhantomData<fn() -> (I, O)>,
}

/// Marker of conditions that compare a key's values.
#[derive(Clone, Copy, Debug)]
pub struct Compares;

/// Marker of conditions on the presence of a key in the request.
#[derive(Clone, Copy, Debug)]
pub struct NullTest;

impl<I: KeyId, O> Condition<I, O> {
    pub(crate) fn new(operator: Operator, key: Key<I>, values: ValueSink) -> Self {
        Self {
            entry: Entry {
                operator: Written::Operator(operator),
                key: key.into_name(),
                values: values.texts,
                faults: values.faults,
                is_united: false,
            },
            of: PhantomData,
        }
    }

    /// Returns the key's name.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.entry.key
    }

    /// Returns the operator as printed in a policy, such as `ForAllValues:StringEqualsIfExists`.
    #[must_use]
    pub fn operator(&self) -> String {
        self.entry.operator.to_string()
    }

    /// Returns the values as printed in a policy.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.entry.values.as_slice().iter().map(Text::as_ref)
    }

    /// Appends `IfExists` to the operator: the condition is also true for requests without the key.
    ///
    /// `Null` has no such form, because it tests whether the key is in the request.
    pub fn if_exists(mut self) -> Self
    where
        O: MayLackKey,
    {
        if let Written::Operator(operator) = &mut self.entry.operator {
            operator.if_exists = true;
        }
        self
    }
}

impl<I: KeyId, O> Clone for Condition<I, O> {
    fn clone(&self) -> Self {
        Self {
            entry: self.entry.clone(),
            of: PhantomData,
        }
    }
}

impl<I: KeyId, O> fmt::Debug for Condition<I, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Entry {
            operator,
            key,
            values,
            ..
        } = &self.entry;
        write!(f, "Condition({operator} {key} {:?})", values.as_slice())
    }
}
