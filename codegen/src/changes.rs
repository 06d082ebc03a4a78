//! What changed between two states of a service, in the words of IAM.
//!
//! ```text
//! Service × Service ──differ──▶ changes ──judge──▶ findings and lines
//! ```
//!
//! `xtask/src/report` prints the lines as text, Markdown and so on.
//!
//! A finding is a change with what follows from it; a line puts together the findings that are the
//! same but for their rows.

mod change;
mod differ;
mod judge;
pub mod renames;
mod replacements;
mod report;
mod sentences;
mod states;
mod suspicion;
mod verdict;
mod wildcards;
mod wording;

pub use change::{
    Change, Differing, InEffect, Kind, Known, Needs, Replaced, Row, Rows, Scope, Table,
};
pub use differ::between;
pub use renames::Rename;
pub use replacements::replacements;
pub use report::{
    Criteria, Finding, Line, Mark, MarkKind, Report, Section, ServiceChanges, service,
};
pub use verdict::{Bump, Verdict};
pub use wildcards::{Beyond, Coverage, Wildcard, wildcards_of};
