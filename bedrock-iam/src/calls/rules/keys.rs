//! The use of customer managed keys in the caller's name.

use crate::calls::call::Call;

/// The actions with which operations use a customer managed key in the caller's name.
pub(in crate::calls) struct KeyUse {
    pub(in crate::calls) operations: &'static [&'static str],
    pub(in crate::calls) actions: &'static [&'static str],
    /// The value in the encryption context.
    pub(in crate::calls) encrypted: Option<Encrypted>,
    /// Whether the source ties the use to Amazon Bedrock, with `kms:ViaService`.
    pub(in crate::calls) via_bedrock: bool,
    /// Whether the call uses the key.
    pub(in crate::calls) with: fn(&Call) -> bool,
    pub(in crate::calls) required: bool,
    pub(in crate::calls) when: &'static str,
}

/// A value in the encryption context, with the part of its condition key after
/// `kms:EncryptionContext:`.
#[derive(Clone, Copy)]
pub(in crate::calls) enum Encrypted {
    /// The ARN of the resource of a type that the operation creates, changes or uses.
    Resource(&'static str, &'static str),
    /// The account of the caller.
    Account(&'static str),
}

impl KeyUse {
    const fn of(mut self, key: &'static str, resource_type: &'static str) -> Self {
        self.encrypted = Some(Encrypted::Resource(key, resource_type));
        self
    }

    const fn of_account(mut self, key: &'static str) -> Self {
        self.encrypted = Some(Encrypted::Account(key));
        self
    }

    const fn via_bedrock(mut self) -> Self {
        self.via_bedrock = true;
        self
    }

    const fn with(mut self, with: fn(&Call) -> bool) -> Self {
        self.with = with;
        self
    }

    const fn optional(mut self, when: &'static str) -> Self {
        self.required = false;
        self.when = when;
        self
    }
}

const fn key(
    operations: &'static [&'static str],
    actions: &'static [&'static str],
    when: &'static str,
) -> KeyUse {
    KeyUse {
        operations,
        actions,
        encrypted: None,
        via_bedrock: false,
        with: |_| true,
        required: true,
        when,
    }
}

const DATA: &[&str] = &["kms:Decrypt", "kms:GenerateDataKey"];
const ALL: &[&str] = &[
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:GenerateDataKey",
];

/// The optional use of operations without a row in [`KEY_USES`].
pub(in crate::calls) const UNSTATED_USE: KeyUse = key(&[], ALL, "")
    .optional("no source states whether the service uses the key in the caller's name");

const WITH_GUARDRAIL: &[&str] = &[
    "ApplyGuardrail",
    "Converse",
    "ConverseStream",
    "InvokeModel",
    "InvokeModelWithResponseStream",
];
const INFERENCE: &[&str] = &[
    "Converse",
    "ConverseStream",
    "InvokeModel",
    "InvokeModelWithResponseStream",
];
const AGENTS: &[&str] = &[
    "AssociateAgentCollaborator",
    "AssociateAgentKnowledgeBase",
    "CreateAgent",
    "CreateAgentActionGroup",
    "GetAgent",
    "InvokeAgent",
    "UpdateAgent",
    "UpdateAgentActionGroup",
    "UpdateAgentCollaborator",
    "UpdateAgentKnowledgeBase",
];
const FLOWS: &[&str] = &[
    "CreateFlow",
    "GetFlow",
    "InvokeFlow",
    "StartFlowExecution",
    "UpdateFlow",
];
const PROMPTS: &[&str] = &["CreatePrompt", "GetPrompt", "UpdatePrompt"];
const BLUEPRINTS: &[&str] = &["CreateBlueprint", "UpdateBlueprint"];
const PROJECTS: &[&str] = &["CreateDataAutomationProject", "UpdateDataAutomationProject"];
const LIBRARIES: &[&str] = &[
    "CreateDataAutomationLibrary",
    "InvokeDataAutomationLibraryIngestionJob",
    "UpdateDataAutomationLibrary",
];
const INVOCATIONS: &[&str] = &["InvokeDataAutomation", "InvokeDataAutomationAsync"];
const DATA_AUTOMATION: &[&str] = &[
    "CreateBlueprint",
    "CreateDataAutomationLibrary",
    "CreateDataAutomationProject",
    "InvokeDataAutomation",
    "InvokeDataAutomationAsync",
    "InvokeDataAutomationLibraryIngestionJob",
    "UpdateBlueprint",
    "UpdateDataAutomationLibrary",
    "UpdateDataAutomationProject",
];
const WITH_GRANT: &[&str] = &["CreateDataAutomationLibrary", "InvokeDataAutomationAsync"];
const WITHOUT_GRANT: &[&str] = &[
    "CreateBlueprint",
    "CreateDataAutomationProject",
    "InvokeDataAutomation",
    "InvokeDataAutomationLibraryIngestionJob",
    "UpdateBlueprint",
    "UpdateDataAutomationLibrary",
    "UpdateDataAutomationProject",
];

