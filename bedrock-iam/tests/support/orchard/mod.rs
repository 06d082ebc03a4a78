//! A sample service, `orchard`, in the exact shape of generated code.

pub mod arn;
pub mod key;

mod action;
mod condition_key;
mod operation;
mod resource_type;

pub use action::Action;
pub use arn::AnyArn;
pub use condition_key::ConditionKey;
pub use operation::Operation;
pub use resource_type::ResourceType;
