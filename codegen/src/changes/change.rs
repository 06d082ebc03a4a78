//! One change of facts, with all that it takes to make it undone.

use serde::{Serialize, Serializer};
use serde_json::Value;

use iam_policy::wire::{
    AccessLevel, Action, AuthorizedAction, ConditionKey, ResourceType, Scenario, Service,
};

/// Declares an enumeration whose variants have a name for people, which is also their documentation.
macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $(#[doc = concat!("“", $text, "”")] $(#[$doc])* $variant,)+ }

        impl $name {
            /// All of them, in the order of a report.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name in a sentence.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }
    };
}
pub(super) use named;

named! {
    /// A table of the reference, by the name of one row.
    Table {
        Actions = "action",
        ResourceTypes = "resource type",
        ConditionKeys = "condition key",
        Operations = "operation",
    }
}

/// A row of a table; in JSON its name, in a field of the table's own: `"action": "GetAgent"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The table.
    pub table: Table,
    /// The row's name, an action's without its prefix.
    pub name: String,
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.table.as_str().replace(' ', "_"), &self.name)])
    }
}

/// A change of facts between two states of a service.
///
/// The list that [`between`](super::between) makes is complete: applied to the old state it gives the
/// new one. What follows from another change is not a change of its own: a pair (action, resource
/// type) that came or was removed takes its keys along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The row that changed; none for the service or a table as a whole.
    #[serde(flatten)]
    pub row: Option<Row>,
    /// What changed; in JSON, `kind` names the variant.
    #[serde(flatten)]
    pub kind: Kind,
}

impl Change {
    pub(super) fn table(&self) -> Option<Table> {
        self.row.as_ref().map(|row| row.table)
    }

    /// The name of the row; empty of the service or a table as a whole.
    pub(super) fn name(&self) -> &str {
        self.row.as_ref().map_or("", |row| &row.name)
    }
}

/// What changed of a row, of a table or of the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// The service is no longer known.
    ServiceGone(Known<Box<Service>>),
    /// The service was not known before.
    ServiceAppeared(Known<Box<Service>>),
    /// The names of its actions begin with another prefix.
    PrefixChanged(Replaced<String>),
    /// The service's name changed.
    ServiceNameChanged(Replaced<String>),
    /// The service's page has another name.
    PageChanged(Replaced<String>),
    /// A table that had rows has none: one change, however many there were.
    TableGone(Rows),
    /// A table that had no row has some.
    TableAppeared(Rows),
    /// An action was removed.
    ActionRemoved(Known<Action>),
    /// A new action.
    ActionAdded(Known<Action>),
    /// A resource type was removed.
    ResourceTypeRemoved(Known<ResourceType>),
    /// A new resource type.
    ResourceTypeAdded(Known<ResourceType>),
    /// A condition key was removed.
    ConditionKeyRemoved(Known<ConditionKey>),
    /// A new condition key.
    ConditionKeyAdded(Known<ConditionKey>),
    /// An operation of an SDK client was removed.
    OperationRemoved(Needs),
    /// A new operation of an SDK client.
    OperationAdded(Needs),
    /// An action that took only `*` can be scoped now.
    ScopingGained {
        /// To what, by name.
        resource_types: Vec<Scope>,
        /// The keys that were in effect for it while it had no resource type.
        condition_keys_before: Vec<String>,
    },
    /// An action that could be scoped takes only `*` now.
    ScopingLost {
        /// To what it could be, by name.
        resource_types: Vec<Scope>,
        /// The keys that are in effect for it now.
        condition_keys_now: Vec<String>,
    },
    /// An action that has resource types can be scoped to further ones.
    ResourceTypesGained {
        /// The further ones, by name.
        resource_types: Vec<Scope>,
    },
    /// An action can no longer be scoped to some of its resource types.
    ResourceTypesLost {
        /// Those that it lost, by name.
        resource_types: Vec<Scope>,
    },
    /// A resource type became required for an action, or optional.
    RequiredChanged {
        /// The resource type.
        resource_type: String,
        /// Whether it is required now.
        required: bool,
    },
    /// A key came into effect for an action.
    KeyGained(InEffect),
    /// A key is no longer in effect for an action.
    KeyLost(InEffect),
    /// An action's access levels changed.
    AccessLevelsChanged(Differing<AccessLevel>),
    /// The further actions that an action asks for changed.
    DependentActionsChanged {
        /// Those that it asks for now, with their prefixes, and those that it asks for no longer.
        #[serde(flatten)]
        actions: Differing<String>,
        /// Whether the table of operations appeared or was removed with it: then the reference states
        /// it another way, which need not mean that IAM asks for anything else.
        restated: bool,
    },
    /// An action became one without an operation of its own, or is no longer one.
    PermissionOnlyChanged {
        /// Whether no operation is authorized by it alone now.
        permission_only: bool,
    },
    /// The combinations of resource types that the page names for an action changed.
    ScenariosChanged(Differing<Scenario>),
    /// An action's name links to another page.
    ApiLinkChanged(Replaced<Option<String>>),
    /// The template of a resource type's ARNs changed.
    ArnChanged(Replaced<String>),
    /// The keys that a resource type itself has changed; what that means for an action is a change of
    /// its own.
    ResourceTypeKeysChanged(Differing<String>),
    /// The type of a key's values changed, as the reference spells it.
    KeyTypeChanged(Replaced<String>),
    /// What an operation needs changed.
    OperationChanged {
        /// The SDK client.
        #[serde(skip_serializing_if = "Option::is_none")]
        sdk: Option<String>,
        /// Actions with their contexts.
        #[serde(flatten)]
        needs: Differing<AuthorizedAction>,
    },
}

/// All that is known, or was, of what came or was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Known<T> {
    /// The facts.
    pub facts: T,
}

/// One value instead of another.
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

/// How two sets differ; both lists in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Differing<T> {
    /// Only in the new one.
    pub gained: Vec<T>,
    /// Only in the old one.
    pub lost: Vec<T>,
}

/// A table as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// Which.
    pub table: Table,
    /// How many rows it has, or had.
    pub count: usize,
    /// The rows, as a snapshot has them.
    pub entries: Value,
}

/// An operation of an SDK client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Needs {
    /// The SDK client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sdk: Option<String>,
    /// What it needs to be allowed, or needed.
    pub needs: Vec<AuthorizedAction>,
}

/// A resource type that an action can be scoped to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// The resource type.
    pub resource_type: String,
    /// Whether the reference marks it as required.
    pub required: bool,
    /// Every condition key in effect for the action on it, the action's own among them.
    pub condition_keys: Vec<String>,
}

/// A key that came into effect for an action, or is no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InEffect {
    /// The key, with its namespace.
    pub condition_key: String,
    /// The resource types it is about; empty where the action has none.
    pub on: Vec<String>,
    /// Whether the key was in effect nowhere before and is for each resource type now, or is in
    /// effect nowhere now.
    pub everywhere: bool,
}
