//! All that is known of one service: rows that refer to each other by index.

use crate::ValueType;
use crate::arn::Template;

use super::{AccessLevels, Overlay, RequiredAction, Snapshot};

/// All that is known of one service.
///
/// The rows of each kind are sorted by name, ASCII case ignored, and stand for what the reference
/// has today and for what was removed and is kept for a while. What a source of facts does not
/// state is not known: an empty set of access levels, `None` for a required mark or for dependent
/// actions. No check relies on what is not known.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The page's name in the reference, such as `bedrock` for `list_bedrock.html`; empty where the
    /// facts were not read from a page.
    pub page: &'static str,
    /// The prefix of its actions, such as `bedrock`.
    pub prefix: &'static str,
    /// The service's name, such as `Amazon Bedrock`.
    pub name: &'static str,
    /// The Rust module that is generated from these facts; `None` if there is none.
    pub module: Option<RustModule>,
    /// What the facts were read from; `None` where nothing says it.
    pub snapshot: Option<Snapshot>,
    /// The actions.
    pub actions: &'static [ActionFacts],
    /// The resource types.
    pub resource_types: &'static [ResourceTypeFacts],
    /// The condition keys that its actions and resource types name.
    pub condition_keys: &'static [ConditionKeyFacts],
    /// The API operations.
    pub operations: &'static [OperationFacts],
    /// What is known beyond the reference.
    pub overlay: &'static Overlay,
}

/// A generated module: the crate and the module's name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RustModule {
    /// The crate, such as `bedrock_iam`.
    pub krate: &'static str,
    /// The module, such as `bedrock`.
    pub name: &'static str,
    /// The cargo feature that enables it, if one does.
    pub feature: Option<&'static str>,
}

/// What is known of an action.
#[derive(Clone, Copy, Debug)]
pub struct ActionFacts {
    /// The name with its prefix, such as `bedrock:InvokeModel`.
    pub name: &'static str,
    /// The name in Rust, of the variant and of the type in `action`.
    pub rust_name: &'static str,
    /// The access levels; empty if they are not known.
    pub access_levels: AccessLevels,
    /// Whether it has no API operation of its name; `None` if that is not known.
    pub permission_only: Option<bool>,
    /// The resource types that a statement can scope it to, sorted by index.
    pub resources: &'static [PairFacts],
    /// Removed resource types that statements still take for it, as indices.
    pub kept_types: &'static [u16],
    /// The condition keys in effect whatever the resource, as indices.
    pub condition_keys: &'static [u16],
    /// Other actions that the caller needs as well; `None` if that is not known.
    pub dependent_actions: Option<&'static [&'static str]>,
    /// The address of its entry in the reference; empty if there is none.
    pub documentation: &'static str,
    /// The address of its page in the API reference.
    pub api_reference: Option<&'static str>,
    /// Set for an action that was removed.
    pub removed: Option<RemovedFacts>,
}

/// A resource type of an action, with the condition keys of just that pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairFacts {
    /// The resource type, as an index.
    pub resource_type: u16,
    /// Whether the reference marks it as required; `None` if that is not known.
    pub required: Option<bool>,
    /// The condition keys in effect for the pair beyond the action's own, as indices.
    pub condition_keys: &'static [u16],
}

/// What is known of a resource type.
#[derive(Clone, Copy, Debug)]
pub struct ResourceTypeFacts {
    /// The name, such as `foundation-model`.
    pub name: &'static str,
    /// The name in Rust, of the variant and of the builder in `arn`.
    pub rust_name: &'static str,
    /// The format of its ARNs; `None` where an action names the type and no table has it.
    pub arn_format: Option<&'static str>,
    /// The format, taken apart; `None` where there is none or it can't be read.
    pub template: Option<&'static Template>,
    /// The condition keys in effect for every action on such a resource, as indices.
    pub condition_keys: &'static [u16],
    /// The address of its entry in the reference; empty if there is none.
    pub documentation: &'static str,
    /// Set for a type that was removed.
    pub removed: Option<RemovedFacts>,
}

/// What is known of a condition key.
#[derive(Clone, Copy, Debug)]
pub struct ConditionKeyFacts {
    /// The name, such as `bedrock:ServiceTier` or `aws:RequestTag/${TagKey}`.
    pub name: &'static str,
    /// The name in Rust of the variant and of what stands for the key in types.
    pub rust_name: &'static str,
    /// The name in Rust of the constant or function in `key`.
    pub item: &'static str,
    /// The type of its values; `None` if it is not known.
    pub value_type: Option<ValueType>,
    /// The address of its entry in the reference; empty if there is none.
    pub documentation: &'static str,
    /// Set for a key that was removed.
    pub removed: Option<RemovedFacts>,
}

/// What is known of an API operation.
#[derive(Clone, Copy, Debug)]
pub struct OperationFacts {
    /// The name, such as `Converse`.
    pub name: &'static str,
    /// The name in Rust.
    pub rust_name: &'static str,
    /// The SDK clients that have the operation.
    pub sdk_clients: &'static [&'static str],
    /// The permissions that the reference's table gives it.
    pub required_actions: &'static [RequiredAction],
    /// Set for an operation that was removed.
    pub removed: Option<RemovedFacts>,
}

/// That a name was removed from the reference, and is kept for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemovedFacts {
    /// The day on which it was found missing, in UTC, such as `2026-11-22`.
    pub date: &'static str,
    /// What replaces it, as an index of its own kind.
    pub replaced_by: Option<u16>,
}
