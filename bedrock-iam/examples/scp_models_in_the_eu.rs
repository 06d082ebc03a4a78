//! Prints a service control policy that allows model invocations only in regions of the EU.
//!
//! The Deny lists all actions that invoke a model, including the streaming one and the one of the
//! OpenAI-compatible endpoint. It also denies requests through a global inference profile, whose
//! `aws:RequestedRegion` is `unspecified`.
//!
//! `cargo run -p bedrock-iam --example scp_models_in_the_eu`

use bedrock_iam::bedrock::action;
use bedrock_iam::{AnyResource, Policy, SizeLimit, Statement, foreign_action, global};

const EU: [&str; 7] = [
    "eu-central-1",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-3",
    "eusc-de-east-1",
];

pub(crate) fn policy() -> Result<Policy, Box<dyn std::error::Error>> {
    let policy = Policy::new()
        .with(
            Statement::deny((
                action::InvokeModel,
                action::InvokeModelWithResponseStream,
                action::CreateModelInvocationJob,
                foreign_action!("bedrock-mantle:CreateInference"),
            ))
            .sid("ModelsInTheEu")
            .on(AnyResource)
            .when(global::REQUESTED_REGION.string_not_equals(EU)),
        )
        .limit(SizeLimit::ServiceControl)
        .build()?;
    Ok(policy)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", policy()?.to_json_pretty());
    Ok(())
}
