//! The facts about calls that neither the reference nor the overlays have a form for, as tables.
//!
//! Sources are pages of the Amazon Bedrock User Guide and API Reference, by title, read on 2026-11-26.
//! A row that is not required was found in one source only, or nowhere.

use super::call::Call;
use crate::catalog::catalog;

/// The resource types of models as a caller can name them. A call is authorized on the one it uses.
pub(super) const MODEL_KINDS: &[&str] = &[
    "application-inference-profile",
    "bedrock-marketplace-model-endpoint",
    "custom-model",
    "custom-model-deployment",
    "default-prompt-router",
    "foundation-model",
    "imported-model",
    "inference-profile",
    "prompt-router",
    "provisioned-model",
];

/// Resource types that one member can name. A request names one of them.
const ALTERNATIVES: &[&[&str]] = &[
    &[
        "automated-reasoning-policy",
        "automated-reasoning-policy-version",
    ],
    &["browser", "browser-custom"],
    &["code-interpreter", "code-interpreter-custom"],
    &["prompt", "prompt-version"],
];

/// The member that names the resource of actions for which the reference states no resource type.
/// Inferred from policies in use, among them AWS's `BedrockAgentCoreFullAccess`.
pub(super) const UNSTATED: &[(&str, &str)] = &[
    (
        "bedrock-agentcore:ConnectBrowserAutomationStream",
        "browser",
    ),
    ("bedrock-agentcore:ConnectBrowserLiveViewStream", "browser"),
];

/// Placeholders of ARN formats with a value that no input states, with the resource type if only
/// its placeholder has the value.
const DEFAULTS: &[(&str, Option<&str>, &str)] = &[
    ("DirectoryId", None, "default"),
    ("Name", Some("runtime-endpoint"), "DEFAULT"),
    ("ResourceId", Some("project"), "default"),
    ("TokenVaultId", None, "default"),
];

/// Operations that create a resource whose type has another name.
const CREATED: &[(&str, &str)] = &[
    ("CreateAgentRuntime", "runtime"),
    ("CreateAgentRuntimeEndpoint", "runtime-endpoint"),
    ("CreateBrowser", "browser-custom"),
    ("CreateCodeInterpreter", "code-interpreter-custom"),
    ("CreateInferenceProfile", "application-inference-profile"),
    ("CreateProvisionedModelThroughput", "provisioned-model"),
    (
        "InvokeBlueprintOptimizationAsync",
        "blueprint-optimization-invocation",
    ),
    (
        "InvokeDataAutomationAsync",
        "data-automation-invocation-job",
    ),
    (
        "InvokeDataAutomationLibraryIngestionJob",
        "data-automation-library-ingestion-job",
    ),
    ("StartBatchEvaluation", "batch-evaluate"),
];

/// An operation of an HTTP API that the reference's table lacks.
pub(super) struct HttpOperation {
    pub(super) client: &'static str,
    pub(super) names: &'static [&'static str],
    pub(super) action: &'static str,
    /// The action of a call that streams its response.
    pub(super) streaming: &'static str,
}

const fn http(
    client: &'static str,
    names: &'static [&'static str],
    action: &'static str,
) -> HttpOperation {
    HttpOperation {
        client,
        names,
        action,
        streaming: action,
    }
}

/// The operations of the OpenAI-compatible APIs and of Anthropic's, by the names of their paths and of
/// their SDKs. Source: "Making inference requests". The actions of stored responses are inferred from
/// their names.
pub(super) const HTTP_OPERATIONS: &[HttpOperation] = &[
    HttpOperation {
        client: "bedrock-runtime",
        names: &[
            "ChatCompletions",
            "CreateChatCompletion",
            "CreateResponse",
            "Responses",
        ],
        action: "bedrock:InvokeModel",
        streaming: "bedrock:InvokeModelWithResponseStream",
    },
    http(
        "bedrock-runtime",
        &["CancelResponse"],
        "bedrock:CancelInvoke",
    ),
    http(
        "bedrock-runtime",
        &["DeleteResponse"],
        "bedrock:DeleteInvoke",
    ),
    http("bedrock-runtime", &["GetResponse"], "bedrock:GetInvoke"),
    http(
        "bedrock-mantle",
        &[
            "ChatCompletions",
            "Completions",
            "CreateChatCompletion",
            "CreateMessage",
            "CreateResponse",
            "Messages",
            "Responses",
        ],
        "bedrock-mantle:CreateInference",
    ),
    http(
        "bedrock-mantle",
        &["CancelResponse"],
        "bedrock-mantle:CancelInference",
    ),
    http(
        "bedrock-mantle",
        &["DeleteResponse"],
        "bedrock-mantle:DeleteInference",
    ),
    http(
        "bedrock-mantle",
        &["GetResponse"],
        "bedrock-mantle:GetInference",
    ),
];

