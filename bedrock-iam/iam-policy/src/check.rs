//! Checks of policies against the facts of a catalog and against IAM's general rules.
//!
//! ```
//! # #[cfg(feature = "serde")] {
//! use iam_policy::Catalog;
//! use iam_policy::check::{Code, check};
//! use iam_policy::document::Document;
//!
//! let document: Document = serde_json::from_str(
//!     r#"{"Version": "2012-10-17", "Statement": [
//!         {"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}]}"#,
//! )?;
//! let report = check(&document, &Catalog::new([]));
//! assert_eq!(report.findings[0].code, Code::INVALID_EFFECT);
//! assert_eq!(report.findings[0].path.to_string(), "Statement[0].Effect");
//! assert_eq!(report.not_checked[0].to_string(), "1 statement of `s3`");
//! # }
//! # Ok::<(), serde_json::Error>(())
//! ```
//!
//! [`Code`] describes each kind of finding and why it matters. Each check is a [`rule::Rule`]; other
//! crates add their own to a catalog with [`Catalog::with_rules`].
//!
#![doc = include_str!("check/access_analyzer.md")]

mod code;
mod cover;
mod day;
mod finding;
mod global;
mod principals;
mod removed;
mod report;
pub mod rule;
mod rules;
mod view;

pub use code::Code;
pub use day::{Day, DayError};
pub use finding::{Change, Finding, Fix, More, Severity};
pub use report::{NotChecked, Report};

use crate::document::Document;
use crate::{Catalog, Policy, PolicyKind};
use rule::{DocumentView, Findings, Rule};

/// The facts about a policy that its document does not show.
///
/// ```
/// use iam_policy::PolicyKind;
/// use iam_policy::check::Options;
///
/// let options = Options::default().kind(PolicyKind::ServiceControl);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    kind: Option<PolicyKind>,
    today: Option<Day>,
}

impl Options {
    /// Sets the kind of the policy; by default, it is [guessed](PolicyKind::guess).
    #[must_use]
    pub const fn kind(mut self, kind: PolicyKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Sets the day, so that conditions on past dates are reported; by default, no date counts as past.
    #[must_use]
    pub fn today(mut self, day: impl Into<Day>) -> Self {
        self.today = Some(day.into());
        self
    }
}

/// Checks a document against the facts and rules of a catalog.
///
/// Findings are in document order, statement by statement, and the worst of each statement comes
/// first. Never fails and never panics, whatever the document contains. If the catalog has no facts
/// about a service, statements with its actions are checked only by the rules that need no facts;
/// the report counts these statements.
///
/// The kind of the policy is the one that the document shows; [`check_as`] takes another one.
#[must_use]
pub fn check(document: &Document, catalog: &Catalog) -> Report {
    check_as(document, catalog, &Options::default())
}

/// Checks a document as [`check`](check()) does, with more about it than it shows itself.
#[must_use]
pub fn check_as(document: &Document, catalog: &Catalog, options: &Options) -> Report {
    let view = DocumentView::new(document, catalog, options);
    let mut findings = Findings::default();
    for rule in rules::ENGINE.iter().chain(catalog.rules()) {
        (rule.check)(&view, &mut findings);
    }
    Report::new(&view, findings.without_duplicates(document))
}

/// Checks the text of a document as [`check_as`] does.
///
/// If it can't be read, the report has one finding, [`Code::NOT_A_POLICY`], at the path where reading
/// stopped, and [`Report::is_read`] is `false`.
#[cfg(feature = "json")]
#[must_use]
pub fn check_text(text: &str, catalog: &Catalog, options: &Options) -> Report {
    match Document::from_json(text) {
        Ok(document) => check_as(&document, catalog, options),
        Err(error) => Report::unreadable(options.kind, Finding::from(&error)),
    }
}

#[cfg(feature = "json")]
impl From<&crate::document::DocumentError> for Finding {
    fn from(error: &crate::document::DocumentError) -> Self {
        let mut findings = Findings::default();
        let path = error.steps().clone();
        findings
            .add(Code::NOT_A_POLICY, path, error.message())
            .clone()
    }
}

impl Policy {
    /// Checks the policy against the facts and rules of a catalog, as [`check`](check()) does.
    #[must_use]
    pub fn check(&self, catalog: &Catalog) -> Report {
        check(&self.to_document(), catalog)
    }
}

impl Catalog {
    /// Adds rules to the catalog. Checks apply them after the engine's rules and those already
    /// added.
    #[must_use]
    pub fn with_rules(mut self, rules: &'static [Rule]) -> Self {
        self.extend(rules);
        self
    }

    /// Returns the rules that [`with_rules`](Self::with_rules) added.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.extensions()
    }

    /// Returns the codes that a check with this catalog can report, each once.
    #[must_use]
    pub fn codes(&self) -> Vec<Code> {
        let mut codes: Vec<Code> = Vec::new();
        for rule in rules::ENGINE.iter().chain(self.rules()) {
            for code in rule.codes {
                if !codes.contains(code) {
                    codes.push(*code);
                }
            }
        }
        codes
    }
}
