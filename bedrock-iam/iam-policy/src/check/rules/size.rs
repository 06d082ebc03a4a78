//! Checks the length of a policy as IAM counts it: in characters other than white space.
//!
//! The limits are in <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>.

use crate::SizeLimit;
use crate::check::rule::{DocumentView, Findings, Rule};
use crate::check::{Code, Severity};
use crate::document::Path;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::POLICY_SIZE],
    check,
};

/// The limits that are checked, the lowest first. Lower limits, such as those of inline policies of
/// users and of control policies, are not: the document does not show which type of policy it is.
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
        "the policy has {size} characters without white space, more than IAM allows for {}",
        exceeded.join(" or ")
    );
    findings.add_with_severity(Code::POLICY_SIZE, severity, Path::DOCUMENT, message);
}
