//! Conversion of Rust values to condition values.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::SystemTime;

use crate::arn::pattern::ArnPattern;
use crate::arn::segment::Variable;
use crate::arn::site::{AccountId, Partition, Region};
use crate::arn::{Arn, RawArn, Resource, Versioned, VersionedArn};
use crate::condition::grammar;

use super::operand;
use super::sink::ValueSink;
use super::value::{Value, escaped};

/// A single value that the operators of a family `F` can compare.
///
/// The families are the marker types in [`operand`].
#[diagnostic::on_unimplemented(
    message = "`{F}` operators can't compare values of type `{Self}`",
    label = "not valid for `{F}` operators",
    note = "accepted types: `bool` for `bool`, numbers for `numeric_…`, `SystemTime` and seconds for \
            `date_…`, `IpAddr` for `ip_address`, `Bytes` for `binary_equals`, `Arn` for `arn_…` and \
            `string_…`, text for all operators; pass several values as an array or a vector"
)]
pub trait IntoValue<F> {
    #[doc(hidden)]
    fn push_to(self, values: &mut ValueSink);
}

/// One or more values that the operators of a family `F` can compare.
///
/// The families are the marker types in [`operand`], which list the accepted types. Pass several
/// values as an array, a vector or a slice. A condition is true if the comparison is true for one
/// of the values; with a negated operator, for all of them. If text is not a valid number, date or
/// network where one is expected, or not a value that the key can have, or if it has a wildcard under an
/// operator without wildcards, [`build`](crate::PolicyBuilder::build) returns an error.
#[diagnostic::on_unimplemented(
    message = "`{F}` operators can't compare values of type `{Self}`",
    label = "not valid for `{F}` operators",
    note = "accepted types: `bool` for `bool`, numbers for `numeric_…`, `SystemTime` and seconds for \
            `date_…`, `IpAddr` for `ip_address`, `Bytes` for `binary_equals`, `Arn` for `arn_…` and \
            `string_…`, text for all operators; pass several values as an array or a vector"
)]
pub trait IntoValues<F> {
    #[doc(hidden)]
    fn push_all_to(self, values: &mut ValueSink);
}

impl<F, T: IntoValue<F>, const N: usize> IntoValues<F> for [T; N] {
    fn push_all_to(self, values: &mut ValueSink) {
        self.into_iter().for_each(|value| value.push_to(values));
    }
}

impl<F, T: IntoValue<F>> IntoValues<F> for Vec<T> {
    fn push_all_to(self, values: &mut ValueSink) {
        self.into_iter().for_each(|value| value.push_to(values));
    }
}

impl<F, T: IntoValue<F> + Clone> IntoValues<F> for &[T] {
    fn push_all_to(self, values: &mut ValueSink) {
        self.iter().cloned().for_each(|value| value.push_to(values));
    }
}

impl<F, T: IntoValue<F> + Clone, const N: usize> IntoValues<F> for &[T; N] {
    fn push_all_to(self, values: &mut ValueSink) {
        self.as_slice().push_all_to(values);
    }
}

impl<F, T: IntoValue<F> + Clone> IntoValues<F> for &Vec<T> {
    fn push_all_to(self, values: &mut ValueSink) {
        self.as_slice().push_all_to(values);
    }
}

/// Bytes to compare with, printed as Base64.
///
/// ```
/// use iam_policy::{Bytes, foreign_key};
///
/// let condition = foreign_key!("example:Digest").binary_equals(Bytes(b"foo"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bytes<B>(pub B);

/// Implements both traits for each type.
macro_rules! values {
    ($F:ident: $([$($param:tt)*] $Type:ty = |$value:ident, $values:ident| $push:expr;)*) => {$(
        impl<$($param)*> IntoValue<operand::$F> for $Type {
            fn push_to(self, $values: &mut ValueSink) {
                let $value = self;
                $push;
            }
        }

        impl<$($param)*> IntoValues<operand::$F> for $Type {
            fn push_all_to(self, values: &mut ValueSink) {
                IntoValue::<operand::$F>::push_to(self, values);
            }
        }
    )*};
}
#[cfg(any(feature = "chrono", feature = "ipnet"))]
pub(super) use values;

