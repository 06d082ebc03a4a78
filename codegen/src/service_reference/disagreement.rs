//! Disagreements between a page and a service reference.

use std::collections::BTreeSet;
use std::fmt;

use iam_policy::wire::{AccessLevel, AuthorizedAction};
use serde::Serialize;

use crate::error::quoted;

/// A kind of disagreement, in the order in which reports list them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The set of actions.
    Actions,
    /// The access levels of an action.
    AccessLevels,
    /// The resource types that an action can be scoped to.
    ActionResourceTypes,
    /// The condition keys in effect for an action.
    ActionConditionKeys,
    /// The set of resource types.
    ResourceTypes,
    /// The ARN formats of a resource type.
    ArnFormats,
    /// The condition keys of a resource type.
    ResourceTypeConditionKeys,
    /// The set of condition keys.
    ConditionKeys,
    /// The types of a condition key's values.
    ValueTypes,
    /// The set of operations.
    Operations,
    /// The SDK clients that have an operation.
    SdkClients,
    /// The actions that an operation needs.
    AuthorizedActions,
}

impl Kind {
    /// Returns the heading for disagreements of this kind.
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

    /// Returns the kind of thing that a disagreement names.
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

    /// Returns the text between the name and the statements.
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

/// One of the two sources that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The page that a snapshot was read from.
    Page,
    /// The service reference.
    ServiceReference,
}

/// A fact that a page and a service reference state differently.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Disagreement {
    /// The kind of fact.
    pub kind: Kind,
    /// The action, resource type, condition key or operation; empty if a whole table is missing.
    pub name: String,
    /// The resource types or SDK clients that it is limited to; empty if it is not limited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<String>,
    /// The statements of both sides.
    #[serde(flatten)]
    pub statements: Statements,
}

/// The statements of both sides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Statements {
    /// A table that one side lacks, with the number of entries on each side.
    Entries {
        /// On the page.
        page: usize,
        /// In the service reference.
        service_reference: usize,
    },
    /// A name that only one side has.
    Only(Side),
    /// All access levels.
    Levels(Both<AccessLevel>),
    /// All types.
    Types(Both<String>),
    /// Names that only one side has.
    Names(Both<String>),
    /// Actions that only one side has, or has with this context.
    Actions(Both<AuthorizedAction>),
}

/// The sets of both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Both<T: Ord> {
    /// The set of the page.
    pub page: BTreeSet<T>,
    /// The set of the service reference.
    pub service_reference: BTreeSet<T>,
}

impl<T: Ord + Clone> Both<T> {
    /// Returns the elements that only one side has, if there are any.
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

/// Writes all statements of each side.
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

/// Writes the statements that only one side has.
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
