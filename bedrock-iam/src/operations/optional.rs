//! What the table lists for an operation and only some uses of it need.

use crate::bedrock::{Action, Operation};

use super::Touched;

/// The uses that an application makes of operations beyond the plain call.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Uses {
    pub(super) api_keys: bool,
    pub(super) tagging: bool,
    pub(super) guardrails: bool,
    pub(super) tools: bool,
    pub(super) third_party_stores: bool,
}

impl Uses {
    /// Whether an action that the table lists for an operation is needed with these uses.
    pub(super) fn have(self, operation: Operation, action: &str, touched: &[Touched]) -> bool {
        // an operation's own action is never optional: `TagResource` tags
        if action.split(':').nth(1) == Some(operation.name()) {
            return true;
        }
        let asked = |known: Action| touched.iter().any(|arn| arn.asks_for(known));
        match action {
            "bedrock:CallWithBearerToken" => self.api_keys,
            "bedrock:TagResource" => self.tagging,
            "bedrock:ApplyGuardrail" => self.guardrails || asked(Action::ApplyGuardrail),
            "bedrock:InvokeAutomatedReasoningPolicy" => {
                asked(Action::InvokeAutomatedReasoningPolicy)
            }
            "bedrock:InvokeTool" => self.tools || asked(Action::InvokeTool),
            "bedrock:AssociateThirdPartyKnowledgeBase" => self.third_party_stores,
            _ => true,
        }
    }
}
