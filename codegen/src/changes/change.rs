//! A change of facts, complete enough to be undone.

use serde::{Serialize, Serializer};
use serde_json::Value;

use iam_policy::wire::{
    AccessLevel, Action, AuthorizedAction, ConditionKey, ResourceType, Scenario, Service,
};

/// Declares an enumeration whose variants have a display name, which is also their documentation.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $(#[doc = concat!("“", $text, "”")] $(#[$doc])* $variant,)+ }

        impl $name {
            /// All variants, in the order of a report.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the name to use in a sentence.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    };
}
pub(super) use named;

named! {
    /// A table of the reference, named after one row.
    Table {
        Actions = "action",
        ResourceTypes = "resource type",
        ConditionKeys = "condition key",
        Operations = "operation",
    }
}

/// A row of a table; in JSON, a field named after the table: `"action": "GetAgent"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The table.
    pub table: Table,
    /// The name of the row; of an action, without the prefix.
    pub name: String,
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.table.as_str().replace(' ', "_"), &self.name)])
    }
}

/// A change of facts between two states of a service.
///
/// The list that [`between`](super::between) returns is complete: applied to the old state, it
/// gives the new one. Each fact is in one change only: an added or removed pair of an action and a
/// resource type includes its condition keys, which are not listed separately.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The changed row; `None` for the service or a table as a whole.
    #[serde(flatten)]
    pub row: Option<Row>,
    /// The kind of change; in JSON, `kind` names the variant.
    #[serde(flatten)]
    pub kind: Kind,
}

impl Change {
    pub(super) fn table(&self) -> Option<Table> {
        self.row.as_ref().map(|row| row.table)
    }

    /// The name of the row; empty for the service or a table as a whole.
    pub(super) fn name(&self) -> &str {
        self.row.as_ref().map_or("", |row| &row.name)
    }
}

