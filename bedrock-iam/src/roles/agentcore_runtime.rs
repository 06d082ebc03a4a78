//! The execution role of an agent in AgentCore Runtime.

use iam_policy::{AnyResource, Arn, Segment, Site, Statement, foreign_action, global, seg};

use super::model::Model;
use super::site::all_of;
use super::trust::{AGENTCORE, trust};
use crate::generated::bedrock_agentcore::{action, arn};
use crate::generated::{cloudwatch, ecr, logs, secretsmanager};

/// The execution role of an agent in AgentCore Runtime.
///
/// From "IAM Permissions for AgentCore Runtime", the sections about the execution role. Foreign actions:
/// those of `xray`. The page restricts `logs:PutResourcePolicy` to a log group, which
/// [`check`](mod@crate::check) warns about: the reference states no resource for the action.
///
/// ```
/// use bedrock_iam::roles::AgentCoreRuntime;
/// use bedrock_iam::{Partition, Policy, Site, account, bedrock, ecr, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let image = ecr::arn::Repository { repository_name: seg!("support-agent") };
/// let haiku = bedrock::arn::FoundationModel {
///     resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0"),
/// };
/// let role = AgentCoreRuntime::new(here, seg!("support_agent"))
///     .image(image.at(here))
///     .model(haiku.at(here))
///     .workload_tokens_from_jwt();
/// let policy = Policy::new().with_all(role.permissions()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.permissions()` and `.trust()` return the statements of the role's policies"]
pub struct AgentCoreRuntime {
    here: Site,
    agent_name: Segment,
    permissions: Vec<Statement>,
}

impl AgentCoreRuntime {
    /// Creates the role from the agent's name: it writes logs, traces and metrics.
    pub fn new(here: Site, agent_name: Segment) -> Self {
        let group = |name| logs::arn::LogGroup {
            log_group_name: name,
        };
        let runtimes = seg!(glob "/aws/bedrock-agentcore/runtimes/*");
        let own = seg!("/aws/bedrock-agentcore/runtimes/")
            .then(Segment::glob(agent_name.as_str()).unwrap_or(Segment::ANY))
            .then(seg!(glob "-*"));
        let streams = logs::arn::LogStream {
            log_group_name: seg!(glob "/aws/bedrock-agentcore/runtimes/*"),
            log_stream_name: Segment::ANY,
        };
        let permissions = vec![
            Statement::allow((
                logs::action::DescribeLogStreams,
                logs::action::CreateLogGroup,
            ))
            .on(group(runtimes).at(here))
            .checked(),
            Statement::allow(logs::action::PutResourcePolicy)
                .on(group(own).at(here))
                .checked(),
            Statement::allow(logs::action::DescribeLogGroups)
                .on(group(Segment::ANY).at(here))
                .checked(),
            Statement::allow((logs::action::CreateLogStream, logs::action::PutLogEvents))
                .on(streams.at(here))
                .checked(),
            Statement::allow([
                foreign_action!("xray:PutTraceSegments"),
                foreign_action!("xray:PutTelemetryRecords"),
                foreign_action!("xray:GetSamplingRules"),
                foreign_action!("xray:GetSamplingTargets"),
            ])
            .on(AnyResource)
            .checked(),
            Statement::allow(cloudwatch::action::PutMetricData)
                .on(AnyResource)
                .when(cloudwatch::key::NAMESPACE.string_equals("bedrock-agentcore"))
                .checked(),
        ];
        Self {
            here,
            agent_name,
            permissions,
        }
    }

    /// Adds the repository of the agent's container image. The page has every repository.
    pub fn image(self, repository: Arn<ecr::arn::Repository>) -> Self {
        self.with([
            Statement::allow((
                ecr::action::BatchGetImage,
                ecr::action::GetDownloadUrlForLayer,
            ))
            .on(repository)
            .checked(),
            Statement::allow(ecr::action::GetAuthorizationToken)
                .on(AnyResource)
                .checked(),
        ])
    }

