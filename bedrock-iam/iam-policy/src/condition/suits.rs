//! Which operators suit which keys: a trait for each family, implemented for the value types.
//!
//! The key is a parameter so that messages can name it. Text and ARNs go together: AWS's own
//! policies compare ARNs by string operators and tags by ARN operators.

use crate::value;

use super::Compares;
use super::operator::for_each_comparison;

/// Values that `String…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`String…` operators don't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`Bool` keys take `bool`, `Numeric` ones `numeric_…`, `Date` ones `date_…`, \
            `IpAddress` ones `ip_address` and `not_ip_address`, `Binary` ones `binary_equals`, \
            and every key takes `null`"
)]
pub trait SuitsString<K> {}

/// Values that `Arn…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`Arn…` operators don't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`Bool` keys take `bool`, `Numeric` ones `numeric_…`, `Date` ones `date_…`, \
            `IpAddress` ones `ip_address` and `not_ip_address`, `Binary` ones `binary_equals`, \
            and every key takes `null`"
)]
pub trait SuitsArn<K> {}

/// Values that `Numeric…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`Numeric…` operators don't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` ones `bool`, `Date` ones \
            `date_…`, `IpAddress` ones `ip_address` and `not_ip_address`, `Binary` ones \
            `binary_equals`, and every key takes `null`"
)]
pub trait SuitsNumeric<K> {}

/// Values that `Date…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`Date…` operators don't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` ones `bool`, `Numeric` \
            ones `numeric_…`, `IpAddress` ones `ip_address` and `not_ip_address`, `Binary` ones \
            `binary_equals`, and every key takes `null`"
)]
pub trait SuitsDate<K> {}

/// Values that `Bool` compares.
#[diagnostic::on_unimplemented(
    message = "`Bool` doesn't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Numeric` ones `numeric_…`, \
            `Date` ones `date_…`, `IpAddress` ones `ip_address` and `not_ip_address`, `Binary` \
            ones `binary_equals`, and every key takes `null`"
)]
pub trait SuitsBool<K> {}

/// Values that `BinaryEquals` compares.
#[diagnostic::on_unimplemented(
    message = "`BinaryEquals` doesn't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` ones `bool`, `Numeric` \
            ones `numeric_…`, `Date` ones `date_…`, `IpAddress` ones `ip_address` and \
            `not_ip_address`, and every key takes `null`"
)]
pub trait SuitsBinary<K> {}

/// Values that `IpAddress` and `NotIpAddress` compare.
#[diagnostic::on_unimplemented(
    message = "`IpAddress` operators don't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` ones `bool`, `Numeric` \
            ones `numeric_…`, `Date` ones `date_…`, `Binary` ones `binary_equals`, and every \
            key takes `null`"
)]
pub trait SuitsIpAddress<K> {}

/// The traits above for the types that the table gives each family, and for values of which the
/// reference doesn't know what they are.
macro_rules! suits {
    ($($Family:ident $Suits:ident meant [$($Meant:ident)*] works [$($Works:ident)*] $rest:tt)+) => {$(
        $(impl<K> $Suits<K> for value::$Meant {})*
        impl<K> $Suits<K> for value::Tag {}
        impl<K> $Suits<K> for value::Any {}
    )+};
}
for_each_comparison!(suits);

/// Values of which a request has one, so that they are compared without a set operator.
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` may have several values in a request: it needs a set operator",
    label = "`{K}` is multi-valued",
    note = "say `.for_all_values()` (every value of the request is one of these; also true where \
            there is none) or `.for_any_value()` (at least one is) before the operator"
)]
pub trait Single<K> {}

/// Values of which a request may have several, for `ForAllValues` and `ForAnyValue`.
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` has one value in a request: it takes no set operator",
    label = "`{K}` is single-valued",
    note = "`ForAllValues` and `ForAnyValue` are for keys of an `ArrayOf…` type, such as \
            `aws:TagKeys`; leave it out: one of several values is enough as it is"
)]
pub trait Several<K> {}

/// Conditions that have an `…IfExists` form.
#[diagnostic::on_unimplemented(
    message = "`NullIfExists` does not exist",
    label = "`Null` has no `…IfExists` form",
    note = "`Null` itself is about requests that lack the key: `.null(true)` holds for those"
)]
pub trait MayLackKey {}

impl MayLackKey for Compares {}
