//! Services with their removed names restored.

use std::collections::BTreeSet;

use iam_policy::wire::{Action, ActionResource, Service};

use super::Removed;

impl Removed {
    /// Returns the service with all removed names in its tables, with their last known facts.
    ///
    /// Current entries are unchanged: their facts do not mention removed names.
    pub fn listed(&self, service: &Service) -> Service {
        let mut listed = service.clone();
        let known = KnownNames::of(self, service);
        for (name, entry) in &self.resource_types {
            if let Some(row) = &entry.last.row {
                let there = listed.resource_types.entry(name.clone());
                let row = there.or_insert_with(|| row.clone());
                known.keep_keys(&mut row.condition_keys);
            }
        }
        for (name, entry) in &self.condition_keys {
            if let Some(row) = &entry.last.row {
                let there = listed.condition_keys.entry(name.clone());
                there.or_insert_with(|| row.clone());
            }
        }
        for (name, entry) in &self.actions {
            if !listed.actions.contains_key(name) {
                let last = known.of_action(entry.last.clone());
                listed.actions.insert(name.clone(), last);
            }
        }
        for (name, entry) in &self.operations {
            let rows = &service.operations;
            if !rows.iter().any(|row| row.operation == *name) {
                listed.operations.extend(entry.last.iter().cloned());
            }
        }
        listed
            .operations
            .sort_by(|a, b| (&a.operation, &a.sdk).cmp(&(&b.operation, &b.sdk)));
        listed
    }

    /// Returns the service as if nothing had been removed: like [`listed`](Self::listed), and current
    /// actions also have their removed resource types and condition keys.
    pub fn restored(&self, service: &Service) -> Service {
        let mut restored = self.listed(service);
        let known = KnownNames::of(self, service);
        for (name, entry) in &self.resource_types {
            for (action, keys) in &entry.last.actions {
                if let Some(action) = restored.actions.get_mut(action) {
                    pair(action, name, known.kept_keys(keys));
                }
            }
        }
        for (name, entry) in &self.condition_keys {
            for action in &entry.last.actions {
                if let Some(action) = restored.actions.get_mut(action) {
                    insert(&mut action.condition_keys, name);
                }
            }
            for (action, resource_types) in &entry.last.pairs {
                let resources = restored
                    .actions
                    .get_mut(action)
                    .into_iter()
                    .flat_map(|action| &mut action.resources);
                for resource in
                    resources.filter(|resource| resource_types.contains(&resource.resource_type))
                {
                    insert(&mut resource.condition_keys, name);
                }
            }
        }
        restored
    }
}

/// Adds a resource type to an action, unless the action already has it.
fn pair(action: &mut Action, resource_type: &str, condition_keys: Vec<String>) {
    let resources = &mut action.resources;
    if resources.iter().all(|it| it.resource_type != resource_type) {
        let place = resources.partition_point(|it| it.resource_type.as_str() < resource_type);
        let resource = ActionResource {
            resource_type: resource_type.to_owned(),
            required: false,
            condition_keys,
        };
        resources.insert(place, resource);
    }
}

/// Adds a name to a sorted list, unless the list already contains it.
fn insert(names: &mut Vec<String>, name: &str) {
    if names.iter().all(|it| it != name) {
        let place = names.partition_point(|it| it.as_str() < name);
        names.insert(place, name.to_owned());
    }
}

/// The current and the removed names. The last facts of a removed name may mention others, which
/// have expired or could not be kept.
struct KnownNames<'a> {
    resource_types: BTreeSet<&'a str>,
    condition_keys: BTreeSet<&'a str>,
}

impl<'a> KnownNames<'a> {
    fn of(removed: &'a Removed, service: &'a Service) -> Self {
        let mut resource_types = service.resource_type_names();
        resource_types.extend(removed.resource_types.keys().map(String::as_str));
        let mut condition_keys = service.condition_key_names();
        condition_keys.extend(removed.condition_keys.keys().map(String::as_str));
        Self {
            resource_types,
            condition_keys,
        }
    }

    fn keep_keys(&self, keys: &mut Vec<String>) {
        keys.retain(|key| self.condition_keys.contains(key.as_str()));
    }

    fn kept_keys(&self, keys: &[String]) -> Vec<String> {
        let mut keys = keys.to_vec();
        self.keep_keys(&mut keys);
        keys
    }

    fn of_action(&self, mut action: Action) -> Action {
        let is_known = |name: &str| self.resource_types.contains(name);
        action
            .resources
            .retain(|resource| is_known(&resource.resource_type));
        self.keep_keys(&mut action.condition_keys);
        for resource in &mut action.resources {
            self.keep_keys(&mut resource.condition_keys);
        }
        for scenario in &mut action.scenarios {
            scenario
                .resource_types
                .retain(|required| is_known(&required.resource_type));
            self.keep_keys(&mut scenario.condition_keys);
        }
        action
    }
}
