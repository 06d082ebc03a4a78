//! Error messages: what they state, what else can be the matter, causes and changes.

#![cfg(all(feature = "all-modules", feature = "json"))]

mod causes;
mod changes;
mod corpus;
mod cut;
mod long;
mod other_causes;
mod wrappings;

use bedrock_iam::catalog;
use bedrock_iam::denials::{Cause, Denial};

/// Returns the causes of a message.
fn causes_of(message: &str) -> Vec<Cause> {
    Denial::read(message).causes(catalog())
}

/// Returns the codes of the first three causes of a message.
fn first_codes(message: &str) -> Vec<&'static str> {
    let causes = causes_of(message);
    causes.iter().take(3).map(|cause| cause.code).collect()
}

/// Returns AWS's sentence about an action on a resource.
fn sentence(action: &str, resource: &str, reason: &str) -> String {
    format!(
        "User: arn:aws:sts::123456789012:assumed-role/app/session is not authorized to perform: \
         {action} on resource: {resource} {reason}"
    )
}
