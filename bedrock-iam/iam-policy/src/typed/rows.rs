//! The rows of the generated tables, typed by the enums of their module.

use crate::facts::{ActionResource, RequiredAction};
use crate::{AccessLevels, ValueType};

/// What the reference says of an action.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct ActionFacts<A: 'static, R: 'static, K: 'static, O: 'static> {
    pub variant: A,
    pub name: &'static str,
    pub access_levels: AccessLevels,
    pub permission_only: bool,
    pub resources: &'static [ActionResource<R, K>],
    pub condition_keys: &'static [K],
    pub dependent_actions: &'static [&'static str],
    pub operations: &'static [O],
    pub documentation: &'static str,
    pub api_reference: Option<&'static str>,
}

/// What the reference says of a resource type.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct ResourceTypeFacts<R: 'static, A: 'static, K: 'static> {
    pub variant: R,
    pub name: &'static str,
    pub arn_format: Option<&'static str>,
    pub condition_keys: &'static [K],
    pub actions: &'static [A],
    pub documentation: &'static str,
}

/// What the reference says of a condition key.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct ConditionKeyFacts<K: 'static> {
    pub variant: K,
    pub name: &'static str,
    pub value_type: Option<ValueType>,
    pub documentation: &'static str,
}

/// What the reference says of an API operation.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct OperationFacts<O: 'static> {
    pub variant: O,
    pub name: &'static str,
    pub sdk_clients: &'static [&'static str],
    pub required_actions: &'static [RequiredAction],
}
