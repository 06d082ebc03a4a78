//! What a page and a service reference can disagree on.

use std::collections::BTreeSet;
use std::fmt;

use iam_policy::wire::{AccessLevel, AuthorizedAction};
use serde::Serialize;

use crate::error::quoted;

/// What a disagreement is about; ordered as they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Which actions there are.
    Actions,
    /// The access levels of an action.
    AccessLevels,
    /// The resource types that an action can be scoped to.
    ActionResourceTypes,
    /// The condition keys in effect for an action.
    ActionConditionKeys,
    /// Which resource types there are.
    ResourceTypes,
    /// The ARN formats of a resource type.
    ArnFormats,
    /// The condition keys of a resource type.
    ResourceTypeConditionKeys,
    /// Which condition keys there are.
    ConditionKeys,
    /// The types of a condition key's values.
    ValueTypes,
    /// Which operations there are.
    Operations,
    /// The SDK clients that have an operation.
    SdkClients,
    /// The actions that an operation needs.
    AuthorizedActions,
}

impl Kind {
    /// What disagreements of this kind are listed under.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::AccessLevels => "access levels of actions",
            Self::ActionResourceTypes => "resource types of actions",
            Self::ActionConditionKeys => "condition keys of actions",
            Self::ResourceTypes => "resource types",
            Self::ArnFormats => "ARN formats of resource types",
            Self::ResourceTypeConditionKeys => "condition keys of resource types",
            Self::ConditionKeys => "condition keys",
            Self::ValueTypes => "types of condition keys",
            Self::Operations => "operations",
            Self::SdkClients => "SDK clients of operations",
            Self::AuthorizedActions => "authorized actions of operations",
        }
    }

    /// What a disagreement of this kind names.
    const fn thing(self) -> &'static str {
        match self {
            Self::Actions
            | Self::AccessLevels
            | Self::ActionResourceTypes
            | Self::ActionConditionKeys => "action",
            Self::ResourceTypes | Self::ArnFormats | Self::ResourceTypeConditionKeys => {
                "resource type"
            }
            Self::ConditionKeys | Self::ValueTypes => "condition key",
            Self::Operations | Self::SdkClients | Self::AuthorizedActions => "operation",
        }
    }

    /// What it says of what is named.
    const fn aspect(self) -> &'static str {
        match self {
            Self::Actions | Self::ResourceTypes | Self::ConditionKeys | Self::Operations => "",
            Self::AccessLevels => ": access levels",
            Self::ActionResourceTypes => ": resource types",
            Self::ActionConditionKeys | Self::ResourceTypeConditionKeys => ": condition keys",
            Self::ArnFormats => ": ARN formats",
            Self::ValueTypes => ": types",
            Self::SdkClients => ": SDK clients",
            Self::AuthorizedActions => ": authorized actions",
        }
    }
}

/// One of the two that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The page that a snapshot was read from.
    Page,
    /// The service reference.
    ServiceReference,
}

/// Something that a page and a service reference state differently.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Disagreement {
    /// What it is about.
    pub kind: Kind,
    /// The action, resource type, condition key or operation; empty where a whole table is missing.
    pub name: String,
    /// The resource types, or the SDK clients, that it is confined to; empty if to none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<String>,
    /// What each side states.
    #[serde(flatten)]
    pub statements: Statements,
}

/// What each side states.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Statements {
    /// A table that one side lacks: how many entries each has.
    Entries {
        /// On the page.
        page: usize,
        /// In the service reference.
        service_reference: usize,
    },
    /// One side has it, the other doesn't.
    Only(Side),
    /// Access levels, all of them.
    Levels(Both<AccessLevel>),
    /// Types, all of them.
    Types(Both<String>),
    /// Names that the other side lacks.
    Names(Both<String>),
    /// Actions that the other side lacks, or has with another context.
    Actions(Both<AuthorizedAction>),
}

/// A set of each side.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Both<T: Ord> {
    /// Of the page.
    pub page: BTreeSet<T>,
    /// Of the service reference.
    pub service_reference: BTreeSet<T>,
}

impl<T: Ord + Clone> Both<T> {
    /// What each side has and the other lacks, if there is anything.
    pub(super) fn difference(page: &BTreeSet<T>, reference: &BTreeSet<T>) -> Option<Self> {
        (page != reference).then(|| Self {
            page: page.difference(reference).cloned().collect(),
            service_reference: reference.difference(page).cloned().collect(),
        })
    }
}

impl Disagreement {
    pub(super) fn new(kind: Kind, name: &str, statements: Statements) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            on: Vec::new(),
            statements,
        }
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Statements::Entries {
            page,
            service_reference,
        } = self.statements
        {
            let table = self.kind.heading();
            return write!(
                f,
                "{table}: page {page}, service reference {service_reference}"
            );
        }
        write!(
            f,
            "{} {}{}",
            self.kind.thing(),
            quoted(&self.name),
            self.kind.aspect()
        )?;
        if !self.on.is_empty() {
            write!(f, " on {}", list(self.on.iter().map(|name| quoted(name))))?;
        }
        f.write_str(": ")?;
        match &self.statements {
            Statements::Entries { .. } => Ok(()),
            Statements::Only(Side::Page) => f.write_str("only on the page"),
            Statements::Only(Side::ServiceReference) => {
                f.write_str("only in the service reference")
            }
            Statements::Levels(both) => each(f, both, |level| quoted(level.as_str())),
            Statements::Types(both) => each(f, both, |name| quoted(name)),
            Statements::Names(both) => only(f, both, |name| quoted(name)),
            Statements::Actions(both) => only(f, both, authorized),
        }
    }
}

/// All of what each side states.
fn each<T: Ord>(
    f: &mut fmt::Formatter<'_>,
    both: &Both<T>,
    show: impl Fn(&T) -> String,
) -> fmt::Result {
    let shown = |set: &BTreeSet<T>| match set.len() {
        0 => "none".to_owned(),
        _ => list(set.iter().map(&show)),
    };
    let (page, reference) = (shown(&both.page), shown(&both.service_reference));
    write!(f, "page {page}, service reference {reference}")
}

/// What the other side lacks.
fn only<T: Ord>(
    f: &mut fmt::Formatter<'_>,
    both: &Both<T>,
    show: impl Fn(&T) -> String,
) -> fmt::Result {
    let sides = [
        (&both.page, "only on the page"),
        (&both.service_reference, "only in the service reference"),
    ];
    let stated: Vec<_> = sides
        .into_iter()
        .filter(|(set, _)| !set.is_empty())
        .map(|(set, only)| format!("{only} {}", list(set.iter().map(&show))))
        .collect();
    f.write_str(&stated.join("; "))
}

fn authorized(needed: &AuthorizedAction) -> String {
    let mut shown = quoted(&needed.action);
    for (key, values) in &needed.context {
        let values = values.iter().map(|value| quoted(value));
        shown += &format!(" with {} = {}", quoted(key), list(values));
    }
    shown
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
