//! The role of an agent.

use iam_policy::{AnyResource, Arn, Principal, Segment, Site, Statement, global};

use super::model::Model;
use super::site::account;
use super::trust::{BEDROCK, trust};
use crate::generated::{bedrock, kms, lambda, s3, secretsmanager};
use bedrock::{action, arn, key};

/// The role of an agent.
///
/// From "Create a service role for Amazon Bedrock Agents". The role does not invoke functions: the
/// service does, and each function needs [`function_policy`](Self::function_policy).
///
/// ```
/// use bedrock_iam::roles::Agent;
/// use bedrock_iam::{Partition, Policy, Site, account, bedrock, lambda, region, s3, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let haiku = bedrock::arn::FoundationModel {
///     resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0"),
/// };
/// let schema = s3::arn::Object { bucket_name: seg!("schemas"), object_name: seg!("orders.json") };
/// let orders = lambda::arn::Function { function_name: seg!("orders") };
/// let role = Agent::new(here, haiku.at(here))
///     .action_group_schema(schema.at(here))
///     .agent_id(seg!("AGENT12345"));
/// let of_role = Policy::new().with_all(role.permissions()).build()?;
/// let of_function = Policy::resource().with(role.function_policy(orders.at(here))).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.permissions()` and `.trust()` return the statements of the role's policies"]
pub struct Agent {
    here: Site,
    agent_id: Segment,
    permissions: Vec<Statement>,
}

impl Agent {
    /// Creates the role of an agent with a model.
    pub fn new(here: Site, model: impl Into<Model>) -> Self {
        let role = Self {
            here,
            agent_id: Segment::ANY,
            permissions: Vec::new(),
        };
        role.model(model)
    }

    /// Adds another model, such as one with provisioned throughput.
    ///
    /// Through an inference profile, an agent also needs to read the profile and the model, and to
    /// invoke with streaming.
    pub fn model(self, model: impl Into<Model>) -> Self {
        self.with([model.into().invoked_by_agent()])
    }

    /// Adds the object with the OpenAPI schema of an action group.
    pub fn action_group_schema(self, schema: Arn<s3::arn::Object>) -> Self {
        let account = account(self.here);
        self.with([Statement::allow(s3::action::GetObject)
            .on(schema)
            .when(global::RESOURCE_ACCOUNT.string_equals(account))
            .checked()])
    }

    /// Adds a knowledge base.
    ///
    /// The page also allows `bedrock:RetrieveAndGenerate` on the knowledge base; by the reference, the
    /// action takes no resource and the statement would not allow it, so it is left out.
    pub fn knowledge_base(self, knowledge_base: Arn<arn::KnowledgeBase>) -> Self {
        self.with([Statement::allow(action::Retrieve)
            .on(knowledge_base)
            .checked()])
    }

    /// Adds a knowledge base whose vector store is outside of AWS, with the secret of its credentials.
    ///
    /// The page restricts `bedrock:AssociateThirdPartyKnowledgeBase` to the knowledge base; by the
    /// reference, the action takes no resource, so the statement is on `*`. In the page's example, the
    /// condition has the ARN of a key; the condition key contains the ARN of the secret.
    pub fn third_party_knowledge_base(
        self,
        knowledge_base: Arn<arn::KnowledgeBase>,
        secret: &Arn<secretsmanager::arn::Secret>,
    ) -> Self {
        let secret = key::THIRD_PARTY_KNOWLEDGE_BASE_CREDENTIALS_SECRET_ARN.string_equals(secret);
        self.knowledge_base(knowledge_base).with([Statement::allow(
            action::AssociateThirdPartyKnowledgeBase,
        )
        .on(AnyResource)
        .when(secret)
        .checked()])
    }

    /// Adds a guardrail.
    pub fn guardrail(self, guardrail: Arn<arn::Guardrail>) -> Self {
        self.with([Statement::allow(action::ApplyGuardrail)
            .on(guardrail)
            .checked()])
    }

    /// Adds the key that encrypts a guardrail.
    ///
    /// From "(Optional) Create a customer managed key for your guardrail for additional security".
    pub fn encrypted_guardrail(self, key: Arn<kms::arn::Key>) -> Self {
        self.with([Statement::allow(kms::action::Decrypt).on(key).checked()])
    }

    /// Adds objects that code interpretation reads: one, or those with a prefix.
    pub fn code_interpretation(self, files: Arn<s3::arn::Object>) -> Self {
        self.with([Statement::allow((
            s3::action::GetObject,
            s3::action::GetObjectVersion,
            s3::action::GetObjectVersionAttributes,
            s3::action::GetObjectAttributes,
        ))
        .on(files)
        .checked()])
    }

    /// Adds a prompt of prompt management: its draft, which tests in the console use.
    pub fn prompt(self, prompt: Arn<arn::Prompt>) -> Self {
        self.with([Statement::allow(action::GetPrompt).on(prompt).checked()])
    }

    /// Adds versions of a prompt.
    ///
    /// The page has the prompt only, whose ARN does not match those of its versions.
    pub fn prompt_version(self, version: Arn<arn::PromptVersion>) -> Self {
        self.with([Statement::allow(action::GetPrompt).on(version).checked()])
    }

    /// Adds a collaborator, which makes the agent a supervisor.
    pub fn collaborator(self, alias: Arn<arn::AgentAlias>) -> Self {
        self.with([
            Statement::allow((action::GetAgentAlias, action::InvokeAgent))
                .on(alias)
                .checked(),
        ])
    }

    /// Adds the key that encrypts an agent.
    ///
    /// From "Encryption of agent resources with customer managed keys (CMK)", which has the statement for
    /// callers; the page about the role refers to it.
    pub fn encrypted(self, key: Arn<kms::arn::Key>, agent: &Arn<arn::Agent>) -> Self {
        let context = kms::key::encryption_context("aws:bedrock:arn");
        self.with([
            Statement::allow((kms::action::GenerateDataKey, kms::action::Decrypt))
                .on(key)
                .when(context.string_equals(agent))
                .checked(),
        ])
    }

    /// Limits the policies to one agent, as AWS recommends once it exists.
    pub fn agent_id(mut self, id: Segment) -> Self {
        self.agent_id = id;
        self
    }

    /// Returns the statements of the role's policy.
    #[must_use]
    pub fn permissions(&self) -> Vec<Statement> {
        self.permissions.clone()
    }

    /// Returns the statement of the role's trust policy.
    pub fn trust(&self) -> Statement {
        trust(BEDROCK, self.here, global::SOURCE_ARN.arn_like(self.arn()))
    }

    /// Returns the statement of a function's policy that lets the agent invoke it: for an action group,
    /// a parser or a custom orchestration.
    pub fn function_policy(&self, function: Arn<lambda::arn::Function>) -> Statement {
        Statement::allow(lambda::action::InvokeFunction)
            .principal(Principal::service(BEDROCK))
            .on(function)
            .when(global::SOURCE_ACCOUNT.string_equals(account(self.here)))
            .when(global::SOURCE_ARN.arn_like(self.arn()))
            .checked()
    }

    fn arn(&self) -> Arn<arn::Agent> {
        let agent_id = self.agent_id.clone();
        arn::Agent { agent_id }.at(self.here)
    }

    fn with(mut self, statements: impl IntoIterator<Item = Statement>) -> Self {
        self.permissions.extend(statements);
        self
    }
}