    /// Adds a model that the agent invokes.
    ///
    /// The page allows all foundation models, and all resources of `bedrock` in the account.
    pub fn model(self, model: impl Into<Model>) -> Self {
        self.with([model.into().streamed()])
    }

    /// Adds access tokens of the agent's workload identity itself.
    ///
    /// The page has one statement for these and the tokens of
    /// [`workload_tokens_from_jwt`](Self::workload_tokens_from_jwt) and
    /// [`workload_tokens_for_user_ids`](Self::workload_tokens_for_user_ids).
    pub fn workload_tokens(self) -> Self {
        let resources = self.identities();
        self.with([Statement::allow(action::GetWorkloadAccessToken)
            .on(resources)
            .checked()])
    }

    /// Adds access tokens of the agent's workload identity for users with a JWT.
    pub fn workload_tokens_from_jwt(self) -> Self {
        let resources = self.identities();
        self.with([Statement::allow(action::GetWorkloadAccessTokenForJWT)
            .on(resources)
            .checked()])
    }

    /// Adds access tokens of the agent's workload identity for users that the agent names itself.
    ///
    /// AWS recommends not to allow these in production if users have a JWT.
    pub fn workload_tokens_for_user_ids(self) -> Self {
        let resources = self.identities();
        self.with([Statement::allow(action::GetWorkloadAccessTokenForUserId)
            .on(resources)
            .checked()])
    }

    /// Adds a credential provider with an API key, and its secret.
    ///
    /// From "Scope down access to credential providers by workload identity", which spells the provider's
    /// ARN in another way than the reference, and "Security and access controls (AgentCore harness)".
    pub fn api_key(
        self,
        provider: Arn<arn::ApiKeyCredentialProvider>,
        secret: Arn<secretsmanager::arn::Secret>,
    ) -> Self {
        let vault = self.vault(&provider.resource().token_vault_id);
        let resources = (self.identities(), vault, provider);
        self.with([
            Statement::allow(action::GetResourceApiKey)
                .on(resources)
                .checked(),
            read(secret),
        ])
    }

    /// Adds a credential provider with OAuth 2.0, and its secret.
    ///
    /// From the same pages as [`api_key`](Self::api_key).
    pub fn oauth2(
        self,
        provider: Arn<arn::Oauth2CredentialProvider>,
        secret: Arn<secretsmanager::arn::Secret>,
    ) -> Self {
        let vault = self.vault(&provider.resource().token_vault_id);
        let resources = (self.identities(), vault, provider);
        self.with([
            Statement::allow(action::GetResourceOauth2Token)
                .on(resources)
                .checked(),
            read(secret),
        ])
    }

    /// Returns the statements of the role's policy.
    #[must_use]
    pub fn permissions(&self) -> Vec<Statement> {
        self.permissions.clone()
    }

    /// Returns the statement of the role's trust policy.
    pub fn trust(&self) -> Statement {
        let source = global::SOURCE_ARN.arn_like(all_of("bedrock-agentcore", self.here));
        trust(AGENTCORE, self.here, source)
    }

    fn identities(
        &self,
    ) -> (
        Arn<arn::WorkloadIdentityDirectory>,
        Arn<arn::WorkloadIdentity>,
    ) {
        let directory = arn::WorkloadIdentityDirectory {
            directory_id: seg!("default"),
        };
        let identity = arn::WorkloadIdentity {
            directory_id: seg!("default"),
            workload_identity_name: self.agent_name.clone().then(seg!(glob "-*")),
        };
        (directory.at(self.here), identity.at(self.here))
    }

    fn vault(&self, id: &Segment) -> Arn<arn::TokenVault> {
        let token_vault_id = id.clone();
        arn::TokenVault { token_vault_id }.at(self.here)
    }

    fn with(mut self, statements: impl IntoIterator<Item = Statement>) -> Self {
        self.permissions.extend(statements);
        self
    }
}

fn read(secret: Arn<secretsmanager::arn::Secret>) -> Statement {
    Statement::allow(secretsmanager::action::GetSecretValue)
        .on(secret)
        .checked()
}
