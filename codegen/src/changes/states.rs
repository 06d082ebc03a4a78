//! Looking things up in two states of a service, and what is the same in both under another name: IAM
//! tells neither actions nor condition keys apart by case, and statements name resources by their
//! ARNs, not by their types.

use std::collections::BTreeSet;

use iam_policy::wire::{Action, AuthorizedAction, ResourceType, Service};

use super::change::{Differing, Scope, Table};
use crate::template;

/// Both states of a service; either may be missing.
#[derive(Clone, Copy)]
pub(super) struct States<'a> {
    pub(super) old: Option<&'a Service>,
    pub(super) new: Option<&'a Service>,
}

impl<'a> States<'a> {
    /// The same states, the new one as the old one.
    pub(super) fn reversed(self) -> Self {
        let Self { old, new } = self;
        Self { old: new, new: old }
    }

    /// What the names of actions begin with now.
    pub(super) fn prefix(&self) -> &'a str {
        self.new.or(self.old).map_or("", |it| it.prefix.as_str())
    }

    /// An action with its prefix.
    pub(super) fn full(&self, action: &str) -> String {
        format!("{}:{action}", self.prefix())
    }

    /// A row as sentences name it: actions with their prefix.
    pub(super) fn shown(&self, table: Table, name: &str) -> String {
        match table {
            Table::Actions => self.full(name),
            _ => name.to_owned(),
        }
    }

    /// What the new state calls a row of the old one: an action or a condition key of another
    /// spelling, or a resource type of the same ARNs.
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

    /// The actions of the new state that `uses` holds for, with their prefix.
    pub(super) fn users(&self, uses: impl Fn(&Action) -> bool) -> Vec<String> {
        let actions = self.new.into_iter().flat_map(|it| &it.actions);
        let users = actions.filter(|(_, action)| uses(action));
        users.map(|(name, _)| self.full(name)).collect()
    }
}

/// The keys in effect for an action on any of its resource types.
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

/// The key that is in effect for an action under another spelling, on each of these resource types;
/// wherever the action takes it if there are none.
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

/// Whether two spellings are one key: case and the names of placeholders tell nothing.
pub(super) fn same_key(one: &str, other: &str) -> bool {
    let plain = |key: &str| {
        let mut plain = String::new();
        let mut rest = key;
        while let Some((before, placeholder)) = rest.split_once("${")
            && let Some((_, after)) = placeholder.split_once('}')
        {
            plain.push_str(before);
            plain.push_str("${}");
            rest = after;
        }
        (plain + rest).to_ascii_lowercase()
    };
    plain(one) == plain(other)
}

/// The scopes of an action in the old state whose ARNs it does not take in the new one by any name.
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

/// Whether a state has an operation in another SDK client too.
pub(super) fn is_elsewhere(service: Option<&Service>, operation: &str, sdk: Option<&str>) -> bool {
    let mut rows = service.into_iter().flat_map(|it| &it.operations);
    rows.any(|row| row.operation == operation && row.sdk.as_deref() != sdk)
}

/// Actions whose part in an operation changed, by name: not needed before, not needed any more, and
/// needed in another context. An action may be needed in several contexts, of which only one came or
/// was removed.
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
    fn keys_are_the_same_whatever_their_placeholders_are_called() {
        let tag = "aws:RequestTag/${TagKey}";
        assert!(same_key(tag, "aws:requesttag/${Tag}"));
        assert!(!same_key(tag, "aws:ResourceTag/${TagKey}"));
        assert!(!same_key("plum:a${b", "plum:a${c"));
    }
}
