//! The ARNs of resources that operations use.

use crate::generated::bedrock::arn::AnyArn;
use crate::generated::bedrock::{Action, ResourceType};
use iam_policy::{Arn, ArnPattern, RawArn, Resource};

/// The ARN of a resource that operations use, for [`Operations::on`](super::Operations::on).
///
/// Made from a typed [`Arn`] of Bedrock or from a [`RawArn`].
#[derive(Clone, Debug)]
pub struct OperationResource {
    text: String,
    types: Vec<ResourceType>,
}

impl<R: Resource<Type = ResourceType>> From<Arn<R>> for OperationResource {
    fn from(arn: Arn<R>) -> Self {
        Self {
            text: arn.to_string(),
            types: vec![R::TYPE],
        }
    }
}

impl From<RawArn> for OperationResource {
    fn from(arn: RawArn) -> Self {
        let text = arn.to_string();
        let pattern = ArnPattern::parse(&text).ok();
        let types = pattern.iter().flat_map(AnyArn::types_of).collect();
        Self { text, types }
    }
}

impl OperationResource {
    /// Returns the resource types that the ARN can have.
    pub(super) fn types(&self) -> &[ResourceType] {
        &self.types
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether an action can be scoped to the ARN. For an action of another service, the
    /// ARN only has to belong to that service.
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

    /// Returns whether an action can be scoped to all resource types of the ARN, so that the ARN
    /// implies the action.
    pub(super) fn implies(&self, action: Action) -> bool {
        !self.types.is_empty() && self.types.iter().all(|own| supports(action, *own))
    }
}

fn supports(action: Action, own: ResourceType) -> bool {
    action.resources().iter().any(|it| it.resource_type == own)
}
