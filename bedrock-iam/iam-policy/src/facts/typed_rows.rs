//! Facts as the accessors of a module's enums return them: generic over the enums of resource types
//! `R` and condition keys `K`, so that one set of types serves every module.

use crate::ValueType;

/// A resource type that an action accepts, with the condition keys of just that pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ActionResource<R: 'static, K: 'static> {
    /// The resource type.
    pub resource_type: R,
    /// Whether the reference marks it as required. Where several are, some actions need all of
    /// them and others one of them: the reference does not tell which.
    pub required: bool,
    /// The keys in effect for this pair beyond those of the action as a whole.
    pub condition_keys: &'static [K],
}

/// A permission that an API operation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequiredAction {
    /// The SDK client whose operation needs it, such as `bedrock-agent`; `None` where the
    /// reference names none.
    pub sdk_client: Option<&'static str>,
    /// The action with its service prefix; often another service's, such as `iam:PassRole`.
    pub action: &'static str,
    /// What the request's context then holds, to be used as conditions.
    pub context: &'static [ContextEntry],
}

/// One condition key of a request's context, with the values that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContextEntry {
    /// The key, such as `iam:PassedToService`.
    pub key: &'static str,
    /// The values, such as `bedrock.amazonaws.com`.
    pub values: &'static [&'static str],
}

/// That a name has left the reference. The crate keeps such a name, deprecated, for one minor version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Removed<T: 'static> {
    /// The day on which it was found missing, in UTC, such as `2026-11-22`.
    pub date: &'static str,
    /// What replaces it; `None` where nothing does, or nobody knows what.
    pub replaced_by: Option<T>,
}

/// A condition key that the requests of every service can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GlobalKey {
    /// The key, such as `aws:SourceVpc`; with a placeholder, as `aws:PrincipalTag/${TagKey}`.
    pub name: &'static str,
    /// What it is a property of: `principal`, `session`, `network`, `resource` or `request`.
    pub category: &'static str,
    /// The type of its values.
    pub value_type: ValueType,
    /// The name in Rust of the constant or function in `global`.
    pub item: &'static str,
    /// Whether it is in effect only for the actions and resource types whose page says so, as the
    /// tag keys are.
    pub follows_page: bool,
}
