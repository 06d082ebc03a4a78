//! The actions of Orchard as statements take them.

use super::{Action, ResourceType, on};

/// `orchard:ListTrees`: List, on `AnyResource` only.
#[derive(Clone, Copy, Debug)]
pub struct ListTrees;

/// `orchard:PlantTree`: Write, Tagging, on `plot`, `variety`.
#[derive(Clone, Copy, Debug)]
pub struct PlantTree;

/// `orchard:pruneTree`: Write, on `tree`.
#[derive(Clone, Copy, Debug)]
pub struct PruneTree;

bedrock_iam::known_actions! {
    Action, ResourceType;
    ListTrees: on::ListTreesOn;
    PlantTree: on::PlantTreeOn;
    PruneTree: on::PruneTreeOn;
}
