//! The ARNs that operations touch.

use crate::generated::bedrock::arn::AnyArn;
use crate::generated::bedrock::{Action, ResourceType};
use iam_policy::{Arn, ArnPattern, RawArn, Resource};

/// An ARN that operations touch, with the resource types it can be of.
#[derive(Clone, Debug)]
pub struct Touched {
    text: String,
    types: Vec<ResourceType>,
}

impl<R: Resource<Type = ResourceType>> From<Arn<R>> for Touched {
    fn from(arn: Arn<R>) -> Self {
        Self {
            text: arn.to_string(),
            types: vec![R::TYPE],
        }
    }
}

impl From<RawArn> for Touched {
    fn from(arn: RawArn) -> Self {
        let text = arn.to_string();
        let pattern = ArnPattern::parse(&text).ok();
        let types = pattern.iter().flat_map(AnyArn::types_of).collect();
        Self { text, types }
    }
}

impl Touched {
    /// The resource types that it can be of.
    pub(super) fn types(&self) -> &[ResourceType] {
        &self.types
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether an action can be scoped to it: one of Bedrock's by its types, another service's if it
    /// is an ARN of that service.
    pub(super) fn fits(&self, action: &str, known: Option<Action>) -> bool {
        match known {
            Some(action) => self.types.iter().any(|own| supports(action, *own)),
            None => {
                let arn = ArnPattern::parse(&self.text);
                let prefix = action.split_once(':').map(|(prefix, _)| prefix);
                arn.is_ok_and(|arn| Some(arn.service()) == prefix)
            }
        }
    }

    /// Whether it can be nothing but what an action is scoped to: then it asks for the action.
    pub(super) fn asks_for(&self, action: Action) -> bool {
        !self.types.is_empty() && self.types.iter().all(|own| supports(action, *own))
    }
}

fn supports(action: Action, own: ResourceType) -> bool {
    action.resources().iter().any(|it| it.resource_type == own)
}
