//! Lookups in two states of a service, and names that differ but mean the same: IAM ignores the case of
//! actions and condition keys, and statements name resources by ARN, not by resource type.

use std::collections::BTreeSet;

use iam_policy::wire::{Action, AuthorizedAction, Operation, ResourceType, Service};

use super::change::{Differing, Scope, Table};
use crate::template;

/// Both states of a service; either may be missing.
#[derive(Clone, Copy)]
pub(super) struct States<'a> {
    pub(super) old: Option<&'a Service>,
    pub(super) new: Option<&'a Service>,
}

impl<'a> States<'a> {
    /// Swaps the two states.
    pub(super) fn reversed(self) -> Self {
        let Self { old, new } = self;
        Self { old: new, new: old }
    }

    /// Returns the current prefix of actions.
    pub(super) fn prefix(&self) -> &'a str {
        self.new.or(self.old).map_or("", |it| it.prefix.as_str())
    }

    /// Returns an action with its prefix.
    pub(super) fn full(&self, action: &str) -> String {
        format!("{}:{action}", self.prefix())
    }

    /// Returns whether a state also states in its table of operations that an action needs another, or
    /// both are of the same service: of an action itself, the current layout states only needs of other
    /// services, and only of the operation with its name.
    pub(super) fn is_form(&self, action: &str, needed: &str, state: Option<&Service>) -> bool {
        let action = self.full(action);
        let needs = |it: &Operation| {
            let has = |name: &str| it.actions.iter().any(|it| it.action == name);
            has(&action) && has(needed)
        };
        let prefix = needed.split_once(':').map(|(prefix, _)| prefix);
        let mut operations = state.into_iter().flat_map(|it| &it.operations);
        prefix == Some(self.prefix()) || operations.any(needs)
    }

    /// Returns the name of a row in sentences: actions with their prefix.
    pub(super) fn shown(&self, table: Table, name: &str) -> String {
        match table {
            Table::Actions => self.full(name),
            _ => name.to_owned(),
        }
    }

    /// Returns the other name that a row of the old state has in the new state: another spelling of
    /// an action or condition key, or another resource type with the same ARNs.
    pub(super) fn same_row(self, table: Table, name: &str) -> Option<&'a str> {
        let new = self.new?;
        let found = match table {
            Table::Actions => {
                let mut names = new.actions.keys();
                names.find(|it| *it != name && it.eq_ignore_ascii_case(name))
            }
            Table::ConditionKeys => {
                let mut names = new.condition_keys.keys();
                names.find(|it| *it != name && same_key(it, name))
            }
            Table::ResourceTypes => {
                let arn = &type_of(self.old, name)?.arn;
                let mut types = new.resource_types.iter();
                let same = |(other, it): &(&String, &ResourceType)| {
                    *other != name && template::same_arns(arn, &it.arn)
                };
                types.find(same).map(|(other, _)| other)
            }
            Table::Operations => None,
        };
        found.map(String::as_str)
    }

    /// Returns the actions of the new state that satisfy `uses`, with their prefix.
    pub(super) fn users(&self, uses: impl Fn(&Action) -> bool) -> Vec<String> {
        let actions = self.new.into_iter().flat_map(|it| &it.actions);
        let users = actions.filter(|(_, action)| uses(action));
        users.map(|(name, _)| self.full(name)).collect()
    }
}

/// Returns the condition keys in effect for an action on any of its resource types.
pub(super) fn keys_of(action: &Action) -> impl Iterator<Item = &str> {
    let of_resources = action.resources.iter().flat_map(|it| &it.condition_keys);
    let keys = action.condition_keys.iter().chain(of_resources);
    keys.map(String::as_str)
}

pub(super) fn action_of<'a>(service: Option<&'a Service>, name: &str) -> Option<&'a Action> {
    service?.actions.get(name)
}

pub(super) fn type_of<'a>(service: Option<&'a Service>, name: &str) -> Option<&'a ResourceType> {
    service?.resource_types.get(name)
}

