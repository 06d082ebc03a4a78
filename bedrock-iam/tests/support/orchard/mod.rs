//! A sample service, `orchard`, in the exact shape of generated code.

mod actions;
mod condition_keys;
mod on;
mod operations;
mod resource_types;

pub use actions::{Action, action};
pub use condition_keys::{ConditionKey, key};
pub use operations::Operation;
pub use resource_types::arn::AnyArn;
pub use resource_types::{ResourceType, arn};

/// The facts of the service, for a `Catalog`.
pub static SERVICE: bedrock_iam::Service = bedrock_iam::Service {
    page: "",
    prefix: "orchard",
    name: "Orchard",
    module: None,
    snapshot: None,
    actions: Action::ROWS,
    resource_types: ResourceType::ROWS,
    condition_keys: ConditionKey::ROWS,
    operations: Operation::ROWS,
    overlay: bedrock_iam::Overlay::NONE,
};
