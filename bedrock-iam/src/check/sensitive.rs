//! Actions that do more harm than their access level tells: a list with reasons and sources.

use super::finding::Findings;
use super::in_effect::list;
use super::view::View;
use super::{Code, Severity};

/// Why an action is on the list.
struct Reason {
    /// What a caller can do with it.
    why: &'static str,
    /// The page that says what the action does.
    #[allow(dead_code, reason = "for the reader of the table")]
    source: &'static str,
    actions: &'static [&'static str],
}

const TABLE: &[Reason] = &[
    Reason {
        why: "opens a resource to other accounts or hides who may use it",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/security_iam_service-with-iam.html",
        actions: &[
            "bedrock:PutResourcePolicy",
            "bedrock:DeleteResourcePolicy",
            "bedrock-agentcore:PutResourcePolicy",
            "bedrock-agentcore:DeleteResourcePolicy",
        ],
    },
    Reason {
        why: "takes guardrails down that apply to all calls",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-enforcements.html",
        actions: &[
            "bedrock:DeleteEnforcedGuardrailConfiguration",
            "bedrock:PutEnforcedGuardrailConfiguration",
            "bedrock:DeleteGuardrail",
            "bedrock:UpdateGuardrail",
        ],
    },
    Reason {
        why: "stops or redirects the log of model calls",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
        actions: &[
            "bedrock:DeleteModelInvocationLoggingConfiguration",
            "bedrock:PutModelInvocationLoggingConfiguration",
        ],
    },
    Reason {
        why: "changes for how long the provider keeps prompts and answers",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/data-protection.html",
        actions: &[
            "bedrock:PutAccountDataRetention",
            "bedrock-mantle:PutAccountDataRetention",
        ],
    },
    Reason {
        why: "accepts a model's contract in the account's name",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html",
        actions: &[
            "bedrock:CreateFoundationModelAgreement",
            "bedrock:PutFoundationModelEntitlement",
        ],
    },
    Reason {
        why: "commits the account to paid capacity",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/prov-throughput.html",
        actions: &[
            "bedrock:CreateProvisionedModelThroughput",
            "bedrock-mantle:CreateReservation",
        ],
    },
    Reason {
        why: "lets API keys act, which carry no session and may live long",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
        actions: &[
            "bedrock:CallWithBearerToken",
            "bedrock-mantle:CallWithBearerToken",
        ],
    },
    Reason {
        why: "hands out the credentials that agents hold for other services",
        source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity.html",
        actions: &[
            "bedrock-agentcore:GetResourceApiKey",
            "bedrock-agentcore:GetResourceOauth2Token",
            "bedrock-agentcore:GetResourcePaymentToken",
            "bedrock-agentcore:GetWorkloadAccessToken",
            "bedrock-agentcore:GetWorkloadAccessTokenForJWT",
            "bedrock-agentcore:GetWorkloadAccessTokenForUserId",
        ],
    },
    Reason {
        why: "acts for any user that the caller names",
        source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html",
        actions: &[
            "bedrock-agentcore:InvokeAgentRuntimeForUser",
            "bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser",
        ],
    },
];

pub(super) fn check(view: &View<'_>, findings: &mut Findings) {
    // What a condition limits is granted with thought.
    if !view.allows() || view.has_not_action() || !view.comparisons.is_empty() {
        return;
    }
    for action in &view.actions {
        let on_list = |name: &str| TABLE.iter().find(|reason| reason.actions.contains(&name));
        let found: Vec<_> = action
            .matched
            .iter()
            .filter_map(|known| Some((known.facts().name, on_list(known.facts().name)?)))
            .collect();
        let Some((_, reason)) = found.first() else {
            continue;
        };
        let path = view.action_path(action.index);
        if action.is_exact() {
            let message = format!(
                "`{}` {}: make sure that it is meant, or add a condition",
                action.text, reason.why
            );
            findings.add(Code::SensitiveAction, path, message);
        } else {
            let names: Vec<_> = found.iter().map(|(name, _)| *name).collect();
            let message = format!(
                "`{}` grants sensitive actions with the others: {}",
                action.text,
                list(&names)
            );
            findings.graded(
                Code::SensitiveAction,
                Severity::SecurityWarning,
                path,
                message,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Catalogue;

    #[test]
    fn every_action_on_the_list_exists() {
        let known = Catalogue::enabled();
        let enabled = |name: &str| {
            let prefix = &name[..=name.find(':').unwrap()];
            known.iter().any(|action| action.starts_with(prefix))
        };
        for name in TABLE.iter().flat_map(|reason| reason.actions) {
            assert!(!enabled(name) || known.find(name).is_some(), "{name}");
        }
        assert!(
            TABLE
                .iter()
                .all(|reason| reason.source.starts_with("https://"))
        );
    }
}
