#![doc = include_str!("../README.md")]
#[cfg(feature = "bedrock")]
pub mod calls;
mod catalog;
#[cfg(feature = "bedrock")]
pub mod denials;
mod foreign;
mod generated;
mod modules;
#[cfg(feature = "bedrock")]
pub mod recipes;
#[cfg(feature = "roles")]
pub mod roles;
pub mod rules;

pub use catalog::catalog;
#[allow(
    unused_imports,
    unreachable_pub,
    reason = "without a service's feature, the list of modules is empty"
)]
pub use generated::modules::*;
pub use generated::prefixes::PREFIXES;
pub use generated::sensitive::SENSITIVE;
pub use generated::{AnyArn, SERVICES};
pub use iam_policy::*;
pub(crate) use modules::modules;

#[cfg(feature = "bedrock")]
impl Versioned for bedrock::arn::Guardrail {}

/// Tests the examples of the project's README.
#[cfg(all(doctest, feature = "json", feature = "roles"))]
#[doc = include_str!("../tests/README.md")]
struct ProjectReadme;
