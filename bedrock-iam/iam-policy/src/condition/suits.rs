//! Traits for the keys that operators apply to: one for each family, implemented for value types.
//!
//! The key is a parameter so that messages can name it. String and ARN operators both apply to
//! strings and ARNs, because AWS's own policies compare ARNs with string operators and tags with
//! ARN operators.

use crate::value;

use super::Compares;
use super::operator::for_each_comparison;

/// Value types that `String…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`String…` operators do not apply to condition key `{K}`, whose values are `{Self}`",
    label = "does not apply to `{K}`",
    note = "`Bool` keys take `bool`, `Numeric` keys `numeric_…`, `Date` keys `date_…`, \
            `IpAddress` keys `ip_address` and `not_ip_address`, `Binary` keys `binary_equals`, \
            and `null` applies to every key"
)]
pub trait SuitsString<K> {}

/// Value types that `Arn…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`Arn…` operators do not apply to condition key `{K}`, whose values are `{Self}`",
    label = "does not apply to `{K}`",
    note = "`Bool` keys take `bool`, `Numeric` keys `numeric_…`, `Date` keys `date_…`, \
            `IpAddress` keys `ip_address` and `not_ip_address`, `Binary` keys `binary_equals`, \
            and `null` applies to every key"
)]
pub trait SuitsArn<K> {}

/// Value types that `Numeric…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`Numeric…` operators do not apply to condition key `{K}`, whose values are `{Self}`",
    label = "does not apply to `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` keys `bool`, `Date` keys \
            `date_…`, `IpAddress` keys `ip_address` and `not_ip_address`, `Binary` keys \
            `binary_equals`, and `null` applies to every key"
)]
pub trait SuitsNumeric<K> {}

/// Value types that `Date…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`Date…` operators do not apply to condition key `{K}`, whose values are `{Self}`",
    label = "does not apply to `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` keys `bool`, `Numeric` \
            keys `numeric_…`, `IpAddress` keys `ip_address` and `not_ip_address`, `Binary` keys \
            `binary_equals`, and `null` applies to every key"
)]
pub trait SuitsDate<K> {}

/// Value types that `Bool` compares.
#[diagnostic::on_unimplemented(
    message = "`Bool` does not apply to condition key `{K}`, whose values are `{Self}`",
    label = "does not apply to `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Numeric` keys `numeric_…`, \
            `Date` keys `date_…`, `IpAddress` keys `ip_address` and `not_ip_address`, `Binary` \
            keys `binary_equals`, and `null` applies to every key"
)]
pub trait SuitsBool<K> {}

/// Value types that `BinaryEquals` compares.
#[diagnostic::on_unimplemented(
    message = "`BinaryEquals` does not apply to condition key `{K}`, whose values are `{Self}`",
    label = "does not apply to `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` keys `bool`, `Numeric` \
            keys `numeric_…`, `Date` keys `date_…`, `IpAddress` keys `ip_address` and \
            `not_ip_address`, and `null` applies to every key"
)]
pub trait SuitsBinary<K> {}

/// Value types that `IpAddress` and `NotIpAddress` compare.
#[diagnostic::on_unimplemented(
    message = "`IpAddress` operators do not apply to condition key `{K}`, whose values are `{Self}`",
    label = "does not apply to `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` keys `bool`, `Numeric` \
            keys `numeric_…`, `Date` keys `date_…`, `Binary` keys `binary_equals`, and \
            `null` applies to every key"
)]
pub trait SuitsIpAddress<K> {}

/// Implements the traits for the value types in the table, for tags and for values of unknown type.
macro_rules! suits {
    ($($Family:ident $Suits:ident meant [$($Meant:ident)*] works [$($Works:ident)*] $rest:tt)+) => {$(
        $(impl<K> $Suits<K> for value::$Meant {})*
        impl<K> $Suits<K> for value::Tag {}
        impl<K> $Suits<K> for value::Any {}
    )+};
}
for_each_comparison!(suits);

/// Value types of single-valued keys, which are compared without a set operator.
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` can have several values in a request and needs a set operator",
    label = "`{K}` is multi-valued",
    note = "call `.for_all_values()` (true if every value in the request matches, or if the request \
            has no value) or `.for_any_value()` (true if at least one matches) before the operator"
)]
pub trait Single<K> {}

/// Value types of multi-valued keys, which are compared with `ForAllValues` or `ForAnyValue`.
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` has one value in a request and can't be used with a set operator",
    label = "`{K}` is single-valued",
    note = "`ForAllValues` and `ForAnyValue` are for keys of an `ArrayOf…` type, such as \
            `aws:TagKeys`; without a set operator, a condition is true if one of its values matches"
)]
pub trait Several<K> {}

/// Conditions that have an `…IfExists` form.
#[diagnostic::on_unimplemented(
    message = "`NullIfExists` does not exist",
    label = "`Null` has no `…IfExists` form",
    note = "`Null` already tests for the key: `.null(true)` is true for requests without it"
)]
pub trait MayLackKey {}

impl MayLackKey for Compares {}
