//! The entries of each overlay list.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::Service;
use serde::Deserialize;

use super::validate::Services;
use crate::error::Result;
use crate::template::{self, ArnPiece};

/// An entry of any list.
pub(super) trait Entry {
    /// Returns the reason and the source.
    fn basis(&self) -> (&str, &str);

    /// Returns the facts that it states, in order; other entries of the list must not repeat them.
    fn facts(&self) -> Vec<String>;

    /// Checks that it matches the facts of the services.
    fn check(&self, services: &Services<'_>) -> Result<()>;
}

/// Defines the structs for entries: their own fields, then those of all entries.
macro_rules! entries {
    ($(
        $(#[$doc:meta])*
        $name:ident { $($(#[$attribute:meta])* $field:ident: $type:ty),* }
        facts($it:ident) $facts:expr;
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$attribute])* pub $field: $type,)*
            /// The reason, in a few words; messages show it.
            pub why: String,
            /// The address of the page that states it.
            pub source: String,
            /// Whether no page states it; the source is then the most relevant one.
            #[serde(default)]
            pub unverified: bool,
        }

        impl Entry for $name {
            fn basis(&self) -> (&str, &str) {
                (&self.why, &self.source)
            }

            fn facts(&self) -> Vec<String> {
                let $it = self;
                $facts
            }

            fn check(&self, services: &Services<'_>) -> Result<()> {
                self.matches(services)
            }
        }
    )*};
}

/// Combines each name of one list with each of another, in the order of the lists.
fn pairs<'a>(
    one: impl IntoIterator<Item = &'a String>,
    other: impl IntoIterator<Item = &'a String> + Clone,
) -> Vec<String> {
    let one = one.into_iter();
    one.flat_map(|one| {
        other
            .clone()
            .into_iter()
            .map(move |other| format!("{one} {other}"))
    })
    .collect()
}

