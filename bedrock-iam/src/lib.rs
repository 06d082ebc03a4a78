#![doc = include_str!("../README.md")]
mod generated;
#[cfg(feature = "bedrock")]
mod operations;
#[cfg(feature = "bedrock")]
pub mod recipes;
pub mod rules;

#[allow(
    unused_imports,
    unreachable_pub,
    reason = "without a service's feature, the list of modules is empty"
)]
pub use generated::modules::*;
pub use generated::sensitive::SENSITIVE;
pub use iam_policy::*;
#[cfg(feature = "bedrock")]
pub use operations::{OperationResource, Operations, OperationsError};

#[cfg(feature = "bedrock")]
impl Versioned for bedrock::arn::Guardrail {}

/// Tests the examples of the project's README.
#[cfg(all(doctest, feature = "bedrock", feature = "json"))]
#[doc = include_str!("../tests/README.md")]
struct ProjectReadme;

use std::sync::LazyLock;

/// Returns the catalog of this crate: its services, the global condition keys, and Bedrock's own
/// [rules] for checks.
///
/// The features select the services: `bedrock` (on by default), `bedrock-agentcore`,
/// `bedrock-mantle` and `bedrock-websearch`, and those that policies name beside them, such as `s3`
/// and `kms`, which `companions` enables together.
///
/// ```
/// use bedrock_iam::{ActionPattern, catalog};
///
/// let pattern: ActionPattern = "bedrock:*Guardrail".parse()?;
/// for action in pattern.expand(catalog()) {
///     println!("{action}");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
        Catalog::new(generated::services())
            .with_rules(rules::RULES)
            .with_sensitive(SENSITIVE)
    });
    &CATALOG
}
