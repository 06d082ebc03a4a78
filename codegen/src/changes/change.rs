//! One change of facts, with all that it takes to make it undone.

use serde::Serialize;

use super::table::{Entries, Table};
use crate::model::{
    AccessLevel, Action, AuthorizedAction, ConditionKey, ResourceType, Scenario, Service,
};

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

/// A change of facts between two states of a service.
///
/// The list that [`between`](super::between) makes is complete: applied to the old state it gives the
/// new one. What follows from another change is not a change of its own: a pair (action, resource
/// type) that came or went takes its keys along. In JSON, `kind` names the variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// The service was not known before.
    ServiceAppeared {
        /// All that is known of it.
        facts: Box<Service>,
    },
    /// The service is no longer known.
    ServiceGone {
        /// All that was known of it.
        facts: Box<Service>,
    },
    /// The names of its actions begin with another prefix.
    PrefixChanged {
        /// The prefix before.
        old: String,
        /// The prefix now.
        new: String,
    },
    /// A table that had no row has some: one change, however many there are.
    TableAppeared {
        /// Which.
        table: Table,
        /// How many rows it has.
        count: usize,
        /// The rows.
        entries: Entries,
    },
    /// A table that had rows has none.
    TableGone {
        /// Which.
        table: Table,
        /// How many rows it had.
        count: usize,
        /// The rows.
        entries: Entries,
    },
    /// A new action.
    ActionAdded {
        /// Its name, without the prefix; so in every change below.
        action: String,
        /// What is known of it.
        facts: Action,
    },
    /// An action that is no longer there.
    ActionRemoved {
        /// Its name.
        action: String,
        /// What was known of it.
        facts: Action,
    },
    /// A new resource type.
    ResourceTypeAdded {
        /// Its name.
        resource_type: String,
        /// What is known of it.
        facts: ResourceType,
    },
    /// A resource type that is no longer there.
    ResourceTypeRemoved {
        /// Its name.
        resource_type: String,
        /// What was known of it.
        facts: ResourceType,
    },
    /// A new condition key.
    ConditionKeyAdded {
        /// Its name, with the namespace; so in every change below.
        condition_key: String,
        /// What is known of it.
        facts: ConditionKey,
    },
    /// A condition key that is no longer there.
    ConditionKeyRemoved {
        /// Its name.
        condition_key: String,
        /// What was known of it.
        facts: ConditionKey,
    },
    /// A new operation of an SDK client.
    OperationAdded {
        /// Its name.
        operation: String,
        /// The SDK client.
        #[serde(skip_serializing_if = "Option::is_none")]
        sdk: Option<String>,
        /// What it needs to be allowed.
        needs: Vec<AuthorizedAction>,
    },
    /// An operation that is no longer there.
    OperationRemoved {
        /// Its name.
        operation: String,
        /// The SDK client.
        #[serde(skip_serializing_if = "Option::is_none")]
        sdk: Option<String>,
        /// What it needed.
        needs: Vec<AuthorizedAction>,
    },
    /// An action's access levels changed.
    AccessLevelsChanged {
        /// The action.
        action: String,
        /// Levels it did not have.
        gained: Vec<AccessLevel>,
        /// Levels it has no longer.
        lost: Vec<AccessLevel>,
    },
    /// An action that took only `*` can be scoped now.
    ScopingGained {
        /// The action.
        action: String,
        /// To what, by name.
        resource_types: Vec<Scope>,
        /// The keys that were in effect for it while it had no resource type.
        condition_keys_before: Vec<String>,
    },
    /// An action that could be scoped takes only `*` now.
    ScopingLost {
        /// The action.
        action: String,
        /// To what it could be, by name.
        resource_types: Vec<Scope>,
        /// The keys that are in effect for it now.
        condition_keys_now: Vec<String>,
    },
    /// An action that has resource types can be scoped to further ones.
    ResourceTypesGained {
        /// The action.
        action: String,
        /// The further ones, by name.
        resource_types: Vec<Scope>,
    },
    /// An action can no longer be scoped to some of its resource types.
    ResourceTypesLost {
        /// The action.
        action: String,
        /// Those that it lost, by name.
        resource_types: Vec<Scope>,
    },
    /// A resource type became required for an action, or optional.
    RequiredChanged {
        /// The action.
        action: String,
        /// The resource type.
        resource_type: String,
        /// Whether it is required now.
        required: bool,
    },
    /// A key came into effect for an action.
    KeyGained {
        /// The action.
        action: String,
        /// The key.
        condition_key: String,
        /// The resource types it came into effect for; empty where the action has none.
        on: Vec<String>,
        /// Whether it was in effect for none of them before and is for each of them now.
        everywhere: bool,
    },
    /// A key is no longer in effect for an action.
    KeyLost {
        /// The action.
        action: String,
        /// The key.
        condition_key: String,
        /// The resource types it is no longer in effect for; empty where the action had none.
        on: Vec<String>,
        /// Whether it is in effect for none of the action's resource types any more.
        everywhere: bool,
    },
    /// What an action asks for besides changed.
    DependentActionsChanged {
        /// The action.
        action: String,
        /// Further actions that it asks for, with their prefixes.
        gained: Vec<String>,
        /// Actions that it asks for no longer.
        lost: Vec<String>,
        /// Whether the table of operations appeared or went with it: then the reference states it
        /// another way, which need not mean that IAM asks for anything else.
        restated: bool,
    },
    /// An action became one without an operation of its own, or is no longer one.
    PermissionOnlyChanged {
        /// The action.
        action: String,
        /// Whether no operation is authorized by it alone now.
        permission_only: bool,
    },
    /// The combinations of resource types that the page names for an action changed.
    ScenariosChanged {
        /// The action.
        action: String,
        /// Those it did not name.
        gained: Vec<Scenario>,
        /// Those it names no longer.
        lost: Vec<Scenario>,
    },
    /// The template of a resource type's ARNs changed.
    ArnChanged {
        /// The resource type.
        resource_type: String,
        /// The template before.
        old: String,
        /// The template now.
        new: String,
    },
    /// The keys that a resource type itself has changed; what that means for an action is a change of
    /// its own.
    ResourceTypeKeysChanged {
        /// The resource type.
        resource_type: String,
        /// Keys it did not have.
        gained: Vec<String>,
        /// Keys it has no longer.
        lost: Vec<String>,
    },
    /// The type of a key's values changed.
    KeyTypeChanged {
        /// The key.
        condition_key: String,
        /// The type before, as the reference spells it.
        old: String,
        /// The type now.
        new: String,
    },
    /// What an operation needs changed.
    OperationChanged {
        /// The operation.
        operation: String,
        /// The SDK client.
        #[serde(skip_serializing_if = "Option::is_none")]
        sdk: Option<String>,
        /// Further actions that it needs, with their contexts.
        gained: Vec<AuthorizedAction>,
        /// Actions that it needs no longer, with their contexts.
        lost: Vec<AuthorizedAction>,
    },
    /// The service's name changed.
    ServiceNameChanged {
        /// The name before.
        old: String,
        /// The name now.
        new: String,
    },
    /// The service's page has another name.
    PageChanged {
        /// The page before.
        old: String,
        /// The page now.
        new: String,
    },
    /// An action's name links to another page.
    ApiLinkChanged {
        /// The action.
        action: String,
        /// Where it led.
        #[serde(skip_serializing_if = "Option::is_none")]
        old: Option<String>,
        /// Where it leads now.
        #[serde(skip_serializing_if = "Option::is_none")]
        new: Option<String>,
    },
}

