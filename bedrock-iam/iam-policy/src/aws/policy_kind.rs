//! The kind of a policy, by the services that its actions belong to.

use crate::document::{Document, DocumentStatement, List, PolicyKind};

impl PolicyKind {
    /// Returns the kind that a document shows by its elements.
    ///
    /// A document with principals is a trust policy if it has no resources and only actions of STS, the
    /// policy of a key if all its actions are those of KMS, and otherwise a resource-based policy.
    /// Without principals, it is an identity-based policy: boundaries, session policies and service
    /// control policies look the same. Resource control policies and those of VPC endpoints look like
    /// resource-based ones.
    #[must_use]
    pub fn guess(document: &Document) -> Self {
        let statements = document.statements.as_ref();
        let statements = statements.map_or(&[][..], |it| it.as_slice());
        let has_principal =
            |it: &DocumentStatement| it.principal.is_some() || it.not_principal.is_some();
        let all_of = |prefix: &str| {
            let mut actions = statements.iter().flat_map(actions).peekable();
            actions.peek().is_some() && actions.all(|action| has_prefix(action, prefix))
        };
        let has_resource =
            |it: &DocumentStatement| it.resource.is_some() || it.not_resource.is_some();
        let has_sts = all_of("sts");
        if !statements.iter().any(has_principal) {
            // without resources, it can only be a trust policy whose principals are missing
            return match has_sts && !statements.iter().any(has_resource) {
                true => Self::Trust,
                false => Self::Identity,
            };
        }
        match () {
            () if has_sts && statements.iter().any(|it| !has_resource(it)) => Self::Trust,
            () if all_of("kms") => Self::KmsKey,
            () => Self::Resource,
        }
    }
}

/// The action that changes the policy of a key.
pub(crate) const CHANGES_KEY_POLICY: &str = "kms:PutKeyPolicy";

/// Returns the actions that are expected in a key policy instead of those of a service with this prefix
/// or service field; `None` for the service of keys.
pub(crate) fn key_policy_refuses(service: &str) -> Option<&'static str> {
    let is_plain = !service.contains(['*', '?']);
    (is_plain && !service.eq_ignore_ascii_case("kms")).then_some("an action of KMS")
}

fn actions(statement: &DocumentStatement) -> impl Iterator<Item = &str> {
    let lists = [&statement.action, &statement.not_action];
    let lists = lists.into_iter().flatten();
    lists.flat_map(List::texts)
}

fn has_prefix(action: &str, prefix: &str) -> bool {
    action
        .split_once(':')
        .is_some_and(|(given, _)| given.eq_ignore_ascii_case(prefix))
}
