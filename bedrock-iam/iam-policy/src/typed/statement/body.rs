//! What a statement holds, its types left behind.

use crate::condition::Conditions;
use crate::text::one_or_many::{OneOrMany, Text};
use crate::typed::action::Actions;
use crate::typed::policy::FaultKind;
use crate::typed::principal::Principals;

use super::Effect;

/// A statement's parts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Body {
    pub(crate) sid: Option<Text>,
    pub(crate) effect: Effect,
    pub(crate) principals: Principals,
    pub(crate) actions: Element,
    pub(crate) resources: Element,
    pub(crate) conditions: Conditions,
    /// What was found wrong while it was written, and no type could see.
    pub(crate) faults: Vec<FaultKind>,
}

/// A list of which a policy has a plain and a negated form: `Action` and `NotAction`.
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
