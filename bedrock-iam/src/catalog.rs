//! The catalog of this crate.

use std::sync::LazyLock;

use iam_policy::Catalog;

use crate::generated::{self, prefixes::PREFIXES, sensitive::SENSITIVE};
use crate::rules;

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
        Catalog::new(generated::SERVICES.to_vec())
            .with_rules(rules::RULES)
            .with_sensitive(SENSITIVE)
            .with_prefixes(&PREFIXES)
    });
    &CATALOG
}
