//! `ForAllValues`, which holds where the key is absent.
//!
//! By <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>:
//! in an `Allow` it wants a guard, `"Null": {"<key>": "false"}`.

use std::collections::HashSet;

use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, Severity, global};
use crate::condition::SetOperator;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UNGUARDED_FOR_ALL_VALUES],
    check,
};

const TAG_KEYS: &str = "aws:TagKeys";

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in view.statements.iter().filter(|it| it.allows()) {
        let all = |comparison: &&KeyComparison<'_>| {
            let operator = comparison.operator;
            operator.is_some_and(|operator| operator.set == Some(SetOperator::ForAllValues))
        };
        let mut compared = statement.comparisons.iter().filter(all).peekable();
        if compared.peek().is_none() {
            continue;
        }
        let guards = guards(statement);
        for comparison in compared {
            let of = global::find(view.catalog, comparison.key);
            // On a key with one value the operator itself is the finding.
            let single = of.is_some_and(|of| !of.is_array());
            if !single && !guards.contains(&comparison.key.to_ascii_lowercase()) {
                unguarded(statement, comparison, findings);
            }
        }
    }
}

/// The keys, in lower case, that something in the statement asks to be there.
fn guards(statement: &StatementView<'_>) -> HashSet<String> {
    let asks = |it: &&KeyComparison<'_>| it.holds_without_key() == Some(false);
    let mut guards = HashSet::new();
    for comparison in statement.comparisons.iter().filter(asks) {
        // A request with a tag has tag keys.
        if global::begins(comparison.key, "aws:RequestTag/") {
            guards.insert(TAG_KEYS.to_ascii_lowercase());
        }
        guards.insert(comparison.key.to_ascii_lowercase());
    }
    guards
}

fn unguarded(
    statement: &StatementView<'_>,
    comparison: &KeyComparison<'_>,
    findings: &mut Findings,
) {
    // A request without tags has no tag keys: most authors mean to allow it.
    let severity = if comparison.key.eq_ignore_ascii_case(TAG_KEYS) {
        Severity::Suggestion
    } else {
        Severity::SecurityWarning
    };
    let message = format!(
        "`{}` holds where the request has no `{}`; to refuse such requests add `\"Null\": {{\"{}\": \"false\"}}`",
        comparison.written, comparison.key, comparison.key
    );
    findings.graded(
        Code::UNGUARDED_FOR_ALL_VALUES,
        severity,
        statement.comparison_path(comparison),
        message,
    );
}
