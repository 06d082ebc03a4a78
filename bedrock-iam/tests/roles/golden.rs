//! Policies of every recipe with its options, compared with golden files.
//!
//! Run with `UPDATE_EXPECT=1` to write the files again.

use std::fs;
use std::path::Path;

use bedrock_iam::bedrock::arn;
use bedrock_iam::roles::{
    Agent, AgentCoreRuntime, BatchInference, Evaluation, Flow, InvocationLogBucket,
    InvocationLogging, KnowledgeBase, Model, ModelCustomization, ModelImport, QueryEngine,
    SourceBucket, SourceSecret, VectorStore, Vpc, pass_to_agentcore, pass_to_bedrock,
};
use bedrock_iam::{
    Arn, Partition, Policy, Segment, Site, Statement, account, aoss, bedrock_agentcore, ecr, iam,
    kms, lambda, rds_data, region, s3, s3vectors, secretsmanager, seg,
};
use serde_json::{Map, Value as Json};

use crate::checked::built;

const HERE: Site = Site::new(
    Partition::Aws,
    region!("eu-central-1"),
    account!("123456789012"),
);

const CHINA: Site = Site::new(
    Partition::AwsCn,
    region!("cn-north-1"),
    account!("123456789012"),
);

const GOVCLOUD: Site = Site::new(
    Partition::AwsUsGov,
    region!("us-gov-west-1"),
    account!("123456789012"),
);

/// Compares policies, by their names, with a golden file.
pub(crate) fn check<const N: usize>(name: &str, policies: [(&str, Vec<Statement>); N]) {
    let mut document = Map::new();
    for (policy, statements) in policies {
        document.insert(policy.to_owned(), built(statements));
    }
    let mut text = serde_json::to_string_pretty(&Json::Object(document)).expect("JSON");
    text.push('\n');
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/roles/golden")
        .join(name)
        .with_extension("json");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &text).expect("a golden file can be written");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let path = path.display();
    assert_eq!(text, expected, "UPDATE_EXPECT=1 updates {path}");
}

fn bucket(name: &'static str, site: Site) -> Arn<s3::arn::Bucket> {
    let bucket_name = Segment::parse(name).expect("a name");
    s3::arn::Bucket { bucket_name }.at(site)
}

fn key(id: &'static str, site: Site) -> Arn<kms::arn::Key> {
    let key_id = Segment::parse(id).expect("an identifier");
    kms::arn::Key { key_id }.at(site)
}

fn secret(id: &'static str) -> Arn<secretsmanager::arn::Secret> {
    let secret_id = Segment::parse(id).expect("an identifier");
    secretsmanager::arn::Secret { secret_id }.at(HERE)
}

fn model(id: &'static str, site: Site) -> Arn<arn::FoundationModel> {
    let resource_id = Segment::parse(id).expect("an identifier");
    arn::FoundationModel { resource_id }.at(site)
}

fn haiku(site: Site) -> Arn<arn::FoundationModel> {
    model("anthropic.claude-3-haiku-20240307-v1:0", site)
}

fn profile(site: Site) -> Model {
    let resource_id = seg!("eu.amazon.nova-pro-v1:0");
    let regions = [region!("eu-central-1"), region!("eu-west-1")];
    let profile = arn::InferenceProfile { resource_id }.at(site);
    Model::through_profile(
        profile,
        model("amazon.nova-pro-v1:0", site).resource(),
        regions,
    )
}

fn application_profile() -> Model {
    let resource_id = seg!("chat1234abcd");
    let regions = [region!("eu-central-1"), region!("eu-west-1")];
    let profile = arn::ApplicationInferenceProfile { resource_id }.at(HERE);
    Model::through_application_profile(profile, haiku(HERE).resource(), regions)
}

fn role(site: Site) -> Arn<iam::arn::Role> {
    iam::arn::Role {
        role_name_with_path: seg!("service-role/bedrock"),
    }
    .at(site)
}

fn knowledge_base(site: Site) -> Arn<arn::KnowledgeBase> {
    arn::KnowledgeBase {
        knowledge_base_id: seg!("KB87654321"),
    }
    .at(site)
}

fn vpc() -> Vpc {
    Vpc::new([seg!("subnet-1"), seg!("subnet-2")], [seg!("sg-1")])
}

/// Returns a source in another account, limited to a folder and encrypted.
fn partner_source(site: Site) -> SourceBucket {
    let partner = account!("210987654321");
    SourceBucket::new(bucket("partner", site))
        .owned_by(partner)
        .folder(seg!("handbook/"))
        .encrypted_with(key("partner-key", site.with_account(partner)))
}

