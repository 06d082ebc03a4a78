//! Condition operators as methods of keys.

use crate::condition::key::{Key, KeyId};
use crate::condition::operands::{IntoValues, ValueSink, operand};

use super::operator::for_each_comparison;
use super::{
    Comparison, Condition, NullTest, Operator, SetOperator, Several, Single, SuitsArn, SuitsBinary,
    SuitsBool, SuitsDate, SuitsIpAddress, SuitsNumeric, SuitsString,
};

/// A multi-valued key with a set operator, `ForAllValues` or `ForAnyValue`.
///
/// Returned by [`Key::for_all_values`] and [`Key::for_any_value`]; call a comparison on it.
#[must_use = "a set operator needs a comparison, such as `.string_equals(…)`"]
pub struct SetKey<I: KeyId> {
    key: Key<I>,
    set: SetOperator,
}

impl<I: KeyId> Key<I> {
    /// `ForAllValues`: the comparison is true for every value of the key in the request.
    ///
    /// That includes requests without the key. In an Allow statement, add a `.null(false)`
    /// condition if the key must be present.
    pub fn for_all_values(self) -> SetKey<I>
    where
        I::Value: Several<I>,
    {
        SetKey {
            key: self,
            set: SetOperator::ForAllValues,
        }
    }

    /// `ForAnyValue`: the comparison is true for at least one value of the key in the request.
    pub fn for_any_value(self) -> SetKey<I>
    where
        I::Value: Several<I>,
    {
        SetKey {
            key: self,
            set: SetOperator::ForAnyValue,
        }
    }

    /// `Null`: tests whether the key is absent, for keys of every type.
    ///
    /// `null(true)` is true for requests without the key, `null(false)` for requests with it.
    pub fn null(self, absent: bool) -> Condition<I, NullTest> {
        let mut values = ValueSink::default();
        values.push(if absent { "true" } else { "false" });
        Condition::new(Operator::new(None, Comparison::Null), self, values)
    }

    fn compare<F>(self, comparison: Comparison, values: impl IntoValues<F>) -> Condition<I> {
        condition(self, None, comparison, values)
    }
}

impl<I: KeyId> SetKey<I> {
    fn compare<F>(self, comparison: Comparison, values: impl IntoValues<F>) -> Condition<I> {
        condition(self.key, Some(self.set), comparison, values)
    }
}

fn condition<I: KeyId, F>(
    key: Key<I>,
    set: Option<SetOperator>,
    comparison: Comparison,
    values: impl IntoValues<F>,
) -> Condition<I> {
    let mut sink = ValueSink::default();
    values.push_all_to(&mut sink);
    sink.check(key.name(), key.value_type(), comparison);
    Condition::new(Operator::new(set, comparison), key, sink)
}

/// Defines each operator as a method of single-valued keys, and of multi-valued keys with a set
/// operator.
macro_rules! methods {
    ($($Family:ident $Suits:ident meant [$($Meant:ident)*] works [$($Works:ident)*] {
        $($Name:ident $(($not:ident))? $method:ident $doc:literal;)+
    })+) => {
        impl<I: KeyId> Key<I> {$($(
            #[doc = concat!("`", stringify!($Name), "`: ", $doc)]
            pub fn $method(self, values: impl IntoValues<operand::$Family>) -> Condition<I>
            where
                I::Value: $Suits<I> + Single<I>,
            {
                self.compare(Comparison::$Name, values)
            }
        )+)+}

        impl<I: KeyId> SetKey<I> {$($(
            #[doc = concat!("`", stringify!($Name), "`: ", $doc)]
            pub fn $method(self, values: impl IntoValues<operand::$Family>) -> Condition<I>
            where
                I::Value: $Suits<I>,
            {
                self.compare(Comparison::$Name, values)
            }
        )+)+}
    };
}
for_each_comparison!(methods);
