//! API operations of Orchard.

use bedrock_iam::runtime::{ContextEntry, OperationFacts, RequiredAction};

/// An API operation of Orchard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Operation {
    /// `ListTrees`.
    ListTrees,
    /// `PlantTree`.
    PlantTree,
}

bedrock_iam::operation_enum!(Operation, FACTS, "orchard");

static FACTS: [OperationFacts<Operation>; 2] = [
    OperationFacts {
        variant: Operation::ListTrees,
        name: "ListTrees",
        sdk_clients: &[],
        required_actions: &[RequiredAction {
            sdk_client: None,
            action: "orchard:ListTrees",
            context: &[],
        }],
    },
    OperationFacts {
        variant: Operation::PlantTree,
        name: "PlantTree",
        sdk_clients: &["orchard"],
        required_actions: &[
            RequiredAction {
                sdk_client: Some("orchard"),
                action: "iam:PassRole",
                context: &[ContextEntry {
                    key: "iam:PassedToService",
                    values: &["orchard.example.com"],
                }],
            },
            RequiredAction {
                sdk_client: Some("orchard"),
                action: "orchard:PlantTree",
                context: &[],
            },
        ],
    },
];
