//! Decides whether IAM would allow a request.

mod condition;
mod context;
mod explain;
mod pattern;
mod truth;
mod variables;

pub use context::Context;

#[cfg(test)]
mod tests;
