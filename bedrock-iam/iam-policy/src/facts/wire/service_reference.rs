//! Parsing of AWS's machine-readable service reference.
//!
//! Its format is extended over time: unknown members are ignored, and all known members but names
//! and the list of actions are optional.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer};

use super::map::Object;
use super::{AuthorizedAction, Facts, Locale, Use};
use crate::facts::AccessLevel;
use crate::facts::from_json::{FactsError, read as read_json};

/// Parses a service reference.
///
/// # Errors
/// Returns [`FactsError`] if the text is not JSON, lacks `Name` or `Actions`, or has a value of
/// another type.
pub fn read(text: &str) -> Result<ServiceReference, FactsError> {
    let Object(file): Object<File> = read_json(text, EXPECTED)?;
    Ok(file.into())
}

/// The description of the form in messages.
const EXPECTED: &str = "a service reference, an object with `Name` and `Actions`";

impl ServiceReference {
    /// Converts the service reference to the form of a page's facts.
    ///
    /// A service reference has no required marks, dependent actions or permission-only marks;
    /// ignore those of the result. If it lists several value types or ARN formats, the result has
    /// none.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let actions = self.actions.iter().map(|(name, action)| {
            let of_type = |(name, keys): (&String, &Option<BTreeSet<String>>)| Use {
                resource_type: Some(name.clone()),
                required: Some(false),
                condition_keys: keys.iter().flatten().cloned().collect(),
                dependent_actions: Vec::new(),
            };
            let own = Use {
                condition_keys: action.condition_keys.iter().cloned().collect(),
                ..Use::default()
            };
            let uses = [own]
                .into_iter()
                .chain(action.resources.iter().map(of_type));
            let facts = super::ActionFacts {
                access_levels: action.access_levels(),
                uses: uses.collect(),
                ..super::ActionFacts::default()
            };
            (name.clone(), facts)
        });
        let resource_types = self.resource_types.iter().map(|(name, resource_type)| {
            let row = super::ResourceType {
                arn: only(&resource_type.arn_formats),
                condition_keys: resource_type.condition_keys.iter().cloned().collect(),
            };
            (name.clone(), row)
        });
        let condition_keys = self.condition_keys.iter().map(|(name, types)| {
            let value_type = only(types);
            (name.clone(), super::ConditionKey { value_type })
        });
        let operations = self.operations.iter().flat_map(|(name, clients)| {
            clients.iter().map(|(sdk, actions)| super::Operation {
                operation: name.clone(),
                sdk: sdk.clone(),
                actions: actions.iter().flatten().cloned().collect(),
            })
        });
        Facts {
            page: String::new(),
            locale: Locale::EnUs,
            prefix: self.prefix.clone(),
            service: String::new(),
            actions: actions.collect(),
            resource_types: resource_types.collect(),
            condition_keys: condition_keys.collect(),
            operations: operations.collect(),
        }
    }
}

impl Action {
    /// Returns the access levels; an empty set if the properties are not stated. If no property is
    /// true, the level is `Read`, because every action has a level.
    fn access_levels(&self) -> BTreeSet<AccessLevel> {
        match &self.properties {
            Some(levels) if levels.is_empty() => BTreeSet::from([AccessLevel::Read]),
            levels => levels.iter().flatten().copied().collect(),
        }
    }
}

/// Returns the text if there is exactly one, or else an empty one.
fn only(stated: &Option<BTreeSet<String>>) -> String {
    let mut texts = stated.iter().flatten();
    match (texts.next(), texts.next()) {
        (Some(text), None) => text.clone(),
        _ => String::new(),
    }
}

/// The service reference's facts about all actions with one prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceReference {
    /// The prefix of the actions.
    pub prefix: String,
    /// Actions by name, without the prefix.
    pub actions: BTreeMap<String, Action>,
    /// Resource types by name.
    pub resource_types: BTreeMap<String, ResourceType>,
    /// The value types of condition keys, by the key's name; `None` if not stated.
    pub condition_keys: BTreeMap<String, Option<BTreeSet<String>>>,
    /// API operations by name.
    pub operations: BTreeMap<String, Operation>,
}

/// The service reference's facts about an action.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Action {
    /// The access levels of its properties, which do not include `Read`; `None` if not stated.
    pub properties: Option<BTreeSet<AccessLevel>>,
    /// The condition keys of the action itself.
    pub condition_keys: BTreeSet<String>,
    /// The resource types it can be scoped to, with the condition keys of each; `None` if the keys
    /// are not stated.
    pub resources: BTreeMap<String, Option<BTreeSet<String>>>,
}

/// The service reference's facts about a resource type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResourceType {
    /// The ARN formats; `None` if not stated.
    pub arn_formats: Option<BTreeSet<String>>,
    /// The condition keys in effect for every action on such a resource.
    pub condition_keys: BTreeSet<String>,
}

