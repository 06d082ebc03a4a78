//! Checks conditions on the creation of Bedrock API keys.
//!
//! A long-term key is a service-specific credential of IAM, for the service `bedrock.amazonaws.com`,
//! see <https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html>, read on
//! 2026-11-26.

use iam_policy::check::rule::{DocumentView, Findings, Rule};
use iam_policy::check::{Code, Severity};

const KEY: &str = "iam:ServiceSpecificCredentialServiceName";
const SERVICE: &str = "bedrock.amazonaws.com";

/// `api-key-service`: a condition on the service of a credential with another name of Bedrock than that
/// of the credentials. It does not match API keys for Bedrock.
pub const API_KEY_SERVICE: Code = Code::new(
    "api-key-service",
    Severity::Warning,
    " a condition on the service of a credential with another name of Bedrock than that of the\n \
     credentials. It does not match API keys for Bedrock.\n",
);

pub(super) const RULE: Rule = Rule {
    codes: &[API_KEY_SERVICE],
    check,
};

fn check(view: &DocumentView<'_>, findings: &mut Findings) {
    for statement in &view.statements {
        let comparisons = statement.comparisons.iter();
        for comparison in comparisons.filter(|it| it.key.eq_ignore_ascii_case(KEY)) {
            let values = comparison.values.as_slice().iter();
            let wrong = values.filter_map(|value| value.as_str()).find(|value| {
                let is_plain = !value.contains(['*', '?', '$']);
                is_plain && value.to_ascii_lowercase().contains("bedrock") && *value != SERVICE
            });
            if let Some(value) = wrong {
                let message = format!(
                    "`{value}` is not a service of credentials; expected `{SERVICE}`, the service of all API keys for Bedrock"
                );
                findings.add(
                    API_KEY_SERVICE,
                    statement.comparison_path(comparison),
                    message,
                );
            }
        }
    }
}
