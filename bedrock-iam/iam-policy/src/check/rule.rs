//! Rules: what checks are made of, and what a rule of another crate needs.
//!
//! ```
//! use iam_policy::Catalog;
//! use iam_policy::check::rule::{DocumentView, Findings, Rule};
//! use iam_policy::check::{Code, Severity, check};
//!
//! const NO_SID: Code = Code::new("no-sid", Severity::Suggestion, "a statement without a `Sid`.");
//!
//! fn no_sid(view: &DocumentView<'_>, findings: &mut Findings) {
//!     for statement in view.statements.iter().filter(|it| it.source.sid.is_none()) {
//!         findings.add(NO_SID, statement.path.clone(), "expected a `Sid`, found none");
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

/// A check of documents.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The codes of what it finds.
    pub codes: &'static [Code],
    /// Adds what it finds in a document.
    pub check: fn(&DocumentView<'_>, &mut Findings),
}

/// Names in backticks; of many, the first and how many more there are.
#[must_use]
pub fn quoted(names: &[&str]) -> String {
    words::list(names, 5)
}