/// The service reference's facts about an operation: the actions it needs, by SDK client.
///
/// The client and the actions are `None` if not stated.
pub type Operation = BTreeMap<Option<String>, Option<BTreeSet<AuthorizedAction>>>;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct File {
    name: String,
    actions: Vec<Object<FileAction>>,
    #[serde(default, deserialize_with = "or_default")]
    condition_keys: Vec<Object<FileConditionKey>>,
    #[serde(default, deserialize_with = "or_default")]
    operations: Vec<Object<FileOperation>>,
    #[serde(default, deserialize_with = "or_default")]
    resources: Vec<Object<FileResource>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FileAction {
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    action_condition_keys: Vec<String>,
    annotations: Option<Object<Annotations>>,
    #[serde(default, deserialize_with = "or_default")]
    resources: Vec<Object<FileActionResource>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Annotations {
    properties: Option<Object<Properties>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Properties {
    #[serde(default, deserialize_with = "or_default")]
    is_list: bool,
    #[serde(default, deserialize_with = "or_default")]
    is_permission_management: bool,
    #[serde(default, deserialize_with = "or_default")]
    is_tagging_only: bool,
    #[serde(default, deserialize_with = "or_default")]
    is_write: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FileActionResource {
    name: String,
    condition_keys: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FileConditionKey {
    name: String,
    types: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FileOperation {
    name: String,
    authorized_actions: Option<Vec<Object<Authorized>>>,
    #[serde(default, rename = "SDK", deserialize_with = "or_default")]
    sdk: Vec<Object<Sdk>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Authorized {
    name: String,
    service: String,
    #[serde(default, deserialize_with = "or_default")]
    context: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Sdk {
    name: String,
    package: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FileResource {
    name: String,
    #[serde(rename = "ARNFormats")]
    arn_formats: Option<Vec<String>>,
    #[serde(default, deserialize_with = "or_default")]
    condition_keys: Vec<String>,
}

/// Deserializes `null` like a missing value.
fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl From<File> for ServiceReference {
    /// Merges entries with the same name.
    fn from(file: File) -> Self {
        let mut reference = Self {
            prefix: file.name,
            ..Self::default()
        };
        for Object(action) in file.actions {
            let known = reference.actions.entry(action.name).or_default();
            known.condition_keys.extend(action.action_condition_keys);
            let properties = action.annotations.and_then(|it| it.0.properties);
            unite(
                &mut known.properties,
                properties.map(|it| levels(&it.0).collect()),
            );
            for Object(resource) in action.resources {
                let keys = known.resources.entry(resource.name).or_default();
                unite(keys, resource.condition_keys);
            }
        }
        for Object(resource) in file.resources {
            let known: &mut ResourceType =
                reference.resource_types.entry(resource.name).or_default();
            unite(&mut known.arn_formats, resource.arn_formats);
            known.condition_keys.extend(resource.condition_keys);
        }
        for Object(key) in file.condition_keys {
            unite(
                reference.condition_keys.entry(key.name).or_default(),
                key.types,
            );
        }
        for Object(operation) in file.operations {
            let actions: Option<Vec<AuthorizedAction>> = operation
                .authorized_actions
                .map(|actions| actions.into_iter().map(|it| it.0.into()).collect());
            let known = reference.operations.entry(operation.name).or_default();
            for client in clients(operation.sdk) {
                unite(known.entry(client).or_default(), actions.clone());
            }
        }
        reference
    }
}

fn unite<T: Ord>(known: &mut Option<BTreeSet<T>>, more: Option<Vec<T>>) {
    if let Some(more) = more {
        known.get_or_insert_default().extend(more);
    }
}

fn levels(properties: &Properties) -> impl Iterator<Item = AccessLevel> {
    [
        (properties.is_list, AccessLevel::List),
        (properties.is_write, AccessLevel::Write),
        (
            properties.is_permission_management,
            AccessLevel::PermissionsManagement,
        ),
        (properties.is_tagging_only, AccessLevel::Tagging),
    ]
    .into_iter()
    .filter_map(|(stated, level)| stated.then_some(level))
}

/// Returns the clients by their Boto3 names, which pages use; a single `None` without clients.
fn clients(sdk: Vec<Object<Sdk>>) -> Vec<Option<String>> {
    let of_boto3 = |sdk: &Sdk| {
        sdk.package
            .as_ref()
            .is_none_or(|package| package.eq_ignore_ascii_case("boto3"))
    };
    let named: Vec<_> = sdk
        .into_iter()
        .map(|Object(sdk)| sdk)
        .filter(of_boto3)
        .map(|sdk| Some(sdk.name))
        .collect();
    if named.is_empty() { vec![None] } else { named }
}

impl From<Authorized> for AuthorizedAction {
    fn from(authorized: Authorized) -> Self {
        Self {
            action: format!("{}:{}", authorized.service, authorized.name),
            context: authorized.context,
        }
    }
}
