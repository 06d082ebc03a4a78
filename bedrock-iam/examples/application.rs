//! Prints the policy of an application, from the API operations that it calls.
//!
//! `cargo run -p bedrock-iam --example application`

use bedrock_iam::bedrock::{Operation, arn};
use bedrock_iam::{Operations, Partition, Policy, Site, account, region, seg};

pub(crate) fn policy() -> Result<Policy, Box<dyn std::error::Error>> {
    let here = Site::new(
        Partition::Aws,
        region!("eu-central-1"),
        account!("123456789012"),
    );
    let model = arn::FoundationModel {
        resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0"),
    };
    let handbook = arn::KnowledgeBase {
        knowledge_base_id: seg!("KB12345678"),
    };
    let statements = Operations::of([Operation::Converse, Operation::Retrieve])
        .on(model.at(here))
        .on(handbook.at(here))
        .statements()?;
    Ok(Policy::new().with_all(statements).build()?)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", policy()?.to_json_pretty());
    Ok(())
}
