//! Comparison of the modules' facts with the committed snapshots, row by row.
#![cfg(feature = "json")]

use std::fs;
use std::path::Path;

use bedrock_iam::{ActionFacts, Service, catalog};
use serde_json::{Value, json};

/// A row's name and text, with indices resolved.
type Row = (&'static str, String);

fn keys(service: &Service, rows: &[u16]) -> Vec<&'static str> {
    let name = |row: &u16| service.condition_keys[usize::from(*row)].name;
    let mut names: Vec<_> = rows.iter().map(name).collect();
    names.sort_unstable();
    names
}

fn action(service: &Service, row: &ActionFacts) -> Row {
    let mut pairs: Vec<_> = row
        .resources
        .iter()
        .map(|pair| {
            let name = service.resource_types[usize::from(pair.resource_type)].name;
            let in_effect = [row.condition_keys, pair.condition_keys].concat();
            (name, pair.required, keys(service, &in_effect))
        })
        .collect();
    pairs.sort_unstable();
    let own = keys(service, row.condition_keys);
    let stated = (row.permission_only, row.dependent_actions);
    let said = format!(
        "{} {stated:?} {pairs:?} {own:?} {:?}",
        row.access_levels, row.api_reference
    );
    (row.name, said)
}

/// Returns the service's overlay from the snapshots; an empty value if it has none.
fn overlay(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("overlay.json"));
    text.map_or_else(
        |_| Value::default(),
        |text| serde_json::from_str(&text).expect("an overlay"),
    )
}

/// Applies the entries of an overlay that change the facts of the page.
fn apply(overlay: &Value, service: &mut Value) {
    let list = |kind: &str| overlay[kind].as_array().cloned().unwrap_or_default();
    for entry in list("unstated_keys") {
        for action in entry["actions"].as_array().expect("actions") {
            let name = action.as_str().and_then(|it| it.split(':').nth(1));
            let action = &mut service["actions"][name.expect("a name")];
            let stated = action["condition_keys"].as_array().cloned();
            let mut keys = stated.unwrap_or_default();
            keys.extend(entry["keys"].as_array().expect("keys").iter().cloned());
            action["condition_keys"] = keys.into();
        }
    }
    for entry in list("unstated_resources") {
        for action in entry["actions"].as_array().expect("actions") {
            let name = action.as_str().and_then(|it| it.split(':').nth(1));
            let resources = &mut service["actions"][name.expect("a name")]["resources"];
            if resources.is_null() {
                *resources = json!([]);
            }
            let resources = resources.as_array_mut().expect("a list");
            let required = entry["required"].as_bool().unwrap_or_default();
            let added = json!({"resource_type": entry["resource_type"], "required": required});
            resources.push(added);
            resources.sort_by_key(|it| it["resource_type"].to_string());
        }
    }
    for entry in list("key_templates") {
        let text = service
            .to_string()
            .replace(&entry["key"].to_string(), &entry["template"].to_string());
        *service = serde_json::from_str(&text).expect("the service");
    }
}

/// Returns all rows in order, without removed ones.
fn rows(service: &Service) -> Vec<Row> {
    let actions = service.actions.iter().filter(|it| it.removed.is_none());
    let types = service.resource_types.iter();
    let types = types.filter(|it| it.removed.is_none()).map(|it| {
        let keys = keys(service, it.condition_keys);
        (it.name, format!("{:?} {keys:?}", it.arn_format))
    });
    let condition_keys = service.condition_keys.iter();
    let condition_keys = condition_keys
        .filter(|it| it.removed.is_none())
        .map(|it| (it.name, format!("{:?}", it.value_type)));
    let operations = service.operations.iter();
    let operations = operations.filter(|it| it.removed.is_none()).map(|it| {
        let mut needed: Vec<_> = it.required_actions.iter().collect();
        needed.sort_by_key(|it| (it.sdk_client, it.action, format!("{:?}", it.context)));
        (it.name, format!("{:?} {needed:?}", it.sdk_clients))
    });
    actions
        .map(|row| action(service, row))
        .chain(types)
        .chain(condition_keys)
        .chain(operations)
        .collect()
}

#[test]
fn snapshots_parsed_at_run_time_equal_their_modules() {
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("../snapshots");
    for generated in catalog().services() {
        let module = generated.module.expect("a module").name;
        let folder = snapshots.join(module);
        let text = fs::read_to_string(folder.join("service.json"));
        let text = text.unwrap_or_else(|error| panic!("{module}: {error}"));
        let mut service = serde_json::from_str(&text).expect("a snapshot");
        apply(&overlay(&folder), &mut service);
        let read = Service::from_json(&service.to_string())
            .unwrap_or_else(|error| panic!("{module}: {error}"));
        assert_eq!((read.page, read.prefix), (generated.page, generated.prefix));
        let (read, generated) = (rows(read), rows(generated));
        assert_eq!(read.len(), generated.len(), "{module}");
        for (read, generated) in read.iter().zip(&generated) {
            assert_eq!(read, generated, "{module}");
        }
    }
}
