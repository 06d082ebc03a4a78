//! Six policies of AWS's documentation, written with the types of the modules, without recipes. Names and
//! accounts are ours.

use bedrock_iam::bedrock::{action, arn};
use bedrock_iam::{
    AccountId, AnyResource, Arn, Condition, Partition, Principal, Segment, Site, Statement,
    account, bedrock_agentcore, cloudwatch, ecr, foreign_action, global, kms, lambda, logs, region,
    s3, s3vectors, seg, sts,
};

const ACCOUNT: AccountId = account!("123456789012");
const HERE: Site = Site::new(Partition::Aws, region!("eu-central-1"), ACCOUNT);

/// "Create a service role for Amazon Bedrock Knowledge Bases" and "Data protection and encryption in S3
/// Vectors".
fn knowledge_base() -> Vec<Statement> {
    let model = |id| arn::FoundationModel { resource_id: id }.at(HERE);
    let handbook = s3::arn::Bucket {
        bucket_name: seg!("orchard-handbook"),
    };
    let pages = s3::arn::Object {
        bucket_name: seg!("orchard-handbook"),
        object_name: Segment::ANY,
    };
    let vectors = s3vectors::arn::Index {
        bucket_name: seg!("orchard-vectors"),
        index_name: seg!("pages"),
    };
    vec![
        Statement::allow((action::ListFoundationModels, action::ListCustomModels))
            .sid("ListModels")
            .on(AnyResource)
            .checked(),
        Statement::allow(action::InvokeModel)
            .sid("EmbedAndRerank")
            .on([
                model(seg!("amazon.titan-embed-text-v2:0")),
                model(seg!("cohere.rerank-v3-5:0")),
            ])
            .checked(),
        Statement::allow(action::Rerank)
            .sid("Rerank")
            .on(AnyResource)
            .checked(),
        Statement::allow(s3::action::ListBucket)
            .sid("ListSource")
            .on(handbook.at(HERE))
            .when(global::RESOURCE_ACCOUNT.string_equals(ACCOUNT))
            .checked(),
        Statement::allow(s3::action::GetObject)
            .sid("ReadSource")
            .on(pages.at(HERE))
            .when(global::RESOURCE_ACCOUNT.string_equals(ACCOUNT))
            .checked(),
        Statement::allow(kms::action::Decrypt)
            .sid("DecryptSource")
            .on(kms_key())
            .when(kms::key::VIA_SERVICE.string_equals("s3.eu-central-1.amazonaws.com"))
            .checked(),
        Statement::allow((
            s3vectors::action::PutVectors,
            s3vectors::action::GetVectors,
            s3vectors::action::DeleteVectors,
            s3vectors::action::QueryVectors,
            s3vectors::action::GetIndex,
        ))
        .sid("UseIndex")
        .on(vectors.at(HERE))
        .checked(),
    ]
}

/// "Create a service role for Amazon Bedrock Agents".
///
/// Without `bedrock:RetrieveAndGenerate`, which takes no resource and does not compile on a knowledge
/// base.
fn agent() -> Vec<Statement> {
    let object = |bucket_name, object_name| {
        s3::arn::Object {
            bucket_name,
            object_name,
        }
        .at(HERE)
    };
    let sonnet = arn::FoundationModel {
        resource_id: seg!("anthropic.claude-3-5-sonnet-20240620-v1:0"),
    };
    let handbook = arn::KnowledgeBase {
        knowledge_base_id: seg!("HANDBOOK12"),
    };
    let polite = arn::Guardrail {
        guardrail_id: seg!("polite123456"),
    };
    let greeting = arn::Prompt {
        prompt_id: seg!("GREETING12"),
    };
    let picker = arn::AgentAlias {
        agent_id: seg!("PICKER1234"),
        agent_alias_id: seg!("LIVE123456"),
    };
    let throughput = arn::ProvisionedModel {
        resource_id: seg!("reserved1234"),
    };
    let gardener = arn::Agent {
        agent_id: seg!("GARDENER12"),
    };
    vec![
        Statement::allow(action::InvokeModel)
            .sid("InvokeModel")
            .on(sonnet.at(HERE))
            .checked(),
        Statement::allow(s3::action::GetObject)
            .sid("ReadSchema")
            .on(object(seg!("orchard-schemas"), seg!("tools/harvest.json")))
            .when(global::RESOURCE_ACCOUNT.string_equals(ACCOUNT))
            .checked(),
        Statement::allow(action::Retrieve)
            .sid("ReadHandbook")
            .on(handbook.at(HERE))
            .checked(),
        Statement::allow(action::ApplyGuardrail)
            .sid("BePolite")
            .on(polite.at(HERE))
            .checked(),
        Statement::allow((
            s3::action::GetObject,
            s3::action::GetObjectVersion,
            s3::action::GetObjectVersionAttributes,
            s3::action::GetObjectAttributes,
        ))
        .sid("ReadFiles")
        .on(object(seg!("orchard-files"), seg!(glob "counts/*")))
        .checked(),
        Statement::allow(action::GetPrompt)
            .sid("Greet")
            .on(greeting.at(HERE))
            .checked(),
        Statement::allow((action::GetAgentAlias, action::InvokeAgent))
            .sid("AskPicker")
            .on(picker.at(HERE))
            .checked(),
        Statement::allow((action::InvokeModel, action::GetProvisionedModelThroughput))
            .sid("UseThroughput")
            .on(throughput.at(HERE))
            .checked(),
        Statement::allow((kms::action::GenerateDataKey, kms::action::Decrypt))
            .sid("UseKey")
            .on(kms_key())
            .when(kms::key::encryption_context("aws:bedrock:arn").string_equals(gardener.at(HERE)))
            .checked(),
    ]
}

