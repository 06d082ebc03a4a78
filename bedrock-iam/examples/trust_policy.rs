//! Prints the trust policy of a role that Bedrock assumes for knowledge bases.
//!
//! Its conditions restrict it to the knowledge bases of one account; without them, Bedrock could assume
//! the role for another account's knowledge bases (the confused deputy problem).
//!
//! `cargo run -p bedrock-iam --features roles --example trust_policy`

use bedrock_iam::roles::KnowledgeBase;
use bedrock_iam::{Partition, Policy, Site, SizeLimit, account, region};

pub(crate) fn policy() -> Result<Policy, Box<dyn std::error::Error>> {
    let here = Site::new(
        Partition::Aws,
        region!("eu-central-1"),
        account!("123456789012"),
    );
    let role = KnowledgeBase::managed(here);
    let policy = Policy::new()
        .with(role.trust())
        .limit(SizeLimit::Trust)
        .build()?;
    Ok(policy)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("{}", policy()?.to_json_pretty());
    Ok(())
}
