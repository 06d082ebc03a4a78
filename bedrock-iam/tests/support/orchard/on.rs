//! The resource types that each action of Orchard supports, and the condition keys in effect there.

use super::{action, arn, key};

bedrock_iam::action_scope! { ListTrees: ListTreesOn,
"`orchard:ListTrees` cannot be scoped to `{Self}`: it has no resource types",
"`orchard:ListTrees` can only be allowed or denied on all resources: `.on(AnyResource)`" }
impl ListTreesOn for bedrock_iam::AnyResource {
    type Keys = KeysOfOrchard0<action::ListTrees, Self>;
}

bedrock_iam::action_scope! { PlantTree: PlantTreeOn,
"`orchard:PlantTree` cannot be scoped to `{Self}`",
"not a resource of `orchard:PlantTree`",
"`orchard:PlantTree` supports: `plot` (`arn::Plot`), `variety` (`arn::Variety`); `AnyResource` stands for all of them" }
impl PlantTreeOn for arn::Plot {
    type Keys = KeysOfOrchard2<action::PlantTree, Self>;
}
impl PlantTreeOn for arn::Variety {
    type Keys = KeysOfOrchard1<action::PlantTree, Self>;
}
impl PlantTreeOn for bedrock_iam::AnyResource {
    type Keys = KeysOfOrchard2<action::PlantTree, Self>;
}

bedrock_iam::action_scope! { PruneTree: PruneTreeOn,
"`orchard:pruneTree` cannot be scoped to `{Self}`",
"not a resource of `orchard:pruneTree`",
"`orchard:pruneTree` supports: `tree` (`arn::Tree`); `AnyResource` stands for all of them" }
impl PruneTreeOn for arn::Tree {
    type Keys = KeysOfOrchard3<action::PruneTree, Self>;
}
impl PruneTreeOn for bedrock_iam::AnyResource {
    type Keys = KeysOfOrchard3<action::PruneTree, Self>;
}

bedrock_iam::key_set! { KeysOfOrchard0: InKeysOfOrchard0 {},
"no key of the service is in effect there, only the keys in `global`" }

bedrock_iam::key_set! { KeysOfOrchard1: InKeysOfOrchard1 {
    bedrock_iam::global::RequestTag, bedrock_iam::global::TagKeys },
"in effect there: `aws:RequestTag/${{TagKey}}`, `aws:TagKeys`, and the keys in `global`" }

bedrock_iam::key_set! { KeysOfOrchard2: InKeysOfOrchard2 {
    bedrock_iam::global::RequestTag, bedrock_iam::global::ResourceTag,
    bedrock_iam::global::TagKeys },
"in effect there: `aws:RequestTag/${{TagKey}}`, `aws:ResourceTag/${{TagKey}}`, `aws:TagKeys`, and the keys in `global`" }

bedrock_iam::key_set! { KeysOfOrchard3: InKeysOfOrchard3 { key::OrchardSeason },
"in effect there: `orchard:Season`, and the keys in `global`" }
