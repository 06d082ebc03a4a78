//! Checks the length of a policy as AWS counts it.

use crate::aws::quotas;
use crate::check::rule::{DocumentView, Findings, Rule};
use crate::check::{Code, Severity};
use crate::document::Path;
use crate::{PolicyKind, SizeLimit};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::POLICY_SIZE],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let limits = limits(view);
    let Some(lowest) = limits.first() else {
        return;
    };
    let json = view.document.to_json();
    let size = |limit: &SizeLimit| limit.size_of(&json);
    let exceeded: Vec<_> = limits
        .iter()
        // most policies are small, and bytes are counted faster than characters
        .filter(|limit| json.len() > limit.characters() && size(limit) > limit.characters())
        .map(|limit| format!("{limit} ({})", limit.characters()))
        .collect();
    if exceeded.is_empty() {
        return;
    }
    let severity = if exceeded.len() == limits.len() {
        Severity::Warning
    } else {
        Severity::Suggestion
    };
    let message = format!(
        "the policy has {} {}, more than AWS allows for {}",
        size(lowest),
        lowest.unit(),
        exceeded.join(" or ")
    );
    findings.add_with_severity(Code::POLICY_SIZE, severity, Path::DOCUMENT, message);
}

/// Returns the limits of a kind of policies, the lowest first. The highest is the most that AWS accepts.
fn limits(view: &DocumentView<'_>) -> Vec<SizeLimit> {
    match view.kind {
        PolicyKind::Resource => quota_of_service(view).into_iter().collect(),
        kind => SizeLimit::of_kind(kind).to_vec(),
    }
}

/// Returns the limit of a resource policy, if all its actions are of one service that has one.
fn quota_of_service(view: &DocumentView<'_>) -> Option<SizeLimit> {
    let entries = view.statements.iter().flat_map(|it| &it.actions);
    let mut prefixes = entries.map(|it| it.prefix());
    let first = prefixes.next()??;
    let is_alone = prefixes.all(|it| it == Some(first));
    let quota = quotas::of_resource_policy(first).filter(|_| is_alone);
    quota.map(SizeLimit::Bytes)
}
