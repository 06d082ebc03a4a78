//! The values of conditions: plain Rust values in, the texts of a policy out.

mod check;
#[cfg(any(feature = "chrono", feature = "ipnet"))]
mod crates;
mod date;
mod into;
mod sink;
mod text;

pub mod operand;

pub use into::{Bytes, IntoValue, IntoValues};
pub(crate) use sink::{ValueFault, ValueSink};
pub use text::Value;