#[test]
fn knowledge_bases() {
    let collection = aoss::arn::Collection {
        collection_id: seg!("abcd1234"),
    }
    .at(HERE);
    let store = VectorStore::OpenSearchServerless(collection);
    let function = lambda::arn::Function {
        function_name: seg!("chunks"),
    }
    .at(HERE);
    let secrets = SourceSecret::new(secret("wiki-AbCdEf")).refreshed();
    let of_partner = partner_source(HERE);
    let full = KnowledgeBase::new(HERE, haiku(HERE), store)
        .source(bucket("handbook", HERE))
        .source(of_partner.clone())
        .source_with_secret(secrets.encrypted_with(key("secret", HERE)))
        .transient_key(key("transient", HERE))
        .reranking(model("cohere.rerank-v3-5:0", HERE))
        .multimodal_storage(&bucket("images", HERE))
        .parsing(profile(HERE))
        .data_automation()
        .data_automation_key(key("automation", HERE))
        .asynchronous_embedding()
        .transformation(&function, &bucket("chunks", HERE))
        .knowledge_base_id(seg!("KB12345678"));
    check(
        "knowledge_base",
        [
            ("permissions", full.permissions()),
            ("trust", vec![full.trust()]),
            ("bucket", of_partner.bucket_policy(&role(HERE)).into()),
            (
                "key",
                of_partner.key_policy(&role(HERE)).into_iter().collect(),
            ),
        ],
    );
}

#[test]
fn vector_stores_and_structured_data() {
    let index = s3vectors::arn::Index {
        bucket_name: seg!("vectors"),
        index_name: seg!("handbook"),
    };
    let cluster = rds_data::arn::Cluster {
        db_cluster_instance_name: seg!("vectors"),
    };
    let stores = [
        VectorStore::S3Vectors(index.at(HERE)),
        VectorStore::Aurora {
            cluster: cluster.at(HERE),
            secret: secret("aurora-AbCdEf"),
        },
        VectorStore::OpenSearchCluster {
            domain: seg!("search"),
            index: seg!("handbook"),
        },
        VectorStore::NeptuneAnalytics(seg!("g-abcd1234")),
        VectorStore::Secret(secret("pinecone-AbCdEf")),
    ];
    let [vectors, aurora, cluster, graph, other] =
        stores.map(|store| KnowledgeBase::new(HERE, haiku(HERE), store));
    let vectors = vectors.encrypted_vectors(key("vectors", HERE));
    let aurora = aurora.encrypted_store_secret(key("secret", HERE));
    let redshift = QueryEngine::Redshift {
        cluster: seg!("sales"),
        database: seg!("orders"),
    };
    let with_secret = QueryEngine::RedshiftWithSecret {
        cluster: seg!("sales"),
        secret: secret("redshift-AbCdEf"),
    };
    let serverless = QueryEngine::RedshiftServerless(seg!("abcd-1234"));
    let structured = |engine| KnowledgeBase::structured(HERE, engine).permissions();
    check(
        "stores",
        [
            ("S3 Vectors", vectors.permissions()),
            (
                "S3 Vectors, key",
                vectors.vector_key_policy(&role(HERE)).into(),
            ),
            ("Aurora", aurora.permissions()),
            ("OpenSearch cluster", cluster.permissions()),
            ("Neptune Analytics", graph.permissions()),
            ("secret", other.permissions()),
            ("Redshift", structured(redshift)),
            ("Redshift, secret", structured(with_secret)),
            ("Redshift Serverless", structured(serverless)),
            (
                "Kendra",
                KnowledgeBase::kendra(HERE, seg!("index-1")).permissions(),
            ),
        ],
    );
}

#[test]
fn agents() {
    let schema = s3::arn::Object {
        bucket_name: seg!("schemas"),
        object_name: seg!("orders.json"),
    };
    let files = s3::arn::Object {
        bucket_name: seg!("files"),
        object_name: seg!(glob "reports/*"),
    };
    let alias = arn::AgentAlias {
        agent_id: seg!("AGENT22222"),
        agent_alias_id: seg!("ALIAS22222"),
    };
    let agent = arn::Agent {
        agent_id: seg!("AGENT11111"),
    }
    .at(HERE);
    let other = arn::KnowledgeBase {
        knowledge_base_id: seg!("KB11111111"),
    };
    let prompt_id = seg!("PROMPT1234");
    let version = arn::PromptVersion {
        prompt_id: seg!("PROMPT1234"),
        prompt_version: seg!("1"),
    };
    let provisioned = arn::ProvisionedModel {
        resource_id: seg!("abcd1234efgh"),
    };
    let function = lambda::arn::Function {
        function_name: seg!("orders"),
    };
    let full = Agent::new(HERE, haiku(HERE))
        .model(profile(HERE))
        .model(provisioned.at(HERE))
        .action_group_schema(schema.at(HERE))
        .knowledge_base(knowledge_base(HERE))
        .third_party_knowledge_base(other.at(HERE), &secret("pinecone-AbCdEf"))
        .guardrail(
            arn::Guardrail {
                guardrail_id: seg!("abcd1234efgh"),
            }
            .at(HERE),
        )
        .encrypted_guardrail(key("guardrail", HERE))
        .code_interpretation(files.at(HERE))
        .prompt(arn::Prompt { prompt_id }.at(HERE))
        .prompt_version(version.at(HERE))
        .collaborator(alias.at(HERE))
        .encrypted(key("agent", HERE), &agent)
        .agent_id(seg!("AGENT11111"));
    check(
        "agent",
        [
            ("permissions", full.permissions()),
            ("trust", vec![full.trust()]),
            ("function", vec![full.function_policy(function.at(HERE))]),
        ],
    );
}

