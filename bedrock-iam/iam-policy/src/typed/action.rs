//! The actions of a statement: types in a module's `action`, foreign actions, and lists of them.

mod foreign;
mod unknown;

use std::any::TypeId;

use crate::facts::{ActionFacts, ResourceTypeFacts};
use crate::text::one_or_many::{OneOrMany, Text};

pub use foreign::{ActionError, ForeignAction, action_glob, action_literal};
pub use unknown::{check_action, check_prefix};

/// One or several actions of a statement.
///
/// Implemented for the types in each service module's `action`, such as
/// `bedrock::action::InvokeModel`, for [`ForeignAction`], and for tuples, arrays and vectors of
/// types that implement it. A tuple has at most 16 elements, which can be tuples themselves.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an action that a statement accepts",
    label = "expected one or several actions",
    note = "an action is a type in a service's `action` module, such as \
            `bedrock::action::InvokeModel` (not the variant of the enum `bedrock::Action`); \
            several actions go in a tuple of at most 16, which can contain tuples; \
            `foreign_action!(\"…\")` names any other action"
)]
pub trait Actions {
    /// The table row of an action of a service module; `None` for anything else.
    #[doc(hidden)]
    const MODULE_ACTION: Option<ModuleAction> = None;

    #[doc(hidden)]
    fn push_to(&self, names: &mut OneOrMany) {
        if let Some(action) = Self::MODULE_ACTION {
            names.push_known(action.row().name);
        }
    }

    #[doc(hidden)]
    fn uses(&self, uses: &mut Vec<ActionUse>) {
        uses.extend(Self::MODULE_ACTION.map(ActionUse::of_module));
    }
}

/// An action of a service module.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct ModuleAction {
    /// The index of its row.
    pub index: usize,
    /// The service. A function, because with a reference rustc would evaluate the whole table for
    /// each action.
    pub of: fn() -> OfService,
}

/// The tables of an action's service.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct OfService {
    /// The actions of the service.
    pub actions: &'static [ActionFacts],
    /// The resource types of the service.
    pub types: &'static [ResourceTypeFacts],
    /// The `TypeId` of its enum of resource types.
    pub id: TypeId,
}

impl ModuleAction {
    fn row(self) -> &'static ActionFacts {
        &(self.of)().actions[self.index]
    }
}

/// An action of a service module: a zero-sized type in its `action`.
///
/// Generated code implements this trait; other code should not.
pub trait KnownAction: Actions + Copy + 'static {
    /// The service's enum of actions.
    type Action: Copy + 'static;

    /// The variant of this action.
    const ACTION: Self::Action;
}

/// An action and the resource types that it supports, for checks at run time.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct ActionUse {
    /// The action with its prefix.
    pub(crate) name: Text,
    /// The `TypeId` of the service's enum of resource types, and the names of those that the
    /// action can be scoped to; `None` for a foreign action.
    pub(crate) supports: Option<(TypeId, Vec<&'static str>)>,
}

impl ActionUse {
    /// Returns the use of a module's action; removed resource types that statements still accept
    /// are included.
    fn of_module(action: ModuleAction) -> Self {
        let (row, OfService { types, id, .. }) = (action.row(), (action.of)());
        let indices = row.resources.iter().map(|pair| pair.resource_type);
        let indices = indices.chain(row.kept_types.iter().copied());
        let names = indices.map(|index| types[usize::from(index)].name);
        Self {
            name: Text::Borrowed(row.name),
            supports: Some((id, names.collect())),
        }
    }
}

macro_rules! lists {
    ($([$($param:tt)*] $List:ty;)*) => {$(
        impl<$($param)*> Actions for $List {
            fn push_to(&self, names: &mut OneOrMany) {
                for action in self {
                    action.push_to(names);
                }
            }

            fn uses(&self, uses: &mut Vec<ActionUse>) {
                for action in self {
                    action.uses(uses);
                }
            }
        }

        impl<R, $($param)*> crate::typed::supports::On<R> for $List
        where
            A: crate::typed::supports::On<R>,
        {
            type Keys = A::Keys;
        }
    )*};
}

lists! {
    [A: Actions] Vec<A>;
    [A: Actions, const N: usize] [A; N];
}
