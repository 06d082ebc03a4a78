//! Conversion of the facts of one page to the normal form, which is independent of the layout.

use std::collections::{BTreeMap, BTreeSet};

use super::{Action, ActionFacts, ActionResource, Facts, ResourceType, Service};

/// Converts a page's facts to normal form.
#[must_use]
pub fn normal_form(facts: &Facts) -> Service {
    let actions = facts
        .actions
        .iter()
        .map(|(name, action)| (name.clone(), normal(name, action, facts)))
        .collect();
    let resource_types = facts.resource_types.iter().map(|(name, resource_type)| {
        let condition_keys = sorted(&resource_type.condition_keys);
        (
            name.clone(),
            ResourceType {
                arn: resource_type.arn.clone(),
                condition_keys,
            },
        )
    });
    let mut operations = facts.operations.clone();
    operations.sort_by(|a, b| (&a.operation, &a.sdk).cmp(&(&b.operation, &b.sdk)));
    Service {
        page: facts.page.clone(),
        prefix: facts.prefix.clone(),
        service: facts.service.clone(),
        actions,
        resource_types: resource_types.collect(),
        condition_keys: facts.condition_keys.clone(),
        operations,
    }
}

fn normal(name: &str, action: &ActionFacts, facts: &Facts) -> Action {
    let mut required: BTreeMap<&str, bool> = BTreeMap::new();
    for used in &action.uses {
        if let Some(resource_type) = &used.resource_type {
            *required.entry(resource_type).or_default() |= used.required == Some(true);
        }
    }
    let in_effect: Vec<_> = required
        .keys()
        .map(|resource_type| keys_in_effect(action, resource_type, facts))
        .collect();
    let everywhere = match in_effect.split_first() {
        Some((first, rest)) => rest.iter().fold(first.clone(), |common, keys| {
            common.intersection(keys).copied().collect()
        }),
        None => action
            .uses
            .iter()
            .flat_map(|used| &used.condition_keys)
            .map(String::as_str)
            .collect(),
    };
    let resources = required
        .iter()
        .zip(&in_effect)
        .map(|((resource_type, required), keys)| ActionResource {
            resource_type: (*resource_type).to_owned(),
            required: *required,
            condition_keys: keys
                .difference(&everywhere)
                .map(|key| (*key).to_owned())
                .collect(),
        });
    Action {
        access_levels: action.access_levels.clone(),
        api: action
            .api
            .clone()
            .filter(|link| link.starts_with("https://")),
        permission_only: action.permission_only,
        resources: resources.collect(),
        condition_keys: everywhere.iter().map(|key| (*key).to_owned()).collect(),
        dependent_actions: dependent_actions(name, action, facts),
        scenarios: action.scenarios.clone(),
    }
}

/// Returns the condition keys in effect for an action on a resource type: those of its rows, of
/// rows without a resource type, and of the resource type itself.
fn keys_in_effect<'a>(
    action: &'a ActionFacts,
    resource_type: &str,
    facts: &'a Facts,
) -> BTreeSet<&'a str> {
    let rows = action.uses.iter().filter(|used| {
        used.resource_type
            .as_deref()
            .is_none_or(|it| it == resource_type)
    });
    let own = facts
        .resource_types
        .get(resource_type)
        .map(|it| it.condition_keys.as_slice())
        .unwrap_or_default();
    rows.flat_map(|used| &used.condition_keys)
        .chain(own)
        .map(String::as_str)
        .collect()
}

/// Returns the dependent actions of the rows (classic layout) and the actions of other services
/// that the operation of the same name needs (current layout).
fn dependent_actions(name: &str, action: &ActionFacts, facts: &Facts) -> Vec<String> {
    let prefix = facts.prefix.as_str();
    let stated = action.uses.iter().flat_map(|used| &used.dependent_actions);
    let operations = facts
        .operations
        .iter()
        .filter(|operation| operation.operation == name);
    let needed = operations
        .flat_map(|operation| &operation.actions)
        .map(|needed| &needed.action);
    let foreign = needed.filter(|needed| needed.split(':').next() != Some(prefix));
    sorted(stated.chain(foreign))
}

fn sorted<'a>(names: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    names
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .cloned()
        .collect()
}