values! { String:
    [] &str = |text, values| values.push_literal(text);
    [] String = |text, values| values.push(owned(text));
    [] &String = |text, values| values.push(escaped(text).into_owned());
    [] Cow<'_, str> = |text, values| values.push(escaped(&text).into_owned());
    [] Value = |value, values| values.push(value.into_text());
    [] &Value = |value, values| values.push(value.clone().into_text());
    [] Variable = |variable, values| values.push(variable.to_string());
    [] &Variable = |variable, values| values.push(variable.to_string());
    [] AccountId = |account, values| values.push(account.as_str().to_owned());
    [] Region = |region, values| values.push(region.as_str().to_owned());
    [] Partition = |partition, values| values.push(partition.as_str());
    [R: Resource] Arn<R> = |arn, values| values.push_arn(&arn);
    [R: Resource] &Arn<R> = |arn, values| values.push_arn(arn);
    [R: Versioned] VersionedArn<R> = |arn, values| values.push(arn.to_string());
    [R: Versioned] &VersionedArn<R> = |arn, values| values.push(arn.to_string());
    [] RawArn = |arn, values| values.push(arn.as_str().to_owned());
    [] ArnPattern = |arn, values| values.push(arn.as_str().to_owned());
    [] &ArnPattern = |arn, values| values.push(arn.as_str().to_owned());
}

/// Escapes a text, without a copy if nothing needs escaping.
fn owned(text: String) -> String {
    if text.contains("${") {
        escaped(&text).into_owned()
    } else {
        text
    }
}

values! { Arn:
    [] &str = |text, values| values.push_literal(text);
    [] String = |text, values| values.push(owned(text));
    [] &String = |text, values| values.push(escaped(text).into_owned());
    [] Cow<'_, str> = |text, values| values.push(escaped(&text).into_owned());
    [] Value = |value, values| values.push(value.into_text().into_owned());
    [] &Value = |value, values| values.push(value.as_str().to_owned());
    [] Variable = |variable, values| values.push(variable.to_string());
    [] &Variable = |variable, values| values.push(variable.to_string());
    [R: Resource] Arn<R> = |arn, values| values.push_arn(&arn);
    [R: Resource] &Arn<R> = |arn, values| values.push_arn(arn);
    [R: Versioned] VersionedArn<R> = |arn, values| values.push(arn.to_string());
    [R: Versioned] &VersionedArn<R> = |arn, values| values.push(arn.to_string());
    [] RawArn = |arn, values| values.push(arn.as_str().to_owned());
    [] ArnPattern = |arn, values| values.push(arn.as_str().to_owned());
    [] &ArnPattern = |arn, values| values.push(arn.as_str().to_owned());
}

values! { Numeric:
    [] i8 = |number, values| values.push(number.to_string());
    [] i16 = |number, values| values.push(number.to_string());
    [] i32 = |number, values| values.push(number.to_string());
    [] i64 = |number, values| values.push(number.to_string());
    [] isize = |number, values| values.push(number.to_string());
    [] u8 = |number, values| values.push(number.to_string());
    [] u16 = |number, values| values.push(number.to_string());
    [] u32 = |number, values| values.push(number.to_string());
    [] u64 = |number, values| values.push(number.to_string());
    [] usize = |number, values| values.push(number.to_string());
    [] f32 = |it, values| values.push(it.to_string());
    [] f64 = |it, values| values.push(it.to_string());
    [] &str = |text, values| values.push(text.to_owned());
    [] String = |text, values| values.push(text);
    [] &String = |text, values| values.push(text.clone());
}

values! { Date:
    [] SystemTime = |time, values| values.push(grammar::iso(time));
    [] i32 = |seconds, values| values.push(seconds.to_string());
    [] i64 = |seconds, values| values.push(seconds.to_string());
    [] u32 = |seconds, values| values.push(seconds.to_string());
    [] u64 = |seconds, values| values.push(seconds.to_string());
    [] &str = |text, values| values.push(text.to_owned());
    [] String = |text, values| values.push(text);
    [] &String = |text, values| values.push(text.clone());
}

values! { Bool:
    [] bool = |truth, values| values.push(if truth { "true" } else { "false" });
    [] &str = |text, values| values.push(text.to_owned());
    [] String = |text, values| values.push(text);
    [] &String = |text, values| values.push(text.clone());
}

values! { IpAddress:
    [] IpAddr = |address, values| values.push(address.to_string());
    [] Ipv4Addr = |address, values| values.push(address.to_string());
    [] Ipv6Addr = |address, values| values.push(address.to_string());
    [] &str = |text, values| values.push(text.to_owned());
    [] String = |text, values| values.push(text);
    [] &String = |text, values| values.push(text.clone());
}

values! { Binary:
    [B: AsRef<[u8]>] Bytes<B> = |bytes, values| values.push(grammar::base64(bytes.0.as_ref()));
    [] &str = |text, values| values.push(text.to_owned());
    [] String = |text, values| values.push(text);
    [] &String = |text, values| values.push(text.clone());
}
