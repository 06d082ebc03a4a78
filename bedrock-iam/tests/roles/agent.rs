//! Agents and flows from the inputs of documented roles.

use bedrock_iam::bedrock::arn;
use bedrock_iam::roles::{Agent, Flow};
use bedrock_iam::{Arn, Segment, Statement, s3};

use crate::documented::{Built, Inputs, Recipe, bucket, model};

pub(crate) const RECIPES: &[Recipe] = &[
    ("agent-model-only", agent),
    ("agent-action-group-s3-schema", agent),
    ("agent-knowledge-base", agent),
    ("agent-third-party-knowledge-base", agent),
    ("agent-guardrail", agent),
    ("agent-supervisor", agent),
    ("agent-code-interpretation", agent),
    ("agent-prompt-management", agent),
    ("agent-memory", agent),
    ("agent-full", agent),
    ("lambda-agent-action-group", function_policy),
    ("flow-provisioned-model", flow),
    ("flow-knowledge-base", flow),
    ("flow-s3-storage", flow),
    ("flow-guardrail", flow),
    ("flow-lex", flow),
    ("flow-all-nodes", flow),
    ("kms-flow", flow_key_policy),
];

const AGENT_KEY: &str = "the agent is encrypted with a customer managed key";
const GUARDRAIL_KEY: &str = "the guardrail is encrypted with a customer managed key";
const VERSIONS: &str = "the prompt is used by version";
const RESOURCE_KEY: &str =
    "a resource invoked in the flow is encrypted with a customer managed key";
const FLOW_KEY: &str =
    "the flow is encrypted with a customer managed key and run as a flow execution";

fn knowledge_base(inputs: &Inputs) -> Arn<arn::KnowledgeBase> {
    arn::KnowledgeBase {
        knowledge_base_id: inputs.segment("knowledge_base_id"),
    }
    .at(inputs.here())
}

fn guardrail(inputs: &Inputs) -> Arn<arn::Guardrail> {
    arn::Guardrail {
        guardrail_id: inputs.segment("guardrail_id"),
    }
    .at(inputs.here())
}

fn provisioned(inputs: &Inputs) -> Arn<arn::ProvisionedModel> {
    arn::ProvisionedModel {
        resource_id: inputs.segment("provisioned_model_id"),
    }
    .at(inputs.here())
}

fn prompt(inputs: &Inputs) -> Arn<arn::Prompt> {
    arn::Prompt {
        prompt_id: inputs.segment("prompt_id"),
    }
    .at(inputs.here())
}

fn versions(inputs: &Inputs) -> Arn<arn::PromptVersion> {
    let prompt_id = inputs.segment("prompt_id");
    arn::PromptVersion {
        prompt_id,
        prompt_version: Segment::ANY,
    }
    .at(inputs.here())
}

fn agent(inputs: &Inputs) -> Built {
    let here = inputs.here();
    let mut role = Agent::new(here, model(inputs, "model"));
    if inputs.has("object_key") {
        let schema = s3::arn::Object {
            bucket_name: inputs.segment("bucket"),
            object_name: inputs.segment("object_key"),
        };
        role = role.action_group_schema(schema.at(here));
    }
    if inputs.has("secret_arn") {
        role = role.third_party_knowledge_base(knowledge_base(inputs), &inputs.arn("secret_arn"));
    } else if inputs.has("knowledge_base_id") {
        role = role.knowledge_base(knowledge_base(inputs));
    }
    if inputs.has("guardrail_id") {
        role = role.guardrail(guardrail(inputs));
    }
    if inputs.has("prefix") {
        let name = if inputs.has("files_bucket") {
            "files_bucket"
        } else {
            "bucket"
        };
        let files = s3::arn::Object {
            bucket_name: inputs.segment(name),
            object_name: inputs.segment("prefix").then(Segment::ANY),
        };
        role = role.code_interpretation(files.at(here));
    }
    if inputs.has("prompt_id") {
        role = role.prompt(prompt(inputs));
    }
    if inputs.has("collaborator_agent_id") {
        let alias = arn::AgentAlias {
            agent_id: inputs.segment("collaborator_agent_id"),
            agent_alias_id: inputs.segment("collaborator_alias_id"),
        };
        role = role.collaborator(alias.at(here));
    }
    if inputs.has("provisioned_model_id") {
        role = role.model(provisioned(inputs));
    }
    let options = inputs.options(&[
        (AGENT_KEY, &|| {
            let agent = inputs.value(AGENT_KEY, "kms:EncryptionContext:aws:bedrock:arn");
            role.clone()
                .encrypted(inputs.optional(AGENT_KEY), &agent)
                .permissions()
        }),
        (GUARDRAIL_KEY, &|| {
            role.clone()
                .encrypted_guardrail(inputs.optional(GUARDRAIL_KEY))
                .permissions()
        }),
        (VERSIONS, &|| {
            role.clone().prompt_version(versions(inputs)).permissions()
        }),
    ]);
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options,
    }
}