/// The policy of the function behind an action group, from "Create a service role for Amazon Bedrock
/// Agents".
fn function_of_agent() -> Statement {
    let harvest = lambda::arn::Function {
        function_name: seg!("harvest"),
    };
    let gardener = arn::Agent {
        agent_id: seg!("GARDENER12"),
    };
    Statement::allow(lambda::action::InvokeFunction)
        .sid("LetAgentHarvest")
        .principal(Principal::service("bedrock.amazonaws.com"))
        .on(harvest.at(HERE))
        .when(global::SOURCE_ACCOUNT.string_equals(ACCOUNT))
        .when(global::SOURCE_ARN.arn_like(gardener.at(HERE)))
        .checked()
}

/// "Create a custom service role for batch inference".
fn batch_inference() -> Vec<Statement> {
    let bucket = |bucket_name| s3::arn::Bucket { bucket_name }.at(HERE);
    let objects = |bucket_name| {
        s3::arn::Object {
            bucket_name,
            object_name: Segment::ANY,
        }
        .at(HERE)
    };
    let haiku = arn::FoundationModel {
        resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0"),
    };
    let profile = arn::InferenceProfile {
        resource_id: seg!("eu.anthropic.claude-3-haiku-20240307-v1:0"),
    };
    vec![
        Statement::allow((
            s3::action::GetObject,
            s3::action::PutObject,
            s3::action::ListBucket,
        ))
        .sid("UseBuckets")
        .on_mixed((
            [
                bucket(seg!("orchard-letters")),
                bucket(seg!("orchard-replies")),
            ],
            [
                objects(seg!("orchard-letters")),
                objects(seg!("orchard-replies")),
            ],
        ))
        .when(global::RESOURCE_ACCOUNT.string_equals(ACCOUNT))
        .checked(),
        Statement::allow(action::InvokeModel)
            .sid("InvokeInEurope")
            .on((
                profile.at(HERE),
                haiku.clone().at(HERE),
                haiku.at(HERE.with_region(region!("eu-west-3"))),
            ))
            .checked(),
    ]
}

/// "Create a service role for model customization" and "Model customization access and security".
fn customization() -> Vec<Statement> {
    let bucket = |bucket_name| s3::arn::Bucket { bucket_name }.at(HERE);
    let objects = |bucket_name| {
        s3::arn::Object {
            bucket_name,
            object_name: Segment::ANY,
        }
        .at(HERE)
    };
    vec![
        Statement::allow((s3::action::GetObject, s3::action::ListBucket))
            .sid("ReadSamples")
            .on_mixed((
                [
                    bucket(seg!("orchard-samples")),
                    bucket(seg!("orchard-checks")),
                ],
                [
                    objects(seg!("orchard-samples")),
                    objects(seg!("orchard-checks")),
                ],
            ))
            .checked(),
        Statement::allow((
            s3::action::GetObject,
            s3::action::PutObject,
            s3::action::ListBucket,
        ))
        .sid("WriteMetrics")
        .on_mixed((
            bucket(seg!("orchard-metrics")),
            objects(seg!("orchard-metrics")),
        ))
        .checked(),
        Statement::allow(kms::action::Decrypt)
            .sid("DecryptSamples")
            .on(kms_key())
            .checked(),
    ]
}

