//! API calls, as a caller describes them.

use std::collections::BTreeMap;

use iam_policy::{AccountId, AnyOperation, Region};

/// An API call: the operation, where and by which account it is called, and the members of its
/// request that decide what is authorized.
///
/// An id or ARN is a text or a typed ARN, and is checked by [`requests`](Self::requests).
///
/// ```
/// use bedrock_iam::bedrock::{Operation, arn};
/// use bedrock_iam::calls::Call;
/// use bedrock_iam::{Partition, Site, account, region, seg};
///
/// let (region, account) = (region!("eu-central-1"), account!("123456789012"));
/// let handbook = arn::KnowledgeBase { knowledge_base_id: seg!("KB12345678") };
/// let handbook = handbook.at(Site::new(Partition::Aws, region, account));
/// let call = Call::of(Operation::GetKnowledgeBase).on(handbook).at(region, account);
/// assert_eq!(call.requests()?.caller[0].action, "bedrock:GetKnowledgeBase");
/// # Ok::<(), bedrock_iam::calls::CallError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Call {
    pub(super) operation: String,
    pub(super) client: Option<String>,
    pub(super) region: Option<Region>,
    pub(super) account: Option<AccountId>,
    pub(super) model: Option<String>,
    pub(super) profile_models: Vec<String>,
    pub(super) router_models: Vec<String>,
    pub(super) guardrail: Option<Guardrail>,
    pub(super) enforced_guardrail: Option<String>,
    pub(super) prompt: Option<Prompt>,
    pub(super) api_key: Option<ApiKey>,
    pub(super) service_tier: Option<String>,
    pub(super) system_tools: Vec<String>,
    pub(super) tools: Vec<String>,
    pub(super) external_web_access: Option<bool>,
    pub(super) stream: bool,
    /// Other resources that the request names, each with the member that names it.
    pub(super) resources: Vec<(String, String)>,
    /// Models of other parts, such as `embedding_model`.
    pub(super) part_models: BTreeMap<&'static str, String>,
    /// The aliases of the agents that an agent calls.
    pub(super) collaborators: Vec<String>,
    pub(super) image: Option<String>,
    pub(super) schema: Option<String>,
    pub(super) sources: Option<Sources>,
    pub(super) vector_store: Option<String>,
    pub(super) credentials_secret: Option<String>,
    pub(super) function: Option<String>,
    pub(super) role: Option<String>,
    pub(super) input_bucket: Option<String>,
    pub(super) output_bucket: Option<String>,
    pub(super) kms_key: Option<String>,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) resource_tags: BTreeMap<String, String>,
    /// Members that are the values of condition keys, such as `actor_id`.
    pub(super) keys: BTreeMap<String, Vec<String>>,
}

/// A guardrail, by id or ARN.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Guardrail {
    pub(super) id: String,
    pub(super) version: Option<String>,
    /// The guardrail profile, for a guardrail with cross-region inference.
    pub(super) profile: Option<String>,
    /// The regions that the profile routes to, with the region of the call.
    pub(super) profile_regions: Vec<String>,
}

/// A managed prompt, and the model that it names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Prompt {
    pub(super) arn: String,
    pub(super) model: Option<String>,
}

/// Where the documents of `RetrieveAndGenerate` without a knowledge base are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sources {
    S3,
    Bytes,
}

/// A kind of Bedrock API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiKey {
    /// A key that expires with the session that made it.
    ShortTerm,
    /// A key of an IAM user, which can be valid for years.
    LongTerm,
}

/// Constructors of calls that name a model.
macro_rules! with_model {
    ($($(#[$doc:meta])* $name:ident $operation:literal;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(model: impl Into<String>) -> Self {
                Self::new($operation).model(model)
            }
        )*
    };
}

/// Constructors of calls on a resource, given by its ARN.
macro_rules! with_resource {
    ($($(#[$doc:meta])* $name:ident $operation:literal $member:ident;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name($member: impl Into<String>) -> Self {
                Self::new($operation).on($member)
            }
        )*
    };
}

/// Setters of optional members.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(mut self, value: impl Into<String>) -> Self {
                self.$name = Some(value.into());
                self
            }
        )*
    };
}

/// Setters of the models of other parts, and their list.
macro_rules! part_models {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        /// The members that name models of other parts.
        #[cfg(feature = "json")]
        pub(super) const PART_MODELS: &'static [&'static str] = &[$(stringify!($name)),*];

        $(
            $(#[$doc])*
            #[must_use]
            pub fn $name(mut self, value: impl Into<String>) -> Self {
                self.part_models.insert(stringify!($name), value.into());
                self
            }
        )*
    };
}

