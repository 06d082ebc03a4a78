//! `ForAllValues`, which holds where the key is absent.
//!
//! By <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>:
//! in an `Allow` it wants a guard, `"Null": {"<key>": "false"}`.

use super::finding::Findings;
use super::operator::Set;
use super::view::{Comparison, View};
use super::{Code, Severity, global};

pub(super) fn check(view: &View<'_>, findings: &mut Findings) {
    if !view.allows() {
        return;
    }
    for comparison in &view.comparisons {
        let all = comparison
            .operator
            .is_some_and(|operator| operator.set == Some(Set::ForAllValues));
        let single = global::find(comparison.key).is_some_and(|of| !of.is_array());
        // On a key with one value the operator itself is the finding.
        if !all || single || is_guarded(view, comparison) {
            continue;
        }
        // A request without tags has no tag keys: most authors mean to allow it.
        let tags = comparison.key.eq_ignore_ascii_case("aws:TagKeys");
        let severity = if tags {
            Severity::Suggestion
        } else {
            Severity::SecurityWarning
        };
        let message = format!(
            "`{}` holds where the request has no `{}`; to refuse such requests add `\"Null\": {{\"{}\": \"false\"}}`",
            comparison.written, comparison.key, comparison.key
        );
        findings.graded(
            Code::UnguardedForAllValues,
            severity,
            comparison.path(view),
            message,
        );
    }
}

/// Whether something else in the statement asks for the key to be there.
fn is_guarded(view: &View<'_>, guarded: &Comparison<'_>) -> bool {
    let tags = guarded.key.eq_ignore_ascii_case("aws:TagKeys");
    view.comparisons.iter().any(|comparison| {
        let same = comparison.key.eq_ignore_ascii_case(guarded.key);
        // A request with a tag has tag keys.
        let tag = tags
            && comparison
                .key
                .get(..15)
                .is_some_and(|begin| begin.eq_ignore_ascii_case("aws:RequestTag/"));
        (same || tag) && comparison.holds_without_key() == Some(false)
    })
}