/// Actions that the reference lists for an operation although its page in the API Reference, or calls
/// that worked without them, show that they are not always needed.
pub(super) const LISTED_ONLY: &[(&str, &str)] = &[
    (
        "CreateAgentRuntime",
        "bedrock-agentcore:CreateAgentRuntimeEndpoint",
    ),
    ("DeleteResourcePolicy", "bedrock:PutResourcePolicy"),
    (
        "InvokeCodeInterpreter",
        "bedrock-agentcore:StartCodeInterpreterSession",
    ),
    ("InvokeModelWithResponseStream", "bedrock:InvokeModel"),
];

/// The resources of a request that a [`Row`] adds.
#[derive(Clone, Copy, Debug)]
pub(super) enum On {
    /// `*`.
    Everything,
    /// The model, with everything behind it.
    Model,
    /// The model, with everything behind it, in calls without the guardrail of the request.
    ModelWithoutGuardrail,
    /// The model that reranks, with everything behind it.
    Reranker,
    /// The model that makes embeddings, with everything behind it.
    Embedder,
    /// The model as the caller names it, if it has one of these types.
    ModelOfType(&'static [&'static str]),
    /// The models behind the inference profile that the caller names.
    BehindProfile,
    /// The endpoint of Amazon SageMaker AI that the caller names as the model.
    Endpoint,
    /// The resources of the call that have the action's resource types.
    Facts,
    /// A new resource of this type.
    New(&'static str),
    /// The customer managed key.
    Key,
    /// The customer managed key, used for the agent.
    KeyForAgent,
    /// The objects of the input bucket.
    InputObjects,
    /// The objects of the output bucket.
    OutputObjects,
    /// The buckets.
    Buckets,
    /// The vector store, if it belongs to this service.
    Store(&'static str),
    /// The Lambda function.
    Function,
    /// The workload identity of the gateway, and its directory.
    GatewayIdentity,
    /// The secret with the credentials of the vector store.
    Secret,
}

/// A request that operations cause beyond those that the reference lists. If the call names no
/// resource for it, it does not cause it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) operations: &'static [&'static str],
    pub(super) action: &'static str,
    pub(super) on: On,
    /// Whether the call causes it, if its resource alone does not decide.
    pub(super) with: fn(&Call) -> bool,
    /// A condition key and value in the context of the request.
    pub(super) context: Option<(&'static str, &'static str)>,
    pub(super) required: bool,
    pub(super) when: &'static str,
}

impl Row {
    const fn with(mut self, with: fn(&Call) -> bool) -> Self {
        self.with = with;
        self
    }

    const fn via_bedrock(mut self) -> Self {
        self.context = Some(("aws:CalledViaLast", "bedrock.amazonaws.com"));
        self
    }

    const fn optional(mut self) -> Self {
        self.required = false;
        self
    }
}

const fn row(
    operations: &'static [&'static str],
    action: &'static str,
    on: On,
    when: &'static str,
) -> Row {
    Row {
        operations,
        action,
        on,
        with: |_| true,
        context: None,
        required: true,
        when,
    }
}

const INFERENCE: &[&str] = &[
    "Converse",
    "ConverseStream",
    "InvokeModel",
    "InvokeModelWithResponseStream",
];
const WITH_GUARDRAIL: &[&str] = &[
    "ApplyGuardrail",
    "Converse",
    "ConverseStream",
    "InvokeModel",
    "InvokeModelWithResponseStream",
];
const GENERATE: &[&str] = &["RetrieveAndGenerate", "RetrieveAndGenerateStream"];
const GUARDRAIL_KEY: &[&str] = &["CreateGuardrail", "UpdateGuardrail"];
const PROMPT_JOB: &[&str] = &["CreateAdvancedPromptOptimizationJob"];

