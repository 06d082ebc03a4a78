//! Prints a session policy for `sts:AssumeRole` that limits the session to one agent alias.
//!
//! `cargo run -p bedrock-iam --example session_policy -- AGENT12345 ALIAS12345`

use bedrock_iam::bedrock::{action, arn};
use bedrock_iam::{Partition, Policy, Segment, Site, SizeLimit, Statement, account, region};

pub(crate) fn policy(agent: &str, alias: &str) -> Result<Policy, Box<dyn std::error::Error>> {
    let here = Site::new(
        Partition::Aws,
        region!("eu-central-1"),
        account!("123456789012"),
    );
    // `parse` rejects `*` in untrusted ids, which would extend the session's permissions
    let alias = arn::AgentAlias {
        agent_id: Segment::parse(agent)?,
        agent_alias_id: Segment::parse(alias)?,
    };
    let policy = Policy::new()
        .with(Statement::allow(action::InvokeAgent).on(alias.at(here)))
        .limit(SizeLimit::Session)
        .build()?;
    Ok(policy)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut ids = std::env::args().skip(1);
    let agent = ids.next().unwrap_or_else(|| "AGENT12345".to_owned());
    let alias = ids.next().unwrap_or_else(|| "ALIAS12345".to_owned());
    // the value of the `Policy` parameter of `AssumeRole`
    println!("{}", policy(&agent, &alias)?.to_json());
    Ok(())
}
