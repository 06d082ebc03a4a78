//! Requests of the caller beyond those that the reference lists.

use super::{Call, On, Row, row};
use crate::calls::call::Sources;

const INFERENCE: &[&str] = &[
    "Converse",
    "ConverseStream",
    "InvokeModel",
    "InvokeModelWithResponseStream",
];
const GENERATE: &[&str] = &["RetrieveAndGenerate", "RetrieveAndGenerateStream"];
const INLINE: &[&str] = &["InvokeInlineAgent"];
const DATA_AUTOMATION: &[&str] = &["InvokeDataAutomation", "InvokeDataAutomationAsync"];
const PROMPT_JOB: &[&str] = &["CreateAdvancedPromptOptimizationJob"];

const RESPONSES: &[&str] = &["CreateResponse", "Responses"];

fn searches(call: &Call) -> bool {
    let has_tool = call.tools.iter().any(|it| it == "web_search");
    has_tool && call.client.as_deref() == Some("bedrock-mantle")
}

const ALWAYS: &str = "always";
const SEARCHES: &str = "the request has the tool `web_search`";
const GUIDE_ONLY: &str = "a guide requires it, but AWS's policies do without it";

/// Requests of the caller.
pub(in crate::calls) const CALLER: &[Row] = &[
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
    // "Using resource-based policies for guardrails": enforced guardrails
    row(
        INFERENCE,
        "bedrock:ApplyGuardrail",
        On::EnforcedGuardrail,
        "the account enforces a guardrail on the model",
    ),
    // "Identity and access management for Web Search"
    row(
        RESPONSES,
        "bedrock-websearch:InvokeSearch",
        On::WebSearch,
        SEARCHES,
    )
    .with(searches),
    row(
        RESPONSES,
        "bedrock-websearch:InvokeFetch",
        On::WebSearch,
        SEARCHES,
    )
    .with(searches),
    row(
        RESPONSES,
        "bedrock-websearch:ExternalWebAccess",
        On::Everything,
        "`external_web_access` is true, as it is by default",
    )
    .with(|call| searches(call) && call.external_web_access != Some(false)),
    // "Permissions for reranking in Amazon Bedrock"
    row(
        GENERATE,
        "bedrock:Rerank",
        On::Everything,
        "the request names a reranking model",
    )
    .with(|call| call.part_models.contains_key("reranking_model")),
    row(
        GENERATE,
        "bedrock:InvokeModel",
        On::PartModel("reranking_model"),
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
    .with(|call| !call.names("knowledge_base") && call.sources != Some(Sources::Bytes)),
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
    // "Prerequisites" of inline agents, step 3: an inline agent runs with the permissions of its caller
    row(INLINE, "bedrock:InvokeModel", On::Model, ALWAYS),
    row(
        INLINE,
        "bedrock:Retrieve",
        On::Facts,
        "the agent has a knowledge base",
    )
    .with(|call| call.names("knowledge_base")),
    row(
        INLINE,
        "bedrock:ApplyGuardrail",
        On::Facts,
        "the request names a guardrail",
    )
    .with(|call| call.guardrail.is_some()),
    row(
        INLINE,
        "lambda:InvokeFunction",
        On::Function,
        "an action group calls the function",
    ),
    row(
        INLINE,
        "s3:GetObject",
        On::Schema,
        "the schema of an action group is in a bucket",
    ),
    row(
        INLINE,
        "s3:GetObject",
        On::InputObjects,
        "the agent reads files in a bucket",
    ),
    // the API Reference: `Retrieve` takes a guardrail
    row(
        &["Retrieve"],
        "bedrock:ApplyGuardrail",
        On::Facts,
        "no source states whether the guardrail is applied in the caller's name",
    )
    .with(|call| call.guardrail.is_some())
    .optional(),
    // inferred from the API Reference: no role is passed, so files are read and written as the caller
    row(
        DATA_AUTOMATION,
        "s3:GetObject",
        On::InputObjects,
        "the input is read as the caller",
    ),
    row(
        DATA_AUTOMATION,
        "s3:PutObject",
        On::OutputObjects,
        "the output is written as the caller",
    ),
    // `AmazonBedrockFullAccess`: SageMaker AI runs the endpoint with the role
    row(
        &[
            "CreateMarketplaceModelEndpoint",
            "UpdateMarketplaceModelEndpoint",
        ],
        "iam:PassRole",
        On::Role,
        "SageMaker AI runs the endpoint with the role",
    )
    .to_sagemaker(),
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
    // the reference's table, for each model of the evaluation
    row(
        &["CreateEvaluationJob"],
        "bedrock:CreateEvaluationJob",
        On::NamedPartModel("judge_model"),
        ALWAYS,
    ),
    row(
        &["CreateInferenceProfile"],
        "bedrock:CreateInferenceProfile",
        On::BehindProfile,
        "no source states whether the models behind the source are authorized",
    )
    .optional(),
];
