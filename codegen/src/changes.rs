//! What changed between two states of a service, in the words of IAM.
//!
//! ```text
//! Service × Service → changes → findings → lines → text, Markdown, …
//!                      compare   judge      lines    xtask/src/report
//! ```
//!
//! Facts are compared, not bytes: the order in which a page lists what an operation needs, the values
//! of a context or the scenarios of an action is none of them. A finding is a change with what it
//! means for somebody's policy, what of it touches security, and what it asks of the crate's version;
//! a line puts together the findings that say the same of several actions, types, keys or operations.

mod absent;
mod actions;
mod calls;
mod change;
mod changelog;
mod compare;
mod covering;
mod finding;
mod headline;
mod judge;
mod lines;
mod meaning;
mod operations;
mod policies;
pub mod renames;
mod report;
mod same;
mod security;
mod suspicion;
mod table;
mod verdict;
mod wildcards;
mod words;

pub use change::{Change, Scope};
pub use changelog::changelog;
pub use compare::between;
pub use finding::{Finding, Mark, MarkKind};
pub use judge::{Criteria, service};
pub use lines::{Line, Section};
pub use policies::wildcards_of;
pub use renames::Rename;
pub use report::{Report, ServiceChanges};
pub use table::{Entries, Table};
pub use verdict::{Bump, Verdict};
pub use wildcards::{Beyond, Coverage, Wildcard};