const ALWAYS: &str = "always";
const ENCRYPTED_GUARDRAIL: &str = "the guardrail is encrypted with a customer managed key";
const ENCRYPTED_AGENT: &str = "the agent is encrypted with a customer managed key";
const GUIDE_ONLY: &str = "a guide requires it, but AWS's policies do without it";

/// Requests of the caller.
pub(super) const CALLER: &[Row] = &[
    // "Prerequisites for running model inference"
    row(
        INFERENCE,
        "bedrock:GetInferenceProfile",
        On::ModelOfType(&["application-inference-profile", "inference-profile"]),
        GUIDE_ONLY,
    )
    .optional(),
    row(
        INFERENCE,
        "bedrock:GetProvisionedModelThroughput",
        On::ModelOfType(&["provisioned-model"]),
        GUIDE_ONLY,
    )
    .optional(),
    row(
        INFERENCE,
        "bedrock:GetImportedModel",
        On::ModelOfType(&["imported-model"]),
        GUIDE_ONLY,
    )
    .optional(),
    row(INFERENCE, "bedrock:GetGuardrail", On::Facts, GUIDE_ONLY).optional(),
    // "Set up Amazon Bedrock Marketplace"
    row(
        &["Converse", "InvokeModel"],
        "sagemaker:InvokeEndpoint",
        On::Endpoint,
        "the model is an endpoint of Amazon Bedrock Marketplace",
    )
    .via_bedrock(),
    row(
        &["ConverseStream", "InvokeModelWithResponseStream"],
        "sagemaker:InvokeEndpointWithResponseStream",
        On::Endpoint,
        "the model is an endpoint of Amazon Bedrock Marketplace",
    )
    .via_bedrock(),
    // "Create a customer managed key for your guardrail"
    row(WITH_GUARDRAIL, "kms:Decrypt", On::Key, ENCRYPTED_GUARDRAIL)
        .with(|call| call.guardrail.is_some()),
    row(GUARDRAIL_KEY, "kms:Decrypt", On::Key, ENCRYPTED_GUARDRAIL),
    row(
        GUARDRAIL_KEY,
        "kms:DescribeKey",
        On::Key,
        ENCRYPTED_GUARDRAIL,
    ),
    row(
        GUARDRAIL_KEY,
        "kms:GenerateDataKey",
        On::Key,
        ENCRYPTED_GUARDRAIL,
    ),
    row(
        GUARDRAIL_KEY,
        "kms:CreateGrant",
        On::Key,
        ENCRYPTED_GUARDRAIL,
    ),
    // "Encryption of agent resources with customer managed keys"
    row(
        &["InvokeAgent"],
        "kms:Decrypt",
        On::KeyForAgent,
        ENCRYPTED_AGENT,
    ),
    row(
        &["InvokeAgent"],
        "kms:GenerateDataKey",
        On::KeyForAgent,
        ENCRYPTED_AGENT,
    ),
    // "Fulfill prerequisites to copy models"
    row(
        &["CreateModelCopyJob"],
        "kms:CreateGrant",
        On::Key,
        "the copy is encrypted with a customer managed key",
    ),
    // "Permissions for reranking in Amazon Bedrock"
    row(
        GENERATE,
        "bedrock:Rerank",
        On::Everything,
        "the request names a reranking model",
    )
    .with(|call| call.reranking_model.is_some()),
    row(
        GENERATE,
        "bedrock:InvokeModel",
        On::Reranker,
        "the request names a reranking model",
    ),
    // "Enforce the use of specific guardrails in model inference requests": the calls that the service
    // makes to rewrite queries do not carry the guardrail
    row(
        GENERATE,
        "bedrock:ApplyGuardrail",
        On::Facts,
        "the request names a guardrail",
    ),
    row(
        GENERATE,
        "bedrock:InvokeModel",
        On::ModelWithoutGuardrail,
        "the inner calls that carry no guardrail",
    )
    .with(|call| call.guardrail.is_some()),
    // inferred from the API Reference: documents are read as the caller
    row(
        GENERATE,
        "s3:GetObject",
        On::InputObjects,
        "the sources are in a bucket",
    )
    .with(|call| !call.names("knowledge_base")),
    // "Generate a query for structured data"
    row(
        &["GenerateQuery"],
        "sqlworkbench:GetSqlRecommendations",
        On::Everything,
        ALWAYS,
    ),
    // "Request access to models"
    row(
        &["CreateFoundationModelAgreement"],
        "aws-marketplace:Subscribe",
        On::Everything,
        ALWAYS,
    )
    .via_bedrock(),
    row(
        &["CreateFoundationModelAgreement"],
        "aws-marketplace:ViewSubscriptions",
        On::Everything,
        ALWAYS,
    )
    .via_bedrock(),
    row(
        &["DeleteFoundationModelAgreement"],
        "aws-marketplace:Unsubscribe",
        On::Everything,
        ALWAYS,
    )
    .via_bedrock(),
    // "Video generation access and usage" of the Amazon Nova User Guide
    row(
        &["StartAsyncInvoke"],
        "s3:PutObject",
        On::OutputObjects,
        "the output is written as the caller",
    ),
    // "Advanced Prompt Optimization", prerequisites: no role is passed
    row(
        PROMPT_JOB,
        "bedrock:InvokeModelWithResponseStream",
        On::Model,
        ALWAYS,
    ),
    row(PROMPT_JOB, "s3:GetObject", On::InputObjects, ALWAYS),
    row(PROMPT_JOB, "s3:ListBucket", On::Buckets, ALWAYS),
    row(PROMPT_JOB, "s3:PutObject", On::OutputObjects, ALWAYS),
    // "Create a service role for model customization", and the reference's mark on `custom-model`
    row(
        &["CreateModelCustomizationJob"],
        "bedrock:CreateModelCustomizationJob",
        On::New("custom-model"),
        "a guide grants it beside the base model",
    )
    .optional(),
    row(
        &["CreateModelCustomizationJob"],
        "bedrock:CreateModelCustomizationJob",
        On::New("model-customization-job"),
        "a guide grants it beside the base model",
    )
    .optional(),
    row(
        &["CreateInferenceProfile"],
        "bedrock:CreateInferenceProfile",
        On::BehindProfile,
        "no source states whether the models behind the source are authorized",
    )
    .optional(),
];

