//! What is known beyond the reference, as `snapshots/*/overlay.json` has it, until the generated
//! modules hold it.

#![allow(unused_imports, reason = "each module uses some of them")]

use iam_policy::{
    ContextEntry, OperationNeed, Overlay, SensitiveActions, Sibling, Together, UseNeed,
};

#[cfg(feature = "bedrock")]
pub(super) static BEDROCK: Overlay = Overlay {
    operation_needs: &[
        OperationNeed {
            operations: &["CreateMarketplaceModelEndpoint"],
            action: "sagemaker:CreateEndpoint",
            context: &[ContextEntry {
                key: "aws:CalledViaLast",
                values: &["bedrock.amazonaws.com"],
            }],
            why: "an endpoint of a Bedrock Marketplace model is a SageMaker AI endpoint, and Bedrock calls SageMaker AI as the caller",
            source: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonBedrockMarketplaceAccess.html",
        },
        OperationNeed {
            operations: &["CreateMarketplaceModelEndpoint"],
            action: "sagemaker:CreateEndpointConfig",
            context: &[ContextEntry {
                key: "aws:CalledViaLast",
                values: &["bedrock.amazonaws.com"],
            }],
            why: "an endpoint of a Bedrock Marketplace model is a SageMaker AI endpoint, and Bedrock calls SageMaker AI as the caller",
            source: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonBedrockMarketplaceAccess.html",
        },
        OperationNeed {
            operations: &["CreateMarketplaceModelEndpoint"],
            action: "sagemaker:CreateModel",
            context: &[ContextEntry {
                key: "aws:CalledViaLast",
                values: &["bedrock.amazonaws.com"],
            }],
            why: "an endpoint of a Bedrock Marketplace model is a SageMaker AI endpoint, and Bedrock calls SageMaker AI as the caller",
            source: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonBedrockMarketplaceAccess.html",
        },
        OperationNeed {
            operations: &["DeleteMarketplaceModelEndpoint"],
            action: "sagemaker:DeleteEndpoint",
            context: &[ContextEntry {
                key: "aws:CalledViaLast",
                values: &["bedrock.amazonaws.com"],
            }],
            why: "an endpoint of a Bedrock Marketplace model is a SageMaker AI endpoint, and Bedrock calls SageMaker AI as the caller",
            source: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonBedrockMarketplaceAccess.html",
        },
        OperationNeed {
            operations: &["GetMarketplaceModelEndpoint"],
            action: "sagemaker:DescribeEndpoint",
            context: &[ContextEntry {
                key: "aws:CalledViaLast",
                values: &["bedrock.amazonaws.com"],
            }],
            why: "an endpoint of a Bedrock Marketplace model is a SageMaker AI endpoint, and Bedrock calls SageMaker AI as the caller",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/marketplace-tag-based-access-control.html",
        },
        OperationNeed {
            operations: &["ListMarketplaceModelEndpoints"],
            action: "sagemaker:ListEndpoints",
            context: &[ContextEntry {
                key: "aws:CalledViaLast",
                values: &["bedrock.amazonaws.com"],
            }],
            why: "an endpoint of a Bedrock Marketplace model is a SageMaker AI endpoint, and Bedrock calls SageMaker AI as the caller",
            source: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonBedrockReadOnly.html",
        },
        OperationNeed {
            operations: &["RegisterMarketplaceModelEndpoint"],
            action: "sagemaker:DescribeEndpoint",
            context: &[ContextEntry {
                key: "aws:CalledViaLast",
                values: &["bedrock.amazonaws.com"],
            }],
            why: "Bedrock probably reads the endpoint that it registers; the page says that registering does not call SageMaker AI",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/marketplace-tag-based-access-control.html",
        },
        OperationNeed {
            operations: &["Rerank"],
            action: "bedrock:InvokeModel",
            context: &[],
            why: "a reranker is a model, and Bedrock invokes it as the caller",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/rerank-prereq.html",
        },
        OperationNeed {
            operations: &["UpdateMarketplaceModelEndpoint"],
            action: "sagemaker:UpdateEndpoint",
            context: &[ContextEntry {
                key: "aws:CalledViaLast",
                values: &["bedrock.amazonaws.com"],
            }],
            why: "an endpoint of a Bedrock Marketplace model is a SageMaker AI endpoint, and Bedrock calls SageMaker AI as the caller",
            source: "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonBedrockMarketplaceAccess.html",
        },
    ],
    needed_only_with: &[
        UseNeed {
            action: "bedrock:ApplyGuardrail",
            usage: "guardrails",
            operations: &[],
            when: "with a guardrail",
            why: "a call without a guardrail applies none",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions.html",
        },
        UseNeed {
            action: "bedrock:AssociateThirdPartyKnowledgeBase",
            usage: "third-party-stores",
            operations: &[],
            when: "with a third-party vector store",
            why: "the action is about stores of other providers, such as Pinecone",
            source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_bedrock.html",
        },
        UseNeed {
            action: "bedrock:CallWithBearerToken",
            usage: "api-keys",
            operations: &[],
            when: "for callers with API keys",
            why: "requests signed with AWS credentials carry no bearer token",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html",
        },
        UseNeed {
            action: "bedrock:InvokeAutomatedReasoningPolicy",
            usage: "automated-reasoning",
            operations: &[],
            when: "with an Automated Reasoning policy",
            why: "only guardrails with an Automated Reasoning policy invoke one",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/deploy-automated-reasoning-policy.html",
        },
        UseNeed {
            action: "bedrock:InvokeTool",
            usage: "tools",
            operations: &[],
            when: "with a system tool",
            why: "only requests that offer the model a system tool invoke one",
            source: "https://reference.langchain.com/python/langchain-aws/tools/nova_tools",
        },
        UseNeed {
            action: "bedrock:TagResource",
            usage: "tagging",
            operations: &[],
            when: "when it tags",
            why: "a resource created without tags is not tagged",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions.html",
        },
    ],
    needed_together: &[
        Together {
            actions: &[
                "bedrock:AssociateAgentKnowledgeBase",
                "bedrock:DisassociateAgentKnowledgeBase",
                "bedrock:GetAgentKnowledgeBase",
                "bedrock:UpdateAgentKnowledgeBase",
            ],
            beside: &[],
            needs: "agent",
            why: "the request names an agent and a knowledge base",
            source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_UpdateAgentKnowledgeBase.html",
        },
        Together {
            actions: &[
                "bedrock:AssociateAgentKnowledgeBase",
                "bedrock:DisassociateAgentKnowledgeBase",
                "bedrock:GetAgentKnowledgeBase",
                "bedrock:UpdateAgentKnowledgeBase",
            ],
            beside: &[],
            needs: "knowledge-base",
            why: "the request names an agent and a knowledge base",
            source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_UpdateAgentKnowledgeBase.html",
        },
        Together {
            actions: &[
                "bedrock:InvokeModel",
                "bedrock:InvokeModelWithResponseStream",
            ],
            beside: &["application-inference-profile", "inference-profile"],
            needs: "foundation-model",
            why: "a call through an inference profile is authorized on its models too",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html",
        },
    ],
    siblings: &[
        Sibling {
            action: "bedrock:InvokeModel",
            sibling: "bedrock-mantle:CreateInference",
            how: "the models of the other endpoint",
            in_allow: false,
            why: "the models of the other endpoint",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/inference.html",
        },
        Sibling {
            action: "bedrock:InvokeModel",
            sibling: "bedrock:CreateModelInvocationJob",
            how: "many prompts at once, asynchronously, by a service role",
            in_allow: false,
            why: "many prompts at once, asynchronously, by a service role",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/batch-inference-permissions.html",
        },
        Sibling {
            action: "bedrock:InvokeModel",
            sibling: "bedrock:InvokeModelWithResponseStream",
            how: "the same with the answer as a stream",
            in_allow: true,
            why: "the same with the answer as a stream",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/security_iam_id-based-policy-examples.html",
        },
        Sibling {
            action: "bedrock:InvokeModelWithResponseStream",
            sibling: "bedrock:InvokeModel",
            how: "the same with the answer in one piece",
            in_allow: false,
            why: "the same with the answer in one piece",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/security_iam_id-based-policy-examples.html",
        },
    ],
    sensitive_actions: &[
        SensitiveActions {
            actions: &["bedrock:CallWithBearerToken"],
            why: "lets API keys act, which carry no session and may live long",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html",
        },
        SensitiveActions {
            actions: &["bedrock:CreateFoundationModelAgreement"],
            why: "accepts a model's contract in the account's name",
            source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_CreateFoundationModelAgreement.html",
        },
        SensitiveActions {
            actions: &["bedrock:CreateProvisionedModelThroughput"],
            why: "commits the account to paid capacity",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/prov-throughput.html",
        },
        SensitiveActions {
            actions: &[
                "bedrock:DeleteEnforcedGuardrailConfiguration",
                "bedrock:PutEnforcedGuardrailConfiguration",
            ],
            why: "takes guardrails down that apply to all calls",
            source: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_PutEnforcedGuardrailConfiguration.html",
        },
        SensitiveActions {
            actions: &["bedrock:DeleteGuardrail", "bedrock:UpdateGuardrail"],
            why: "takes guardrails down that apply to all calls",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-manage.html",
        },
        SensitiveActions {
            actions: &[
                "bedrock:DeleteModelInvocationLoggingConfiguration",
                "bedrock:PutModelInvocationLoggingConfiguration",
            ],
            why: "stops or redirects the log of model calls",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html",
        },
        SensitiveActions {
            actions: &["bedrock:DeleteResourcePolicy", "bedrock:PutResourcePolicy"],
            why: "opens a resource to other accounts or hides who may use it",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-resource-based-policies.html",
        },
        SensitiveActions {
            actions: &["bedrock:PutAccountDataRetention"],
            why: "changes for how long the provider keeps prompts and answers",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html",
        },
        SensitiveActions {
            actions: &["bedrock:PutFoundationModelEntitlement"],
            why: "accepts a model's contract in the account's name",
            source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_bedrock.html",
        },
    ],
    ..*Overlay::NONE
};