entries! {
    /// Actions that an action also requires. The classic layout states those of the same service; the
    /// current one mixes them with the optional actions of the operation.
    DependentActions {
        /// The action, with its prefix.
        action: String,
        /// The actions that it requires, with their prefix.
        dependent_actions: Vec<String>
    }
    facts(it) pairs([&it.action], &it.dependent_actions);

    /// Condition keys that are in the requests of actions although the page does not state them.
    UnstatedKeys {
        /// The actions, with their prefix.
        actions: Vec<String>,
        /// The keys, which the page lists.
        keys: Vec<String>
    }
    facts(it) pairs(&it.actions, &it.keys);

    /// The resources that actions are authorized on although the page does not state their type for
    /// them.
    UnstatedResource {
        /// The actions, with their prefix.
        actions: Vec<String>,
        /// The type of the resources.
        resource_type: String,
        /// The last field of the ARN, if it is always the same one.
        #[serde(default)]
        resource: Option<String>,
        /// Whether the actions are always authorized on such a resource.
        #[serde(default)]
        required: bool
    }
    facts(it) pairs(&it.actions, [&it.resource_type]);

    /// An identifier that overrides the rules of [`names`](crate::names).
    Identifier {
        /// The kind of the name.
        kind: Kind,
        /// The name in the reference.
        name: String,
        /// The identifier.
        identifier: String
    }
    facts(it) vec![format!("{} {}", it.kind.name(), it.name)];

    /// A condition key with a placeholder that the page does not mark as one.
    KeyTemplate {
        /// The key, as the page names it.
        key: String,
        /// The key with its placeholder.
        template: String
    }
    facts(it) vec![it.key.clone()];

    /// An action in the operations table that only a certain use of the operations needs.
    NeededOnlyWith {
        /// The action, with its prefix.
        action: String,
        /// The operations; if empty, all operations that list the action.
        #[serde(default)]
        operations: Vec<String>,
        /// The use that needs it, in lower-case words with hyphens.
        r#use: String,
        /// The condition, in words that follow the action's name.
        when: String
    }
    facts(it) match it.operations.as_slice() {
        [] => vec![it.action.clone()],
        operations => pairs([&it.action], operations),
    };

    /// A resource type that actions need in addition to others.
    NeededTogether {
        /// The actions, with their prefix.
        actions: Vec<String>,
        /// The operations for which they need it; if empty, for every use of the actions.
        #[serde(default)]
        operations: Vec<String>,
        /// The types in addition to which they need `needs`; if empty, they always need it.
        #[serde(default)]
        beside: BTreeSet<String>,
        /// The additional type.
        needs: String,
        /// Types that can take the place of `needs`.
        #[serde(default)]
        or: BTreeSet<String>
    }
    facts(it) pairs(&it.actions, [&it.needs]);

    /// A name that is easily mistaken for a condition key of the service.
    NotKey {
        /// The name, with its prefix.
        key: String,
        /// The key that is meant; without it, messages show the reason.
        #[serde(default)]
        instead: Option<String>
    }
    facts(it) vec![it.key.clone()];

    /// The name of an SDK client or endpoint that is easily mistaken for a service prefix.
    NotPrefix {
        /// The name.
        name: String
    }
    facts(it) vec![it.name.clone()];

    /// Actions that operations need and that are missing from the operations table.
    OperationNeed {
        /// The operations.
        operations: Vec<String>,
        /// The actions that each of them needs, with their prefixes.
        actions: Vec<String>,
        /// The condition keys that have fixed values when the operations require these actions.
        #[serde(default)]
        context: BTreeMap<String, BTreeSet<String>>
    }
    facts(it) pairs(&it.operations, &it.actions);

    /// Pages without a module whose actions have the prefix of this one's.
    OtherPages {
        /// The names of the pages.
        pages: Vec<String>
    }
    facts(it) it.pages.clone();

    /// A placeholder whose values may contain delimiters.
    Placeholder {
        /// The resource type.
        resource_type: String,
        /// The placeholder of its ARN template.
        placeholder: String,
        /// The delimiters.
        may_hold: BTreeSet<Delimiter>
    }
    facts(it) match it.may_hold.is_empty() {
        true => Vec::new(),
        false => vec![format!("{} {}", it.resource_type, it.placeholder)],
    };

    /// A resource type whose ARNs may omit the region of their template.
    RegionlessArn {
        /// The resource type.
        resource_type: String
    }
    facts(it) vec![it.resource_type.clone()];

    /// Actions that are more dangerous than their access level suggests.
    SensitiveActions {
        /// The actions, with their prefix.
        actions: Vec<String>
    }
    facts(it) it.actions.clone();

    /// An action with the same effect as another one: denying only one of them is ineffective.
    Sibling {
        /// The action, with its prefix.
        action: String,
        /// The other action, with its prefix.
        sibling: String
    }
    facts(it) vec![format!("{} {}", it.action, it.sibling)];
}

/// A character that separates the parts of an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Delimiter {
    /// `:`.
    #[serde(rename = ":")]
    Colon,
    /// `/`.
    #[serde(rename = "/")]
    Slash,
}

/// A kind of name that an identifier is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An action.
    Action,
    /// A resource type.
    ResourceType,
    /// A condition key.
    ConditionKey,
    /// An API operation.
    Operation,
    /// A placeholder of an ARN template.
    Placeholder,
}

impl Kind {
    /// Returns its name for messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::ResourceType => "resource type",
            Self::ConditionKey => "condition key",
            Self::Operation => "operation",
            Self::Placeholder => "placeholder",
        }
    }

    /// Returns whether a service has a name of this kind.
    pub(crate) fn is_in(self, service: &Service, name: &str) -> bool {
        match self {
            Self::Action => service.actions.contains_key(name),
            Self::ResourceType => service.resource_type_names().contains(name),
            Self::ConditionKey => service.condition_key_names().contains(name),
            Self::Operation => service.operations.iter().any(|it| it.operation == name),
            Self::Placeholder => {
                let wanted = ArnPiece::Placeholder(name.to_owned());
                let mut types = service.resource_types.values();
                types.any(|it| template::arn(&it.arn).is_ok_and(|pieces| pieces.contains(&wanted)))
            }
        }
    }
}
