//! IAM's operators as methods of keys.

use crate::condition::key::{Key, KeyId};
use crate::condition::values::{IntoValues, ValueSink, operand};

use super::{
    Comparison, Condition, NullTest, Operator, Quantifier, Several, Single, SuitsArn, SuitsBinary,
    SuitsBool, SuitsDate, SuitsIpAddress, SuitsNumeric, SuitsString,
};

/// A multi-valued key with its set operator, `ForAllValues` or `ForAnyValue`, as
/// [`Key::for_all_values`] and [`Key::for_any_value`] give it; the comparison follows.
#[must_use = "a set operator needs a comparison, such as `.string_equals(…)`"]
pub struct SetKey<I: KeyId> {
    key: Key<I>,
    quantifier: Quantifier,
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
            quantifier: Quantifier::ForAllValues,
        }
    }

    /// `ForAnyValue`: at least one value that the request has for the key compares.
    pub fn for_any_value(self) -> SetKey<I>
    where
        I::Value: Several<I>,
    {
        SetKey {
            key: self,
            quantifier: Quantifier::ForAnyValue,
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
        condition(self.key, Some(self.quantifier), comparison, values)
    }
}

fn condition<I: KeyId, F>(
    key: Key<I>,
    quantifier: Option<Quantifier>,
    comparison: Comparison,
    values: impl IntoValues<F>,
) -> Condition<I> {
    let mut sink = ValueSink::default();
    values.push_all_to(&mut sink);
    Condition::new(Operator::new(quantifier, comparison), key, sink)
}

/// Each operator as a method of single-valued keys and of multi-valued ones with a set operator.
macro_rules! operators {
    ($($Suits:ident $Operand:ident {
        $($method:ident $Comparison:ident $doc:literal;)+
    })+) => {
        impl<I: KeyId> Key<I> {$($(
            #[doc = concat!("`", stringify!($Comparison), "`: ", $doc)]
            pub fn $method(self, values: impl IntoValues<operand::$Operand>) -> Condition<I>
            where
                I::Value: $Suits<I> + Single<I>,
            {
                self.compare(Comparison::$Comparison, values)
            }
        )+)+}

        impl<I: KeyId> SetKey<I> {$($(
            #[doc = concat!("`", stringify!($Comparison), "`: ", $doc)]
            pub fn $method(self, values: impl IntoValues<operand::$Operand>) -> Condition<I>
            where
                I::Value: $Suits<I>,
            {
                self.compare(Comparison::$Comparison, values)
            }
        )+)+}
    };
}

operators! {
    SuitsString String {
        string_equals StringEquals "the value is one of these; case counts.";
        string_not_equals StringNotEquals "the value is none of these, or the key is absent.";
        string_equals_ignore_case StringEqualsIgnoreCase "the value is one of these, case aside.";
        string_not_equals_ignore_case StringNotEqualsIgnoreCase
            "the value is none of these, case aside, or the key is absent.";
        string_like StringLike
            "one of these patterns fits the value; `*` stands for any text, `?` for one character \
             ([`Value::literal`](crate::Value::literal) for a text without wildcards).";
        string_not_like StringNotLike "none of these patterns fits the value, or the key is absent.";
    }
    SuitsNumeric Numeric {
        numeric_equals NumericEquals "the number is one of these.";
        numeric_not_equals NumericNotEquals "the number is none of these, or the key is absent.";
        numeric_less_than NumericLessThan "the number is less than this.";
        numeric_less_than_equals NumericLessThanEquals "the number is this at most.";
        numeric_greater_than NumericGreaterThan "the number is greater than this.";
        numeric_greater_than_equals NumericGreaterThanEquals "the number is this at least.";
    }
    SuitsDate Date {
        date_equals DateEquals "the time is one of these.";
        date_not_equals DateNotEquals "the time is none of these, or the key is absent.";
        date_less_than DateLessThan "the time is before this.";
        date_less_than_equals DateLessThanEquals "the time is this at the latest.";
        date_greater_than DateGreaterThan "the time is after this.";
        date_greater_than_equals DateGreaterThanEquals "the time is this at the earliest.";
    }
    SuitsBool Bool {
        bool Bool "the value is this.";
    }
    SuitsBinary Binary {
        binary_equals BinaryEquals "the bytes are one of these.";
    }
    SuitsIpAddress IpAddress {
        ip_address IpAddress "the address is one of these, or in one of these networks.";
        not_ip_address NotIpAddress
            "the address is none of these and in none of these networks, or the key is absent.";
    }
    SuitsArn Arn {
        arn_equals ArnEquals
            "one of these patterns fits the ARN, each of the six fields by itself; the same as \
             `ArnLike`.";
        arn_not_equals ArnNotEquals "none of these patterns fits the ARN, or the key is absent.";
        arn_like ArnLike "one of these patterns fits the ARN, each of the six fields by itself.";
        arn_not_like ArnNotLike "none of these patterns fits the ARN, or the key is absent.";
    }
}