#[cfg(feature = "bedrock-agentcore")]
pub(super) static BEDROCK_AGENTCORE: Overlay = Overlay {
    sensitive_actions: &[
        SensitiveActions {
            actions: &[
                "bedrock-agentcore:DeleteResourcePolicy",
                "bedrock-agentcore:PutResourcePolicy",
            ],
            why: "opens a resource to other accounts or hides who may use it",
            source: "https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_PutResourcePolicy.html",
        },
        SensitiveActions {
            actions: &[
                "bedrock-agentcore:GetResourceApiKey",
                "bedrock-agentcore:GetResourceOauth2Token",
                "bedrock-agentcore:GetWorkloadAccessToken",
                "bedrock-agentcore:GetWorkloadAccessTokenForJWT",
                "bedrock-agentcore:GetWorkloadAccessTokenForUserId",
            ],
            why: "hands out the credentials that agents hold for other services",
            source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/obtain-credentials.html",
        },
        SensitiveActions {
            actions: &["bedrock-agentcore:GetResourcePaymentToken"],
            why: "hands out the credentials that agents hold for other services",
            source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_bedrock-agentcore.html",
        },
        SensitiveActions {
            actions: &["bedrock-agentcore:InvokeAgentRuntimeForUser"],
            why: "acts for any user that the caller names",
            source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html",
        },
        SensitiveActions {
            actions: &["bedrock-agentcore:InvokeAgentRuntimeWithWebSocketStreamForUser"],
            why: "acts for any user that the caller names",
            source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_bedrock-agentcore.html",
        },
    ],
    ..*Overlay::NONE
};

#[cfg(feature = "bedrock-mantle")]
pub(super) static BEDROCK_MANTLE: Overlay = Overlay {
    siblings: &[Sibling {
        action: "bedrock-mantle:CreateInference",
        sibling: "bedrock:InvokeModel",
        how: "the models of the other endpoint",
        in_allow: false,
        why: "the models of the other endpoint",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/inference.html",
    }],
    sensitive_actions: &[
        SensitiveActions {
            actions: &["bedrock-mantle:CallWithBearerToken"],
            why: "lets API keys act, which carry no session and may live long",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html",
        },
        SensitiveActions {
            actions: &["bedrock-mantle:CreateReservation"],
            why: "commits the account to paid capacity",
            source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_bedrock-mantle.html",
        },
        SensitiveActions {
            actions: &["bedrock-mantle:PutAccountDataRetention"],
            why: "changes for how long the provider keeps prompts and answers",
            source: "https://docs.aws.amazon.com/bedrock/latest/userguide/data-retention.html",
        },
    ],
    ..*Overlay::NONE
};
