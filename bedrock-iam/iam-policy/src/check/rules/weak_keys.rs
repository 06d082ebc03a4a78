//! Checks for conditions that limit less than they seem to.

use crate::aws::weak_keys::{LIST_PREFIXES, PAIRED_KEYS, PairedKey};
use crate::check::rule::{DocumentView, Findings, KeyComparison, Rule, StatementView};
use crate::check::{Code, Severity};
use crate::condition::Family;

use super::in_effect::is_never;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::WEAK_CONDITION],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for row in PAIRED_KEYS {
        let mut denying = view.statements.iter().filter(|it| it.denies());
        // a request without the other key may be denied elsewhere
        if !denying.any(|it| has_other(it, row)) {
            let without = view.statements.iter().filter(|it| !has_other(it, row));
            without.for_each(|it| paired(view, it, row, findings));
        }
    }
    for statement in &view.statements {
        excluded_prefix(view, statement, findings);
    }
}

fn has_other(statement: &StatementView<'_>, row: &PairedKey) -> bool {
    let mut comparisons = statement.comparisons.iter();
    comparisons.any(|it| row.with.iter().any(|other| it.is_on(other)))
}

/// Returns whether a comparison excludes the values that it lists from what the statement allows.
fn excludes_values(statement: &StatementView<'_>, comparison: &KeyComparison<'_>) -> Option<bool> {
    let operator = comparison.operator?;
    statement.effect?;
    (operator.family() != Family::Null).then(|| operator.is_negated() == statement.allows())
}

fn paired(
    view: &DocumentView<'_>,
    statement: &StatementView<'_>,
    row: &PairedKey,
    findings: &mut Findings,
) {
    let mut comparisons = statement.comparisons.iter();
    let found = comparisons
        .find(|it| it.is_on(row.key) && excludes_values(statement, it) == Some(false))
        .filter(|_| !is_never(view, statement, row.with[0]));
    if let Some(comparison) = found {
        let message = format!(
            "`{}` limits little without `{}`: {}; add a condition on it",
            comparison.key, row.with[0], row.why
        );
        let path = statement.comparison_path(comparison);
        findings.add(Code::WEAK_CONDITION, path, message);
    }
}

/// Reports prefixes that are not to be listed.
fn excluded_prefix(
    view: &DocumentView<'_>,
    statement: &StatementView<'_>,
    findings: &mut Findings,
) {
    let of_prefix = |it: &&KeyComparison<'_>| LIST_PREFIXES.iter().any(|key| it.is_on(key));
    let excludes = |it: &&KeyComparison<'_>| excludes_values(statement, it);
    let mut compared = statement.comparisons.iter().filter(of_prefix);
    let Some(comparison) = compared.find(|it| excludes(it) == Some(true)) else {
        return;
    };
    if is_never(view, statement, comparison.key) {
        return;
    }
    // then the shorter prefix is one of those that the statement is about
    let mut compared = statement.comparisons.iter().filter(of_prefix);
    let severity = match compared.any(|it| excludes(&it) == Some(false)) {
        true => Severity::Suggestion,
        false => Code::WEAK_CONDITION.severity(),
    };
    let message = format!(
        "a request with a shorter `{}` than those here still lists their keys; expected the prefixes that may be \
         listed, with `StringLike` in an `Allow` or `StringNotLike` in a `Deny`",
        comparison.key
    );
    let path = statement.comparison_path(comparison);
    findings.add_with_severity(Code::WEAK_CONDITION, severity, path, message);
}
