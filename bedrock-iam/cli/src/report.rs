//! Findings with their positions in the files, and the output formats.

pub(crate) mod github;
pub(crate) mod json;
pub(crate) mod sarif;
pub(crate) mod text;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use bedrock_iam::PolicyKind;
use bedrock_iam::check::rule::Findings;
use bedrock_iam::check::{Change, Code, Finding, More, Report, Severity};
use bedrock_iam::document::{DocumentError, Path, Step};
use bedrock_iam::words::count;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::input::{Input, Position};
use crate::other_formats;
use crate::places::{Part, Places};

/// The results to print.
pub(crate) struct Printed<'a> {
    pub(crate) files: &'a [Checked],
    /// The errors of files that could not be read; they are printed elsewhere.
    pub(crate) unreadable: &'a [String],
    /// The number of files in folders that are not policies.
    pub(crate) ignored: usize,
}

/// A file with the result of its check.
pub(crate) struct Checked {
    pub(crate) input: Input,
    pub(crate) findings: Vec<Placed>,
    /// The numbers of further findings, which are not listed.
    pub(crate) more: Vec<More>,
    /// The kind as which it was checked; `None` if it is not a policy.
    pub(crate) kind: Option<PolicyKind>,
    /// The number of its statements.
    pub(crate) statements: usize,
    /// The number of statements with actions only of services with facts.
    pub(crate) checked: usize,
    /// The number of statements with actions of each service without facts, by prefix.
    pub(crate) not_checked: BTreeMap<String, usize>,
}

/// A finding with its position in the text.
pub(crate) struct Placed {
    pub(crate) finding: Finding,
    /// The range of bytes to underline.
    pub(crate) span: Range<usize>,
    pub(crate) start: Position,
    pub(crate) end: Position,
}

impl Checked {
    /// The result for a text that is not a policy.
    pub(crate) fn not_a_policy(input: Input, error: Option<&DocumentError>) -> Self {
        let other = other_formats::recognize(&input.text[input.start()..]);
        let span = match error.filter(|it| other.is_none() && it.line() > 0) {
            Some(error) => {
                let at = input.byte(error.line(), error.column());
                let char = input.text[at..].chars().next();
                at..at + char.map_or(0, char::len_utf8)
            }
            None => Places::read(&input).find(&Path::DOCUMENT, Part::Value),
        };
        let finding = match (other, error) {
            (None, Some(error)) => Finding::from(error),
            (other, _) => {
                let message =
                    other.unwrap_or_else(|| "found a document without statements".to_owned());
                let mut findings = Findings::default();
                findings
                    .add(Code::NOT_A_POLICY, Path::DOCUMENT, message)
                    .clone()
            }
        };
        Self {
            findings: vec![Placed {
                start: input.position(span.start),
                end: input.position(span.end),
                finding,
                span,
            }],
            more: Vec::new(),
            checked: 0,
            not_checked: BTreeMap::new(),
            statements: 0,
            kind: None,
            input,
        }
    }

    pub(crate) fn new(input: Input, report: Report, statements: usize) -> Self {
        let places = Places::read(&input);
        let findings = report.findings.into_iter().map(|finding| {
            let (path, part) = wrong_part(&finding);
            let span = places.find(&path, part);
            Placed {
                start: input.position(span.start),
                end: input.position(span.end),
                finding,
                span,
            }
        });
        let not_checked = report.not_checked.into_iter();
        Self {
            statements,
            kind: Some(report.kind),
            findings: findings.collect(),
            more: report.more,
            checked: report.checked,
            not_checked: not_checked.map(|it| (it.prefix, it.statements)).collect(),
            input,
        }
    }
}

/// Returns the place that has to change: the name that a fix replaces, or a part of the finding's own
/// place. For conditions, this is the operator or key, unless the finding is about the values.
fn wrong_part(finding: &Finding) -> (Cow<'_, Path>, Part) {
    let renamed = finding.fix.as_ref().and_then(|fix| match fix.change {
        Change::Rename(_) => Some(&fix.path),
        _ => None,
    });
    if let Some(path) = renamed {
        return (Cow::Borrowed(path), Part::Name);
    }
    // the path of an unknown operator continues to its first key
    let steps = finding.path.steps();
    if let [.., Step::Member(element), Step::Member(_), Step::Member(_)] = steps
        && element == "Condition"
        && finding.code == Code::UNKNOWN_OPERATOR
    {
        let operator = steps[..steps.len() - 1].iter().cloned().collect();
        return (Cow::Owned(operator), Part::Name);
    }
    let is_condition = matches!(
        finding.path.steps(),
        [.., Step::Member(element), Step::Member(_), Step::Member(_)] if element == "Condition"
    );
    let is_name = is_condition || finding.code == Code::UNKNOWN_ELEMENT;
    let part = match is_name && finding.code != Code::INVALID_VALUE {
        true => Part::Name,
        false => Part::Value,
    };
    (Cow::Borrowed(&finding.path), part)
}

/// Values that are made one by one while they are written: all at once need ten times their text.
pub(crate) struct Each<F>(pub(crate) F);

impl<I: Iterator<Item = Value>, F: Fn() -> I> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Returns the numbers of findings in all files by severity, the worst first.
pub(crate) fn numbers(files: &[Checked]) -> BTreeMap<Severity, usize> {
    let mut numbers = BTreeMap::new();
    for file in files {
        let listed = file.findings.iter();
        let listed = listed.map(|placed| (placed.finding.severity, 1));
        let more = file.more.iter().map(|more| (more.severity, more.findings));
        for (severity, number) in listed.chain(more) {
            *numbers.entry(severity).or_default() += number;
        }
    }
    numbers
}

/// Describes findings that are not listed.
pub(crate) fn more(more: &More) -> String {
    let noun = more.severity.as_str().replace('-', " ");
    format!(
        "{} [{}] are not listed",
        count(more.findings, &format!("more {noun}")),
        more.code
    )
}

/// Returns the number of statements in all files with actions only of services with facts.
pub(crate) fn checked(files: &[Checked]) -> usize {
    files.iter().map(|file| file.checked).sum()
}

/// Returns the number of statements in all files with actions of each service without facts, by
/// prefix.
pub(crate) fn not_checked(files: &[Checked]) -> BTreeMap<&str, usize> {
    let mut all = BTreeMap::new();
    for (prefix, statements) in files.iter().flat_map(|file| &file.not_checked) {
        *all.entry(prefix.as_str()).or_default() += statements;
    }
    all
}

/// Returns a line about the statements that were not checked, with the services of the most statements;
/// `None` if all were checked.
pub(crate) fn not_checked_line(files: &[Checked]) -> Option<String> {
    const MOST: usize = 10;
    let all = not_checked(files);
    let mut services: Vec<_> = all.iter().collect();
    services.sort_by_key(|(_, statements)| Reverse(**statements));
    let shown = services.iter().take(MOST);
    let mut parts: Vec<_> = shown
        .map(|(prefix, statements)| format!("`{prefix}` ({})", count(**statements, "statement")))
        .collect();
    if let more @ 1.. = services.len().saturating_sub(MOST) {
        parts.push(count(more, "other service"));
    }
    let parts = (!parts.is_empty()).then(|| parts.join(", "))?;
    Some(format!(
        "not checked: {parts}; hint: add the facts of the {} with `--facts`",
        match all.len() {
            1 => "service",
            _ => "services",
        }
    ))
}