impl Change {
    /// The row that it is about and the table that the row stands in; none for what concerns a
    /// service or a table as a whole.
    pub fn subject(&self) -> Option<(Table, &str)> {
        match self {
            Self::ServiceAppeared { .. }
            | Self::ServiceGone { .. }
            | Self::PrefixChanged { .. }
            | Self::TableAppeared { .. }
            | Self::TableGone { .. }
            | Self::ServiceNameChanged { .. }
            | Self::PageChanged { .. } => None,
            Self::ActionAdded { action, .. }
            | Self::ActionRemoved { action, .. }
            | Self::AccessLevelsChanged { action, .. }
            | Self::ScopingGained { action, .. }
            | Self::ScopingLost { action, .. }
            | Self::ResourceTypesGained { action, .. }
            | Self::ResourceTypesLost { action, .. }
            | Self::RequiredChanged { action, .. }
            | Self::KeyGained { action, .. }
            | Self::KeyLost { action, .. }
            | Self::DependentActionsChanged { action, .. }
            | Self::PermissionOnlyChanged { action, .. }
            | Self::ScenariosChanged { action, .. }
            | Self::ApiLinkChanged { action, .. } => Some((Table::Actions, action)),
            Self::ResourceTypeAdded { resource_type, .. }
            | Self::ResourceTypeRemoved { resource_type, .. }
            | Self::ArnChanged { resource_type, .. }
            | Self::ResourceTypeKeysChanged { resource_type, .. } => {
                Some((Table::ResourceTypes, resource_type))
            }
            Self::ConditionKeyAdded { condition_key, .. }
            | Self::ConditionKeyRemoved { condition_key, .. }
            | Self::KeyTypeChanged { condition_key, .. } => {
                Some((Table::ConditionKeys, condition_key))
            }
            Self::OperationAdded { operation, .. }
            | Self::OperationRemoved { operation, .. }
            | Self::OperationChanged { operation, .. } => Some((Table::Operations, operation)),
        }
    }

    /// Where it stands in a list: what takes away first, then what came, then what is no fact of a
    /// policy.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::ServiceGone { .. } => 0,
            Self::ServiceAppeared { .. } => 1,
            Self::PrefixChanged { .. } => 2,
            Self::TableGone { .. } => 3,
            Self::TableAppeared { .. } => 4,
            Self::ActionRemoved { .. } => 5,
            Self::ResourceTypeRemoved { .. } => 6,
            Self::ConditionKeyRemoved { .. } => 7,
            Self::OperationRemoved { .. } => 8,
            Self::ScopingLost { .. } => 9,
            Self::ResourceTypesLost { .. } => 10,
            Self::KeyLost { .. } => 11,
            Self::ArnChanged { .. } => 12,
            Self::KeyTypeChanged { .. } => 13,
            Self::AccessLevelsChanged { .. } => 14,
            Self::RequiredChanged { .. } => 15,
            Self::DependentActionsChanged { .. } => 16,
            Self::PermissionOnlyChanged { .. } => 17,
            Self::ScenariosChanged { .. } => 18,
            Self::OperationChanged { .. } => 19,
            Self::ActionAdded { .. } => 20,
            Self::ResourceTypeAdded { .. } => 21,
            Self::ConditionKeyAdded { .. } => 22,
            Self::OperationAdded { .. } => 23,
            Self::ScopingGained { .. } => 24,
            Self::ResourceTypesGained { .. } => 25,
            Self::KeyGained { .. } => 26,
            Self::ResourceTypeKeysChanged { .. } => 27,
            Self::ServiceNameChanged { .. } => 28,
            Self::PageChanged { .. } => 29,
            Self::ApiLinkChanged { .. } => 30,
        }
    }
}
