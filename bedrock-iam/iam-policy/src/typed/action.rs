//! Actions as a statement takes them: types of a module's `action`, tuples of them, foreign ones.

mod foreign;

use std::any::TypeId;

use crate::facts::{ActionFacts, ResourceTypeFacts};
use crate::text::one_or_many::{OneOrMany, Text};

pub use foreign::{ActionError, ForeignAction, action_glob, action_literal};

/// One or several actions of a statement.
///
/// Implemented for the types of each service module's `action`, such as
/// `bedrock::action::InvokeModel`, for [`ForeignAction`], and for tuples, arrays and vectors of
/// what implements it. A tuple has 16 elements at most; its elements may be tuples.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no action that a statement takes",
    label = "expected actions",
    note = "an action is a type of a service's `action`, such as `bedrock::action::InvokeModel` \
            (not the variant of the enum `bedrock::Action`); several go in a tuple of 16 at most, \
            which may hold tuples; `foreign_action!(\"…\")` names any other"
)]
pub trait Actions {
    /// What is known of it, if it is an action of a service module.
    #[doc(hidden)]
    const KNOWN: Option<Known> = None;

    #[doc(hidden)]
    fn push_to(&self, names: &mut OneOrMany) {
        if let Some(known) = Self::KNOWN {
            names.push_known(known.row().name);
        }
    }

    #[doc(hidden)]
    fn uses(&self, uses: &mut Vec<ActionUse>) {
        uses.extend(Self::KNOWN.map(ActionUse::known));
    }
}

/// An action of a service module.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The index of its row.
    pub index: usize,
    /// The service; as a function, or rustc would look the whole table through for each action.
    pub of: fn() -> OfService,
}

/// What an action needs to know of its service.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct OfService {
    /// Its actions.
    pub actions: &'static [ActionFacts],
    /// Its resource types.
    pub types: &'static [ResourceTypeFacts],
    /// The type of its enum of resource types.
    pub id: TypeId,
}

impl Known {
    fn row(self) -> &'static ActionFacts {
        &(self.of)().actions[self.index]
    }
}

/// An action that a service module knows: a zero-sized type of its `action`.
///
/// Implemented by generated code; it is not for others to implement.
pub trait KnownAction: Actions + Copy + 'static {
    /// The service's enum of actions.
    type Action: Copy + 'static;

    /// This one's member of it.
    const ACTION: Self::Action;
}

/// An action with what is known of it at run time.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct ActionUse {
    /// The action with its prefix.
    pub(crate) name: Text,
    /// The type of the service's resource types, and the names of those that the action can be
    /// scoped to; `None` if nothing is known.
    pub(crate) supports: Option<(TypeId, Vec<&'static str>)>,
}

impl ActionUse {
    /// An action of a service module: the resource types that it can be scoped to, and those that
    /// statements still take although they were removed.
    fn known(known: Known) -> Self {
        let (row, OfService { types, id, .. }) = (known.row(), (known.of)());
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
