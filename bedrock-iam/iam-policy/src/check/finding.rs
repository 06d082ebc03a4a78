//! What a check says.

use std::fmt;

use super::Code;
use crate::document::{Path, Step};
use crate::text::words::list;

/// How bad a finding is, as IAM Access Analyzer grades it. The order is from the worst on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The policy can't work as written.
    Error,
    /// It grants more, or denies less, than its author is likely to want.
    SecurityWarning,
    /// It is not what it seems, or part of it has no effect.
    Warning,
    /// It could be better.
    Suggestion,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: &'static [Self] = &[
        Self::Error,
        Self::SecurityWarning,
        Self::Warning,
        Self::Suggestion,
    ];

    /// Its name: `error`, `security-warning`, `warning` or `suggestion`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::SecurityWarning => "security-warning",
            Self::Warning => "warning",
            Self::Suggestion => "suggestion",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Something that a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What it is, by a stable name.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is, such as `Statement[3].Condition.StringEquals`; empty for the document.
    pub path: Path,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to write instead, where that is certain.
    pub fix: Option<Fix>,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: ", self.severity, self.code)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)?;
        match &self.fix {
            Some(fix) => write!(f, "; fix: {fix}"),
            None => Ok(()),
        }
    }
}

/// A change that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// Where the change is made; as a finding's path.
    pub path: Path,
    /// What is changed there.
    pub change: Change,
}

/// What a fix changes at its path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// One or several values in place of the one there.
    Replace(Vec<String>),
    /// Another name for the member there.
    Rename(String),
    /// Values beside those in the list there.
    Add(Vec<String>),
    /// What is there goes.
    Remove,
}

impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |values: &[String]| list(values, values.len());
        match &self.change {
            Change::Replace(values) => write!(f, "replace it by {}", list(values)),
            Change::Rename(name) => write!(f, "rename it to `{name}`"),
            Change::Add(values) => write!(f, "add {} to {}", list(values), self.path),
            Change::Remove => write!(f, "remove {}", self.path),
        }
    }
}

/// What was found so far.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding at its code's usual severity.
    pub fn add(&mut self, code: Code, path: Path, message: impl Into<String>) -> &mut Finding {
        self.graded(code, code.severity(), path, message)
    }

    /// Adds a finding whose severity depends on more than its code.
    pub fn graded(
        &mut self,
        code: Code,
        severity: Severity,
        path: Path,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.0.push(Finding {
            code,
            severity,
            path,
            message: message.into(),
            fix: None,
        });
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// The findings in document order, statement by statement, the worst of each first.
    pub(super) fn sorted(mut self) -> Vec<Finding> {
        let place = |finding: &Finding| {
            let statement = match finding.path.steps() {
                [_, Step::Index(index), ..] => index + 1,
                _ => 0,
            };
            (statement, finding.severity)
        };
        self.0.sort_by_key(place);
        self.0
    }
}

impl Finding {
    /// Gives it a fix at its own place.
    pub fn fix_by(&mut self, change: Change) {
        self.fix = Some(Fix {
            path: self.path.clone(),
            change,
        });
    }
}
