//! Optional actions of operations, which only some uses need.

use crate::generated::bedrock::{Action, Operation};

use super::{OVERLAY, OperationResource};

/// The optional features that an application uses.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Uses {
    pub(super) api_keys: bool,
    pub(super) tagging: bool,
    pub(super) guardrails: bool,
    pub(super) tools: bool,
    pub(super) third_party_stores: bool,
}

impl Uses {
    /// Returns whether an action in the reference's list of an operation is needed with these features.
    pub(super) fn require(
        self,
        operation: Operation,
        action: &str,
        resources: &[OperationResource],
    ) -> bool {
        // the action with the operation's own name, such as `TagResource`, is never optional
        if action.split(':').nth(1) == Some(operation.name()) {
            return true;
        }
        let optional = OVERLAY.needed_only_with.iter().find(|it| {
            let of_operation =
                it.operations.is_empty() || it.operations.contains(&operation.name());
            it.action == action && of_operation
        });
        // the ARN of a guardrail or tool implies that it is used
        let known = action.parse::<Action>().ok();
        let implied = || known.is_some_and(|known| resources.iter().any(|arn| arn.implies(known)));
        match optional.map(|it| it.usage) {
            None => true,
            Some("api-keys") => self.api_keys,
            Some("tagging") => self.tagging,
            Some("third-party-stores") => self.third_party_stores,
            Some("guardrails") => self.guardrails || implied(),
            Some("tools") => self.tools || implied(),
            Some(_) => implied(),
        }
    }
}
