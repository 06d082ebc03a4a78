//! AWS's machine-readable service reference, held against the normal form of pages.
//!
//! Both state a service's facts for themselves: what one of them says and the other does not is
//! either behind or wrong. A comparison reports what both *can* state:
//!
//! | fact | page | service reference | agree when |
//! |---|---|---|---|
//! | actions, resource types, condition keys, operations | its tables | `Actions`, `Resources`, `ConditionKeys`, `Operations` | the names are the same; a whole table that one side lacks is one disagreement |
//! | access levels of an action | any of five; one in the classic layout | four properties, none of which is `Read` | the levels other than `Read` are the same; the property `IsWrite` is not held against a classic page that says `Tagging` or `Permissions management` |
//! | resource types of an action | its rows | `Resources` | the names are the same |
//! | condition keys of an action | in effect on each resource type | `ActionConditionKeys`, and `ConditionKeys` of its `Resources` | the same keys are in effect on each resource type; without the latter, any of an action's resource types may be the one that a key of its list is meant for |
//! | ARN formats of a resource type | one | `ARNFormats` | the sets are the same |
//! | condition keys of a resource type | its row | `ConditionKeys` | the sets are the same; where not, that is reported there and not once more for each action; keys that a resource type carries are expected with an action only in a file that mostly says them there |
//! | value type of a condition key | one | `Types` | the sets are the same, but for spelling (`ARN`, `Arn`; `Bool`, `Boolean`) |
//! | SDK clients of an operation | a row for each | `SDK`, those of Boto3 | the names are the same; not compared where one side names none at all |
//! | actions an operation needs | its rows | `AuthorizedActions` | actions and contexts are the same; not compared where the service reference has none for any operation |
//!
//! Left out, since only one side has it: links, dependent actions, what is required, scenarios,
//! which actions are permission-only (page); what else IAM offers for an action, method names of SDKs
//! (service reference).

mod compare;
mod disagreement;

use iam_policy::wire::service_reference as wire;

use crate::error::{Error, Result};

pub use compare::{Comparison, Counts, Stated, compare};
pub use disagreement::{Disagreement, Kind, Side};
pub use wire::{Action, Operation, ResourceType, ServiceReference};

/// Reads a service reference.
///
/// # Errors
/// Text that is not JSON, lacks `Name` or `Actions`, or has another type somewhere; the place is
/// the path to it.
pub fn read(input: &str, text: &str) -> Result<ServiceReference> {
    let hint = format!("the file of one service is at {}", address("<prefix>"));
    wire::read(text).map_err(|error| Error::from(error).of(input).hint(hint))
}

/// Where the service reference of a prefix is published.
pub fn address(prefix: &str) -> String {
    format!("https://servicereference.us-east-1.amazonaws.com/v1/{prefix}/{prefix}.json")
}
