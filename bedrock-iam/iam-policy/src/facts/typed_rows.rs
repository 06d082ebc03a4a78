//! Facts as returned by the methods of a module's enums. They are generic over the module's
//! resource types `R` and condition keys `K`, so that all modules share them.

use crate::ValueType;

/// A resource type that an action accepts, with the condition keys of just that pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ActionResource<R: 'static, K: 'static> {
    /// The resource type.
    pub resource_type: R,
    /// Whether the reference marks it as required. If several types are required, some actions need
    /// all of them and others one of them; the reference does not state which.
    pub required: bool,
    /// The keys in effect for this pair in addition to the action's own.
    pub condition_keys: &'static [K],
}

/// A permission that an API operation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequiredAction {
    /// The SDK client whose operation needs it, such as `bedrock-agent`; `None` if the reference
    /// does not state one.
    pub sdk_client: Option<&'static str>,
    /// The action with its prefix, which can be another service's, such as `iam:PassRole`.
    pub action: &'static str,
    /// The condition keys and values in the context of such a request.
    pub context: &'static [ContextEntry],
}

/// One condition key of a request's context, with its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContextEntry {
    /// The key, such as `iam:PassedToService`.
    pub key: &'static str,
    /// The values, such as `bedrock.amazonaws.com`.
    pub values: &'static [&'static str],
}

/// The removal of a name from the reference. The crate keeps removed names, deprecated, for one
/// minor version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Removed<T: 'static> {
    /// The day on which the removal was found, in UTC, such as `2026-11-22`.
    pub date: &'static str,
    /// The replacement, if it is known.
    pub replaced_by: Option<T>,
}

/// A global condition key, which requests to every service can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GlobalKey {
    /// The key, such as `aws:SourceVpc`, or a template such as `aws:PrincipalTag/${TagKey}`.
    pub name: &'static str,
    /// The entity that it is a property of: `principal`, `session`, `network`, `resource` or
    /// `request`.
    pub category: &'static str,
    /// The type of its values.
    pub value_type: ValueType,
    /// The Rust name of the constant or function in `global`.
    pub item: &'static str,
    /// Whether it is in effect only for the actions and resource types that list it, as the tag
    /// keys are.
    pub follows_page: bool,
}
