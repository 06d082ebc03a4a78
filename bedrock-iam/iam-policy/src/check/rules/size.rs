//! How long a policy is, as IAM counts: characters, white space aside.
//!
//! By <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>.

use crate::SizeLimit;
use crate::check::rule::{DocumentView, Findings, Rule};
use crate::check::{Code, Severity};
use crate::document::Path;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::POLICY_SIZE],
    check,
};

/// Limits, the least first. Policies with lower ones (the inline policies of users and groups, and
/// control policies) are not told from these by their text.
const LIMITS: [SizeLimit; 2] = [SizeLimit::Managed, SizeLimit::InlineOfRole];

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    let size = view.document.size();
    let exceeded: Vec<_> = LIMITS
        .iter()
        .filter(|limit| size > limit.characters())
        .map(|limit| format!("{limit} ({})", limit.characters()))
        .collect();
    if exceeded.is_empty() {
        return;
    }
    let severity = if exceeded.len() == LIMITS.len() {
        Severity::Warning
    } else {
        Severity::Suggestion
    };
    let message = format!(
        "the policy has {size} characters without white space, more than IAM takes for {}",
        exceeded.join(" or ")
    );
    findings.graded(Code::POLICY_SIZE, severity, Path::DOCUMENT, message);
}