fn function_policy(inputs: &Inputs) -> Built {
    let here = inputs.here();
    let model = arn::FoundationModel {
        resource_id: Segment::ANY,
    }
    .at(here);
    let agent = Agent::new(here, model).agent_id(inputs.segment("agent_id"));
    Built::of_resource([agent.function_policy(inputs.arn("lambda_arn"))])
}

fn flow(inputs: &Inputs) -> Built {
    let here = inputs.here();
    let mut role = Flow::new(here);
    if inputs.has("model") {
        role = role.model(model(inputs, "model"));
    }
    if inputs.has("provisioned_model_id") {
        role = role.model(provisioned(inputs));
    }
    if inputs.has("custom_model") {
        let model = arn::CustomModel {
            resource_id: inputs.segment("custom_model"),
        };
        role = role.custom_model(model.at(here));
    }
    if inputs.has("prompt_id") {
        role = role.prompt(prompt(inputs));
    }
    if inputs.has("knowledge_base_id") {
        role = role.knowledge_base(knowledge_base(inputs));
    }
    if inputs.has("agent_id") {
        let alias = arn::AgentAlias {
            agent_id: inputs.segment("agent_id"),
            agent_alias_id: inputs.segment("agent_alias_id"),
        };
        role = role.agent(alias.at(here));
    }
    if inputs.has("output_bucket") {
        role = role
            .retrieval(&bucket(inputs, "bucket"))
            .storage(&bucket(inputs, "output_bucket"));
    } else if inputs.has("bucket") {
        role = role.storage(&bucket(inputs, "bucket"));
    }
    if inputs.has("guardrail_id") {
        role = role.guardrail(guardrail(inputs));
    }
    if inputs.has("lambda_arn") {
        role = role.function(inputs.arn("lambda_arn"));
    }
    if inputs.has("lex_bot_id") {
        role = role.lex_bot(
            inputs.segment("lex_bot_id"),
            inputs.segment("lex_bot_alias_id"),
        );
    }
    let options = inputs.options(&[
        (RESOURCE_KEY, &|| {
            role.clone()
                .encrypted_resource(inputs.optional(RESOURCE_KEY))
                .permissions()
        }),
        (FLOW_KEY, &|| {
            let flow = inputs.value(FLOW_KEY, "kms:EncryptionContext:aws:bedrock-flows:arn");
            role.clone()
                .encrypted(inputs.optional(FLOW_KEY), &flow)
                .permissions()
        }),
        (VERSIONS, &|| {
            role.clone().prompt_version(versions(inputs)).permissions()
        }),
    ]);
    Built {
        permissions: role.permissions(),
        trust: Some(role.trust()),
        options,
    }
}

fn flow_key_policy(inputs: &Inputs) -> Built {
    let flow = arn::Flow {
        flow_id: inputs.segment("flow_id"),
    }
    .at(inputs.here());
    let policy: Statement =
        Flow::new(inputs.here()).key_policy(inputs.attached(), &inputs.arn("role_arn"), &flow);
    Built::of_resource([policy])
}
