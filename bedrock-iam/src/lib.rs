#![doc = include_str!("../README.md")]
mod generated;
mod interim;
#[cfg(feature = "bedrock")]
mod operations;
#[cfg(feature = "bedrock")]
pub mod recipes;
pub mod rules;

// The modules of the services, each behind the cargo feature of its name.
pub use generated::*;
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