/// The actions with which a service uses a customer managed key. For operations without a row in
/// [`CALLER`], no source states whether it does so in the caller's name.
pub(super) const KEY_ACTIONS: &[&str] = &[
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:GenerateDataKey",
];

const JOBS: &[&str] = &[
    "CreateCustomModel",
    "CreateEvaluationJob",
    "CreateModelCustomizationJob",
    "CreateModelImportJob",
    "CreateModelInvocationJob",
];
const INGESTION: &[&str] = &[
    "CreateKnowledgeBase",
    "StartIngestionJob",
    "UpdateKnowledgeBase",
];
const EMBEDDING: &[&str] = &[
    "AgenticRetrieveStream",
    "CreateKnowledgeBase",
    "IngestKnowledgeBaseDocuments",
    "Retrieve",
    "RetrieveAndGenerate",
    "RetrieveAndGenerateStream",
    "StartIngestionJob",
    "UpdateKnowledgeBase",
];
const AGENTS: &[&str] = &[
    "CreateAgent",
    "CreateFlow",
    "InvokeAgent",
    "InvokeFlow",
    "StartFlowExecution",
    "UpdateAgent",
    "UpdateFlow",
];
const LATER: &str = "when the service runs with the role";

/// Requests of the role that is passed, or with which the service runs.
pub(super) const SERVICE_ROLE: &[Row] = &[
    // the pages on the service roles of the jobs
    row(JOBS, "s3:GetObject", On::InputObjects, LATER),
    row(JOBS, "s3:ListBucket", On::Buckets, LATER),
    row(JOBS, "s3:PutObject", On::OutputObjects, LATER),
    row(
        &["CreateEvaluationJob"],
        "bedrock:InvokeModel",
        On::Model,
        LATER,
    ),
    row(
        &["CreateModelInvocationJob"],
        "bedrock:InvokeModel",
        On::Model,
        "the batch runs through an inference profile",
    )
    .with(|call| !call.profile_models.is_empty()),
    // "Create a service role for Amazon Bedrock Knowledge Bases"
    row(EMBEDDING, "bedrock:InvokeModel", On::Embedder, LATER),
    row(INGESTION, "s3:GetObject", On::InputObjects, LATER),
    row(INGESTION, "s3:ListBucket", On::Buckets, LATER),
    row(EMBEDDING, "aoss:APIAccessAll", On::Store("aoss"), LATER),
    row(
        EMBEDDING,
        "s3vectors:QueryVectors",
        On::Store("s3vectors"),
        LATER,
    ),
    row(
        EMBEDDING,
        "rds-data:ExecuteStatement",
        On::Store("rds"),
        LATER,
    ),
    row(
        EMBEDDING,
        "secretsmanager:GetSecretValue",
        On::Secret,
        LATER,
    ),
    // "Permissions for reranking in Amazon Bedrock"
    row(&["Retrieve"], "bedrock:Rerank", On::Everything, LATER)
        .with(|call| call.reranking_model.is_some()),
    row(&["Retrieve"], "bedrock:InvokeModel", On::Reranker, LATER),
    // "Create a service role for Amazon Bedrock Agents", "… for Amazon Bedrock Flows"
    row(AGENTS, "bedrock:InvokeModel", On::Model, LATER),
    row(AGENTS, "bedrock:Retrieve", On::Facts, LATER),
    row(AGENTS, "bedrock:ApplyGuardrail", On::Facts, LATER),
    row(AGENTS, "kms:Decrypt", On::Key, LATER),
    // "Amazon Bedrock AgentCore Gateway": outbound calls
    row(
        &["InvokeGateway"],
        "bedrock-agentcore:GetWorkloadAccessToken",
        On::GatewayIdentity,
        LATER,
    ),
    row(
        &["InvokeGateway"],
        "lambda:InvokeFunction",
        On::Function,
        LATER,
    ),
];

