//! Prints the trust policy of a role that Bedrock assumes for agents.
//!
//! The conditions restrict it to the agents of one account; without them, Bedrock could assume the role
//! for another account's agents (the confused deputy problem).
//!
//! `cargo run -p bedrock-iam --example trust_policy`

use bedrock_iam::bedrock::arn;
use bedrock_iam::{
    Partition, Policy, Principal, Segment, Site, SizeLimit, Statement, account, foreign_action,
    global, region,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let account = account!("123456789012");
    let here = Site::new(Partition::Aws, region!("eu-central-1"), account);
    let agents = arn::Agent {
        agent_id: Segment::ANY,
    };
    let policy = Policy::new()
        .with(
            Statement::allow(foreign_action!("sts:AssumeRole"))
                .principal(Principal::service("bedrock.amazonaws.com"))
                .when(global::SOURCE_ACCOUNT.string_equals(account))
                .when(global::SOURCE_ARN.arn_like(agents.at(here))),
        )
        .limit(SizeLimit::Trust)
        .build()?;
    println!("{}", policy.to_json_pretty());
    Ok(())
}
