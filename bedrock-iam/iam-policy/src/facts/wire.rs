//! The JSON forms of what is known of a service.
//!
//! [`Facts`] is what one page of the Service Authorization Reference states, its layout kept;
//! [`Service`] is the normal form, in which the layout no longer shows, and what a snapshot holds.
//! [`service_reference`] reads AWS's machine-readable service reference.
//! [`Service::from_json`](crate::Service::from_json) takes any of the three.

mod locale;
mod map;
mod normal;
pub mod service_reference;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use super::AccessLevel;
pub use super::from_json::read as from_json;
pub use locale::{Locale, UnknownLocale};
pub use normal::normal_form;

/// Writes a value as snapshots are kept: keys sorted, two spaces of indent, a newline at the end.
pub fn to_json(value: &impl Serialize) -> String {
    // through `Value`, whose objects are sorted
    let sorted = serde_json::to_value(value).unwrap_or_default();
    let mut text = serde_json::to_string_pretty(&sorted).unwrap_or_default();
    text.push('\n');
    text
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// What one page states, its layout kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// The page's name, `bedrock` for `list_bedrock.html`.
    pub page: String,
    /// The language of the page.
    pub locale: Locale,
    /// What the names of its actions begin with.
    pub prefix: String,
    /// The service's name; a localized page gives its whole heading.
    pub service: String,
    /// Actions by name, without the prefix.
    #[serde(deserialize_with = "map::unique")]
    pub actions: BTreeMap<String, ActionFacts>,
    /// Resource types by name.
    #[serde(deserialize_with = "map::unique")]
    pub resource_types: BTreeMap<String, ResourceType>,
    /// Condition keys by name, with their namespace.
    #[serde(deserialize_with = "map::unique")]
    pub condition_keys: BTreeMap<String, ConditionKey>,
    /// API operations in the page's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
}

/// What one page states of an action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionFacts {
    /// Its access levels.
    pub access_levels: BTreeSet<AccessLevel>,
    /// Where its name links to, verbatim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api: Option<String>,
    /// Whether no operation is authorized by it alone.
    #[serde(default, skip_serializing_if = "is_false")]
    pub permission_only: bool,
    /// Its rows, but for empty ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<Use>,
    /// The combinations of resource types that the page names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<Scenario>,
}

/// One row of an action: a resource type with the keys that row names, or keys alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// The resource type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_type: Option<String>,
    /// Whether it is marked as required; there where `resource_type` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    /// The condition keys that the row names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
    /// The further actions that the row asks for, with their prefixes (classic layout).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependent_actions: Vec<String>,
}

/// A combination of resource types that an action can be called with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Its name, such as `EC2-VPC-EBS`.
    pub name: String,
    /// The resource types it takes, in the page's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource_types: Vec<RequiredType>,
    /// The condition keys it names, in the page's order.
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

/// A kind of resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceType {
    /// The template of its ARNs, such as `arn:${Partition}:bedrock:${Region}:${Account}:agent/${AgentId}`.
    pub arn: String,
    /// The condition keys in effect wherever it is used.
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
    /// The SDK client that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sdk: Option<String>,
    /// What it needs to be allowed.
    pub actions: Vec<AuthorizedAction>,
}

/// An action that an operation needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorizedAction {
    /// The action with its prefix.
    pub action: String,
    /// The condition keys whose values are fixed when the operation asks for it.
    #[serde(
        default,
        deserialize_with = "map::unique",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub context: BTreeMap<String, Vec<String>>,
}

/// A service in normal form: the same in either layout where the facts are the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The page's name.
    pub page: String,
    /// What the names of its actions begin with.
    pub prefix: String,
    /// The service's name.
    pub service: String,
    /// Actions by name, without the prefix.
    #[serde(deserialize_with = "map::unique")]
    pub actions: BTreeMap<String, Action>,
    /// Resource types by name.
    #[serde(deserialize_with = "map::unique")]
    pub resource_types: BTreeMap<String, ResourceType>,
    /// Condition keys by name, with their namespace.
    #[serde(deserialize_with = "map::unique")]
    pub condition_keys: BTreeMap<String, ConditionKey>,
    /// API operations, by name and SDK client.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
}

impl Service {
    /// Every resource type that it names, in whatever place.
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

    /// Every condition key that it names, in whatever place.
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
    /// The page that documents it, if the reference links to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api: Option<String>,
    /// Whether no operation is authorized by it alone.
    #[serde(default, skip_serializing_if = "is_false")]
    pub permission_only: bool,
    /// The resource types it can be scoped to, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<ActionResource>,
    /// The condition keys in effect whatever the resource.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
    /// The actions of any service that it asks for besides.
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
    /// The condition keys in effect for it beyond the action's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub condition_keys: Vec<String>,
}
