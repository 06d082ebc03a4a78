//! What can be compared by which family of operators.

use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::SystemTime;

use crate::arn::pattern::ArnPattern;
use crate::arn::segment::Variable;
use crate::arn::site::{AccountId, Partition, Region};
use crate::arn::{Arn, Resource, Versioned, VersionedArn};
use crate::typed::resource::RawArn;

use super::sink::ValueSink;
use super::text::{Value, escaped};
use super::{check, date, operand};

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

fn arn(text: String, values: &mut ValueSink) {
    let fits = check::is_arn(&text);
    values.push_checked(
        text,
        fits,
        "an ARN, such as `arn:aws:bedrock:*::foundation-model/*`",
    );
}

values! { Arn:
    [] &str = |text, values| arn(escaped(text).into_owned(), values);
    [] String = |text, values| arn(owned(text), values);
    [] &String = |text, values| arn(escaped(text).into_owned(), values);
    [] Cow<'_, str> = |text, values| arn(escaped(&text).into_owned(), values);
    [] Value = |value, values| arn(value.into_text().into_owned(), values);
    [] &Value = |value, values| arn(value.as_str().to_owned(), values);
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

fn number(text: String, values: &mut ValueSink) {
    let fits = check::is_number(&text);
    values.push_checked(text, fits, "a number, such as `3` or `0.5`");
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
    [] f32 = |it, values| number(it.to_string(), values);
    [] f64 = |it, values| number(it.to_string(), values);
    [] &str = |text, values| number(text.to_owned(), values);
    [] String = |text, values| number(text, values);
    [] &String = |text, values| number(text.clone(), values);
}

fn time(text: String, values: &mut ValueSink) {
    let fits = date::is_date(&text);
    let expected = "a date, such as `2026-07-01T00:00:00Z`, or seconds since 1970";
    values.push_checked(text, fits, expected);
}

values! { Date:
    [] SystemTime = |time, values| values.push(date::iso(time));
    [] i32 = |seconds, values| values.push(seconds.to_string());
    [] i64 = |seconds, values| values.push(seconds.to_string());
    [] u32 = |seconds, values| values.push(seconds.to_string());
    [] u64 = |seconds, values| values.push(seconds.to_string());
    [] &str = |text, values| time(text.to_owned(), values);
    [] String = |text, values| time(text, values);
    [] &String = |text, values| time(text.clone(), values);
}

fn truth(text: String, values: &mut ValueSink) {
    let fits = check::is_truth(&text);
    values.push_checked(text, fits, "`true` or `false`");
}

values! { Bool:
    [] bool = |truth, values| values.push(if truth { "true" } else { "false" });
    [] &str = |text, values| truth(text.to_owned(), values);
    [] String = |text, values| truth(text, values);
    [] &String = |text, values| truth(text.clone(), values);
}

fn network(text: String, values: &mut ValueSink) {
    let fits = check::is_network(&text);
    let expected = "an address or a network, such as `203.0.113.0/24`";
    values.push_checked(text, fits, expected);
}

values! { IpAddress:
    [] IpAddr = |address, values| values.push(address.to_string());
    [] Ipv4Addr = |address, values| values.push(address.to_string());
    [] Ipv6Addr = |address, values| values.push(address.to_string());
    [] &str = |text, values| network(text.to_owned(), values);
    [] String = |text, values| network(text, values);
    [] &String = |text, values| network(text.clone(), values);
}

fn binary(text: String, values: &mut ValueSink) {
    let fits = check::is_base64(&text);
    values.push_checked(text, fits, "Base64, such as `Zm9v`");
}

values! { Binary:
    [B: AsRef<[u8]>] Bytes<B> = |bytes, values| values.push(check::base64(bytes.0.as_ref()));
    [] &str = |text, values| binary(text.to_owned(), values);
    [] String = |text, values| binary(text, values);
    [] &String = |text, values| binary(text.clone(), values);
}
