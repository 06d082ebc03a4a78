//! Prints the policy of an application, from the API calls that it makes.
//!
//! `cargo run -p bedrock-iam --example application`

use bedrock_iam::bedrock::{Operation, arn};
use bedrock_iam::calls::Call;
use bedrock_iam::{Partition, Policy, Site, account, region, seg};

pub(crate) fn policy() -> Result<Policy, Box<dyn std::error::Error>> {
    let (region, account) = (region!("eu-central-1"), account!("123456789012"));
    let here = Site::new(Partition::Aws, region, account);
    let model = arn::FoundationModel {
        resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0"),
    };
    let handbook = arn::KnowledgeBase {
        knowledge_base_id: seg!("KB12345678"),
    };
    let answer = Call::converse(model.at(here)).at(region, account);
    let search = Call::of(Operation::Retrieve)
        .on(handbook.at(here))
        .at(region, account);
    let requests = answer.requests()?.and(search.requests()?);
    Ok(Policy::new().with_all(requests.statements()?).build()?)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", policy()?.to_json_pretty());
    Ok(())
}
