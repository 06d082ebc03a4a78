//! Which operators suit which keys: a trait for each family, implemented for the value types.
//!
//! The key is a parameter so that messages can name it. Text and ARNs go together: AWS's own
//! policies hold ARNs against string operators and tags against ARN operators.

use crate::value;

use super::Compares;

/// Values that `String…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`String…` operators don't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`Bool` keys take `bool`, `Numeric` ones `numeric_…`, `Date` ones `date_…`, \
            `IpAddress` ones `ip_address` and `not_ip_address`, `Binary` ones `binary_equals`, \
            and every key takes `null`"
)]
pub trait SuitsString<K> {}

impl<K> SuitsString<K> for value::String {}
impl<K> SuitsString<K> for value::ArrayOfString {}
impl<K> SuitsString<K> for value::Arn {}
impl<K> SuitsString<K> for value::ArrayOfArn {}
impl<K> SuitsString<K> for value::Tag {}
impl<K> SuitsString<K> for value::Any {}

/// Values that `Arn…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`Arn…` operators don't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`Bool` keys take `bool`, `Numeric` ones `numeric_…`, `Date` ones `date_…`, \
            `IpAddress` ones `ip_address` and `not_ip_address`, `Binary` ones `binary_equals`, \
            and every key takes `null`"
)]
pub trait SuitsArn<K> {}

impl<K> SuitsArn<K> for value::String {}
impl<K> SuitsArn<K> for value::ArrayOfString {}
impl<K> SuitsArn<K> for value::Arn {}
impl<K> SuitsArn<K> for value::ArrayOfArn {}
impl<K> SuitsArn<K> for value::Tag {}
impl<K> SuitsArn<K> for value::Any {}

/// Values that `Numeric…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`Numeric…` operators don't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` ones `bool`, `Date` ones \
            `date_…`, `IpAddress` ones `ip_address` and `not_ip_address`, `Binary` ones \
            `binary_equals`, and every key takes `null`"
)]
pub trait SuitsNumeric<K> {}

impl<K> SuitsNumeric<K> for value::Numeric {}
impl<K> SuitsNumeric<K> for value::ArrayOfNumeric {}
impl<K> SuitsNumeric<K> for value::Tag {}
impl<K> SuitsNumeric<K> for value::Any {}

/// Values that `Date…` operators compare.
#[diagnostic::on_unimplemented(
    message = "`Date…` operators don't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` ones `bool`, `Numeric` \
            ones `numeric_…`, `IpAddress` ones `ip_address` and `not_ip_address`, `Binary` ones \
            `binary_equals`, and every key takes `null`"
)]
pub trait SuitsDate<K> {}

impl<K> SuitsDate<K> for value::Date {}
impl<K> SuitsDate<K> for value::ArrayOfDate {}
impl<K> SuitsDate<K> for value::Tag {}
impl<K> SuitsDate<K> for value::Any {}

/// Values that `Bool` compares.
#[diagnostic::on_unimplemented(
    message = "`Bool` doesn't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Numeric` ones `numeric_…`, \
            `Date` ones `date_…`, `IpAddress` ones `ip_address` and `not_ip_address`, `Binary` \
            ones `binary_equals`, and every key takes `null`"
)]
pub trait SuitsBool<K> {}

impl<K> SuitsBool<K> for value::Bool {}
impl<K> SuitsBool<K> for value::ArrayOfBool {}
impl<K> SuitsBool<K> for value::Tag {}
impl<K> SuitsBool<K> for value::Any {}

/// Values that `BinaryEquals` compares.
#[diagnostic::on_unimplemented(
    message = "`BinaryEquals` doesn't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` ones `bool`, `Numeric` \
            ones `numeric_…`, `Date` ones `date_…`, `IpAddress` ones `ip_address` and \
            `not_ip_address`, and every key takes `null`"
)]
pub trait SuitsBinary<K> {}

impl<K> SuitsBinary<K> for value::Binary {}
impl<K> SuitsBinary<K> for value::ArrayOfBinary {}
impl<K> SuitsBinary<K> for value::Tag {}
impl<K> SuitsBinary<K> for value::Any {}

/// Values that `IpAddress` and `NotIpAddress` compare.
#[diagnostic::on_unimplemented(
    message = "`IpAddress` operators don't suit condition key `{K}`, whose values are `{Self}`",
    label = "no operator of `{K}`",
    note = "`String` and `Arn` keys take `string_…` and `arn_…`, `Bool` ones `bool`, `Numeric` \
            ones `numeric_…`, `Date` ones `date_…`, `Binary` ones `binary_equals`, and every \
            key takes `null`"
)]
pub trait SuitsIpAddress<K> {}

impl<K> SuitsIpAddress<K> for value::IpAddress {}
impl<K> SuitsIpAddress<K> for value::ArrayOfIpAddress {}
impl<K> SuitsIpAddress<K> for value::Tag {}
impl<K> SuitsIpAddress<K> for value::Any {}

/// Values of which a request has one, so that they are compared without a set operator.
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` may have several values in a request: it needs a set operator",
    label = "`{K}` is multi-valued",
    note = "say `.for_all_values()` (every value of the request is one of these; also true where \
            there is none) or `.for_any_value()` (at least one is) before the operator"
)]
pub trait Single<K> {}

impl<K> Single<K> for value::String {}
impl<K> Single<K> for value::Bool {}
impl<K> Single<K> for value::Numeric {}
impl<K> Single<K> for value::Date {}
impl<K> Single<K> for value::Arn {}
impl<K> Single<K> for value::IpAddress {}
impl<K> Single<K> for value::Binary {}
impl<K> Single<K> for value::Tag {}
impl<K> Single<K> for value::Any {}

/// Values of which a request may have several, for `ForAllValues` and `ForAnyValue`.
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` has one value in a request: it takes no set operator",
    label = "`{K}` is single-valued",
    note = "`ForAllValues` and `ForAnyValue` are for keys of an `ArrayOf…` type, such as \
            `aws:TagKeys`; leave it out: one of several values is enough as it is"
)]
pub trait Several<K> {}

impl<K> Several<K> for value::ArrayOfString {}
impl<K> Several<K> for value::ArrayOfBool {}
impl<K> Several<K> for value::ArrayOfNumeric {}
impl<K> Several<K> for value::ArrayOfDate {}
impl<K> Several<K> for value::ArrayOfArn {}
impl<K> Several<K> for value::ArrayOfIpAddress {}
impl<K> Several<K> for value::ArrayOfBinary {}
impl<K> Several<K> for value::Any {}

/// Conditions that have an `…IfExists` form.
#[diagnostic::on_unimplemented(
    message = "`NullIfExists` does not exist",
    label = "`Null` has no `…IfExists` form",
    note = "`Null` itself is about requests that lack the key: `.null(true)` holds for those"
)]
pub trait MayLackKey {}

impl MayLackKey for Compares {}
