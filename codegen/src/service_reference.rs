//! Comparison of pages with AWS's machine-readable service reference.
//!
//! Both state the facts of a service independently. Where they disagree, one of them is outdated or
//! wrong. A comparison covers the facts that both *can* state:
//!
//! | fact | page | service reference | agree if |
//! |---|---|---|---|
//! | actions, resource types, condition keys, operations | its tables | `Actions`, `Resources`, `ConditionKeys`, `Operations` | the names are the same; a missing table counts as one disagreement |
//! | access levels of an action | any of five; one in the classic layout | four properties, without `Read` | the levels other than `Read` are the same; `IsWrite` is ignored if a classic page states `Tagging` or `Permissions management` |
//! | resource types of an action | its rows | `Resources` | the names are the same |
//! | condition keys of an action | in effect on each resource type | `ActionConditionKeys`, and `ConditionKeys` of its `Resources` | the same keys are in effect on each resource type; without the latter, a key of the action may be meant for any of its resource types |
//! | ARN formats of a resource type | one | `ARNFormats` | the sets are the same |
//! | condition keys of a resource type | its row | `ConditionKeys` | the sets are the same; a difference is not reported again for each action; keys of a resource type are expected with an action only if the file mostly repeats them there |
//! | value type of a condition key | one | `Types` | the sets are the same, ignoring spelling (`ARN`, `Arn`; `Bool`, `Boolean`) |
//! | SDK clients of an operation | a row for each | `SDK`, those of Boto3 | the names are the same; not compared if one side does not name any |
//! | actions that an operation needs | its rows | `AuthorizedActions` | actions and contexts are the same; not compared if the service reference does not state them for any operation |
//!
//! Facts that only one side has are not compared: links, dependent actions, required resource types,
//! scenarios, permission-only actions (page); other IAM features of an action, method names of SDKs
//! (service reference).

mod compare;
mod disagreement;

use iam_policy::wire::{normal_form, service_reference as wire};

use crate::error::{Error, Result};

pub use compare::{Comparison, Counts, Stated, compare};
pub use disagreement::{Disagreement, Kind, Side};
pub use wire::{Action, Operation, ResourceType, ServiceReference};

/// Parses a service reference.
///
/// # Errors
/// Returns [`Error`] with its path if the text is not JSON, `Name` or `Actions` is missing, a value
/// has the wrong type, or a name has characters that real names do not have.
pub fn read(input: &str, text: &str) -> Result<ServiceReference> {
    let hint = format!("the file of a service is at {}", address("<prefix>"));
    let read = wire::read(text).and_then(|reference| {
        normal_form(&reference.facts()).check_texts()?;
        Ok(reference)
    });
    read.map_err(|error| Error::from(error).of(input).hint(hint))
}

/// Returns the address of a prefix's service reference.
pub fn address(prefix: &str) -> String {
    format!("https://servicereference.us-east-1.amazonaws.com/v1/{prefix}/{prefix}.json")
}
