//! Derivation of a service reference from the JSON of a `service.json`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// The ways in which a service reference may distribute condition keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As in a snapshot: an action's own keys, and those of each of its resource types.
    Full,
    /// The same without the keys of the resource types themselves.
    Bare,
    /// One list for an action, for all resource types.
    Flat,
}

pub(crate) const FORMS: [Form; 3] = [Form::Full, Form::Bare, Form::Flat];

/// Returns the reference with the facts of a snapshot.
pub(crate) fn reference(service: &Value, form: Form) -> Value {
    let actions = object(&service["actions"]);
    let actions = actions.map(|(name, stated)| action(name, stated, service, form));
    let keys = object(&service["condition_keys"])
        .map(|(name, key)| json!({"Name": name, "Types": [key["type"]]}));
    let resources = object(&service["resource_types"]).map(|(name, stated)| {
        json!({
            "Name": name,
            "ARNFormats": [stated["arn"]],
            "ConditionKeys": strings(&stated["condition_keys"]),
        })
    });
    json!({
        "Name": service["prefix"],
        "Version": "v1.4",
        "Actions": actions.collect::<Vec<_>>(),
        "ConditionKeys": keys.collect::<Vec<_>>(),
        "Resources": resources.collect::<Vec<_>>(),
        "Operations": array(&service["operations"]).map(operation).collect::<Vec<_>>(),
    })
}

fn action(name: &str, stated: &Value, service: &Value, form: Form) -> Value {
    let levels = strings(&stated["access_levels"]);
    let own = |resource: &Value| {
        let name = resource["resource_type"].as_str().expect("a name");
        strings(&service["resource_types"][name]["condition_keys"])
    };
    let resources: Vec<&Value> = array(&stated["resources"]).collect();
    let mut keys = strings(&stated["condition_keys"]);
    let mut named = Vec::new();
    match form {
        Form::Full => named.extend(
            resources
                .iter()
                .map(|it| json!({"Name": it["resource_type"], "ConditionKeys": strings(&it["condition_keys"])})),
        ),
        Form::Bare => {
            if !resources.is_empty() {
                keys.retain(|key| resources.iter().any(|it| !own(it).contains(key)));
            }
            for resource in &resources {
                let rest = &strings(&resource["condition_keys"]) - &own(resource);
                named.push(json!({"Name": resource["resource_type"], "ConditionKeys": rest}));
            }
        }
        Form::Flat => {
            for resource in &resources {
                keys.extend(strings(&resource["condition_keys"]));
                named.push(json!({"Name": resource["resource_type"]}));
            }
        }
    }
    json!({
        "Name": name,
        "ActionConditionKeys": keys,
        "Annotations": {"Properties": {
            "IsList": levels.contains("List"),
            "IsPermissionManagement": levels.contains("Permissions management"),
            "IsTaggingOnly": levels.contains("Tagging"),
            "IsWrite": levels.contains("Write"),
        }},
        "Resources": named,
        "SupportedBy": {"IAM Action Last Accessed": false},
    })
}

fn operation(stated: &Value) -> Value {
    let needed = array(&stated["actions"]).map(|needed| {
        let (service, name) = needed["action"]
            .as_str()
            .and_then(|action| action.split_once(':'))
            .expect("an action with its prefix");
        let mut action = json!({"Name": name, "Service": service});
        if let Some(context) = needed.get("context") {
            action["Context"] = context.clone();
        }
        action
    });
    let mut operation = json!({
        "Name": stated["operation"],
        "AuthorizedActions": needed.collect::<Vec<_>>(),
    });
    if let Some(client) = stated.get("sdk") {
        operation["SDK"] = json!([{"Name": client, "Method": "call", "Package": "Boto3"}]);
    }
    operation
}

pub(crate) fn strings(list: &Value) -> BTreeSet<String> {
    array(list)
        .map(|it| it.as_str().expect("a string").to_owned())
        .collect()
}

fn array(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn object(map: &Value) -> impl Iterator<Item = (&String, &Value)> {
    map.as_object().into_iter().flat_map(Map::iter)
}
