//! The JSON of a service reference. It grows: what is not known here is passed over, and of what is
//! known, all but names and the list of actions may be missing.

mod object;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer};

use self::object::Object;
use super::model::{self, ServiceReference};
use crate::error::{Error, Result};
use crate::model::{AccessLevel, AuthorizedAction};

/// Reads a service reference.
///
/// # Errors
/// Text that is not JSON, lacks `Name` or `Actions`, or has another type somewhere; the place is
/// the path to it.
pub fn read(input: &str, text: &str) -> Result<ServiceReference> {
    let mut json = serde_json::Deserializer::from_str(text);
    let Object(file): Object<File> =
        serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let path = error.path().to_string();
            let fault = unfit(error.inner()).of(input);
            if path == "." {
                fault
            } else {
                fault.within(format!("`{path}`"))
            }
        })?;
    json.end().map_err(|error| unfit(&error).of(input))?;
    Ok(file.into())
}

fn unfit(error: &serde_json::Error) -> Error {
    Error::new(
        format!("what does not fit ({error})"),
        "a service reference, an object with `Name` and `Actions`",
    )
    .hint("the file of one service is at https://servicereference.us-east-1.amazonaws.com/v1/<prefix>/<prefix>.json")
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct File {
    name: String,
    actions: Vec<Object<Action>>,
    #[serde(default, deserialize_with = "or_default")]
    condition_keys: Vec<Object<ConditionKey>>,
    #[serde(default, deserialize_with = "or_default")]
    operations: Vec<Object<Operation>>,
    #[serde(default, deserialize_with = "or_default")]
    resources: Vec<Object<Resource>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Action {
    name: String,
    #[serde(default, deserialize_with = "or_default")]
    action_condition_keys: Vec<String>,
    annotations: Option<Object<Annotations>>,
    #[serde(default, deserialize_with = "or_default")]
    resources: Vec<Object<ActionResource>>,
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
struct ActionResource {
    name: String,
    condition_keys: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ConditionKey {
    name: String,
    types: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Operation {
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
struct Resource {
    name: String,
    #[serde(rename = "ARNFormats")]
    arn_formats: Option<Vec<String>>,
    #[serde(default, deserialize_with = "or_default")]
    condition_keys: Vec<String>,
}

/// A value that is `null` is as good as missing.
fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

impl From<File> for ServiceReference {
    /// What stands twice is taken together.
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
            let known: &mut model::ResourceType =
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

/// The clients by the names that pages use, which are those of Boto3; `None` if there are none.
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
