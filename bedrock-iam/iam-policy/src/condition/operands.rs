//! Condition values: from Rust values to the strings of a policy.

#[cfg(any(feature = "chrono", feature = "ipnet"))]
mod crates;
mod into;
mod sink;
mod value;

pub mod operand;

pub use into::{Bytes, IntoValue, IntoValues};
pub(crate) use sink::{Problem, ValueFault, ValueSink};
pub use value::Value;
