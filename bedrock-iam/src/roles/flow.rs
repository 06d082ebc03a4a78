//! The role of a flow.

use iam_policy::{Arn, Principal, Segment, Site, Statement, foreign_action, global};

use super::bucket::objects;
use super::foreign::BotAlias;
use super::model::Model;
use super::site::{account, via};
use super::trust::{BEDROCK, trust};
use crate::generated::bedrock::{action, arn};
use crate::generated::{iam, kms, lambda, s3};

/// The role of a flow.
///
/// From "Create a service role for Amazon Bedrock Flows in Amazon Bedrock". Foreign actions:
/// `lex:RecognizeUtterance` for a [`lex_bot`](Self::lex_bot).
///
/// ```
/// use bedrock_iam::bedrock::arn;
/// use bedrock_iam::roles::Flow;
/// use bedrock_iam::{Partition, Policy, Site, account, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let haiku = arn::FoundationModel { resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0") };
/// let handbook = arn::KnowledgeBase { knowledge_base_id: seg!("KB12345678") };
/// let role = Flow::new(here).model(haiku.at(here)).knowledge_base(handbook.at(here));
/// let policy = Policy::new().with_all(role.permissions()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.permissions()` and `.trust()` return the statements of the role's policies"]
pub struct Flow {
    here: Site,
    flow_id: Segment,
    permissions: Vec<Statement>,
}

impl Flow {
    /// Creates the role of a flow without nodes.
    pub const fn new(here: Site) -> Self {
        Self {
            here,
            flow_id: Segment::ANY,
            permissions: Vec::new(),
        }
    }

    /// Adds the model of a prompt node, or of a knowledge base node that generates responses.
    pub fn model(self, model: impl Into<Model>) -> Self {
        self.with([model.into().invoked()])
    }

    /// Adds a custom model.
    ///
    /// The page also allows `bedrock:InvokeModel` on it; by the reference, it supports a deployment of
    /// the model instead: add that with [`model`](Self::model).
    pub fn custom_model(self, model: Arn<arn::CustomModel>) -> Self {
        self.with([Statement::allow(action::GetCustomModel).on(model).checked()])
    }

    /// Adds a prompt of prompt management: its draft.
    pub fn prompt(self, prompt: Arn<arn::Prompt>) -> Self {
        self.with([Statement::allow(action::RenderPrompt).on(prompt).checked()])
    }

    /// Adds versions of a prompt.
    ///
    /// The page has the prompt only, whose ARN does not match those of its versions.
    pub fn prompt_version(self, version: Arn<arn::PromptVersion>) -> Self {
        self.with([Statement::allow(action::RenderPrompt).on(version).checked()])
    }

    /// Adds a knowledge base.
    pub fn knowledge_base(self, knowledge_base: Arn<arn::KnowledgeBase>) -> Self {
        self.with([Statement::allow(action::Retrieve)
            .on(knowledge_base)
            .checked()])
    }

    /// Adds an agent.
    pub fn agent(self, alias: Arn<arn::AgentAlias>) -> Self {
        self.with([Statement::allow(action::InvokeAgent).on(alias).checked()])
    }

    /// Adds a guardrail.
    pub fn guardrail(self, guardrail: Arn<arn::Guardrail>) -> Self {
        self.with([Statement::allow(action::ApplyGuardrail)
            .on(guardrail)
            .checked()])
    }

    /// Adds a bucket from which an S3 retrieval node reads.
    pub fn retrieval(self, bucket: &Arn<s3::arn::Bucket>) -> Self {
        let account = account(self.here);
        self.with([Statement::allow(s3::action::GetObject)
            .on(objects(bucket, Segment::ANY))
            .when(global::RESOURCE_ACCOUNT.string_equals(account))
            .checked()])
    }

    /// Adds a bucket to which an S3 storage node writes.
    ///
    /// The page also has the bucket as resource, which `s3:PutObject` does not support.
    pub fn storage(self, bucket: &Arn<s3::arn::Bucket>) -> Self {
        let account = account(self.here);
        self.with([Statement::allow(s3::action::PutObject)
            .on(objects(bucket, Segment::ANY))
            .when(global::RESOURCE_ACCOUNT.string_equals(account))
            .checked()])
    }

    /// Adds a function.
    pub fn function(self, function: Arn<lambda::arn::Function>) -> Self {
        self.with([Statement::allow(lambda::action::InvokeFunction)
            .on(function)
            .checked()])
    }

    /// Adds an alias of a bot of Amazon Lex, by the identifiers of both.
    pub fn lex_bot(self, bot: Segment, alias: Segment) -> Self {
        let alias = BotAlias { bot, alias }.at(self.here);
        self.with([Statement::allow(foreign_action!("lex:RecognizeUtterance"))
            .on(alias)
            .checked()])
    }

    /// Adds the key of a resource that the flow uses.
    pub fn encrypted_resource(self, key: Arn<kms::arn::Key>) -> Self {
        let account = account(self.here);
        self.with([
            Statement::allow((kms::action::GenerateDataKey, kms::action::Decrypt))
                .on(key)
                .when(global::RESOURCE_ACCOUNT.string_equals(account))
                .checked(),
        ])
    }

    /// Adds the key that encrypts a flow, which flow executions use.
    ///
    /// From "Encryption of Amazon Bedrock Flows resources".
    pub fn encrypted(self, key: Arn<kms::arn::Key>, flow: &Arn<arn::Flow>) -> Self {
        let via = via("bedrock", self.here);
        self.with([
            Statement::allow((kms::action::GenerateDataKey, kms::action::Decrypt))
                .on(key)
                .when(kms::key::encryption_context(CONTEXT).string_equals(flow))
                .when(kms::key::VIA_SERVICE.string_equals(via))
                .checked(),
        ])
    }

    /// Returns the statement of a key's policy with which a role encrypts and decrypts a flow.
    ///
    /// From "Encryption of Amazon Bedrock Flows resources".
    pub fn key_policy(
        &self,
        key: Arn<kms::arn::Key>,
        role: &Arn<iam::arn::Role>,
        flow: &Arn<arn::Flow>,
    ) -> Statement {
        Statement::allow((kms::action::GenerateDataKey, kms::action::Decrypt))
            .principal(Principal::arn(role.clone()))
            .on(key)
            .when(kms::key::encryption_context(CONTEXT).string_equals(flow))
            .when(kms::key::VIA_SERVICE.string_equals(via("bedrock", self.here)))
            .checked()
    }

    /// Limits the trust policy to one flow, as AWS recommends once it exists.
    pub fn flow_id(mut self, id: Segment) -> Self {
        self.flow_id = id;
        self
    }

    /// Returns the statements of the role's policy.
    #[must_use]
    pub fn permissions(&self) -> Vec<Statement> {
        self.permissions.clone()
    }

    /// Returns the statement of the role's trust policy.
    pub fn trust(&self) -> Statement {
        let flow_id = self.flow_id.clone();
        let flow = arn::Flow { flow_id }.at(self.here);
        trust(BEDROCK, self.here, global::SOURCE_ARN.arn_like(flow))
    }

    fn with(mut self, statements: impl IntoIterator<Item = Statement>) -> Self {
        self.permissions.extend(statements);
        self
    }
}

/// The key of the encryption context of flows.
const CONTEXT: &str = "aws:bedrock-flows:arn";
