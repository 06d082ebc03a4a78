//! Which actions of Orchard go with which resource types, and which condition keys with the two.

use super::{action, arn, key};

#[diagnostic::on_unimplemented(
    message = "`orchard:ListTrees` cannot be scoped to `{Self}`: it has no resource types",
    label = "expected `AnyResource`"
)]
pub trait ListTreesOn {
    type Keys;
}

impl ListTreesOn for bedrock_iam::AnyResource {
    type Keys = Keys0<action::ListTrees, Self>;
}

#[diagnostic::on_unimplemented(
    message = "`orchard:PlantTree` cannot be scoped to `{Self}`",
    label = "not a resource of `orchard:PlantTree`",
    note = "`orchard:PlantTree` supports: `plot` (`arn::Plot`), `variety` (`arn::Variety`)"
)]
pub trait PlantTreeOn {
    type Keys;
}

impl PlantTreeOn for arn::Plot {
    type Keys = Keys2<action::PlantTree, Self>;
}

impl PlantTreeOn for arn::Variety {
    type Keys = Keys1<action::PlantTree, Self>;
}

impl PlantTreeOn for bedrock_iam::AnyResource {
    type Keys = Keys2<action::PlantTree, Self>;
}

#[diagnostic::on_unimplemented(
    message = "`orchard:pruneTree` cannot be scoped to `{Self}`",
    label = "not a resource of `orchard:pruneTree`",
    note = "`orchard:pruneTree` supports: `tree` (`arn::Tree`)"
)]
pub trait PruneTreeOn {
    type Keys;
}

impl PruneTreeOn for arn::Tree {
    type Keys = Keys3<action::PruneTree, Self>;
}

impl PruneTreeOn for bedrock_iam::AnyResource {
    type Keys = Keys3<action::PruneTree, Self>;
}

#[diagnostic::on_unimplemented(
    message = "condition key `{K}` is not in effect for `{Self}` on `{R}`",
    label = "not in effect here",
    note = "no key of the service is in effect there; every key of `global` is"
)]
pub trait InKeys0<K, R> {}

bedrock_iam::key_set!(Keys0: InKeys0 {});

#[diagnostic::on_unimplemented(
    message = "condition key `{K}` is not in effect for `{Self}` on `{R}`",
    label = "not in effect here",
    note = "in effect there: `aws:RequestTag/${{TagKey}}`, `aws:TagKeys`; every key of `global` is"
)]
pub trait InKeys1<K, R> {}

bedrock_iam::key_set!(Keys1: InKeys1 {
    bedrock_iam::global::RequestTag,
    bedrock_iam::global::TagKeys
});

#[diagnostic::on_unimplemented(
    message = "condition key `{K}` is not in effect for `{Self}` on `{R}`",
    label = "not in effect here",
    note = "in effect there: `aws:RequestTag/${{TagKey}}`, `aws:ResourceTag/${{TagKey}}`, \
            `aws:TagKeys`; every key of `global` is"
)]
pub trait InKeys2<K, R> {}

bedrock_iam::key_set!(Keys2: InKeys2 {
    bedrock_iam::global::RequestTag,
    bedrock_iam::global::ResourceTag,
    bedrock_iam::global::TagKeys
});

#[diagnostic::on_unimplemented(
    message = "condition key `{K}` is not in effect for `{Self}` on `{R}`",
    label = "not in effect here",
    note = "in effect there: `orchard:Season`; every key of `global` is"
)]
pub trait InKeys3<K, R> {}

bedrock_iam::key_set!(Keys3: InKeys3 { key::Season });