impl Call {
    /// Creates a call of an operation, such as `Converse`.
    ///
    /// If several SDK clients have operations with the name, [`client`](Self::client) selects one.
    #[must_use]
    pub fn new(operation: impl Into<String>) -> Self {
        Self {
            operation: operation.into(),
            client: None,
            region: None,
            account: None,
            model: None,
            profile_models: Vec::new(),
            router_models: Vec::new(),
            guardrail: None,
            enforced_guardrail: None,
            prompt: None,
            api_key: None,
            service_tier: None,
            system_tools: Vec::new(),
            tools: Vec::new(),
            external_web_access: None,
            stream: false,
            resources: Vec::new(),
            part_models: BTreeMap::new(),
            collaborators: Vec::new(),
            image: None,
            schema: None,
            sources: None,
            vector_store: None,
            credentials_secret: None,
            function: None,
            role: None,
            input_bucket: None,
            output_bucket: None,
            kms_key: None,
            tags: BTreeMap::new(),
            resource_tags: BTreeMap::new(),
            keys: BTreeMap::new(),
        }
    }

    /// Creates a call of an operation of a module, such as `bedrock::Operation::Converse`.
    #[must_use]
    pub fn of(operation: impl Into<AnyOperation>) -> Self {
        let AnyOperation { service, facts } = operation.into();
        let client = facts.sdk_clients.first().unwrap_or(&service.prefix);
        Self::new(facts.name).client(*client)
    }

    with_model! {
        /// Creates a call of `Converse`.
        converse "Converse";
        /// Creates a call of `ConverseStream`.
        converse_stream "ConverseStream";
        /// Creates a call of `InvokeModel`.
        invoke_model "InvokeModel";
        /// Creates a call of `InvokeModelWithResponseStream`.
        invoke_model_with_response_stream "InvokeModelWithResponseStream";
        /// Creates a call of `CountTokens` of the client `bedrock-runtime`.
        count_tokens "CountTokens";
        /// Creates a call of `Rerank`.
        rerank "Rerank";
        /// Creates a call of `CreateInferenceProfile`, whose source is a model or another profile.
        create_inference_profile "CreateInferenceProfile";
    }

    with_resource! {
        /// Creates a call of `Retrieve`.
        retrieve "Retrieve" knowledge_base;
        /// Creates a call of `InvokeAgent`.
        invoke_agent "InvokeAgent" agent_alias;
        /// Creates a call of `InvokeFlow`.
        invoke_flow "InvokeFlow" flow_alias;
        /// Creates a call of `InvokeAgentRuntime`.
        invoke_agent_runtime "InvokeAgentRuntime" runtime;
    }

    /// Creates a call of `RetrieveAndGenerate`.
    #[must_use]
    pub fn retrieve_and_generate(
        knowledge_base: impl Into<String>,
        model: impl Into<String>,
    ) -> Self {
        Self::new("RetrieveAndGenerate")
            .on(knowledge_base)
            .model(model)
    }

    /// Creates a call of `ApplyGuardrail`.
    #[must_use]
    pub fn apply_guardrail(guardrail: impl Into<String>, version: &str) -> Self {
        Self::new("ApplyGuardrail").guardrail(guardrail, Some(version))
    }

    /// Creates a call of `StartAsyncInvoke`, which writes to a bucket.
    #[must_use]
    pub fn start_async_invoke(model: impl Into<String>, output_bucket: impl Into<String>) -> Self {
        Self::new("StartAsyncInvoke")
            .model(model)
            .output_bucket(output_bucket)
    }

    /// Creates a call of `CreateModelInvocationJob`: a batch that runs with a role.
    #[must_use]
    pub fn create_model_invocation_job(
        model: impl Into<String>,
        role: impl Into<String>,
        input_bucket: impl Into<String>,
        output_bucket: impl Into<String>,
    ) -> Self {
        Self::new("CreateModelInvocationJob")
            .model(model)
            .role(role)
            .input_bucket(input_bucket)
            .output_bucket(output_bucket)
    }

    /// Creates a call of `CreateKnowledgeBase`.
    #[must_use]
    pub fn create_knowledge_base(
        role: impl Into<String>,
        embedding_model: impl Into<String>,
    ) -> Self {
        Self::new("CreateKnowledgeBase")
            .role(role)
            .embedding_model(embedding_model)
    }

    /// Sets the region and the account of the caller, which every call needs.
    #[must_use]
    pub const fn at(mut self, region: Region, account: AccountId) -> Self {
        self.region = Some(region);
        self.account = Some(account);
        self
    }

    setters! {
        /// Sets the SDK client, such as `bedrock-runtime`.
        client;
        /// Sets the model as the caller names it: the id of a model or inference profile, or an ARN of
        /// any kind that can be invoked.
        model;
        /// Sets the service tier.
        service_tier;
        /// Sets the guardrail that the account enforces on the model, by id or ARN.
        enforced_guardrail;
        /// Sets the vector store of a knowledge base: an ARN, or the id of another provider's store.
        vector_store;
        /// Sets the ARN of the secret with the credentials of a vector store.
        credentials_secret;
        /// Sets the ARN of a Lambda function.
        function;
        /// Sets the ARN of the role that is passed, or with which the service runs.
        role;
        /// Sets the name of the bucket that a job or data source reads.
        input_bucket;
        /// Sets the name of the bucket that a job writes.
        output_bucket;
        /// Sets the ARN of a customer managed key.
        kms_key;
        /// Sets the URI of a container image in Amazon ECR.
        image;
        /// Sets the ARN of the object in Amazon S3 with the schema of an action group.
        schema;
    }

