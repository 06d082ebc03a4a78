//! A sample service, `orchard`, in the exact shape of generated code.

pub mod action;
pub mod arn;
pub mod key;

mod actions;
mod condition_key;
mod on;
mod operation;
mod resource_type;

pub use actions::Action;
pub use arn::AnyArn;
pub use condition_key::ConditionKey;
pub use operation::Operation;
pub use resource_type::ResourceType;
