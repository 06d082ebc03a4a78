//! Checks for actions that can do more harm than their access level shows. Overlays and the catalog
//! list them, with reasons and sources.

use std::collections::HashMap;

use std::collections::HashSet;

use crate::aws::principal::is_account;
use crate::check::rule::{ActionEntry, DocumentView, Findings, Rule, StatementView, quoted};
use crate::check::{Code, Severity};
use crate::{ActionPattern, PolicyKind, SensitiveActions};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::SENSITIVE_ACTION],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    // the actions of a trust policy are those that assume its role
    if !view.grants() || view.kind == PolicyKind::Trust {
        return;
    }
    // The author of a condition has considered what the statement grants.
    let statements = view
        .statements
        .iter()
        .filter(|it| it.allows() && !it.has_not_action() && it.comparisons.is_empty())
        .filter(|it| view.kind != PolicyKind::KmsKey || !gives_key_to_account(it));
    let mut denied = HashMap::new();
    for statement in statements {
        // an entry that repeats another one is reported as such
        let mut seen = HashSet::new();
        let entries = statement.actions.iter();
        for action in entries.filter(|it| seen.insert(it.text)) {
            let found = sensitive(view, statement, action, &mut denied);
            if !found.is_empty() {
                report(view.kind, statement, action, &found, findings);
            }
        }
    }
}

/// Returns whether a statement of a key policy is for accounts, so that their own policies decide. Without
/// such a statement, a key can become unmanageable.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>.
fn gives_key_to_account(statement: &StatementView<'_>) -> bool {
    let mut principals = statement.allowed_principals().peekable();
    principals.peek().is_some() && principals.all(|it| it.is("AWS") && is_account(it.text))
}

/// Returns the sensitive actions that an entry matches and the statement allows, each with the
/// reason.
fn sensitive(
    view: &DocumentView<'_>,
    statement: &StatementView<'_>,
    action: &ActionEntry<'_>,
    denied: &mut HashMap<&'static str, bool>,
) -> Vec<(&'static str, &'static SensitiveActions)> {
    let head = action.pattern.as_ref().map(ActionPattern::head);
    let listed = view
        .catalog
        .sensitive_beginning_with(head.unwrap_or_default());
    let mut is_denied = |name: &'static str| {
        *denied.entry(name).or_insert_with(|| {
            let mut denying = view.statements.iter().filter(|it| it.denies());
            denying.any(|it| it.comparisons.is_empty() && it.covers(name))
        })
    };
    // `s3:Put*` on objects does not grant the actions on buckets.
    let applies = |name: &str| {
        let rows = view.catalog.rows(name);
        rows.is_empty()
            || statement.resources.is_empty()
            || rows.iter().any(|at| view.can_use_any(*at, statement))
    };
    listed
        .filter(|(name, _)| action.matches(name) && view.catalog.may_exist(name))
        .filter(|(name, _)| applies(name) && !is_denied(name))
        .collect()
}

fn report(
    kind: PolicyKind,
    statement: &StatementView<'_>,
    action: &ActionEntry<'_>,
    found: &[(&'static str, &'static SensitiveActions)],
    findings: &mut Findings,
) {
    let path = statement.action_path(action);
    match found {
        [(_, row), ..] if action.is_exact() => {
            let message = format!(
                "`{}` {}; make sure that this is intended, or add a condition",
                action.text, row.why
            );
            findings.add(Code::SENSITIVE_ACTION, path, message);
        }
        _ => {
            let names: Vec<_> = found.iter().map(|(name, _)| *name).collect();
            let message = format!(
                "`{}` also grants sensitive actions: {}",
                action.text,
                quoted(&names)
            );
            // `orchard:*` hides what it grants more than `orchard:Put*` does; the policy of a key is where
            // its administrators are named
            let is_whole = action.is_everything() || action.text.ends_with(":*");
            let severity = match kind {
                PolicyKind::KmsKey => Severity::Suggestion,
                PolicyKind::Identity if is_whole => Severity::SecurityWarning,
                _ => Severity::Warning,
            };
            findings.add_with_severity(Code::SENSITIVE_ACTION, severity, path, message);
        }
    }
}
