//! The kinds of entries.

use std::collections::{BTreeMap, BTreeSet};

use iam_policy::wire::Service;
use serde::Deserialize;

use super::validate::Known;
use crate::error::Result;
use crate::template::{self, ArnPiece};

/// What all entries have in common.
pub(super) trait Entry {
    /// The reason and the source.
    fn basis(&self) -> (&str, &str);

    /// The facts that it states, in order: no other entry of its kind may state one of them.
    fn facts(&self) -> Vec<String>;

    /// Checks that it matches something.
    fn check(&self, known: &Known<'_>) -> Result<()>;
}

/// Structs for entries: their own fields, then those that every entry has.
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
            /// Why, in a few words; messages show them.
            pub why: String,
            /// The page that states it.
            pub source: String,
            /// Whether no page was found that states it; the source is then the nearest one.
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

            fn check(&self, known: &Known<'_>) -> Result<()> {
                self.matches(known)
            }
        }
    )*};
}

/// Pairs of two lists, ordered as the lists are.
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
    /// An identifier that the rules of names would not give.
    Identifier {
        /// What kind of name it replaces.
        kind: Kind,
        /// The name in the reference.
        name: String,
        /// The identifier.
        identifier: String
    }
    facts(it) vec![format!("{} {}", it.kind.name(), it.name)];

    /// An action that the table of operations lists and that only some uses need.
    NeededOnlyWith {
        /// The action, with its prefix.
        action: String,
        /// The operations that need it only so; all that list it, if there are none.
        #[serde(default)]
        operations: Vec<String>,
        /// The use that needs it.
        r#use: Use,
        /// When that is, in words that follow the action's name.
        when: String
    }
    facts(it) match it.operations.as_slice() {
        [] => vec![it.action.clone()],
        operations => pairs([&it.action], operations),
    };

    /// Resource types that actions need together.
    NeededTogether {
        /// The actions, with their prefix.
        actions: Vec<String>,
        /// The types beside which they need the other one; they always need it, if there are none.
        #[serde(default)]
        beside: BTreeSet<String>,
        /// The type that they need as well.
        needs: String
    }
    facts(it) pairs(&it.actions, [&it.needs]);

    /// The name of an SDK client or endpoint that is mistaken for a prefix of actions.
    NotPrefix {
        /// The name.
        name: String
    }
    facts(it) vec![it.name.clone()];

    /// Actions that operations need and the table of operations lacks.
    OperationNeed {
        /// The operations.
        operations: Vec<String>,
        /// The actions that each of them needs, with their prefixes.
        actions: Vec<String>,
        /// The condition keys whose values are fixed when an operation asks for them.
        #[serde(default)]
        context: BTreeMap<String, BTreeSet<String>>
    }
    facts(it) pairs(&it.operations, &it.actions);

    /// A placeholder whose values may hold a delimiter.
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

    /// A resource type whose ARNs may lack the region that their template has.
    RegionlessArn {
        /// The resource type.
        resource_type: String
    }
    facts(it) vec![it.resource_type.clone()];

    /// Actions that do more harm than their access level tells.
    SensitiveActions {
        /// The actions, with their prefix.
        actions: Vec<String>
    }
    facts(it) it.actions.clone();

    /// An action that does the same as another one by another way: a policy that denies one and
    /// not the other denies nothing.
    Sibling {
        /// The action, with its prefix.
        action: String,
        /// The other action, with its prefix.
        sibling: String,
        /// Whether a policy that allows the action probably means the sibling too.
        #[serde(default)]
        in_allow: bool
    }
    facts(it) vec![format!("{} {}", it.action, it.sibling)];
}

/// A use of operations that needs further actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Calls with API keys.
    ApiKeys,
    /// Guardrails that have an Automated Reasoning policy.
    AutomatedReasoning,
    /// Calls with guardrails.
    Guardrails,
    /// Resources that are created with tags.
    Tagging,
    /// Knowledge bases that keep their data with a third party.
    ThirdPartyStores,
    /// Calls with system tools.
    Tools,
}

/// A sign that separates the parts of an ARN.
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
    /// What a message calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::ResourceType => "resource type",
            Self::ConditionKey => "condition key",
            Self::Operation => "operation",
            Self::Placeholder => "placeholder",
        }
    }

    /// Whether a service has a name of the kind.
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