#[test]
fn flows() {
    let flow = arn::Flow {
        flow_id: seg!("FLOW123456"),
    }
    .at(HERE);
    let alias = arn::AgentAlias {
        agent_id: seg!("AGENT22222"),
        agent_alias_id: seg!("ALIAS22222"),
    };
    let custom = arn::CustomModel {
        resource_id: seg!("amazon.nova-lite-v1:0:300k/abcd1234efgh"),
    };
    let deployment = arn::CustomModelDeployment {
        resource_id: seg!("abcd1234efgh"),
    };
    let version = arn::PromptVersion {
        prompt_id: seg!("PROMPT1234"),
        prompt_version: Segment::ANY,
    };
    let full = Flow::new(HERE)
        .model(haiku(HERE))
        .custom_model(custom.at(HERE))
        .model(deployment.at(HERE))
        .prompt(
            arn::Prompt {
                prompt_id: seg!("PROMPT1234"),
            }
            .at(HERE),
        )
        .prompt_version(version.at(HERE))
        .knowledge_base(knowledge_base(HERE))
        .agent(alias.at(HERE))
        .guardrail(
            arn::Guardrail {
                guardrail_id: seg!("abcd1234efgh"),
            }
            .at(HERE),
        )
        .retrieval(&bucket("input", HERE))
        .storage(&bucket("output", HERE))
        .function(
            lambda::arn::Function {
                function_name: seg!("orders"),
            }
            .at(HERE),
        )
        .lex_bot(seg!("BOT1234567"), seg!("ALIAS12345"))
        .encrypted_resource(key("resource", HERE))
        .encrypted(key("flow", HERE), &flow)
        .flow_id(seg!("FLOW123456"));
    check(
        "flow",
        [
            ("permissions", full.permissions()),
            ("trust", vec![full.trust()]),
            (
                "key",
                vec![full.key_policy(key("flow", HERE), &role(HERE), &flow)],
            ),
        ],
    );
}

#[test]
fn jobs() {
    let batch = BatchInference::new(HERE, bucket("prompts", HERE), bucket("answers", HERE))
        .model(profile(HERE))
        .model(application_profile())
        .encrypted_output(key("answers", HERE))
        .vpc(&vpc())
        .job_id(seg!("job1"));
    let same = BatchInference::new(HERE, bucket("batch", HERE), bucket("batch", HERE));
    let of_partner = BatchInference::new(HERE, partner_source(HERE), bucket("answers", HERE));
    let function = lambda::arn::Function {
        function_name: seg!("reward"),
    };
    let customization =
        ModelCustomization::new(HERE, bucket("training", HERE), bucket("metrics", HERE))
            .validation(partner_source(HERE))
            .encrypted_data(key("metrics", HERE))
            .invocation_logs(bucket("logs", HERE))
            .reward_function(function.at(HERE))
            .model(profile(HERE))
            .vpc(&vpc())
            .job_id(seg!("amazon.nova-lite-v1:0:300k/job1"));
    let import = ModelImport::new(HERE, partner_source(HERE))
        .vpc(vpc())
        .job_id(seg!("job1"));
    check(
        "jobs",
        [
            ("batch inference", batch.permissions()),
            ("batch inference, trust", vec![batch.trust()]),
            ("batch inference, one bucket", same.permissions()),
            ("batch inference, partner", of_partner.permissions()),
            ("customization", customization.permissions()),
            ("customization, trust", vec![customization.trust()]),
            (
                "customization, model key",
                vec![customization.model_key_policy(&role(HERE))],
            ),
            (
                "customization, user",
                vec![customization.model_user_key_policy(&role(HERE))],
            ),
            ("import", import.permissions()),
            ("import, trust", vec![import.trust()]),
            ("import, bucket", vec![import.bucket_policy(&role(HERE))]),
            ("import, key", vec![import.key_policy(&role(HERE))]),
        ],
    );
}

