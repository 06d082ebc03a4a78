//! Checks the actions of trust policies: that they fit the principals, and that none is missing.

use crate::Effect;
use crate::PolicyKind;
use crate::aws::assume_role::{self, ASSUME, ASSUMING, KEY_NEEDS, NEEDS, TRUST_ACTIONS};
use crate::aws::principal::{PrincipalFault, aws, other_kind_of_service, provider};
use crate::check::principals::PrincipalEntry;
use crate::check::rule::{ActionEntry, DocumentView, Findings, Rule, StatementView, quoted};
use crate::check::{Change, Code, Severity};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::TRUST_ACTION, Code::MISSING_TRUST_ACTION],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    if view.kind != PolicyKind::Trust {
        return;
    }
    for statement in &view.statements {
        for action in &statement.actions {
            foreign(statement, action, findings);
        }
        if statement.allows() && !statement.has_not_action() {
            mismatched(statement, findings);
            needed_by_services(view, statement, findings);
            needed_by_keys(view, statement, findings);
        }
    }
}

/// Reports an action that a trust policy can't have.
fn foreign(statement: &StatementView<'_>, action: &ActionEntry<'_>, findings: &mut Findings) {
    let is_pattern = action.pattern.is_some() || action.is_everything();
    let is_trust = |name: &&str| action.prefix().is_some() && action.matches(name);
    if !is_pattern || TRUST_ACTIONS.iter().any(is_trust) {
        return;
    }
    let name = action.text.split_once(':').map_or("", |(_, name)| name);
    let meant = TRUST_ACTIONS.iter().find(|right| {
        let right = right.split_once(':').map_or("", |(_, name)| name);
        right.eq_ignore_ascii_case(name)
    });
    let needed = needed(statement);
    let fits = |right: &&str| needed.is_empty() || needed.contains(right);
    // of actions that assume a role, the one that the principals use
    let meant = match meant {
        Some(meant) if ASSUMING.contains(meant) && !fits(meant) => Some(needed[0]),
        meant => meant.copied(),
    };
    let message = format!(
        "`{}` is not an action of trust policies; expected one of {}",
        action.text,
        quoted(&ASSUMING)
    );
    let path = statement.action_path(action);
    let finding = findings.add(Code::TRUST_ACTION, path, message);
    if let Some(meant) = meant {
        finding.set_fix(replace_or_remove(statement, meant));
    }
}

/// Returns the change of an entry to an action, or its removal if the action is in the list already.
fn replace_or_remove(statement: &StatementView<'_>, action: &str) -> Change {
    match statement.actions.iter().any(|it| it.matches(action)) {
        true => Change::Remove,
        false => Change::Replace(vec![action.to_owned()]),
    }
}

/// Returns the actions by which the principals of an `Allow` statement assume the role, one for each; none if
/// one of the principals is not valid.
fn needed(statement: &StatementView<'_>) -> Vec<&'static str> {
    let actions: Option<Vec<_>> = statement
        .allowed_principals()
        .map(|it| action_of(&it))
        .collect();
    actions.unwrap_or_default()
}

/// Returns the action by which a principal assumes a role; `None` if the principal is not valid.
fn action_of(principal: &PrincipalEntry<'_>) -> Option<&'static str> {
    match principal.kind {
        Some("Federated") => provider(principal.text).ok().map(assume_role::action_of),
        Some("AWS") if matches!(aws(principal.text), Some(PrincipalFault::OtherKind(_))) => None,
        Some("Service") if other_kind_of_service(principal.text).is_some() => None,
        None | Some("AWS" | "Service") => Some(ASSUME),
        _ => None,
    }
}

/// Reports principals without the action by which they assume the role, and actions without principals.
fn mismatched(statement: &StatementView<'_>, findings: &mut Findings) {
    let needed = needed(statement);
    let Some(first) = needed.first() else {
        return;
    };
    // an entry such as `sts:TagSession` fits every principal
    let assumes = |it: &&ActionEntry<'_>| ASSUMING.iter().any(|name| it.matches(name));
    let entries: Vec<_> = statement.actions.iter().filter(assumes).collect();
    if entries.is_empty() {
        return;
    }
    let fits = |name: &&str| entries.iter().any(|entry| entry.matches(name));
    let one_fits = needed.iter().any(fits);
    for entry in &entries {
        if !needed.iter().any(|name| entry.matches(name)) {
            let message = format!(
                "`{}` does not fit the principals of the statement; expected `{first}`",
                entry.text
            );
            // beside one that fits, it has no effect
            let severity = match one_fits {
                true => Severity::Warning,
                false => Severity::Error,
            };
            let path = statement.action_path(entry);
            let finding = findings.add_with_severity(Code::TRUST_ACTION, severity, path, message);
            if one_fits || entries.len() == 1 {
                finding.set_fix(replace_or_remove(statement, first));
            }
        }
    }
    for (principal, name) in statement.allowed_principals().zip(&needed) {
        if one_fits && !fits(name) {
            let message = format!(
                "`{}` assumes a role by `{name}`, which is not among the actions of the statement",
                principal.text
            );
            let path = statement.principal_path(&principal);
            findings.add(Code::TRUST_ACTION, path, message);
        }
    }
}

/// Reports service principals that need more actions than the policy allows.
fn needed_by_services(
    view: &DocumentView<'_>,
    statement: &StatementView<'_>,
    findings: &mut Findings,
) {
    for (service, actions) in NEEDS {
        if !statement.allowed_principals().any(|it| it.text == *service) {
            continue;
        }
        let missing: Vec<&str> = actions
            .iter()
            .copied()
            .filter(|action| !view.covers(Effect::Allow, action))
            .collect();
        if !missing.is_empty() {
            let message = format!(
                "`{service}` also needs {} to assume the role",
                quoted(&missing)
            );
            let path = statement.path.member("Action");
            findings.add(Code::MISSING_TRUST_ACTION, path, message);
        }
    }
}

/// Reports condition keys that requests never have, because the action that sets them is not allowed.
fn needed_by_keys(view: &DocumentView<'_>, statement: &StatementView<'_>, findings: &mut Findings) {
    for comparison in statement
        .comparisons
        .iter()
        .filter(|it| it.requires_value())
    {
        let key = comparison.key.to_ascii_lowercase();
        let is = |name: &str| key == name || name.ends_with('/') && key.starts_with(name);
        let needed = KEY_NEEDS.iter().find(|(name, _)| is(name));
        let Some((_, action)) = needed.filter(|(_, it)| !view.covers(Effect::Allow, it)) else {
            continue;
        };
        let message = format!(
            "requests have `{}` only if `{action}` is allowed, which no statement does",
            comparison.key
        );
        findings.add_with_severity(
            Code::MISSING_TRUST_ACTION,
            Severity::Warning,
            statement.comparison_path(comparison),
            message,
        );
    }
}
