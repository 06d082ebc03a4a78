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