const GUARDRAIL: &str = "the guardrail is encrypted with a customer managed key";
const AGENT: &str = "the agent is encrypted with a customer managed key";
const FLOW: &str = "the flow is encrypted with a customer managed key";
const PROMPT: &str = "the prompt is encrypted with a customer managed key";
const SESSION: &str = "the session is encrypted with a customer managed key";
const MODEL: &str = "the custom model is encrypted with a customer managed key";
const COPY: &str = "the copy is encrypted with a customer managed key";
const EXTRACTED: &str = "data automation encrypts with a customer managed key";

fn invokes_custom_model(call: &Call) -> bool {
    let kinds = [":custom-model-deployment/", ":provisioned-model/"];
    let model = call.model.as_deref().unwrap_or_default();
    kinds.iter().any(|it| model.contains(it))
}

/// Uses of customer managed keys in the caller's name.
pub(in crate::calls) const KEY_USES: &[KeyUse] = &[
    // "Create a customer managed key for your guardrail"
    key(WITH_GUARDRAIL, &["kms:Decrypt"], GUARDRAIL).with(|call| call.guardrail.is_some()),
    key(&["CreateGuardrail", "UpdateGuardrail"], ALL, GUARDRAIL),
    // "Encryption of agent resources with customer managed keys"
    key(AGENTS, DATA, AGENT).of("aws:bedrock:arn", "agent"),
    // "Prerequisites" of inline agents
    key(&["InvokeInlineAgent"], DATA, AGENT),
    // "Encryption of Amazon Bedrock Flows resources"
    key(FLOWS, DATA, FLOW)
        .of("aws:bedrock-flows:arn", "flow")
        .via_bedrock(),
    // "Prerequisites for prompt management", with the conditions of `SageMakerStudioBedrockPromptUserRolePolicy`
    key(PROMPTS, DATA, PROMPT)
        .of("aws:bedrock-prompts:arn", "prompt")
        .via_bedrock(),
    // "Session encryption"
    key(
        &["CreateSession"],
        &["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
        SESSION,
    )
    .of("aws:bedrock:session:arn", "session")
    .via_bedrock(),
    key(&["CreateSession"], &["kms:DescribeKey"], SESSION).via_bedrock(),
    // "Encryption of custom models"
    key(&["CreateModelCustomizationJob"], ALL, MODEL).via_bedrock(),
    key(INFERENCE, &["kms:Decrypt"], MODEL)
        .via_bedrock()
        .with(invokes_custom_model),
    key(INFERENCE, &["kms:GenerateDataKey"], MODEL)
        .via_bedrock()
        .with(invokes_custom_model)
        .optional(
            "the Amazon Nova User Guide requires it, but the Amazon Bedrock User Guide does not",
        ),
    // "Fulfill prerequisites to copy models"
    key(&["CreateModelCopyJob"], &["kms:CreateGrant"], COPY),
    key(
        &["CreateModelCopyJob"],
        &["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
        COPY,
    )
    .optional("a guide's key policy allows it, but the prerequisites do not list it"),
    // "Encryption in Amazon Bedrock Data Automation"
    key(BLUEPRINTS, DATA, EXTRACTED)
        .of("BlueprintArn", "blueprint")
        .via_bedrock(),
    key(PROJECTS, DATA, EXTRACTED)
        .of("DataAutomationProjectArn", "data-automation-project")
        .via_bedrock(),
    key(LIBRARIES, DATA, EXTRACTED)
        .of(
            "aws:bedrock:data-automation-library-arn",
            "data-automation-library",
        )
        .via_bedrock(),
    key(INVOCATIONS, DATA, EXTRACTED)
        .of_account("aws:bedrock:data-automation-customer-account-id")
        .via_bedrock(),
    key(DATA_AUTOMATION, &["kms:DescribeKey"], EXTRACTED).via_bedrock(),
    key(WITH_GRANT, &["kms:CreateGrant"], EXTRACTED).via_bedrock(),
    key(WITHOUT_GRANT, &["kms:CreateGrant"], EXTRACTED)
        .via_bedrock()
        .optional("a guide's policy allows it, but names other operations that need it"),
];
