//! The JSON forms of a service's facts.
//!
//! [`Facts`] are the facts of one page of the Service Authorization Reference, in the page's
//! layout. [`Service`] is the normal form, which is independent of the layout and is stored as a
//! snapshot. [`service_reference`] parses AWS's machine-readable service reference.
//! [`Service::from_json`](crate::Service::from_json) accepts all three.

mod locale;
mod map;
mod normal;
pub mod service_reference;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use super::AccessLevel;
pub use super::from_json::read as from_json;
pub use locale::{Locale, UnknownLocale};
pub use map::unique;
pub use normal::normal_form;
pub use texts::TextKind;

/// Formats a value as in snapshots: sorted keys, an indent of two spaces, a trailing newline.
pub fn to_json(value: &impl Serialize) -> String {
    // The objects of `Value` are sorted.
    let sorted = serde_json::to_value(value).unwrap_or_default();
    let mut text = serde_json::to_string_pretty(&sorted).unwrap_or_default();
    text.push('\n');
    text
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// The facts of one page, in the page's layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The page's name, `bedrock` for `list_bedrock.html`.
    pub page: String,
    /// The language of the page.
    pub locale: Locale,
    /// The prefix of its actions.
    pub prefix: String,
    /// The service's name; on a localized page, the whole heading.
    pub service: String,
    /// Actions by name, without the prefix.
    #[serde(deserialize_with = "map::unique")]
    pub actions: BTreeMap<String, ActionFacts>,
    /// Resource types by name.
    #[serde(deserialize_with = "map::unique")]
    pub resource_types: BTreeMap<String, ResourceType>,
    /// Condition keys by name, with their prefix.
    #[serde(deserialize_with = "map::unique")]
    pub condition_keys: BTreeMap<String, ConditionKey>,
    /// API operations in the page's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
}

/// The facts of an action on one page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionFacts {
    /// Its access levels.
    pub access_levels: BTreeSet<AccessLevel>,
    /// The address that its name links to, verbatim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api: Option<String>,
    /// Whether it has no API operation of its name.
    #[serde(default, skip_serializing_if = "is_false")]
    pub permission_only: bool,
    /// Its rows, without empty ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<Use>,
    /// The combinations of resource types that the page names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<Scenario>,
}

/// One row of an action: a resource type with its condition keys, or condition keys alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// The resource type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<String>,
    /// Whether it is marked as required; present if `resource_type` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// The condition keys in the row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
    /// The dependent actions in the row, with their prefixes (classic layout).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependent_actions: Vec<String>,
}

/// A combination of resource types that an action can be called with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its name, such as `EC2-VPC-EBS`.
    pub name: String,
    /// Its resource types, in the page's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_types: Vec<RequiredType>,
    /// Its condition keys, in the page's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
}

/// A resource type and whether it is required.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredType {
    /// The resource type.
    pub resource_type: String,
    /// Whether it is marked as required.
    pub required: bool,
}

/// A resource type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceType {
    /// The template of its ARNs, such as
    /// `arn:${Partition}:bedrock:${Region}:${Account}:agent/${AgentId}`.
    pub arn: String,
    /// The condition keys in effect for every action on such a resource.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
}

/// A condition key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConditionKey {
    /// The type of its value, as the reference spells it, such as `ArrayOfString`.
    #[serde(rename = "type")]
    pub value_type: String,
}

/// An API operation of one SDK client.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Its name.
    pub operation: String,
    /// The SDK client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdk: Option<String>,
    /// The actions that it needs.
    pub actions: Vec<AuthorizedAction>,
}

/// An action that an operation needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorizedAction {
    /// The action with its prefix.
    pub action: String,
    /// The condition keys with fixed values in the context of such a request.
    #[serde(
        default,
        deserialize_with = "map::unique",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub context: BTreeMap<String, Vec<String>>,
}

/// A service in normal form, which is independent of the page's layout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The page's name.
    pub page: String,
    /// The prefix of its actions.
    pub prefix: String,
    /// The service's name.
    pub service: String,
    /// Actions by name, without the prefix.
    #[serde(deserialize_with = "map::unique")]
    pub actions: BTreeMap<String, Action>,
    /// Resource types by name.
    #[serde(deserialize_with = "map::unique")]
    pub resource_types: BTreeMap<String, ResourceType>,
    /// Condition keys by name, with their prefix.
    #[serde(deserialize_with = "map::unique")]
    pub condition_keys: BTreeMap<String, ConditionKey>,
    /// API operations, by name and SDK client.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
}

impl Service {
    /// Returns all resource types that appear anywhere in the service.
    #[must_use]
    pub fn resource_type_names(&self) -> BTreeSet<&str> {
        let of_actions = self.actions.values().flat_map(|action| {
            let scenarios = action.scenarios.iter().flat_map(|it| &it.resource_types);
            let scenarios = scenarios.map(|required| &required.resource_type);
            let resources = action.resources.iter().map(|it| &it.resource_type);
            resources.chain(scenarios)
        });
        let names = self.resource_types.keys().chain(of_actions);
        names.map(String::as_str).collect()
    }

    /// Returns all condition keys that appear anywhere in the service.
    #[must_use]
    pub fn condition_key_names(&self) -> BTreeSet<&str> {
        let of_actions = self.actions.values().flat_map(|action| {
            let resources = action.resources.iter().flat_map(|it| &it.condition_keys);
            let scenarios = action.scenarios.iter().flat_map(|it| &it.condition_keys);
            let own = action.condition_keys.iter();
            own.chain(resources).chain(scenarios)
        });
        let of_types = self
            .resource_types
            .values()
            .flat_map(|it| &it.condition_keys);
        let names = self.condition_keys.keys().chain(of_actions).chain(of_types);
        names.map(String::as_str).collect()
    }
}

/// An action in normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Its access levels.
    pub access_levels: BTreeSet<AccessLevel>,
    /// The address of its page in the API reference, if the reference links to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api: Option<String>,
    /// Whether it has no API operation of its name.
    #[serde(default, skip_serializing_if = "is_false")]
    pub permission_only: bool,
    /// The resource types it can be scoped to, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ActionResource>,
    /// The condition keys in effect for every resource.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
    /// The dependent actions, of any service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependent_actions: Vec<String>,
    /// The combinations of resource types that the page names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<Scenario>,
}

/// A resource type that an action can be scoped to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionResource {
    /// The resource type.
    pub resource_type: String,
    /// Whether the reference marks it as required.
    pub required: bool,
    /// The condition keys in effect for it in addition to the action's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
}