#[test]
fn evaluations() {
    let (prompts, results) = (bucket("prompts", HERE), bucket("results", HERE));
    let imported = arn::ImportedModel {
        resource_id: seg!("abcd1234efgh"),
    };
    let deployment = arn::CustomModelDeployment {
        resource_id: seg!("abcd1234efgh"),
    };
    let provisioned = arn::ProvisionedModel {
        resource_id: seg!("abcd1234efgh"),
    };
    let automatic = Evaluation::automatic(HERE, prompts.clone(), results.clone())
        .dataset_folder(seg!("2026/"))
        .output_folder(seg!("2026/"))
        .model(haiku(HERE))
        .model(profile(HERE))
        .model(imported.at(HERE))
        .model(deployment.at(HERE))
        .model(provisioned.at(HERE))
        .encrypted_data(key("prompts", HERE));
    let judge = Evaluation::with_judge(HERE, prompts.clone(), results.clone());
    let human = Evaluation::with_human_workers(HERE, prompts.clone(), results.clone());
    let of_knowledge_base =
        Evaluation::of_knowledge_base(HERE, prompts, results, knowledge_base(HERE));
    check(
        "evaluation",
        [
            ("automatic", automatic.permissions()),
            ("automatic, trust", vec![automatic.trust()]),
            ("automatic, key", automatic.key_policy().into()),
            ("judge", judge.permissions()),
            ("human", human.permissions()),
            ("knowledge base", of_knowledge_base.permissions()),
        ],
    );
}

#[test]
fn logging_and_agentcore() {
    let logging = InvocationLogging::new(HERE, seg!("bedrock/invocations"));
    let logs = InvocationLogBucket::new(HERE, bucket("logs", HERE));
    let image = ecr::arn::Repository {
        repository_name: seg!("support/agent"),
    };
    let api_key = bedrock_agentcore::arn::ApiKeyCredentialProvider {
        token_vault_id: seg!("default"),
        name: seg!("weather"),
    };
    let oauth2 = bedrock_agentcore::arn::Oauth2CredentialProvider {
        token_vault_id: seg!("default"),
        name: seg!("calendar"),
    };
    let resource_id = seg!("global.anthropic.claude-sonnet-4-v1:0");
    let global = arn::InferenceProfile { resource_id }.at(HERE);
    let sonnet = model("anthropic.claude-sonnet-4-v1:0", HERE);
    let runtime = AgentCoreRuntime::new(HERE, seg!("support_agent"))
        .api_key(api_key.at(HERE), secret("weather-AbCdEf"))
        .oauth2(oauth2.at(HERE), secret("calendar-AbCdEf"))
        .model(Model::through_global_profile(global, sonnet.resource()))
        .image(image.at(HERE))
        .model(haiku(HERE))
        .workload_tokens()
        .workload_tokens_from_jwt()
        .workload_tokens_for_user_ids();
    check(
        "logging_and_agentcore",
        [
            ("logging", logging.permissions()),
            ("logging, trust", vec![logging.trust()]),
            ("logs", vec![logs.bucket_policy()]),
            (
                "logs with a prefix",
                vec![logs.clone().prefix(seg!("bedrock")).bucket_policy()],
            ),
            ("logs, key", vec![logs.key_policy()]),
            ("runtime", runtime.permissions()),
            ("runtime, trust", vec![runtime.trust()]),
            ("pass to Bedrock", vec![pass_to_bedrock(role(HERE))]),
            ("pass to AgentCore", vec![pass_to_agentcore(role(HERE))]),
        ],
    );
}

#[test]
fn other_partitions() {
    let of = |site| {
        let collection = aoss::arn::Collection {
            collection_id: seg!("abcd1234"),
        }
        .at(site);
        KnowledgeBase::new(
            site,
            haiku(site),
            VectorStore::OpenSearchServerless(collection),
        )
        .source(partner_source(site))
    };
    let (china, govcloud) = (of(CHINA), of(GOVCLOUD));
    check(
        "partitions",
        [
            ("China", china.permissions()),
            ("China, trust", vec![china.trust()]),
            ("GovCloud", govcloud.permissions()),
            ("GovCloud, trust", vec![govcloud.trust()]),
        ],
    );
}

#[test]
fn a_site_without_an_account_is_an_error() {
    let anywhere = KnowledgeBase::managed(Site::ANYWHERE);
    let trust = Policy::new().with(anywhere.trust()).build().unwrap_err();
    assert!(trust.to_string().contains("aws:SourceAccount"), "{trust}");
    let source = anywhere.source(partner_source(HERE));
    let permissions = Policy::new()
        .with_all(source.permissions())
        .build()
        .unwrap_err();
    assert!(
        permissions.to_string().contains("kms:ViaService"),
        "{permissions}"
    );
}
