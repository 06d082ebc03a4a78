//! Elementary facts of a service, from its JSON: an oracle that shares no code with the comparison.
//!
//! A fact is a path of names that ends in a value: `actions/PlantTree/access_levels/Write`.

use std::collections::BTreeSet;

use serde_json::Value;

/// A set of elementary facts.
pub type Elements = BTreeSet<Vec<String>>;

/// Collects the facts below a path.
pub struct Collector<'a> {
    pub elements: &'a mut Elements,
    path: Vec<String>,
}

impl<'a> Collector<'a> {
    pub fn new(elements: &'a mut Elements) -> Self {
        Self {
            elements,
            path: Vec::new(),
        }
    }

    pub fn below(&mut self, parts: &[&str]) -> Collector<'_> {
        let mut path = self.path.clone();
        path.extend(parts.iter().map(|part| (*part).to_owned()));
        Collector {
            elements: self.elements,
            path,
        }
    }

    pub fn add(&mut self, parts: &[&str]) {
        let path = self.below(parts).path;
        self.elements.insert(path);
    }
}

/// Returns the facts of a service in normal form; an empty set for `null`.
pub fn of_service(service: &Value) -> Elements {
    let mut elements = Elements::new();
    let mut all = Collector::new(&mut elements);
    for field in ["page", "prefix", "service"] {
        if let Some(value) = service[field].as_str() {
            all.add(&[field, value]);
        }
    }
    for (name, action) in rows(&service["actions"]) {
        of_action(&mut all.below(&["actions", name]), action);
    }
    for (name, resource_type) in rows(&service["resource_types"]) {
        of_resource_type(&mut all.below(&["resource_types", name]), resource_type);
    }
    for (name, key) in rows(&service["condition_keys"]) {
        of_key(&mut all.below(&["condition_keys", name]), key);
    }
    for operation in list(&service["operations"]) {
        of_operation(&mut all, operation, "actions");
    }
    elements
}

pub fn of_action(to: &mut Collector<'_>, action: &Value) {
    to.add(&[]);
    for level in texts(&action["access_levels"]) {
        to.add(&["access_levels", level]);
    }
    if let Some(link) = action["api"].as_str() {
        to.add(&["api", link]);
    }
    if action["permission_only"] == true {
        to.add(&["permission_only"]);
    }
    let own = texts(&action["condition_keys"]);
    for resource in list(&action["resources"]) {
        let keys = own
            .iter()
            .copied()
            .chain(texts(&resource["condition_keys"]));
        of_pair(to, resource, keys);
    }
    if list(&action["resources"]).is_empty() {
        of_no_pair(to, own);
    }
    for dependent in texts(&action["dependent_actions"]) {
        to.add(&["dependent_actions", dependent]);
    }
    for scenario in list(&action["scenarios"]) {
        to.add(&["scenarios", &sorted(scenario).to_string()]);
    }
}

/// Adds an action on a resource type: whether it is required, and the keys in effect.
pub fn of_pair<'k>(
    to: &mut Collector<'_>,
    resource: &Value,
    keys: impl IntoIterator<Item = &'k str>,
) {
    let name = text(&resource["resource_type"]);
    to.add(&["on", name]);
    to.add(&["on", name, "required", &resource["required"].to_string()]);
    for key in keys {
        to.add(&["on", name, "in effect", key]);
    }
}

/// Adds the keys in effect for an action without resource types.
pub fn of_no_pair<'k>(to: &mut Collector<'_>, keys: impl IntoIterator<Item = &'k str>) {
    for key in keys {
        to.add(&["in effect", key]);
    }
}

pub fn of_resource_type(to: &mut Collector<'_>, resource_type: &Value) {
    to.add(&[]);
    to.add(&["arn", text(&resource_type["arn"])]);
    for key in texts(&resource_type["condition_keys"]) {
        to.add(&["condition_keys", key]);
    }
}

pub fn of_key(to: &mut Collector<'_>, key: &Value) {
    to.add(&[]);
    to.add(&["type", text(&key["type"])]);
}

/// Adds an operation, whose actions are in `field`; rows of the same SDK client are merged.
pub fn of_operation(to: &mut Collector<'_>, operation: &Value, field: &str) {
    let (name, sdk) = (text(&operation["operation"]), operation["sdk"].to_string());
    to.add(&["operations", name, &sdk]);
    for needed in list(&operation[field]) {
        to.add(&["operations", name, &sdk, &sorted(needed).to_string()]);
    }
}

/// Returns the same value with all lists sorted and without duplicates.
pub fn sorted(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let items: BTreeSet<String> = items.iter().map(|it| sorted(it).to_string()).collect();
            let items = items
                .iter()
                .map(|it| serde_json::from_str(it).expect("JSON"));
            Value::Array(items.collect())
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, it)| (name.clone(), sorted(it)));
            Value::Object(fields.collect())
        }
        other => other.clone(),
    }
}

pub fn rows(table: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let rows = table.as_object().into_iter().flatten();
    rows.map(|(name, row)| (name.as_str(), row))
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

pub fn texts(value: &Value) -> Vec<&str> {
    list(value).iter().map(text).collect()
}

pub fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("text, not {value}"))
}
