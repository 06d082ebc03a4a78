//! The facts of one service, in rows that refer to each other by index.

use crate::ValueType;
use crate::arn::Template;

use super::{AccessLevels, Overlay, RequiredAction, Snapshot};

/// The facts of one service.
///
/// The rows of each kind are sorted by name, ignoring ASCII case. They include removed names, which
/// are kept for one minor version. Facts that the source does not state are unknown: an empty set
/// of access levels, `None` for a required mark or for dependent actions. Checks do not rely on
/// unknown facts.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The page's name in the reference, such as `bedrock` for `list_bedrock.html`; empty if the
    /// facts were not read from a page.
    pub page: &'static str,
    /// The prefix of its actions, such as `bedrock`.
    pub prefix: &'static str,
    /// The service's name, such as `Amazon Bedrock`.
    pub name: &'static str,
    /// The Rust module generated from these facts, if any.
    pub module: Option<RustModule>,
    /// The source of the facts; `None` if unknown.
    pub snapshot: Option<Snapshot>,
    /// The actions.
    pub actions: &'static [ActionFacts],
    /// The resource types.
    pub resource_types: &'static [ResourceTypeFacts],
    /// The condition keys that its actions and resource types name.
    pub condition_keys: &'static [ConditionKeyFacts],
    /// The API operations.
    pub operations: &'static [OperationFacts],
    /// The facts that the reference does not state.
    pub overlay: &'static Overlay,
}

/// A generated module: the crate and the module's name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RustModule {
    /// The crate, such as `bedrock_iam`.
    pub krate: &'static str,
    /// The module, such as `bedrock`.
    pub name: &'static str,
    /// The cargo feature that enables it, if any.
    pub feature: Option<&'static str>,
}

/// The facts of an action.
#[derive(Clone, Copy, Debug)]
pub struct ActionFacts {
    /// The name with its prefix, such as `bedrock:InvokeModel`.
    pub name: &'static str,
    /// The Rust name of the variant and of the type in `action`.
    pub rust_name: &'static str,
    /// The access levels; empty if unknown.
    pub access_levels: AccessLevels,
    /// Whether it has no API operation of its name; `None` if unknown.
    pub permission_only: Option<bool>,
    /// The resource types that a statement can scope it to, sorted by index.
    pub resources: &'static [PairFacts],
    /// The indices of removed resource types that statements still accept for it.
    pub kept_types: &'static [u16],
    /// The indices of the condition keys in effect for every resource.
    pub condition_keys: &'static [u16],
    /// Other actions that the caller also needs; `None` if unknown.
    pub dependent_actions: Option<&'static [&'static str]>,
    /// The address of its entry in the reference; empty if unknown.
    pub documentation: &'static str,
    /// The address of its page in the API reference.
    pub api_reference: Option<&'static str>,
    /// The removal, if it was removed from the reference.
    pub removed: Option<RemovedFacts>,
}

/// A resource type of an action, with the condition keys of just that pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairFacts {
    /// The index of the resource type.
    pub resource_type: u16,
    /// Whether the reference marks it as required; `None` if unknown.
    pub required: Option<bool>,
    /// The indices of the condition keys in effect for the pair in addition to the action's own.
    pub condition_keys: &'static [u16],
}

/// The facts of a resource type.
#[derive(Clone, Copy, Debug)]
pub struct ResourceTypeFacts {
    /// The name, such as `foundation-model`.
    pub name: &'static str,
    /// The Rust name of the variant and of the builder in `arn`.
    pub rust_name: &'static str,
    /// The ARN format; `None` if an action names the type but the table of types lacks it.
    pub arn_format: Option<&'static str>,
    /// The parsed ARN format; `None` if it is missing or invalid.
    pub template: Option<&'static Template>,
    /// The indices of the condition keys in effect for every action on such a resource.
    pub condition_keys: &'static [u16],
    /// The address of its entry in the reference; empty if unknown.
    pub documentation: &'static str,
    /// The removal, if it was removed from the reference.
    pub removed: Option<RemovedFacts>,
}

/// The facts of a condition key.
#[derive(Clone, Copy, Debug)]
pub struct ConditionKeyFacts {
    /// The name, such as `bedrock:ServiceTier` or `aws:RequestTag/${TagKey}`.
    pub name: &'static str,
    /// The Rust name of the variant and of the key's type.
    pub rust_name: &'static str,
    /// The Rust name of the constant or function in `key`.
    pub item: &'static str,
    /// The type of its values; `None` if unknown.
    pub value_type: Option<ValueType>,
    /// The address of its entry in the reference; empty if unknown.
    pub documentation: &'static str,
    /// The removal, if it was removed from the reference.
    pub removed: Option<RemovedFacts>,
}

/// The facts of an API operation.
#[derive(Clone, Copy, Debug)]
pub struct OperationFacts {
    /// The name, such as `Converse`.
    pub name: &'static str,
    /// The Rust name.
    pub rust_name: &'static str,
    /// The SDK clients that have the operation.
    pub sdk_clients: &'static [&'static str],
    /// The permissions that it needs according to the reference's table.
    pub required_actions: &'static [RequiredAction],
    /// The removal, if it was removed from the reference.
    pub removed: Option<RemovedFacts>,
}

/// An API operation of any service.
///
/// Each module's `Operation` converts into it, for code that works with several services.
#[derive(Clone, Copy, Debug)]
pub struct AnyOperation {
    /// The service that has the operation.
    pub service: &'static Service,
    /// The facts of the operation.
    pub facts: &'static OperationFacts,
}

/// The removal of a name from the reference. Removed names are kept for one minor version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemovedFacts {
    /// The day on which the removal was found, in UTC, such as `2026-11-22`.
    pub date: &'static str,
    /// The index of the row of the same kind that replaces it, if any.
    pub replaced_by: Option<u16>,
}
