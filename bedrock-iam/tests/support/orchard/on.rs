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
    type Keys = KeysOfOrchard0<action::ListTrees, Self>;
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
    type Keys = KeysOfOrchard2<action::PlantTree, Self>;
}

impl PlantTreeOn for arn::Variety {
    type Keys = KeysOfOrchard1<action::PlantTree, Self>;
}

impl PlantTreeOn for bedrock_iam::AnyResource {
    type Keys = KeysOfOrchard2<action::PlantTree, Self>;
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
    type Keys = KeysOfOrchard3<action::PruneTree, Self>;
}

impl PruneTreeOn for bedrock_iam::AnyResource {
    type Keys = KeysOfOrchard3<action::PruneTree, Self>;
}

#[diagnostic::on_unimplemented(
    message = "condition key `{K}` is not in effect for `{Self}` on `{R}`",
    label = "not in effect here",
    note = "no key of the service is in effect there; every key of `global` is"
)]
pub trait InKeysOfOrchard0<K, R> {}

bedrock_iam::key_set!(KeysOfOrchard0: InKeysOfOrchard0 {});

#[diagnostic::on_unimplemented(
    message = "condition key `{K}` is not in effect for `{Self}` on `{R}`",
    label = "not in effect here",
    note = "in effect there: `aws:RequestTag/${{TagKey}}`, `aws:TagKeys`; every key of `global` is"
)]
pub trait InKeysOfOrchard1<K, R> {}

bedrock_iam::key_set!(KeysOfOrchard1: InKeysOfOrchard1 {
    bedrock_iam::global::RequestTag,
    bedrock_iam::global::TagKeys
});

#[diagnostic::on_unimplemented(
    message = "condition key `{K}` is not in effect for `{Self}` on `{R}`",
    label = "not in effect here",
    note = "in effect there: `aws:RequestTag/${{TagKey}}`, `aws:ResourceTag/${{TagKey}}`, \
            `aws:TagKeys`; every key of `global` is"
)]
pub trait InKeysOfOrchard2<K, R> {}

bedrock_iam::key_set!(KeysOfOrchard2: InKeysOfOrchard2 {
    bedrock_iam::global::RequestTag,
    bedrock_iam::global::ResourceTag,
    bedrock_iam::global::TagKeys
});

#[diagnostic::on_unimplemented(
    message = "condition key `{K}` is not in effect for `{Self}` on `{R}`",
    label = "not in effect here",
    note = "in effect there: `orchard:Season`; every key of `global` is"
)]
pub trait InKeysOfOrchard3<K, R> {}

bedrock_iam::key_set!(KeysOfOrchard3: InKeysOfOrchard3 { key::Season });
