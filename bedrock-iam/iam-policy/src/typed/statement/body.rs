//! The content of a statement, without its types.

use crate::condition::Conditions;
use crate::text::one_or_many::{OneOrMany, Text};
use crate::typed::action::Actions;
use crate::typed::policy::FaultKind;
use crate::typed::principal::Principals;

use super::Effect;

/// The elements of a statement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Body {
    pub(crate) sid: Option<Text>,
    pub(crate) effect: Effect,
    pub(crate) principals: Principals,
    pub(crate) actions: Element,
    pub(crate) resources: Element,
    pub(crate) conditions: Conditions,
    /// Faults that were found while the statement was built.
    pub(crate) faults: Vec<FaultKind>,
}

/// A statement element with a plain and a negated form, such as `Action` and `NotAction`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Element {
    pub(crate) negated: bool,
    pub(crate) values: OneOrMany,
}

impl Body {
    pub(crate) fn new(effect: Effect) -> Self {
        Self {
            sid: None,
            effect,
            principals: Principals::default(),
            actions: Element::default(),
            resources: Element::default(),
            conditions: Conditions::default(),
            faults: Vec::new(),
        }
    }

    pub(super) fn about(effect: Effect, actions: &impl Actions, negated: bool) -> Self {
        let mut body = Self::new(effect);
        body.actions.negated = negated;
        actions.push_to(&mut body.actions.values);
        body
    }
}
