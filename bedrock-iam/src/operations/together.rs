//! Resource types that an action needs together.
//!
//! Where the reference marks several as required, most actions need one of them: `InvokeModel` the
//! one that is invoked. Which need all, it does not say.

use crate::bedrock::{Action, ResourceType};

/// A resource type that actions need, all the time or beside another one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Together {
    actions: &'static [Action],
    /// Only where one of these is given; always if there is none.
    beside: &'static [ResourceType],
    pub(super) needed: ResourceType,
    /// Why, for the message.
    pub(super) reason: &'static str,
    #[allow(dead_code, reason = "for whoever reads or reviews the table")]
    source: &'static str,
}

const ASSOCIATIONS: &[Action] = &[
    Action::AssociateAgentKnowledgeBase,
    Action::DisassociateAgentKnowledgeBase,
    Action::GetAgentKnowledgeBase,
    Action::UpdateAgentKnowledgeBase,
];

const fn associated(needed: ResourceType) -> Together {
    Together {
        actions: ASSOCIATIONS,
        beside: &[],
        needed,
        reason: "the request names an agent and a knowledge base",
        source: "Amazon Bedrock API Reference: `/agents/{agentId}/…/knowledgebases/{knowledgeBaseId}`",
    }
}

const TOGETHER: &[Together] = &[
    associated(ResourceType::Agent),
    associated(ResourceType::KnowledgeBase),
    Together {
        actions: &[Action::InvokeModel, Action::InvokeModelWithResponseStream],
        beside: &[
            ResourceType::InferenceProfile,
            ResourceType::ApplicationInferenceProfile,
        ],
        needed: ResourceType::FoundationModel,
        reason: "what comes through an inference profile is authorized on its models too; \
                 `recipes::invoke_through_profile` makes the statements for both",
        source: "Amazon Bedrock User Guide, prerequisites for inference profiles",
    },
];

/// The first type that an action lacks among those of the ARNs it is to be scoped to.
pub(super) fn lacking(action: Action, given: &[ResourceType]) -> Option<&'static Together> {
    TOGETHER.iter().find(|it| {
        it.actions.contains(&action)
            && (it.beside.is_empty() || it.beside.iter().any(|one| given.contains(one)))
            && !given.contains(&it.needed)
    })
}
