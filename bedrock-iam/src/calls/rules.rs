//! The facts about calls that neither the reference nor the overlays have a form for, as tables.
//!
//! Sources are pages of the Amazon Bedrock User Guide and API Reference, by title, read on 2026-11-26.
//! A row that is not required was found in one source only, or nowhere.

mod callers;
mod keys;
mod service_roles;

pub(super) use callers::CALLER;
pub(super) use keys::{Encrypted, KEY_USES, KeyUse, UNSTATED_USE};
pub(super) use service_roles::SERVICE_ROLE;

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

/// Operations whose tags are those of another resource than the one that they create, with its type:
/// `CreateModelCopyJob` has only tags of the copy.
pub(super) const TAGGED: &[(&str, &str)] = &[("CreateModelCopyJob", "custom-model")];

/// The resource types of actions of Amazon SageMaker AI, which has no module. Source: the Service
/// Authorization Reference, and `AmazonBedrockFullAccess`.
pub(super) const SAGEMAKER: &[(&str, &[&str])] = &[
    ("sagemaker:CreateEndpoint", &["endpoint", "endpoint-config"]),
    ("sagemaker:CreateEndpointConfig", &["endpoint-config"]),
    ("sagemaker:CreateModel", &["model"]),
    ("sagemaker:DeleteEndpoint", &["endpoint"]),
    ("sagemaker:DescribeEndpoint", &["endpoint"]),
    ("sagemaker:UpdateEndpoint", &["endpoint", "endpoint-config"]),
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
    /// The model that this member names, with everything behind it.
    PartModel(&'static str),
    /// The model that this member names, without what is behind it.
    NamedPartModel(&'static str),
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
    /// The role.
    Role,
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
    /// The guardrail that the account enforces.
    EnforcedGuardrail,
    /// The aliases of the agents that the agent calls.
    Collaborators,
    /// The repository of the container image.
    Repository,
    /// The object with the schema of an action group.
    Schema,
    /// Any tool of web search.
    WebSearch,
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

    const fn to_sagemaker(mut self) -> Self {
        self.context = Some(("iam:PassedToService", "sagemaker.amazonaws.com"));
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

/// Members that are the values of condition keys, each with the part of the key after its prefix.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("actor_id", "actorId"),
    ("marketplace_product", "ProductId"),
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

/// Returns the resource types of which a member names a resource; none for other members.
pub(super) fn types_of_member(member: &str) -> Vec<&'static str> {
    match member {
        "job" => types().filter(|name| name.ends_with("-job")).collect(),
        "workload" => vec!["workload-identity"],
        _ => {
            let find = |member: &str| types().find(|name| name.replace('-', "_") == member);
            let mut all = find(member).map(alternatives).unwrap_or_default();
            // the ARN of an endpoint states what it is an endpoint of
            all.extend(find(&format!("{member}_endpoint")));
            all
        }
    }
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
