//! What can be compared by which family of operators.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::SystemTime;

use crate::arn::pattern::ArnPattern;
use crate::arn::segment::Variable;
use crate::arn::site::{AccountId, Partition, Region};
use crate::arn::{Arn, RawArn, Resource, Versioned, VersionedArn};
use crate::condition::{Family, grammar};

use super::operand;
use super::sink::ValueSink;
use super::value::{Value, escaped};

/// One value for the operators of a family `F`, of the markers in [`operand`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value that `{F}` operators compare",
    label = "expected values for a `{F}` operator",
    note = "text fits every operator; `bool` fits `bool`, numbers `numeric_…`, `SystemTime` and \
            seconds `date_…`, `IpAddr` `ip_address`, `Bytes` `binary_equals`, `Arn` `arn_…` and \
            `string_…`; several go in an array or a vector"
)]
pub trait IntoValue<F> {
    #[doc(hidden)]
    fn push_to(self, values: &mut ValueSink);
}

/// One or several values for the operators of a family `F`, of the markers in [`operand`], which
/// say what each takes.
///
/// Several are an array, a vector or a slice. A condition holds if one of them does; for a negated
/// operator, if all of them do. Text that is no number, date or network where one is expected is
/// an error of [`build`](crate::PolicyBuilder::build).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value that `{F}` operators compare",
    label = "expected values for a `{F}` operator",
    note = "text fits every operator; `bool` fits `bool`, numbers `numeric_…`, `SystemTime` and \
            seconds `date_…`, `IpAddr` `ip_address`, `Bytes` `binary_equals`, `Arn` `arn_…` and \
            `string_…`; several go in an array or a vector"
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

/// Bytes to compare with: printed as Base64.
///
/// ```
/// use iam_policy::{Bytes, foreign_key};
///
/// let condition = foreign_key!("example:Digest").binary_equals(Bytes(b"foo"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bytes<B>(pub B);

/// Each type as one value, which is also a list of one.
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
    [] &str = |text, values| values.push(escaped(text).into_owned());
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

/// Without a copy where nothing has to be escaped.
fn owned(text: String) -> String {
    if text.contains("${") {
        escaped(&text).into_owned()
    } else {
        text
    }
}

values! { Arn:
    [] &str = |text, values| values.push_checked(escaped(text).into_owned(), Family::Arn);
    [] String = |text, values| values.push_checked(owned(text), Family::Arn);
    [] &String = |text, values| values.push_checked(escaped(text).into_owned(), Family::Arn);
    [] Cow<'_, str> = |text, values| values.push_checked(escaped(&text).into_owned(), Family::Arn);
    [] Value = |value, values| values.push_checked(value.into_text().into_owned(), Family::Arn);
    [] &Value = |value, values| values.push_checked(value.as_str().to_owned(), Family::Arn);
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
    [] f32 = |it, values| values.push_checked(it.to_string(), Family::Numeric);
    [] f64 = |it, values| values.push_checked(it.to_string(), Family::Numeric);
    [] &str = |text, values| values.push_checked(text.to_owned(), Family::Numeric);
    [] String = |text, values| values.push_checked(text, Family::Numeric);
    [] &String = |text, values| values.push_checked(text.clone(), Family::Numeric);
}

values! { Date:
    [] SystemTime = |time, values| values.push(grammar::iso(time));
    [] i32 = |seconds, values| values.push(seconds.to_string());
    [] i64 = |seconds, values| values.push(seconds.to_string());
    [] u32 = |seconds, values| values.push(seconds.to_string());
    [] u64 = |seconds, values| values.push(seconds.to_string());
    [] &str = |text, values| values.push_checked(text.to_owned(), Family::Date);
    [] String = |text, values| values.push_checked(text, Family::Date);
    [] &String = |text, values| values.push_checked(text.clone(), Family::Date);
}

values! { Bool:
    [] bool = |truth, values| values.push(if truth { "true" } else { "false" });
    [] &str = |text, values| values.push_checked(text.to_owned(), Family::Bool);
    [] String = |text, values| values.push_checked(text, Family::Bool);
    [] &String = |text, values| values.push_checked(text.clone(), Family::Bool);
}

values! { IpAddress:
    [] IpAddr = |address, values| values.push(address.to_string());
    [] Ipv4Addr = |address, values| values.push(address.to_string());
    [] Ipv6Addr = |address, values| values.push(address.to_string());
    [] &str = |text, values| values.push_checked(text.to_owned(), Family::IpAddress);
    [] String = |text, values| values.push_checked(text, Family::IpAddress);
    [] &String = |text, values| values.push_checked(text.clone(), Family::IpAddress);
}

values! { Binary:
    [B: AsRef<[u8]>] Bytes<B> = |bytes, values| values.push(grammar::base64(bytes.0.as_ref()));
    [] &str = |text, values| values.push_checked(text.to_owned(), Family::Binary);
    [] String = |text, values| values.push_checked(text, Family::Binary);
    [] &String = |text, values| values.push_checked(text.clone(), Family::Binary);
}
