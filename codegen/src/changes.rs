//! What changed between two states of a service, in the words of IAM.
//!
//! ```text
//! Service × Service → changes → findings (meaning, marks, bump) → lines → text, Markdown, …
//!                      compare      meaning, security, verdict     lines    xtask/src/report
//! ```
//!
//! Facts are compared, not bytes: the order in which a page lists what an operation needs, the values
//! of a context or the scenarios of an action is none of them.

mod actions;
mod change;
mod compare;
mod operations;

pub use change::{Change, Entries, Scope, Table};
pub use compare::between;
