//! Requests of the role that is passed, or with which the service runs.

use super::{On, Row, row};

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
const FLOWS: &[&str] = &[
    "CreateFlow",
    "InvokeFlow",
    "StartFlowExecution",
    "UpdateFlow",
];
const RUNTIMES: &[&str] = &["CreateAgentRuntime", "UpdateAgentRuntime"];
const COLLABORATION: &str = "the agent calls other agents";
const LATER: &str = "when the service runs with the role";

/// Requests of the role that is passed, or with which the service runs.
pub(in crate::calls) const SERVICE_ROLE: &[Row] = &[
    // the pages on the service roles of the jobs
    row(JOBS, "s3:GetObject", On::InputObjects, LATER),
    row(JOBS, "s3:ListBucket", On::Buckets, LATER),
    row(JOBS, "s3:PutObject", On::OutputObjects, LATER),
    row(
        &["CreateEvaluationJob"],
        "bedrock:InvokeModel",
        On::Model,
        LATER,
    )
    // it can be evaluated, but only its deployment can be invoked
    .with(|call| !call.model.iter().any(|it| it.contains(":custom-model/"))),
    row(
        &["CreateModelInvocationJob"],
        "bedrock:InvokeModel",
        On::Model,
        "the batch runs through an inference profile",
    )
    .with(|call| !call.profile_models.is_empty()),
    // "Service role requirements for model evaluation jobs"
    row(
        &["CreateEvaluationJob"],
        "bedrock:InvokeModel",
        On::PartModel("judge_model"),
        LATER,
    ),
    // "Create a service role for model customization": distillation
    row(
        &["CreateModelCustomizationJob"],
        "bedrock:InvokeModel",
        On::PartModel("teacher_model"),
        LATER,
    ),
    // "Create a service role for Amazon Bedrock Knowledge Bases"
    row(
        EMBEDDING,
        "bedrock:InvokeModel",
        On::PartModel("embedding_model"),
        LATER,
    ),
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
        .with(|call| call.part_models.contains_key("reranking_model")),
    row(
        &["Retrieve"],
        "bedrock:InvokeModel",
        On::PartModel("reranking_model"),
        LATER,
    ),
    // "Create a service role for Amazon Bedrock Agents", "… for Amazon Bedrock Flows"
    row(AGENTS, "bedrock:InvokeModel", On::Model, LATER),
    row(
        AGENTS,
        "bedrock:InvokeModel",
        On::PartModel("agent_model"),
        LATER,
    ),
    row(
        AGENTS,
        "bedrock:GetAgentAlias",
        On::Collaborators,
        COLLABORATION,
    ),
    row(
        AGENTS,
        "bedrock:InvokeAgent",
        On::Collaborators,
        COLLABORATION,
    ),
    row(FLOWS, "bedrock:InvokeAgent", On::Facts, LATER),
    row(FLOWS, "bedrock:RenderPrompt", On::Facts, LATER),
    row(FLOWS, "lambda:InvokeFunction", On::Function, LATER),
    row(AGENTS, "bedrock:Retrieve", On::Facts, LATER),
    row(AGENTS, "s3:GetObject", On::Schema, LATER),
    row(AGENTS, "bedrock:ApplyGuardrail", On::Facts, LATER),
    row(AGENTS, "kms:Decrypt", On::Key, LATER),
    // "IAM permissions for AgentCore Runtime": the image
    row(RUNTIMES, "ecr:GetAuthorizationToken", On::Everything, LATER)
        .with(|call| call.image.is_some()),
    row(RUNTIMES, "ecr:BatchGetImage", On::Repository, LATER),
    row(
        RUNTIMES,
        "ecr:GetDownloadUrlForLayer",
        On::Repository,
        LATER,
    ),
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
