//! Overlays: facts that the reference does not state, from `overlay.json`, each with a reason and
//! its source.

use super::ContextEntry;

/// The facts about a service that the reference does not state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overlay {
    /// The resources of actions for which the page states no resource type.
    pub fixed_resources: &'static [FixedResource],
    /// Actions that operations need but that the table of operations lacks.
    pub operation_needs: &'static [OperationNeed],
    /// Actions that the table lists but that only certain uses of an operation need.
    pub needed_only_with: &'static [UseNeed],
    /// Resource types that actions need together.
    pub needed_together: &'static [Together],
    /// Actions with the same effect as another one.
    pub siblings: &'static [Sibling],
    /// Actions that are more dangerous than their access level suggests.
    pub sensitive_actions: &'static [SensitiveActions],
    /// Names that are easily mistaken for condition keys of the service.
    pub not_keys: &'static [NotKey],
    /// Names of SDK clients and endpoints that are easily mistaken for service prefixes.
    pub not_prefixes: &'static [NotPrefix],
    /// The names of other pages of the reference whose actions have the service's prefix. An action,
    /// key or resource type with the prefix that is missing from the facts may be on one of them.
    pub other_pages: &'static [&'static str],
}

impl Overlay {
    /// The empty overlay.
    pub const NONE: &'static Self = &Self {
        fixed_resources: &[],
        operation_needs: &[],
        needed_only_with: &[],
        needed_together: &[],
        siblings: &[],
        sensitive_actions: &[],
        not_keys: &[],
        not_prefixes: &[],
        other_pages: &[],
    };
}

/// The one resource that actions are authorized on although the page states no resource type for
/// them. A statement allows them only if its resources match this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedResource {
    /// The actions, with their prefix.
    pub actions: &'static [&'static str],
    /// The last field of the resource's ARN.
    pub resource: &'static str,
    /// The reason.
    pub why: &'static str,
    /// The address of the source.
    pub source: &'static str,
}

/// An action that operations need but that the table of operations lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationNeed {
    /// The operations, by name.
    pub operations: &'static [&'static str],
    /// The action with its prefix.
    pub action: &'static str,
    /// The condition keys and values in the context of such a request.
    pub context: &'static [ContextEntry],
    /// The reason.
    pub why: &'static str,
    /// The address of the source.
    pub source: &'static str,
}

/// An action that the table lists for operations but that only a certain use of them needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UseNeed {
    /// The action with its prefix.
    pub action: &'static str,
    /// The use, such as `api-keys`, `tagging` or `guardrails`.
    pub usage: &'static str,
    /// The operations; empty for all that list the action.
    pub operations: &'static [&'static str],
    /// The case in which it is needed, worded to follow the action's name:
    /// `for callers with API keys`.
    pub when: &'static str,
    /// The reason.
    pub why: &'static str,
    /// The address of the source.
    pub source: &'static str,
}

/// A resource type that actions need, always or together with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Together {
    /// The actions, with their prefix.
    pub actions: &'static [&'static str],
    /// The API operations for which the actions need it; if empty, every use of them does.
    pub operations: &'static [&'static str],
    /// The resource types that make it necessary; if empty, it is always needed.
    pub beside: &'static [&'static str],
    /// The needed resource type.
    pub needs: &'static str,
    /// Resource types that can take the place of the needed one.
    pub or: &'static [&'static str],
    /// The reason.
    pub why: &'static str,
    /// The address of the source.
    pub source: &'static str,
}

/// An action with the same effect as another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sibling {
    /// The action with its prefix.
    pub action: &'static str,
    /// The other action, with its prefix.
    pub sibling: &'static str,
    /// How the other action has the same effect, in a few words.
    pub how: &'static str,
    /// The reason.
    pub why: &'static str,
    /// The address of the source.
    pub source: &'static str,
}

/// Actions that are more dangerous than their access level suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SensitiveActions {
    /// The actions, with their prefix.
    pub actions: &'static [&'static str],
    /// The harm that a caller can do with them, worded to follow the action's name.
    pub why: &'static str,
    /// The address of the source.
    pub source: &'static str,
}

/// A name that is easily mistaken for a condition key of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotKey {
    /// The name, with its prefix.
    pub key: &'static str,
    /// The key that is meant, if there is one.
    pub instead: Option<&'static str>,
    /// The reason.
    pub why: &'static str,
    /// The address of the source.
    pub source: &'static str,
}

/// The name of an SDK client or endpoint that is easily mistaken for a service prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPrefix {
    /// The name, such as `bedrock-runtime`.
    pub name: &'static str,
    /// The prefix of its actions.
    pub prefix: &'static str,
    /// The reason.
    pub why: &'static str,
    /// The address of the source.
    pub source: &'static str,
}
