//! Optional actions of operations, which only some uses need.

use iam_policy::AnyOperation;

use super::{Catalog, OperationResource};

/// Uses that the ARN of a resource implies, such as a guardrail's.
const IMPLIED: &[&str] = &[
    "automated-reasoning",
    "capacity-providers",
    "guardrails",
    "memory",
    "prompts",
    "tools",
];

/// The optional uses of an application, by their names in the overlays.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses(Vec<&'static str>);

impl Uses {
    pub(super) const API_KEYS: &str = "api-keys";

    pub(super) fn contain(&self, usage: &str) -> bool {
        self.0.contains(&usage)
    }

    pub(super) fn add(&mut self, usage: &'static str) {
        self.0.push(usage);
    }

    /// Returns whether an action in the reference's list of an operation is needed with these uses.
    pub(super) fn require(
        &self,
        operation: AnyOperation,
        action: &str,
        resources: &[OperationResource],
        catalog: &Catalog,
    ) -> bool {
        let name = operation.facts.name;
        // the action with the operation's own name, such as `TagResource`, is never optional
        if action.split(':').nth(1) == Some(name) {
            return true;
        }
        let mut rows = operation.service.overlay.needed_only_with.iter();
        let optional = rows.find(|it| {
            it.action == action && (it.operations.is_empty() || it.operations.contains(&name))
        });
        let implied = || resources.iter().any(|arn| arn.implies(action, catalog));
        optional
            .is_none_or(|it| self.0.contains(&it.usage) || IMPLIED.contains(&it.usage) && implied())
    }
}
