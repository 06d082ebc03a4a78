//! The result of a check: findings, and how much of the document the facts covered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::rule::{ActionEntry, DocumentView, Findings};
use super::{Finding, More};
use crate::PolicyKind;
use crate::text::words::count;

/// The result of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The kind as which the policy was checked.
    pub kind: PolicyKind,
    /// The findings in document order, statement by statement, the worst of each first.
    pub findings: Vec<Finding>,
    /// The numbers of further findings, which are not listed because there are many of their code.
    pub more: Vec<More>,
    /// The number of statements all of whose actions belong to services in the catalog. An entry
    /// without a service prefix, such as `*`, needs no facts.
    pub checked: usize,
    /// The services without facts, sorted by prefix. Their actions, resources and condition keys
    /// were not compared with the reference.
    pub not_checked: Vec<NotChecked>,
    /// Whether the document was read. If it was not, the only finding says why.
    pub is_read: bool,
}

/// A service that a document mentions and that the catalog has no facts about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct NotChecked {
    /// The prefix of its actions, in lower case.
    pub prefix: String,
    /// The number of statements with its actions. A statement with actions of several such services
    /// counts for each of them.
    pub statements: usize,
}

impl fmt::Display for NotChecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let statements = count(self.statements, "statement");
        write!(f, "{statements} of `{}`", self.prefix)
    }
}

impl Report {
    pub(super) fn new(view: &DocumentView<'_>, findings: Findings) -> Self {
        let (findings, more) = findings.sorted();
        let mut checked = 0;
        let mut statements: BTreeMap<String, usize> = BTreeMap::new();
        for statement in &view.statements {
            let readable = statement.actions.iter().filter(|it| it.pattern.is_some());
            let unknown = readable.filter(|action| !action.is_known);
            let mut prefixes: Vec<&str> = unknown.filter_map(ActionEntry::prefix).collect();
            // Actions of one service are usually next to each other.
            prefixes.dedup();
            let prefixes = prefixes.into_iter().map(str::to_ascii_lowercase);
            let unknown: BTreeSet<String> = prefixes.collect();
            checked += usize::from(unknown.is_empty());
            for prefix in unknown {
                *statements.entry(prefix).or_default() += 1;
            }
        }
        let not_checked = statements
            .into_iter()
            .map(|(prefix, statements)| NotChecked { prefix, statements });
        Self {
            kind: view.kind,
            findings,
            more,
            checked,
            not_checked: not_checked.collect(),
            is_read: true,
        }
    }

    /// Returns the report of a document that can't be read.
    #[cfg(feature = "json")]
    pub(super) fn unreadable(kind: Option<PolicyKind>, finding: Finding) -> Self {
        Self {
            kind: kind.unwrap_or(PolicyKind::Identity),
            findings: vec![finding],
            more: Vec::new(),
            checked: 0,
            not_checked: Vec::new(),
            is_read: false,
        }
    }
}
