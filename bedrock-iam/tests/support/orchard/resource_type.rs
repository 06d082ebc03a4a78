//! Resource types of Orchard.

use bedrock_iam::runtime::ResourceTypeFacts;

use super::{Action, ConditionKey};

/// A resource type of Orchard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ResourceType {
    /// `crate-pair`: `arn:${Partition}:orchard:${Region}:${Account}:crate/${Left}+${Right}`.
    CratePair,
    /// `gate`: `arn:${Partition}:orchard:us-west-2:aws:gate/main`.
    Gate,
    /// `label`: a type without an ARN format.
    Label,
    /// `plot`: `arn:${Partition}:orchard:${Region}:${Account}:plot/${PlotId}`.
    Plot,
    /// `tree`: `arn:${Partition}:orchard:${Region}:${Account}:plot/${PlotId}/tree/${TreeId}`.
    Tree,
    /// `twig`: `arn:${Partition}:${Vendor}:${Region}:*:${TwigId}`.
    Twig,
    /// `variety`: `arn:${Partition}:orchard:${Region}::variety/${VarietyId}`.
    Variety,
    /// `windfall`: `arn:${Partition}:orchard:::${FieldPath}/${Basket}`.
    Windfall,
}

bedrock_iam::resource_type_enum!(ResourceType, Action, ConditionKey, FACTS, "orchard");

static FACTS: [ResourceTypeFacts<ResourceType, Action, ConditionKey>; 8] = [
    ResourceTypeFacts {
        variant: ResourceType::CratePair,
        name: "crate-pair",
        arn_format: Some("arn:${Partition}:orchard:${Region}:${Account}:crate/${Left}+${Right}"),
        condition_keys: &[],
        actions: &[],
        documentation: "https://example.com/orchard#crate-pair",
    },
    ResourceTypeFacts {
        variant: ResourceType::Gate,
        name: "gate",
        arn_format: Some("arn:${Partition}:orchard:us-west-2:aws:gate/main"),
        condition_keys: &[],
        actions: &[],
        documentation: "https://example.com/orchard#gate",
    },
    ResourceTypeFacts {
        variant: ResourceType::Label,
        name: "label",
        arn_format: None,
        condition_keys: &[],
        actions: &[],
        documentation: "https://example.com/orchard#label",
    },
    ResourceTypeFacts {
        variant: ResourceType::Plot,
        name: "plot",
        arn_format: Some("arn:${Partition}:orchard:${Region}:${Account}:plot/${PlotId}"),
        condition_keys: &[ConditionKey::AwsResourceTag],
        actions: &[Action::PlantTree],
        documentation: "https://example.com/orchard#plot",
    },
    ResourceTypeFacts {
        variant: ResourceType::Tree,
        name: "tree",
        arn_format: Some(
            "arn:${Partition}:orchard:${Region}:${Account}:plot/${PlotId}/tree/${TreeId}",
        ),
        condition_keys: &[],
        actions: &[Action::PruneTree],
        documentation: "https://example.com/orchard#tree",
    },
    ResourceTypeFacts {
        variant: ResourceType::Twig,
        name: "twig",
        arn_format: Some("arn:${Partition}:${Vendor}:${Region}:*:${TwigId}"),
        condition_keys: &[],
        actions: &[],
        documentation: "https://example.com/orchard#twig",
    },
    ResourceTypeFacts {
        variant: ResourceType::Variety,
        name: "variety",
        arn_format: Some("arn:${Partition}:orchard:${Region}::variety/${VarietyId}"),
        condition_keys: &[],
        actions: &[Action::PlantTree],
        documentation: "https://example.com/orchard#variety",
    },
    ResourceTypeFacts {
        variant: ResourceType::Windfall,
        name: "windfall",
        arn_format: Some("arn:${Partition}:orchard:::${FieldPath}/${Basket}"),
        condition_keys: &[],
        actions: &[],
        documentation: "https://example.com/orchard#windfall",
    },
];
