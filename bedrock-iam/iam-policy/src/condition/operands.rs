//! What conditions compare with: plain Rust values in, the texts of a policy out.

#[cfg(any(feature = "chrono", feature = "ipnet"))]
mod crates;
mod into;
mod sink;
mod value;

pub mod operand;

pub use into::{Bytes, IntoValue, IntoValues};
pub(crate) use sink::{ValueFault, ValueSink};
pub use value::Value;
