//! Findings: their severities, fixes and order.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use super::Code;
use crate::document::{Document, Path, Scalar, Step};
use crate::text::words::{code, list, visible};

/// The severity of a finding, as in IAM Access Analyzer. In comparisons, `Error` is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The policy does not work as written.
    Error,
    /// The policy grants more, or denies less, than its author probably wants.
    SecurityWarning,
    /// The policy does not do what it seems to do, or part of it has no effect.
    Warning,
    /// The policy could be improved.
    Suggestion,
}

impl Severity {
    /// All severities, the worst first.
    pub const ALL: &'static [Self] = &[
        Self::Error,
        Self::SecurityWarning,
        Self::Warning,
        Self::Suggestion,
    ];

    /// Returns the severity's name: `error`, `security-warning`, `warning` or `suggestion`.
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

/// A problem in a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The kind of problem.
    pub code: Code,
    /// The severity.
    pub severity: Severity,
    /// The place, such as `Statement[3].Condition.StringEquals`; empty for the document itself.
    pub path: Path,
    /// A description of the problem, without a full stop. Invisible characters are escaped.
    pub message: String,
    /// A change that solves the problem, if it is certain.
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
            Some(fix) => write!(f, "; {fix}"),
            None => Ok(()),
        }
    }
}

/// A change that solves the problem of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// The place of the change.
    pub path: Path,
    /// The change.
    pub change: Change,
}

/// A change to the value or member at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Replaces the value with one or several values.
    Replace(Vec<String>),
    /// Renames the member.
    Rename(String),
    /// Adds values to the list.
    Add(Vec<String>),
    /// Removes the value or member.
    Remove,
}

impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |values: &[String]| list(values, values.len());
        match &self.change {
            Change::Replace(values) => match values.as_slice() {
                [value] => write!(f, "did you mean {}?", code(value)),
                _ => write!(f, "replace it with {}", list(values)),
            },
            Change::Rename(name) => write!(f, "rename it to `{name}`"),
            Change::Add(values) => write!(f, "add {} to {}", list(values), self.path),
            Change::Remove => write!(f, "remove {}", self.path),
        }
    }
}

/// The number of findings of a code and severity to list. A policy that IAM accepts has fewer entries.
const MOST: usize = 1_000;

/// The total length of the messages and paths to list, in bytes. The names that they quote can be long.
const MOST_BYTES: usize = 4 << 20;

/// The length above which a message is shortened, in bytes.
const LONGEST: usize = 4 << 10;

/// A collector to which the rules add findings.
///
/// It lists the first findings of each code and severity, and counts the others: a text of any length
/// can have several findings for each of its bytes.
#[derive(Debug, Default)]
pub struct Findings {
    listed: Vec<Finding>,
    numbers: BTreeMap<(Severity, Code), Numbers>,
    bytes: usize,
    /// The last finding, if it is not listed.
    last: Option<Finding>,
}

/// The numbers of the findings of a code and severity.
#[derive(Debug, Default)]
struct Numbers {
    listed: usize,
    others: usize,
}

/// Findings of a code and severity that are not listed because there are many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct More {
    /// The code.
    pub code: Code,
    /// The severity.
    pub severity: Severity,
    /// The number of findings.
    pub findings: usize,
}

impl Findings {
    /// Adds a finding with the usual severity of its code.
    pub fn add(&mut self, code: Code, path: Path, message: impl Into<String>) -> &mut Finding {
        self.add_with_severity(code, code.severity(), path, message)
    }

    /// Adds a finding with a severity other than the usual one of its code.
    pub fn add_with_severity(
        &mut self,
        code: Code,
        severity: Severity,
        path: Path,
        message: impl Into<String>,
    ) -> &mut Finding {
        let numbers = self.numbers.entry((severity, code)).or_default();
        let is_listed = numbers.listed < MOST && (numbers.listed == 0 || self.bytes < MOST_BYTES);
        let mut finding = Finding {
            code,
            severity,
            path,
            message: String::new(),
            fix: None,
        };
        if !is_listed {
            numbers.others += 1;
            return self.last.insert(finding);
        }
        numbers.listed += 1;
        finding.message = shortened(message.into());
        let names = finding.path.steps().iter().map(|step| match step {
            Step::Member(name) => name.len(),
            Step::Index(_) => 0,
        });
        self.bytes += finding.message.len() + names.sum::<usize>();
        self.listed.push(finding);
        let last = self.listed.len() - 1;
        &mut self.listed[last]
    }

    /// Corrects the changes that would add an entry to a list that has it already.
    pub(super) fn without_duplicates(mut self, document: &Document) -> Self {
        let mut lists: HashMap<Vec<Step>, HashSet<&str>> = HashMap::new();
        for fix in self
            .listed
            .iter_mut()
            .filter_map(|finding| finding.fix.as_mut())
        {
            let Some((Step::Index(_), list)) = fix.path.steps().split_last() else {
                continue;
            };
            if let Change::Replace(values) = &mut fix.change {
                let entries = lists.entry(list.to_vec()).or_insert_with(|| {
                    let entries = document.list(list).unwrap_or_default();
                    entries.iter().filter_map(Scalar::as_str).collect()
                });
                values.retain(|value| !entries.contains(value.as_str()));
                if values.is_empty() {
                    fix.change = Change::Remove;
                }
            }
        }
        self
    }

    /// Returns the findings in document order, statement by statement, the worst of each first; and the
    /// numbers of those that are not listed.
    pub(super) fn sorted(mut self) -> (Vec<Finding>, Vec<More>) {
        let place = |finding: &Finding| {
            let statement = match finding.path.steps() {
                [_, Step::Index(index), ..] => index + 1,
                _ => 0,
            };
            (statement, finding.severity)
        };
        self.listed.sort_by_key(place);
        let more = self.numbers.into_iter();
        let more = more.filter(|(_, numbers)| numbers.others > 0);
        let more = more.map(|((severity, code), numbers)| More {
            code,
            severity,
            findings: numbers.others,
        });
        (self.listed, more.collect())
    }
}

/// Returns a message with visible characters only, and without the middle if it is long.
fn shortened(message: String) -> String {
    if message.len() <= LONGEST {
        return visible(&message).into_owned();
    }
    let boundary = |mut at: usize| {
        while !message.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (begin, end) = (LONGEST / 4 * 3, message.len() - LONGEST / 4);
    let (begin, end) = (&message[..boundary(begin)], &message[boundary(end)..]);
    format!("{}…{}", visible(begin), visible(end))
}

impl Finding {
    /// Sets the fix to a change at the finding's own path.
    pub fn set_fix(&mut self, change: Change) {
        self.fix = Some(Fix {
            path: self.path.clone(),
            change,
        });
    }
}
