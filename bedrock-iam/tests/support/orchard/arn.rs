//! ARN builders of Orchard: one type for each resource type.

use bedrock_iam::runtime::{Segment, place};

use super::ResourceType;

/// `crate-pair`: `arn:${Partition}:orchard:${Region}:${Account}:crate/${Left}+${Right}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CratePair {
    /// `${Left}`.
    pub left: Segment<place::Before<'+'>>,
    /// `${Right}`.
    pub right: Segment,
}

bedrock_iam::arn_resource!(
    CratePair { left, right },
    ResourceType::CratePair,
    [
        Literal("arn:"),
        Partition,
        Literal(":orchard:"),
        Region,
        Literal(":"),
        Account,
        Literal(":crate/"),
        Segment(0),
        Literal("+"),
        Segment(1)
    ]
);

/// `gate`: `arn:${Partition}:orchard:us-west-2:aws:gate/main`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Gate;

bedrock_iam::arn_resource!(
    Gate {},
    ResourceType::Gate,
    [
        Literal("arn:"),
        Partition,
        Literal(":orchard:us-west-2:aws:gate/main")
    ]
);

/// `plot`: `arn:${Partition}:orchard:${Region}:${Account}:plot/${PlotId}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plot {
    /// `${PlotId}`.
    pub plot_id: Segment,
}

bedrock_iam::arn_resource!(
    Plot { plot_id },
    ResourceType::Plot,
    [
        Literal("arn:"),
        Partition,
        Literal(":orchard:"),
        Region,
        Literal(":"),
        Account,
        Literal(":plot/"),
        Segment(0)
    ]
);

/// `tree`: `arn:${Partition}:orchard:${Region}:${Account}:plot/${PlotId}/tree/${TreeId}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tree {
    /// `${PlotId}`.
    pub plot_id: Segment,
    /// `${TreeId}`.
    pub tree_id: Segment,
}

bedrock_iam::arn_resource!(
    Tree { plot_id, tree_id },
    ResourceType::Tree,
    [
        Literal("arn:"),
        Partition,
        Literal(":orchard:"),
        Region,
        Literal(":"),
        Account,
        Literal(":plot/"),
        Segment(0),
        Literal("/tree/"),
        Segment(1)
    ]
);

/// `twig`: `arn:${Partition}:${Vendor}:${Region}:*:${TwigId}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Twig {
    /// `${Vendor}`.
    pub vendor: Segment,
    /// `${TwigId}`.
    pub twig_id: Segment,
}

bedrock_iam::arn_resource!(
    Twig { vendor, twig_id },
    ResourceType::Twig,
    [
        Literal("arn:"),
        Partition,
        Literal(":"),
        Segment(0),
        Literal(":"),
        Region,
        Literal(":"),
        Any,
        Literal(":"),
        Segment(1)
    ]
);

/// `variety`: `arn:${Partition}:orchard:${Region}::variety/${VarietyId}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variety {
    /// `${VarietyId}`.
    pub variety_id: Segment<place::Colon>,
}

bedrock_iam::arn_resource!(
    Variety { variety_id },
    ResourceType::Variety,
    [
        Literal("arn:"),
        Partition,
        Literal(":orchard:"),
        Region,
        Literal("::variety/"),
        Segment(0)
    ]
);

/// `windfall`: `arn:${Partition}:orchard:::${FieldPath}/${Basket}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Windfall {
    /// `${FieldPath}`.
    pub field_path: Segment<place::Path>,
    /// `${Basket}`.
    pub basket: Segment,
}

bedrock_iam::arn_resource!(
    Windfall { field_path, basket },
    ResourceType::Windfall,
    [
        Literal("arn:"),
        Partition,
        Literal(":orchard:::"),
        Segment(0),
        Literal("/"),
        Segment(1)
    ]
);

bedrock_iam::any_arn! {
    /// An ARN of any resource type of Orchard.
    pub enum AnyArn: ResourceType, "orchard" {
        CratePair,
        Gate,
        Plot,
        Tree,
        Twig,
        Variety,
        Windfall,
    }
}
