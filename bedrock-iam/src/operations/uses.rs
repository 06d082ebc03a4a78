//! What the table lists for an operation and only some uses of it need, by the overlay.

use crate::generated::bedrock::{Action, Operation};

use super::{OVERLAY, Touched};

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
        let optional = OVERLAY.needed_only_with.iter().find(|it| {
            let of_operation =
                it.operations.is_empty() || it.operations.contains(&operation.name());
            it.action == action && of_operation
        });
        // the ARN of what only such a use touches says so as well
        let known = action.parse::<Action>().ok();
        let asked = || known.is_some_and(|known| touched.iter().any(|arn| arn.asks_for(known)));
        match optional.map(|it| it.usage) {
            None => true,
            Some("api-keys") => self.api_keys,
            Some("tagging") => self.tagging,
            Some("third-party-stores") => self.third_party_stores,
            Some("guardrails") => self.guardrails || asked(),
            Some("tools") => self.tools || asked(),
            Some(_) => asked(),
        }
    }
}
