//! Generates Rust from the pages of AWS's Service Authorization Reference.
//!
//! The crate maps text to values; it does not read files, the network or the clock. Data flows one
//! way:
//!
//! ```text
//! page text → Tables → Page (facts, labels) → Service (normal form) → snapshot JSON → Rust
//!      markup    page                iam_policy::wire          with removed names   emit
//! ```

pub mod changes;
pub mod emit;
pub mod error;
pub mod escape;
pub mod global;
pub mod labels;
pub mod markup;
pub mod names;
pub mod overlay;
pub mod page;
pub mod prefixes;
pub mod refresh;
pub mod removed;
pub mod service_reference;
pub mod tables;
pub mod template;
pub mod words;

pub use error::{Error, Result};