/// A kind of change, with the facts that it concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// An identifier of the crate has another meaning: programs compile, and write another name.
    IdentifierMoved {
        /// The identifier, with its module or enum.
        identifier: String,
        /// The names that it stands for.
        #[serde(flatten)]
        meaning: Replaced<String>,
    },
    /// A name has another identifier in the crate.
    IdentifierChanged {
        /// The name in the reference.
        name: String,
        /// Its identifiers.
        #[serde(flatten)]
        identifier: Replaced<String>,
    },
    /// The service has another module in the crate.
    ModuleChanged(Replaced<String>),
    /// The service was removed.
    ServiceGone(AllFacts<Box<Service>>),
    /// The service was added.
    ServiceAppeared(AllFacts<Box<Service>>),
    /// The prefix of its actions changed.
    PrefixChanged(Replaced<String>),
    /// The service's name changed.
    ServiceNameChanged(Replaced<String>),
    /// The service's page has another name.
    PageChanged(Replaced<String>),
    /// All rows of a table were removed: one change.
    TableGone(Rows),
    /// A table that was empty has rows.
    TableAppeared(Rows),
    /// An action was removed.
    ActionRemoved(AllFacts<Action>),
    /// An action was added.
    ActionAdded(AllFacts<Action>),
    /// A resource type was removed.
    ResourceTypeRemoved(AllFacts<ResourceType>),
    /// A resource type was added.
    ResourceTypeAdded(AllFacts<ResourceType>),
    /// A condition key was removed.
    ConditionKeyRemoved(AllFacts<ConditionKey>),
    /// A condition key was added.
    ConditionKeyAdded(AllFacts<ConditionKey>),
    /// An operation of an SDK client was removed.
    OperationRemoved(Needs),
    /// An operation of an SDK client was added.
    OperationAdded(Needs),
    /// An action that supported only `*` can now be scoped.
    ScopingGained {
        /// The resource types that it can be scoped to, by name.
        resource_types: Vec<Scope>,
        /// The condition keys that were in effect for it without a resource type.
        condition_keys_before: Vec<String>,
    },
    /// An action that could be scoped now supports only `*`.
    ScopingLost {
        /// The resource types that it could be scoped to, by name.
        resource_types: Vec<Scope>,
        /// The condition keys in effect for it now.
        condition_keys_now: Vec<String>,
    },
    /// An action with resource types can be scoped to additional ones.
    ResourceTypesGained {
        /// The additional resource types, by name.
        resource_types: Vec<Scope>,
    },
    /// An action can no longer be scoped to some of its resource types.
    ResourceTypesLost {
        /// The lost resource types, by name.
        resource_types: Vec<Scope>,
    },
    /// A resource type became required or optional for an action.
    RequiredChanged {
        /// The resource type.
        resource_type: String,
        /// Whether it is required now.
        required: bool,
    },
    /// A condition key came into effect for an action.
    KeyGained(InEffect),
    /// A condition key is no longer in effect for an action.
    KeyLost(InEffect),
    /// The access levels of an action changed.
    AccessLevelsChanged {
        /// Additional and no longer stated access levels.
        #[serde(flatten)]
        levels: Differing<AccessLevel>,
        /// Whether only the layout changed: the classic one states one level for each action, the
        /// current one also `Write` for actions that tag or manage permissions.
        restated: bool,
    },
    /// The dependent actions of an action changed.
    DependentActionsChanged {
        /// Additional and no longer required actions, with their prefixes.
        #[serde(flatten)]
        actions: Differing<String>,
        /// Whether the table of operations was added or removed as well: the reference then states
        /// dependent actions in another form, and IAM may require the same as before.
        restated: bool,
    },
    /// An action became permission-only, or lost that mark.
    PermissionOnlyChanged {
        /// Whether it is now permission-only: it does not correspond to an API operation.
        permission_only: bool,
    },
    /// The scenarios of an action changed: combinations of resource types.
    ScenariosChanged(Differing<Scenario>),
    /// The link of an action to its API documentation changed.
    ApiLinkChanged(Replaced<Option<String>>),
    /// The template of a resource type's ARNs changed.
    ArnChanged(Replaced<String>),
    /// The condition keys of a resource type itself changed; effects on actions are separate changes.
    ResourceTypeKeysChanged(Differing<String>),
    /// The value type of a condition key changed, as the reference spells it.
    KeyTypeChanged(Replaced<String>),
    /// The actions that an operation requires changed.
    OperationChanged {
        /// The SDK client.
        #[serde(skip_serializing_if = "Option::is_none")]
        sdk: Option<String>,
        /// The actions with their contexts.
        #[serde(flatten)]
        needs: Differing<AuthorizedAction>,
    },
}

/// All facts of an added or removed row or service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AllFacts<T> {
    /// The facts.
    pub facts: T,
}

/// A replaced value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replaced<T> {
    /// The value before.
    #[serde(skip_serializing_if = "is_null")]
    pub old: T,
    /// The value now.
    #[serde(skip_serializing_if = "is_null")]
    pub new: T,
}

fn is_null(value: &impl Serialize) -> bool {
    serde_json::to_value(value).is_ok_and(|it| it.is_null())
}

/// The difference of two sets, sorted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Differing<T> {
    /// Elements of the new set only.
    pub gained: Vec<T>,
    /// Elements of the old set only.
    pub lost: Vec<T>,
}

/// A table as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// The table.
    pub table: Table,
    /// The number of rows.
    pub count: usize,
    /// The rows, in the form of a snapshot.
    pub entries: Value,
}

/// An operation of an SDK client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Needs {
    /// The SDK client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sdk: Option<String>,
    /// The actions that it requires or required.
    pub needs: Vec<AuthorizedAction>,
}

/// A resource type that an action can be scoped to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// The resource type.
    pub resource_type: String,
    /// Whether the reference marks it as required.
    pub required: bool,
    /// All condition keys in effect for the action on it, including the action's own.
    pub condition_keys: Vec<String>,
}

/// A condition key that came into effect for an action or lost its effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InEffect {
    /// The condition key, with its namespace.
    pub condition_key: String,
    /// The resource types concerned; empty if the action has none.
    pub on: Vec<String>,
    /// If the key was gained, whether it was not in effect before and now is on all resource types;
    /// if it was lost, whether it is no longer in effect at all.
    pub everywhere: bool,
}
