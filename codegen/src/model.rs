//! The JSON of facts and snapshots, which the engine defines, as it is kept.

use serde::Serialize;

pub use iam_policy::AccessLevel;
pub use iam_policy::wire::{
    Action, ActionFacts, ActionResource, AuthorizedAction, ConditionKey, Facts, Operation,
    RequiredType, ResourceType, Scenario, Service, Use,
};

/// Writes facts or a service as it is kept: keys sorted, two spaces of indent, a newline at the end.
pub fn to_json(value: &impl Serialize) -> String {
    // through `Value`, whose objects are sorted
    let sorted = serde_json::to_value(value).unwrap_or_default();
    let mut text = serde_json::to_string_pretty(&sorted).unwrap_or_default();
    text.push('\n');
    text
}