/// "IAM Permissions for AgentCore Runtime", the section about the execution role.
///
/// X-Ray has no module. Where the page allows all repositories, all models and all resources of
/// `bedrock` in the account, one repository, one model and its profile are allowed here.
fn agentcore_runtime() -> Vec<Statement> {
    use bedrock_agentcore::{action as agentcore, arn};

    let group = |log_group_name| logs::arn::LogGroup { log_group_name }.at(HERE);
    let streams = logs::arn::LogStream {
        log_group_name: seg!(glob "/aws/bedrock-agentcore/runtimes/*"),
        log_stream_name: Segment::ANY,
    };
    let image = ecr::arn::Repository {
        repository_name: seg!("orchard/gardener"),
    };
    let sonnet = bedrock_iam::bedrock::arn::FoundationModel {
        resource_id: seg!("anthropic.claude-sonnet-4-20250514-v1:0"),
    };
    let profile = bedrock_iam::bedrock::arn::InferenceProfile {
        resource_id: seg!("eu.anthropic.claude-sonnet-4-20250514-v1:0"),
    };
    let directory = arn::WorkloadIdentityDirectory {
        directory_id: seg!("default"),
    };
    let identity = arn::WorkloadIdentity {
        directory_id: seg!("default"),
        workload_identity_name: seg!(glob "gardener-*"),
    };
    vec![
        Statement::allow((
            ecr::action::BatchGetImage,
            ecr::action::GetDownloadUrlForLayer,
        ))
        .sid("PullImage")
        .on(image.at(HERE))
        .checked(),
        Statement::allow(ecr::action::GetAuthorizationToken)
            .sid("LogInToRegistry")
            .on(AnyResource)
            .checked(),
        Statement::allow((
            logs::action::DescribeLogStreams,
            logs::action::CreateLogGroup,
        ))
        .sid("CreateLogGroup")
        .on(group(seg!(glob "/aws/bedrock-agentcore/runtimes/*")))
        .checked(),
        Statement::allow(logs::action::DescribeLogGroups)
            .sid("FindLogGroup")
            .on(group(Segment::ANY))
            .checked(),
        Statement::allow((logs::action::CreateLogStream, logs::action::PutLogEvents))
            .sid("WriteLogs")
            .on(streams.at(HERE))
            .checked(),
        Statement::allow([
            foreign_action!("xray:PutTraceSegments"),
            foreign_action!("xray:PutTelemetryRecords"),
            foreign_action!("xray:GetSamplingRules"),
            foreign_action!("xray:GetSamplingTargets"),
        ])
        .sid("WriteTraces")
        .on(AnyResource)
        .checked(),
        Statement::allow(cloudwatch::action::PutMetricData)
            .sid("WriteMetrics")
            .on(AnyResource)
            .when(cloudwatch::key::NAMESPACE.string_equals("bedrock-agentcore"))
            .checked(),
        Statement::allow((
            agentcore::GetWorkloadAccessToken,
            agentcore::GetWorkloadAccessTokenForJWT,
            agentcore::GetWorkloadAccessTokenForUserId,
        ))
        .sid("GetTokens")
        .on((directory.at(HERE), identity.at(HERE)))
        .checked(),
        Statement::allow((action::InvokeModel, action::InvokeModelWithResponseStream))
            .sid("InvokeModel")
            .on((profile.at(HERE), sonnet.at(HERE.any_region())))
            .checked(),
    ]
}

/// "Using resource-based policies for guardrails".
fn guardrail_of_organization() -> Statement {
    let polite = arn::Guardrail {
        guardrail_id: seg!("polite123456"),
    };
    Statement::allow((action::GetGuardrail, action::ApplyGuardrail))
        .sid("ShareWithOrganization")
        .principal(Principal::ANYONE)
        .on(polite.at(HERE))
        .when(global::PRINCIPAL_ORG_ID.string_equals("o-orchard1234"))
        .checked()
}

fn kms_key() -> Arn<kms::arn::Key> {
    kms::arn::Key {
        key_id: seg!("0e1f2a3b-4c5d-6e7f-8091-a2b3c4d5e6f7"),
    }
    .at(HERE)
}

fn trust(service: &'static str, source: Condition<global::SourceArn>) -> Vec<Statement> {
    let trust = Statement::allow(sts::action::AssumeRole)
        .principal(Principal::service(service))
        .when(global::SOURCE_ACCOUNT.string_equals(ACCOUNT))
        .when(source);
    vec![trust.checked()]
}

pub(super) fn policies() -> [(&'static str, Vec<Statement>); 12] {
    let every_base = arn::KnowledgeBase {
        knowledge_base_id: Segment::ANY,
    };
    let every_agent = arn::Agent {
        agent_id: Segment::ANY,
    };
    let every_batch = arn::ModelInvocationJob {
        job_identifier: Segment::ANY,
    };
    let every_customization = arn::ModelCustomizationJob {
        resource_id: Segment::ANY,
    };
    let bedrock = |source| trust("bedrock.amazonaws.com", source);
    [
        ("knowledge base", knowledge_base()),
        (
            "knowledge base, trust",
            bedrock(global::SOURCE_ARN.arn_like(every_base.at(HERE))),
        ),
        ("agent", agent()),
        (
            "agent, trust",
            bedrock(global::SOURCE_ARN.arn_like(every_agent.at(HERE))),
        ),
        ("agent, function", vec![function_of_agent()]),
        ("batch inference", batch_inference()),
        (
            "batch inference, trust",
            bedrock(global::SOURCE_ARN.arn_equals(every_batch.at(HERE))),
        ),
        ("customization", customization()),
        (
            "customization, trust",
            bedrock(global::SOURCE_ARN.arn_equals(every_customization.at(HERE))),
        ),
        ("AgentCore runtime", agentcore_runtime()),
        (
            "AgentCore runtime, trust",
            trust(
                "bedrock-agentcore.amazonaws.com",
                global::SOURCE_ARN
                    .arn_like("arn:aws:bedrock-agentcore:eu-central-1:123456789012:*"),
            ),
        ),
        ("guardrail", vec![guardrail_of_organization()]),
    ]
}