/// Returns another spelling of a key that is in effect for an action on each of these resource types,
/// or on any resource type if `on` is empty.
pub(super) fn key_in_effect<'a>(action: &'a Action, name: &str, on: &[String]) -> Option<&'a str> {
    let of = |resource_type: Option<&String>| {
        let resources = action.resources.iter();
        let on = resources.filter(move |it| resource_type.is_none_or(|on| it.resource_type == *on));
        let on = on.flat_map(|it| &it.condition_keys);
        let mut keys = action.condition_keys.iter().chain(on);
        keys.find(|it| *it != name && same_key(it, name))
    };
    let everywhere = on.iter().all(|it| of(Some(it)).is_some());
    of(on.first()).filter(|_| everywhere).map(String::as_str)
}

/// Whether two spellings are the same key. Case and the names of placeholders are ignored.
pub(super) fn same_key(one: &str, other: &str) -> bool {
    let plain = |key: &str| {
        let mut plain = String::new();
        let mut rest = key;
        while let Some((before, placeholder)) = rest.split_once('{')
            && let Some((_, after)) = placeholder.split_once('}')
        {
            plain.push_str(before.strip_suffix('$').unwrap_or(before));
            plain.push_str("${}");
            rest = after;
        }
        (plain + rest).to_ascii_lowercase()
    };
    plain(one) == plain(other)
}

/// Returns the resource types of the old state whose ARNs the action does not support in the new one
/// under any name.
pub(super) fn only_old<'a>(action: &str, scopes: &'a [Scope], states: States<'_>) -> Vec<&'a str> {
    let taken = action_of(states.new, action);
    let types = taken.into_iter().flat_map(|it| &it.resources);
    let types = types.filter_map(|it| type_of(states.new, &it.resource_type));
    let arns: Vec<_> = types.map(|it| it.arn.as_str()).collect();
    let names = scopes.iter().map(|scope| scope.resource_type.as_str());
    let is_taken = |name: &&str| {
        let arn = type_of(states.old, name).map(|it| it.arn.as_str());
        arn.is_some_and(|arn| arns.iter().any(|other| template::same_arns(arn, other)))
    };
    names.filter(|name| !is_taken(name)).collect()
}

/// Whether a state also has an operation in another SDK client.
pub(super) fn is_elsewhere(service: Option<&Service>, operation: &str, sdk: Option<&str>) -> bool {
    let mut rows = service.into_iter().flat_map(|it| &it.operations);
    rows.any(|row| row.operation == operation && row.sdk.as_deref() != sdk)
}

/// Returns the actions of an operation that are newly required, no longer required, and required in
/// other contexts than before. An action may be required in several contexts, of which one changed.
pub(super) fn needs(
    (operation, sdk): (&str, Option<&str>),
    changed: &Differing<AuthorizedAction>,
    states: States<'_>,
) -> [Vec<String>; 3] {
    let [old, new] = [states.old, states.new].map(|service| -> BTreeSet<String> {
        let rows = service.into_iter().flat_map(|it| &it.operations);
        let rows = rows.filter(|it| it.operation == operation && it.sdk.as_deref() == sdk);
        let actions = rows.flat_map(|it| &it.actions);
        actions.map(|it| it.action.clone()).collect()
    });
    let changed = changed.gained.iter().chain(&changed.lost);
    let changed: BTreeSet<_> = changed.map(|it| it.action.clone()).collect();
    [&changed - &old, &changed - &new, &(&changed & &old) & &new].map(Vec::from_iter)
}

#[cfg(test)]
mod tests {
    use super::same_key;

    #[test]
    fn names_of_placeholders_are_ignored() {
        let tag = "aws:RequestTag/${TagKey}";
        assert!(same_key(tag, "aws:requesttag/${Tag}"));
        assert!(!same_key(tag, "aws:ResourceTag/${TagKey}"));
        assert!(!same_key("plum:a${b", "plum:a${c"));
    }
}
