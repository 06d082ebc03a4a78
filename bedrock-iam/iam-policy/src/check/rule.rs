//! The rules that a check applies, for crates that add their own.
//!
//! ```
//! use iam_policy::Catalog;
//! use iam_policy::check::rule::{DocumentView, Findings, Rule};
//! use iam_policy::check::{Code, Severity, check};
//!
//! const NO_SID: Code = Code::new("no-sid", Severity::Suggestion, "A statement without a `Sid`.");
//!
//! fn no_sid(view: &DocumentView<'_>, findings: &mut Findings) {
//!     for statement in view.statements.iter().filter(|it| it.source.sid.is_none()) {
//!         findings.add(NO_SID, statement.path.clone(), "the statement has no `Sid`");
//!     }
//! }
//!
//! static RULES: &[Rule] = &[Rule { codes: &[NO_SID], check: no_sid }];
//! let catalog = Catalog::new([]).with_rules(RULES);
//! assert!(catalog.codes().contains(&NO_SID));
//! ```

use super::Code;
use crate::words;

pub use super::finding::Findings;
pub use super::view::{ActionEntry, DocumentView, KeyComparison, ResourceEntry, StatementView};

/// A check of one thing, such as the names of actions.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The codes of its findings.
    pub codes: &'static [Code],
    /// Checks a document, and adds findings.
    pub check: fn(&DocumentView<'_>, &mut Findings),
}

/// Lists names in backticks. A long list ends with the number of the names that are left out.
#[must_use]
pub fn quoted(names: &[&str]) -> String {
    words::list(names, 5)
}
