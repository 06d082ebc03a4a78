//! Printing of policies, and the checks of `build`.
#![cfg(feature = "bedrock")]

#[cfg(all(feature = "companions", feature = "serde"))]
mod across_services;
mod built;
mod kinds;
#[cfg(feature = "json")]
mod principals;
mod printed;

use std::net::Ipv4Addr;
use std::time::{Duration, UNIX_EPOCH};

use bedrock_iam::bedrock::{action, arn, key};
use bedrock_iam::typing::{InEffect, KeyId};
use bedrock_iam::{
    AnyResource, Bytes, Condition, Effect, FaultKind, ForeignAction, Key, Partition, Policy,
    PolicyError, Principal, RawArn, Segment, Site, SizeLimit, Statement, Value, Variable, account,
    foreign_action, foreign_key, global, raw_arn, region, seg,
};
use serde_json::{Value as Json, json};

const HERE: Site = Site::new(
    Partition::Aws,
    region!("eu-central-1"),
    account!("123456789012"),
);

fn agent() -> arn::Agent {
    arn::Agent {
        agent_id: seg!("AGENT12345"),
    }
}

fn built<A, R>(statement: Statement<A, R>) -> Json {
    let policy = Policy::new().with(statement).build().unwrap();
    let compact: Json = serde_json::from_str(&policy.to_json()).unwrap();
    let pretty: Json = serde_json::from_str(&policy.to_json_pretty()).unwrap();
    assert_eq!(compact, pretty);
    compact["Statement"][0].clone()
}

fn condition<I: KeyId + InEffect<ForeignAction, AnyResource>, O>(
    condition: Condition<I, O>,
) -> Json {
    let statement = Statement::allow(foreign_action!("any:Thing")).on(AnyResource);
    built(statement.when(condition))["Condition"].clone()
}

fn refused<A, R>(statement: Statement<A, R>) -> Vec<FaultKind> {
    kinds(&Policy::new().with(statement).build().unwrap_err())
}

fn kinds(error: &PolicyError) -> Vec<FaultKind> {
    error
        .faults()
        .iter()
        .map(|fault| fault.kind().clone())
        .collect()
}

fn key_with_spaces() -> Key<bedrock_iam::ForeignKey> {
    Key::parse("aws:PrincipalTag/Cost Centre").unwrap()
}
