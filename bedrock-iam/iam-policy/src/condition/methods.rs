//! IAM's operators as methods of keys.

use crate::condition::key::{Key, KeyId};
use crate::condition::operands::{IntoValues, ValueSink, operand};

use super::operator::for_each_comparison;
use super::{
    Comparison, Condition, NullTest, Operator, SetOperator, Several, Single, SuitsArn, SuitsBinary,
    SuitsBool, SuitsDate, SuitsIpAddress, SuitsNumeric, SuitsString,
};

/// A multi-valued key with its set operator, `ForAllValues` or `ForAnyValue`, as
/// [`Key::for_all_values`] and [`Key::for_any_value`] give it; the comparison follows.
#[must_use = "a set operator needs a comparison, such as `.string_equals(…)`"]
pub struct SetKey<I: KeyId> {
    key: Key<I>,
    set: SetOperator,
}

impl<I: KeyId> Key<I> {
    /// `ForAllValues`: every value that the request has for the key compares, which is also true
    /// where it has none; mind that in an Allow, and add `.null(false)` where the key has to be there.
    pub fn for_all_values(self) -> SetKey<I>
    where
        I::Value: Several<I>,
    {
        SetKey {
            key: self,
            set: SetOperator::ForAllValues,
        }
    }

    /// `ForAnyValue`: at least one value that the request has for the key compares.
    pub fn for_any_value(self) -> SetKey<I>
    where
        I::Value: Several<I>,
    {
        SetKey {
            key: self,
            set: SetOperator::ForAnyValue,
        }
    }

    /// `Null`: whether the key is absent. `null(true)` holds for requests without it, `null(false)`
    /// for those that have it. For keys of every type, multi-valued ones too.
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
    Condition::new(Operator::new(set, comparison), key, sink)
}

/// Each operator as a method of single-valued keys and of multi-valued ones with a set operator.
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
