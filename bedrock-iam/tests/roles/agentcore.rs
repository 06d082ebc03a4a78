//! AgentCore runtimes from the inputs of documented roles.

use bedrock_iam::bedrock_agentcore::arn;
use bedrock_iam::roles::AgentCoreRuntime;
use bedrock_iam::secretsmanager::arn::Secret;
use bedrock_iam::{Segment, Statement};

use crate::documented::{Built, Inputs, Recipe};

pub(crate) const RECIPES: &[Recipe] = &[("agentcore-identity-api-key", api_key)];

const USER_ID: &str = "the runtime has no JWT of the user (development)";

/// The documented statements are added to those that every runtime needs.
fn api_key(inputs: &Inputs) -> Built {
    let here = inputs.here();
    let new = AgentCoreRuntime::new(here, inputs.segment("agent_name"));
    let provider = arn::ApiKeyCredentialProvider {
        token_vault_id: Segment::parse("default").unwrap(),
        name: inputs.segment("credential_provider"),
    };
    let pattern = inputs.text("secret_arn_pattern");
    let (_, id) = pattern.split_once(":secret:").expect("a secret");
    let secret_id = Segment::glob(id).expect("an identifier");
    let secret = Secret { secret_id }.at(here);
    let all = new.clone().api_key(provider.at(here), secret);
    let added = |role: AgentCoreRuntime| -> Vec<Statement> {
        role.permissions().split_off(new.permissions().len())
    };
    let options = inputs.options(&[(USER_ID, &|| {
        added(all.clone().workload_tokens_for_user_ids())
    })]);
    let role = all.clone().workload_tokens_from_jwt();
    Built {
        trust: Some(role.trust()),
        permissions: added(role),
        options,
    }
}
