//! Actions of Orchard.

use bedrock_iam::runtime::{AccessLevel, AccessLevels, ActionFacts, ActionResource};

use super::{ConditionKey, Operation, ResourceType};

/// An action of Orchard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Action {
    /// `orchard:ListTrees`: List.
    ListTrees,
    /// `orchard:PlantTree`: Write, Tagging.
    PlantTree,
    /// `orchard:pruneTree`: Write. Permission only.
    PruneTree,
}

bedrock_iam::action_enum!(
    Action,
    ResourceType,
    ConditionKey,
    Operation,
    FACTS,
    "orchard"
);

static FACTS: [ActionFacts<Action, ResourceType, ConditionKey, Operation>; 3] = [
    ActionFacts {
        variant: Action::ListTrees,
        name: "orchard:ListTrees",
        access_levels: AccessLevels::of(&[AccessLevel::List]),
        permission_only: false,
        resources: &[],
        condition_keys: &[],
        dependent_actions: &[],
        operations: &[Operation::ListTrees],
        documentation: "https://example.com/orchard#ListTrees",
        api_reference: Some("https://example.com/orchard/API_ListTrees.html"),
    },
    ActionFacts {
        variant: Action::PlantTree,
        name: "orchard:PlantTree",
        access_levels: AccessLevels::of(&[AccessLevel::Write, AccessLevel::Tagging]),
        permission_only: false,
        resources: &[
            ActionResource {
                resource_type: ResourceType::Plot,
                required: true,
                condition_keys: &[ConditionKey::AwsResourceTag],
            },
            ActionResource {
                resource_type: ResourceType::Variety,
                required: false,
                condition_keys: &[],
            },
        ],
        condition_keys: &[ConditionKey::AwsRequestTag, ConditionKey::AwsTagKeys],
        dependent_actions: &["iam:PassRole"],
        operations: &[Operation::PlantTree],
        documentation: "https://example.com/orchard#PlantTree",
        api_reference: Some("https://example.com/orchard/API_PlantTree.html"),
    },
    ActionFacts {
        variant: Action::PruneTree,
        name: "orchard:pruneTree",
        access_levels: AccessLevels::of(&[AccessLevel::Write]),
        permission_only: true,
        resources: &[ActionResource {
            resource_type: ResourceType::Tree,
            required: true,
            condition_keys: &[ConditionKey::OrchardSeason],
        }],
        condition_keys: &[],
        dependent_actions: &[],
        operations: &[],
        documentation: "https://example.com/orchard#pruneTree",
        api_reference: None,
    },
];
