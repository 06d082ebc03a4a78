//! Prints all actions that can be scoped to a guardrail, with their access levels.
//!
//! `cargo run -p bedrock-iam --example guardrail_actions`

use bedrock_iam::bedrock::ResourceType;

fn main() {
    for action in ResourceType::Guardrail.actions() {
        println!("{:<45} {}", action.to_string(), action.access_levels());
    }
}
