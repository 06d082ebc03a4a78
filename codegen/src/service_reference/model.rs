//! What a service reference states.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AccessLevel, AuthorizedAction};

/// What the machine-readable reference states of all actions with one prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceReference {
    /// What the names of the actions begin with.
    pub prefix: String,
    /// Actions by name, without the prefix.
    pub actions: BTreeMap<String, Action>,
    /// Resource types by name.
    pub resource_types: BTreeMap<String, ResourceType>,
    /// The types of condition keys' values, by the key's name; `None` where they are not stated.
    pub condition_keys: BTreeMap<String, Option<BTreeSet<String>>>,
    /// API operations by name.
    pub operations: BTreeMap<String, Operation>,
}

/// What it states of an action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Action {
    /// The levels that its properties stand for, none of them being `Read`; `None` where they are
    /// not stated.
    pub properties: Option<BTreeSet<AccessLevel>>,
    /// The condition keys of the action itself.
    pub condition_keys: BTreeSet<String>,
    /// The resource types it can be scoped to, with the condition keys of each; `None` where they
    /// are not stated.
    pub resources: BTreeMap<String, Option<BTreeSet<String>>>,
}

/// What it states of a resource type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceType {
    /// Templates of ARNs; `None` where they are not stated.
    pub arn_formats: Option<BTreeSet<String>>,
    /// The condition keys in effect wherever it is used.
    pub condition_keys: BTreeSet<String>,
}

/// What it states of an operation: the actions it needs, for each SDK client that has it.
///
/// The client is `None` where none is named, the actions where they are not stated.
pub type Operation = BTreeMap<Option<String>, Option<BTreeSet<AuthorizedAction>>>;
