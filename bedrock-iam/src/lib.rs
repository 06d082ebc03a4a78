#![doc = include_str!("../README.md")]
mod generated;
mod interim;
#[cfg(feature = "bedrock")]
mod operations;
#[cfg(feature = "bedrock")]
pub mod recipes;
pub mod rules;

#[cfg(feature = "bedrock")]
pub use generated::bedrock;
#[cfg(feature = "bedrock-agentcore")]
pub use generated::bedrock_agentcore;
#[cfg(feature = "bedrock-mantle")]
pub use generated::bedrock_mantle;
#[cfg(feature = "bedrock-websearch")]
pub use generated::bedrock_websearch;
pub use iam_policy::*;
#[cfg(feature = "bedrock")]
pub use operations::{Operations, OperationsError, Touched};

#[cfg(feature = "bedrock")]
impl Versioned for bedrock::arn::Guardrail {}

use std::sync::LazyLock;

/// The services that the crate was built with, the global condition keys, and Bedrock's own
/// [rules].
pub fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> =
        LazyLock::new(|| Catalog::new(interim::services()).with_rules(rules::RULES));
    &CATALOG
}
