//! What is known of a service beyond the reference: the rows of `overlay.json`, each with the reason
//! and the page that says so.

use super::ContextEntry;

/// What is known of a service beyond the reference.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overlay {
    /// Actions that operations need and the table of operations lacks.
    pub operation_needs: &'static [OperationNeed],
    /// Actions that the table lists and only certain uses of an operation need.
    pub needed_only_with: &'static [UseNeed],
    /// Resource types that actions need together.
    pub needed_together: &'static [Together],
    /// Actions that reach the same by another name.
    pub siblings: &'static [Sibling],
    /// Actions that do more harm than their access level shows.
    pub sensitive_actions: &'static [SensitiveActions],
    /// Names of SDK clients and endpoints that are not service prefixes.
    pub not_prefixes: &'static [NotPrefix],
}

impl Overlay {
    /// Nothing beyond the reference.
    pub const NONE: &'static Self = &Self {
        operation_needs: &[],
        needed_only_with: &[],
        needed_together: &[],
        siblings: &[],
        sensitive_actions: &[],
        not_prefixes: &[],
    };
}

/// An action that operations need and the table of operations lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationNeed {
    /// The operations, by name.
    pub operations: &'static [&'static str],
    /// The action with its prefix.
    pub action: &'static str,
    /// What the context of such a request holds.
    pub context: &'static [ContextEntry],
    /// Why.
    pub why: &'static str,
    /// The page that says so.
    pub source: &'static str,
}

/// An action that the table lists for operations and only a certain use of them needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UseNeed {
    /// The action with its prefix.
    pub action: &'static str,
    /// The use, such as `api-keys`, `tagging` or `guardrails`.
    pub usage: &'static str,
    /// The operations; empty for all that list the action.
    pub operations: &'static [&'static str],
    /// When it is needed, to follow the action's name: `for callers with API keys`.
    pub when: &'static str,
    /// Why.
    pub why: &'static str,
    /// The page that says so.
    pub source: &'static str,
}

/// A resource type that actions need, always or beside another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Together {
    /// The actions, with their prefix.
    pub actions: &'static [&'static str],
    /// Only where one of these resource types is given; always if there are none.
    pub beside: &'static [&'static str],
    /// The resource type that is needed.
    pub needs: &'static str,
    /// Why.
    pub why: &'static str,
    /// The page that says so.
    pub source: &'static str,
}

/// An action that reaches the same as another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sibling {
    /// The action with its prefix.
    pub action: &'static str,
    /// The other one, with its prefix.
    pub sibling: &'static str,
    /// How the other one does it, in a few words.
    pub how: &'static str,
    /// Whether an `Allow` without it is worth a finding; else a `Deny` alone.
    pub in_allow: bool,
    /// Why.
    pub why: &'static str,
    /// The page that says so.
    pub source: &'static str,
}

/// Actions that do more harm than their access level shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SensitiveActions {
    /// The actions, with their prefix.
    pub actions: &'static [&'static str],
    /// What a caller can do with them, to follow the action's name.
    pub why: &'static str,
    /// The page that says so.
    pub source: &'static str,
}

/// The name of an SDK client or endpoint that is not a service prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPrefix {
    /// The name, such as `bedrock-runtime`.
    pub name: &'static str,
    /// The prefix that its actions have.
    pub prefix: &'static str,
    /// Why.
    pub why: &'static str,
    /// The page that says so.
    pub source: &'static str,
}
