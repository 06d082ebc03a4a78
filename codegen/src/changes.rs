//! Changes between two states of a service, in IAM's terms.
//!
//! ```text
//! Service × Service ──differ──▶ changes ──judge──▶ findings and lines
//! ```
//!
//! A finding is a change with its consequences. A line of the report combines findings that differ
//! only in the action, resource type, condition key or operation. `xtask/src/report` prints the
//! lines as text, Markdown and so on.
//!
//! `changes/report.rs` documents the JSON form of a report. [`Bump`] and `changes/sentences.rs`
//! state which change requires which version.

mod change;
mod differ;
mod identifiers;
mod judge;
mod marks;
pub mod renames;
mod report;
mod sentences;
mod spelling;
mod states;
mod suspicion;
mod verdict;
mod wildcards;
mod wording;

pub use change::{
    AllFacts, Change, Differing, InEffect, Kind, Needs, Replaced, Row, Rows, Scope, Table,
};
pub use differ::between;
pub use identifiers::{identifiers, module};
pub use renames::{Rename, replacements};
pub use report::{
    Criteria, Finding, Line, Mark, MarkKind, Report, Section, ServiceChanges, service,
};
pub use verdict::{Bump, Verdict};
pub use wildcards::{Beyond, Coverage, Wildcard, wildcards_of};
