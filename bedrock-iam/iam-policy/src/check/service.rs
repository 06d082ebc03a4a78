//! The enabled service modules in one shape: their enums replaced by numbers.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::removed::Gone;
use crate::{ActionPattern, ArnPattern, Catalogue, RequiredAction, Snapshot, ValueType};

/// A set of numbers below 128: of resource types or of keys.
pub(super) type Bits = u128;

/// A service module.
pub(super) struct Service {
    pub(super) prefix: &'static str,
    pub(super) snapshot: Snapshot,
    pub(super) actions: Vec<Action>,
    pub(super) types: Vec<&'static str>,
    pub(super) heads: Vec<Option<&'static str>>,
    pub(super) keys: Vec<(&'static str, Option<ValueType>)>,
    pub(super) types_of: fn(&ArnPattern) -> Bits,
    pub(super) find_key: fn(&str) -> Option<usize>,
    pub(super) near_key: fn(&str) -> Option<&'static str>,
    pub(super) near_action: fn(&str) -> Option<&'static str>,
    pub(super) operation: fn(&str) -> Option<Operation>,
    /// Its actions that have left the reference.
    pub(super) gone_actions: Vec<Gone>,
    pub(super) gone_key: fn(&str) -> Option<Gone>,
    pub(super) gone_type: fn(&ArnPattern) -> Option<Gone>,
    /// The words of its actions' names, in lower case.
    pub(super) words: HashSet<String>,
}

/// An API operation by name, with what it needs.
type Operation = (&'static str, &'static [RequiredAction]);

/// An action of a service module.
pub(super) struct Action {
    pub(super) name: &'static str,
    /// Resource types with the keys in effect for them beside the action's own.
    pub(super) resources: Vec<(usize, Bits)>,
    pub(super) types: Bits,
    pub(super) keys: Bits,
    pub(super) dependent: &'static [&'static str],
}

#[allow(
    unused_macros,
    reason = "without a service module there is nothing to make"
)]
macro_rules! service {
    ($prefix:literal, $module:ident) => {{
        use crate::$module::{
            Action as A, AnyArn, ConditionKey, Operation as O, ResourceType, SNAPSHOT,
        };
        fn bit<T: Ord>(all: &[T], one: &T) -> Bits {
            all.binary_search(one)
                .map_or(0, |index| 1_u128.checked_shl(index as u32).unwrap_or(0))
        }
        macro_rules! gone {
            ($name:expr) => {{
                let name = $name;
                let removed = name.removed();
                removed.map(|removed| Gone {
                    name: name.as_str(),
                    date: removed.date,
                    replaced_by: removed.replaced_by.map(|other| other.as_str()),
                })
            }};
        }
        fn key(key: &ConditionKey) -> Bits {
            bit(ConditionKey::ALL, key)
        }
        let mut actions = Vec::with_capacity(A::ALL.len());
        for action in A::ALL {
            let mut resources = Vec::new();
            let mut types = 0;
            for resource in action.resources() {
                let Ok(index) = ResourceType::ALL.binary_search(&resource.resource_type) else {
                    continue;
                };
                types |= bit(ResourceType::ALL, &resource.resource_type);
                let keys = resource.condition_keys.iter().map(key);
                resources.push((index, keys.fold(0, |all, one| all | one)));
            }
            actions.push(Action {
                name: action.as_str(),
                resources,
                types,
                keys: action
                    .condition_keys()
                    .iter()
                    .map(key)
                    .fold(0, |all, one| all | one),
                dependent: action.dependent_actions(),
            });
        }
        let words = actions
            .iter()
            .flat_map(|action| words(action.name))
            .collect();
        Service {
            prefix: $prefix,
            snapshot: SNAPSHOT,
            actions,
            types: ResourceType::ALL.iter().map(|of| of.as_str()).collect(),
            heads: ResourceType::ALL.iter().map(|of| of.arn_format()).collect(),
            keys: ConditionKey::ALL
                .iter()
                .map(|key| (key.as_str(), key.value_type()))
                .collect(),
            types_of: |pattern| {
                AnyArn::types_of(pattern).fold(0, |all, of| all | bit(ResourceType::ALL, &of))
            },
            find_key: |name| {
                let key = name.parse::<ConditionKey>().ok()?;
                ConditionKey::ALL.binary_search(&key).ok()
            },
            near_key: |name| name.parse::<ConditionKey>().err()?.suggestion(),
            near_action: |name| name.parse::<A>().err()?.suggestion(),
            operation: |name| {
                let found = name.parse::<O>().ok()?;
                Some((found.as_str(), found.required_actions()))
            },
            gone_actions: A::REMOVED
                .iter()
                .filter_map(|action| gone!(action))
                .collect(),
            gone_key: |name| gone!(name.parse::<ConditionKey>().ok()?),
            gone_type: |pattern| gone!(AnyArn::removed_types_of(pattern).next()?),
            words,
        }
    }};
}

/// The enabled modules.
static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
    vec![
        #[cfg(feature = "bedrock")]
        service!("bedrock", bedrock),
        #[cfg(feature = "bedrock-agentcore")]
        service!("bedrock-agentcore", bedrock_agentcore),
        #[cfg(feature = "bedrock-mantle")]
        service!("bedrock-mantle", bedrock_mantle),
        #[cfg(feature = "bedrock-websearch")]
        service!("bedrock-websearch", bedrock_websearch),
    ]
});

/// Where each action of the catalogue of enabled modules stands: its service and its number.
static PLACES: LazyLock<Vec<(usize, usize)>> = LazyLock::new(|| {
    let place = |name: &str| {
        services().iter().enumerate().find_map(|(service, of)| {
            let action = of.actions.iter().position(|action| action.name == name)?;
            Some((service, action))
        })
    };
    Catalogue::enabled().iter().filter_map(place).collect()
});

pub(super) fn services() -> &'static [Service] {
    &SERVICES
}

/// The actions of enabled modules that a pattern matches.
pub(super) fn matched(pattern: &ActionPattern) -> impl Iterator<Item = Known> + '_ {
    let places = pattern.positions(Catalogue::enabled());
    places.filter_map(|at| {
        let (service, action) = *PLACES.get(at)?;
        Some(Known { service, action })
    })
}

/// An action of an enabled module, by the module's number and its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Known {
    pub(super) service: usize,
    pub(super) action: usize,
}

impl Known {
    pub(super) fn of(self) -> &'static Service {
        &services()[self.service]
    }

    pub(super) fn facts(self) -> &'static Action {
        &self.of().actions[self.action]
    }
}

/// The module that an action's prefix belongs to.
pub(super) fn by_prefix(text: &str) -> Option<&'static Service> {
    let (prefix, _) = text.split_once(':')?;
    services()
        .iter()
        .find(|of| of.prefix.eq_ignore_ascii_case(prefix))
}

/// The words of an action's name, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let name = name.split_once(':').map_or(name, |(_, name)| name);
    let mut words: Vec<String> = Vec::new();
    let mut before = '-';
    for char in name.chars() {
        if words.is_empty() || char.is_ascii_uppercase() && !before.is_ascii_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(char.to_ascii_lowercase());
        }
        before = char;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fit_their_sets() {
        for service in services() {
            assert!(
                service.types.len() <= 128 && service.keys.len() <= 128,
                "{}",
                service.prefix
            );
        }
        assert_eq!(PLACES.len(), Catalogue::enabled().len());
    }
}