/// Members that are the values of condition keys, each with the part of the key after its prefix.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("actor_id", "actorId"),
    ("mode", "DataRetentionMode"),
    ("namespace", "namespace"),
    ("security_groups", "securityGroups"),
    ("session_id", "sessionId"),
    ("subnets", "subnets"),
    ("user_id", "userid"),
];

/// Returns the names of the members that hold ARNs of one resource type.
#[cfg(feature = "json")]
pub(super) fn members() -> Vec<String> {
    types().map(|name| name.replace('-', "_")).collect()
}

/// Returns the resource type after which a member is named.
pub(super) fn type_of_member(member: &str) -> Option<&'static str> {
    types().find(|name| name.replace('-', "_") == member)
}

fn types() -> impl Iterator<Item = &'static str> {
    let services = catalog().services().iter();
    let services = services.filter(|it| it.prefix.starts_with("bedrock"));
    services.flat_map(|it| it.resource_types.iter().map(|row| row.name))
}

/// Returns the resource types that can stand for a type in a request, with the type itself.
pub(super) fn alternatives(of: &'static str) -> Vec<&'static str> {
    let group = ALTERNATIVES.iter().find(|group| group.contains(&of));
    group.map_or_else(|| vec![of], |group| group.to_vec())
}

/// Returns the value of a placeholder that no input states.
pub(super) fn default(placeholder: &str, resource_type: &str) -> Option<&'static str> {
    let row = DEFAULTS.iter().find(|(name, of, _)| {
        is_placeholder(placeholder, name) && of.is_none_or(|it| it == resource_type)
    });
    row.map(|(.., value)| *value)
}

/// Returns whether a placeholder has this name. Those of the modules are written as in Rust.
fn is_placeholder(placeholder: &str, name: &str) -> bool {
    placeholder.replace('_', "").eq_ignore_ascii_case(name)
}

/// Returns whether a placeholder means the same in all ARN formats of a service, such as `AgentId`.
pub(super) fn is_distinct(placeholder: &str) -> bool {
    !["Name", "ResourceId"]
        .iter()
        .any(|name| is_placeholder(placeholder, name))
}

/// Returns the resource type of the resource that an operation creates, if it creates one.
pub(super) fn created(operation: &str, types: &[&'static str]) -> Option<&'static str> {
    if let Some((_, name)) = CREATED.iter().find(|(of, _)| *of == operation) {
        return types.iter().copied().find(|it| it == name);
    }
    let noun = operation
        .strip_prefix("Create")
        .or_else(|| operation.strip_prefix("Start"))?;
    let is_same = |name: &&&'static str| noun.eq_ignore_ascii_case(&name.replace('-', ""));
    types.iter().find(is_same).copied()
}
