//! Checks for `ForAllValues` without a guard: it is also true if the key is absent.
//!
//! In an `Allow` statement it requires `"Null": {"<key>": "false"}`, see
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>.

use std::collections::HashSet;

use super::in_effect;
use crate::aws::assume_role::TRANSITIVE_TAG_KEYS;
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, Severity, global};
use crate::condition::SetOperator;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UNGUARDED_FOR_ALL_VALUES, Code::FOR_ALL_VALUES_IN_DENY],
    check,
};

const TAG_KEYS: &str = "aws:TagKeys";

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in view.statements.iter().filter(|it| it.effect.is_some()) {
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
            // For a key with one value, another rule reports the operator.
            let single = of.is_some_and(|of| !of.is_array());
            let is_guarded = guards.contains(&comparison.key.to_ascii_lowercase());
            if single || is_guarded || in_effect::is_never(view, statement, comparison.key) {
                continue;
            }
            if statement.allows() {
                unguarded(statement, comparison, findings);
            } else {
                in_deny(statement, comparison, findings);
            }
        }
    }
}

/// Returns the keys, in lower case, that a comparison in the statement requires to be present.
fn guards(statement: &StatementView<'_>) -> HashSet<String> {
    let requires = |it: &&KeyComparison<'_>| it.is_true_without_key() == Some(false);
    let mut guards = HashSet::new();
    for comparison in statement.comparisons.iter().filter(requires) {
        // A request with a tag has `aws:TagKeys`.
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
    // Most authors want to allow requests without tags, which lack these keys.
    let of_tags = [TAG_KEYS, TRANSITIVE_TAG_KEYS];
    let severity = match of_tags.iter().any(|key| comparison.is_on(key)) {
        true => Severity::Suggestion,
        false => Severity::SecurityWarning,
    };
    let message = format!(
        "`{}` is also true for requests without `{}`; to exclude them, add `\"Null\": {{\"{}\": \"false\"}}`",
        comparison.written, comparison.key, comparison.key
    );
    findings.add_with_severity(
        Code::UNGUARDED_FOR_ALL_VALUES,
        severity,
        statement.comparison_path(comparison),
        message,
    );
}

/// Reports `ForAllValues` in a Deny: `ForAnyValue` denies requests with one of the values.
fn in_deny(statement: &StatementView<'_>, comparison: &KeyComparison<'_>, findings: &mut Findings) {
    let key = comparison.key;
    let is_negated = comparison
        .operator
        .is_some_and(|operator| operator.is_negated());
    let (severity, message) = if is_negated {
        let message = format!(
            "`{}` is also true for requests without `{key}`, which the statement denies too; to spare \
             them, add `\"Null\": {{\"{key}\": \"false\"}}`",
            comparison.written
        );
        (Severity::Suggestion, message)
    } else {
        let message = format!(
            "`{}` is true only for requests without `{key}`, or if all of its values are in the list, so a \
             request with one other value is not denied; expected `ForAnyValue`",
            comparison.written
        );
        (Severity::Warning, message)
    };
    let path = statement.comparison_path(comparison);
    findings.add_with_severity(Code::FOR_ALL_VALUES_IN_DENY, severity, path, message);
}
