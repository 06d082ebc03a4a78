//! Conditions and patterns in requests: cases, and properties of all of them.

mod cases;
#[cfg(feature = "json")]
mod change;
mod exact;
mod vectors;

use crate::document::{List, Scalar};

/// Returns a list of texts, as in a policy.
fn list(values: impl IntoIterator<Item = impl Into<String>>) -> List {
    let values = values.into_iter().map(|value| Scalar::Text(value.into()));
    List::Several(values.collect())
}