    part_models! {
        /// Sets the model of the agent that is called, by id or ARN.
        agent_model;
        /// Sets the model that makes embeddings, by id or ARN.
        embedding_model;
        /// Sets the model that judges in an evaluation, by id or ARN.
        judge_model;
        /// Sets the model that reranks results, by id or ARN.
        reranking_model;
        /// Sets the model from which another one is distilled, by id or ARN.
        teacher_model;
    }

    /// Sets the models behind the inference profile, as `GetInferenceProfile` lists them.
    #[must_use]
    pub fn profile_models<T: Into<String>>(mut self, arns: impl IntoIterator<Item = T>) -> Self {
        self.profile_models = arns.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the models and profiles behind the prompt router, as `GetPromptRouter` lists them.
    #[must_use]
    pub fn router_models<T: Into<String>>(mut self, arns: impl IntoIterator<Item = T>) -> Self {
        self.router_models = arns.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the guardrail, by id or ARN, and its version.
    #[must_use]
    pub fn guardrail(mut self, id: impl Into<String>, version: Option<&str>) -> Self {
        let guardrail = self.guardrail.get_or_insert_default();
        guardrail.id = id.into();
        guardrail.version = version.map(str::to_owned);
        self
    }

    /// Sets the guardrail profile of a guardrail with cross-region inference, and the regions that it
    /// routes to, with the region of the call.
    #[must_use]
    pub fn guardrail_profile<T: Into<String>>(
        mut self,
        profile: impl Into<String>,
        regions: impl IntoIterator<Item = T>,
    ) -> Self {
        let guardrail = self.guardrail.get_or_insert_default();
        guardrail.profile = Some(profile.into());
        guardrail.profile_regions = regions.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the ARN of a managed prompt, and the model that it names.
    #[must_use]
    pub fn prompt(mut self, arn: impl Into<String>, model: impl Into<String>) -> Self {
        self.prompt = Some(Prompt {
            arn: arn.into(),
            model: Some(model.into()),
        });
        self
    }

    /// Sets the kind of Bedrock API key with which the call is made.
    #[must_use]
    pub const fn api_key(mut self, key: ApiKey) -> Self {
        self.api_key = Some(key);
        self
    }

    /// Adds a system tool, such as `nova_grounding`.
    #[must_use]
    pub fn system_tool(mut self, name: impl Into<String>) -> Self {
        self.system_tools.push(name.into());
        self
    }

    /// Adds a tool of an OpenAI-compatible operation, such as `web_search`.
    #[must_use]
    pub fn tool(mut self, name: impl Into<String>) -> Self {
        self.tools.push(name.into());
        self
    }

    /// Sets whether the tool `web_search` may leave AWS, as it may by default.
    #[must_use]
    pub const fn external_web_access(mut self, external: bool) -> Self {
        self.external_web_access = Some(external);
        self
    }

    /// Adds the ARN of the alias of an agent that the called agent calls.
    #[must_use]
    pub fn collaborator(mut self, agent_alias: impl Into<String>) -> Self {
        self.collaborators.push(agent_alias.into());
        self
    }

    /// Sets whether an OpenAI-compatible operation streams its response.
    #[must_use]
    pub const fn stream(mut self, stream: bool) -> Self {
        self.stream = stream;
        self
    }

    /// Adds the ARN of a resource that is called, read or changed, such as that of a knowledge base.
    #[must_use]
    pub fn on(mut self, arn: impl Into<String>) -> Self {
        self.resources.push(("resource".to_owned(), arn.into()));
        self
    }

    /// Adds a tag of the request.
    #[must_use]
    pub fn tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.insert(key.into(), value.into());
        self
    }

    /// Adds a tag of the resource that is called, read or changed.
    #[must_use]
    pub fn resource_tag(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.resource_tags.insert(key.into(), value.into());
        self
    }

    /// Returns the region of the call, if it is set.
    #[must_use]
    pub const fn region(&self) -> Option<Region> {
        self.region
    }

    /// Returns the account of the caller, if it is set.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        self.account
    }

    /// Returns whether the knowledge base has a vector store of another provider, whose credentials
    /// are in a secret. The stores of AWS have ARNs.
    pub(super) fn has_third_party_store(&self) -> bool {
        let is_own = |it: &String| it.starts_with("arn:");
        self.credentials_secret.is_some() && !self.vector_store.as_ref().is_some_and(is_own)
    }
}
