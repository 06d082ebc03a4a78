//! Prints the resource types of an ARN and the actions that support them.
//!
//! `cargo run -p bedrock-iam --example actions_for_arn -- arn:aws:bedrock:us-east-1:123456789012:agent-alias/A/B`

use std::process::ExitCode;

use bedrock_iam::bedrock::arn::AnyArn;

const SAMPLE: &str = "arn:aws:bedrock:eu-central-1:123456789012:guardrail/abcdef123456";

fn main() -> ExitCode {
    let text = std::env::args().nth(1).unwrap_or_else(|| SAMPLE.to_owned());
    let arns = match AnyArn::parse(&text) {
        Ok(arns) => arns,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    // ARN formats overlap, so an ARN can have several resource types
    for arn in arns {
        let resource_type = arn.resource_type();
        println!("{text} is of type {resource_type}");
        for action in resource_type.actions() {
            println!("  {:<45} {}", action.to_string(), action.access_levels());
        }
    }
    ExitCode::SUCCESS
}
