//! The role of a knowledge base.

use iam_policy::typing::Unscoped;
use iam_policy::{AccountId, AnyResource, Arn, ForeignAction, Principal, Segment, Site, Statement};
use iam_policy::{Value, foreign_action, foreign_key, global, seg};

use super::bucket::{SourceBucket, uses};
use super::foreign::{Cluster, Database, Workgroup};
use super::foreign::{Domain, DomainIndex, DomainIndexContent, Graph, KendraIndex};
use super::model::Model;
use super::site::{account, via};
use super::trust::{BEDROCK, trust};
use crate::generated::{aoss, bedrock, iam, kms, lambda, rds_data, s3, s3vectors, secretsmanager};
use bedrock::{action, arn};

/// The role of a knowledge base.
///
/// From "Create a service role for Amazon Bedrock Knowledge Bases" and "Create a service role for managed
/// Amazon Bedrock Knowledge Bases". Foreign actions: `rds:DescribeDBClusters` for Aurora, those of `es`
/// for an OpenSearch cluster, of `neptune-graph`, of `kendra`, and of `redshift`, `redshift-data`,
/// `redshift-serverless` and `sqlworkbench` for structured data.
///
/// ```
/// use bedrock_iam::roles::{KnowledgeBase, VectorStore};
/// use bedrock_iam::{Partition, Policy, Site, account, aoss, bedrock, region, s3, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let titan = bedrock::arn::FoundationModel { resource_id: seg!("amazon.titan-embed-text-v2:0") };
/// let rerank = bedrock::arn::FoundationModel { resource_id: seg!("cohere.rerank-v3-5:0") };
/// let collection = aoss::arn::Collection { collection_id: seg!("k7xq2m9d4vab1c3e5f6g") };
/// let handbook = s3::arn::Bucket { bucket_name: seg!("handbook") };
/// let store = VectorStore::OpenSearchServerless(collection.at(here));
/// let role = KnowledgeBase::new(here, titan.at(here), store)
///     .source(handbook.at(here))
///     .reranking(rerank.at(here))
///     .knowledge_base_id(seg!("KB12345678"));
/// let policy = Policy::new().with_all(role.permissions()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.permissions()` and `.trust()` return the statements of the role's policies"]
pub struct KnowledgeBase {
    here: Site,
    knowledge_base_id: Segment,
    permissions: Vec<Statement>,
}

/// The vector store of a knowledge base.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum VectorStore {
    /// A collection of OpenSearch Serverless. Its data access policy, which is not an IAM policy, has to
    /// name the role as well.
    OpenSearchServerless(Arn<aoss::arn::Collection>),
    /// An index of an OpenSearch cluster (domain).
    ///
    /// Follows "Configuring resource-based policies for OpenSearch Managed clusters", which does not
    /// allow to write or delete the index itself, as the page about the role does.
    OpenSearchCluster {
        /// The name of the domain.
        domain: Segment,
        /// The name of the index.
        index: Segment,
    },
    /// A database of Aurora PostgreSQL, used through the RDS Data API.
    Aurora {
        /// The cluster, in the account of the knowledge base.
        cluster: Arn<rds_data::arn::Cluster>,
        /// The secret with the database's credentials.
        secret: Arn<secretsmanager::arn::Secret>,
    },
    /// An index of S3 Vectors.
    S3Vectors(Arn<s3vectors::arn::Index>),
    /// A graph of Neptune Analytics, by its identifier.
    NeptuneAnalytics(Segment),
    /// A store outside of AWS whose credentials are in a secret: Pinecone, Redis Enterprise Cloud or
    /// MongoDB Atlas.
    Secret(Arn<secretsmanager::arn::Secret>),
}

/// The engine that queries structured data.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum QueryEngine {
    /// A cluster of Amazon Redshift, with IAM authentication.
    Redshift {
        /// The identifier of the cluster.
        cluster: Segment,
        /// The name of the database.
        database: Segment,
    },
    /// A cluster of Amazon Redshift, with the credentials in a secret.
    RedshiftWithSecret {
        /// The identifier of the cluster.
        cluster: Segment,
        /// The secret with the database's credentials.
        secret: Arn<secretsmanager::arn::Secret>,
    },
    /// A workgroup of Amazon Redshift Serverless, by its identifier, with IAM authentication.
    RedshiftServerless(Segment),
}

/// A secret with the credentials of a data source: Confluence, SharePoint, Salesforce, OneDrive, Google
/// Drive, or a web site behind a login.
#[derive(Clone, Debug)]
pub struct SourceSecret {
    secret: Arn<secretsmanager::arn::Secret>,
    refreshed: bool,
    key: Option<Arn<kms::arn::Key>>,
}

impl SourceSecret {
    /// Creates a source from the secret with its credentials.
    #[must_use]
    pub const fn new(secret: Arn<secretsmanager::arn::Secret>) -> Self {
        Self {
            secret,
            refreshed: false,
            key: None,
        }
    }

    /// Allows the role to write the secret, as OAuth 2.0 with a refresh token needs.
    #[must_use]
    pub const fn refreshed(mut self) -> Self {
        self.refreshed = true;
        self
    }

    /// Sets the customer managed key that encrypts the secret.
    #[must_use]
    pub fn encrypted_with(mut self, key: Arn<kms::arn::Key>) -> Self {
        self.key = Some(key);
        self
    }
}

impl From<Arn<secretsmanager::arn::Secret>> for SourceSecret {
    fn from(secret: Arn<secretsmanager::arn::Secret>) -> Self {
        Self::new(secret)
    }
}

impl KnowledgeBase {
    /// Creates the role of a knowledge base with an embedding model and a vector store.
    pub fn new(here: Site, embedding: impl Into<Model>, store: VectorStore) -> Self {
        Self::managed(here).embedding(embedding).store(store)
    }

    /// Creates the role of a managed knowledge base, whose embedding model and vector store belong to
    /// the service.
    pub const fn managed(here: Site) -> Self {
        Self {
            here,
            knowledge_base_id: Segment::ANY,
            permissions: Vec::new(),
        }
    }

    /// Creates the role of a knowledge base on structured data.
    ///
    /// From "Set up your query engine and permissions for creating a knowledge base with structured data
    /// store". The database has to grant `SELECT` to the role as well.
    pub fn structured(here: Site, engine: QueryEngine) -> Self {
        let own = foreign_key!("redshift-data:statement-owner-iam-userid");
        let (queries, authentication) = match engine {
            QueryEngine::Redshift { cluster, database } => {
                let credentials = foreign_action!("redshift:GetClusterCredentialsWithIAM");
                let database = Database {
                    cluster: cluster.clone(),
                    database,
                };
                (
                    execute().on(Cluster { cluster }.at(here)).checked(),
                    Statement::allow(credentials)
                        .on(database.at(here))
                        .checked(),
                )
            }
            QueryEngine::RedshiftWithSecret { cluster, secret } => (
                execute().on(Cluster { cluster }.at(here)).checked(),
                Statement::allow(secretsmanager::action::GetSecretValue)
                    .on(secret)
                    .checked(),
            ),
            QueryEngine::RedshiftServerless(id) => {
                let workgroup = Workgroup { id }.at(here);
                let credentials = foreign_action!("redshift-serverless:GetCredentials");
                (
                    execute().on(&workgroup).checked(),
                    Statement::allow(credentials).on(workgroup).checked(),
                )
            }
        };
        Self::managed(here).with([
            Statement::allow([
                foreign_action!("redshift-data:GetStatementResult"),
                foreign_action!("redshift-data:DescribeStatement"),
                foreign_action!("redshift-data:CancelStatement"),
            ])
            .on(AnyResource)
            .when(own.string_equals(Value::raw("${aws:userid}")))
            .checked(),
            queries,
            Statement::allow([
                foreign_action!("sqlworkbench:GetSqlRecommendations"),
                foreign_action!("sqlworkbench:PutSqlGenerationContext"),
                foreign_action!("sqlworkbench:GetSqlGenerationContext"),
                foreign_action!("sqlworkbench:DeleteSqlGenerationContext"),
            ])
            .on(AnyResource)
            .checked(),
            Statement::allow(action::GenerateQuery)
                .on(AnyResource)
                .checked(),
            authentication,
        ])
    }

    /// Creates the role of a knowledge base on a Kendra GenAI index, by its identifier.
    pub fn kendra(here: Site, index: Segment) -> Self {
        Self::managed(here).with([Statement::allow([
            foreign_action!("kendra:Retrieve"),
            foreign_action!("kendra:DescribeIndex"),
        ])
        .on(KendraIndex { id: index }.at(here))
        .checked()])
    }

    /// Adds an embedding model, which [`new`](Self::new) has added already; for a managed knowledge base
    /// with a model of your choice.
    pub fn embedding(self, model: impl Into<Model>) -> Self {
        self.with([
            Statement::allow((action::ListFoundationModels, action::ListCustomModels))
                .on(AnyResource)
                .checked(),
            model.into().invoked(),
        ])
    }

    fn store(self, store: VectorStore) -> Self {
        let here = self.here;
        match store {
            VectorStore::OpenSearchServerless(collection) => {
                self.with([Statement::allow(aoss::action::APIAccessAll)
                    .on(collection)
                    .checked()])
            }
            VectorStore::OpenSearchCluster { domain, index } => {
                let contents = DomainIndexContent {
                    domain: domain.clone(),
                    index: index.clone(),
                };
                let itself = DomainIndex {
                    domain: domain.clone(),
                    index,
                };
                self.with([
                    Statement::allow([
                        foreign_action!("es:ESHttpGet"),
                        foreign_action!("es:ESHttpPost"),
                        foreign_action!("es:ESHttpPut"),
                        foreign_action!("es:ESHttpDelete"),
                    ])
                    .on(contents.at(here))
                    .checked(),
                    Statement::allow([
                        foreign_action!("es:ESHttpGet"),
                        foreign_action!("es:ESHttpHead"),
                    ])
                    .on(itself.at(here))
                    .checked(),
                    Statement::allow(foreign_action!("es:DescribeDomain"))
                        .on(Domain { domain }.at(here))
                        .checked(),
                ])
            }
            VectorStore::Aurora { cluster, secret } => self
                .with([
                    Statement::allow(foreign_action!("rds:DescribeDBClusters"))
                        .on(&cluster)
                        .checked(),
                    Statement::allow((
                        rds_data::action::BatchExecuteStatement,
                        rds_data::action::ExecuteStatement,
                    ))
                    .on(cluster)
                    .checked(),
                ])
                .store(VectorStore::Secret(secret)),
            VectorStore::S3Vectors(index) => self.with([Statement::allow((
                s3vectors::action::PutVectors,
                s3vectors::action::GetVectors,
                s3vectors::action::DeleteVectors,
                s3vectors::action::QueryVectors,
                s3vectors::action::GetIndex,
            ))
            .on(index)
            .checked()]),
            VectorStore::NeptuneAnalytics(graph) => self.with([Statement::allow([
                foreign_action!("neptune-graph:GetGraph"),
                foreign_action!("neptune-graph:ReadDataViaQuery"),
                foreign_action!("neptune-graph:WriteDataViaQuery"),
                foreign_action!("neptune-graph:DeleteDataViaQuery"),
            ])
            .on(Graph { graph }.at(here))
            .checked()]),
            VectorStore::Secret(secret) => {
                self.with([Statement::allow(secretsmanager::action::GetSecretValue)
                    .on(secret)
                    .checked()])
            }
        }
    }

    /// Adds the key that encrypts the vectors of an [S3 Vectors](VectorStore::S3Vectors) index or its
    /// bucket.
    ///
    /// From "Data protection and encryption in S3 Vectors".
    pub fn encrypted_vectors(self, key: Arn<kms::arn::Key>) -> Self {
        let via = via("s3vectors", self.here);
        self.with([Statement::allow(kms::action::Decrypt)
            .on(key)
            .when(kms::key::VIA_SERVICE.string_equals(via))
            .checked()])
    }

    /// Adds the key that encrypts the secret of the vector store.
    ///
    /// From "Encryption of knowledge base resources".
    pub fn encrypted_store_secret(self, key: Arn<kms::arn::Key>) -> Self {
        self.with([Statement::allow(kms::action::Decrypt).on(key).checked()])
    }

    /// Adds a bucket with documents.
    pub fn source(self, bucket: impl Into<SourceBucket>) -> Self {
        let (bucket, here) = (bucket.into(), self.here);
        self.with(bucket.reads(Some(&bucket.owner(here))))
            .with(bucket.decrypts(here))
    }

    /// Adds a data source that is reached with the credentials in a secret.
    ///
    /// The page has `kms:Decrypt` beside the secret in any case; it has effect only with a customer
    /// managed key, so it is added only with
    /// [`encrypted_with`](SourceSecret::encrypted_with).
    pub fn source_with_secret(self, secret: impl Into<SourceSecret>) -> Self {
        let source = secret.into();
        let via = via("secretsmanager", self.here);
        let read = Statement::allow(secretsmanager::action::GetSecretValue).on(&source.secret);
        let write = source
            .refreshed
            .then(|| Statement::allow(secretsmanager::action::PutSecretValue).on(&source.secret));
        let decrypt = source.key.map(|key| {
            Statement::allow(kms::action::Decrypt)
                .on(key)
                .when(kms::key::VIA_SERVICE.string_like(via))
        });
        self.with([read.checked()])
            .with(write.map(Statement::checked))
            .with(decrypt.map(Statement::checked))
    }

    /// Adds the key that encrypts the transient data of ingestion jobs.
    ///
    /// From "Encryption of knowledge base resources".
    pub fn transient_key(self, key: Arn<kms::arn::Key>) -> Self {
        self.with([
            Statement::allow((kms::action::GenerateDataKey, kms::action::Decrypt))
                .on(key)
                .checked(),
        ])
    }

    /// Adds a model that reranks the results of `Retrieve`.
    ///
    /// From "Permissions for reranking in Amazon Bedrock". For `RetrieveAndGenerate`, the caller needs
    /// these permissions instead of the role.
    pub fn reranking(self, model: impl Into<Model>) -> Self {
        self.with([
            Statement::allow(action::Rerank).on(AnyResource).checked(),
            model.into().invoked(),
        ])
    }

    /// Adds a bucket for the images and other parts that are extracted from multimodal documents.
    pub fn multimodal_storage(self, bucket: &Arn<s3::arn::Bucket>) -> Self {
        let actions = (
            s3::action::PutObject,
            s3::action::GetObject,
            s3::action::DeleteObject,
        );
        let account = account(self.here);
        self.with(uses(bucket, actions, &account))
    }

    /// Adds a model that parses documents.
    ///
    /// From "Parsing options for your data source", which does not show a statement.
    pub fn parsing(self, model: impl Into<Model>) -> Self {
        self.with([model.into().invoked()])
    }

    /// Adds Bedrock Data Automation, which parses documents, images, audio and video.
    ///
    /// In the page's example, the ARNs of profile and invocation have no account, unlike in the
    /// reference; those here have the account of the role.
    pub fn data_automation(self) -> Self {
        let project = arn::DataAutomationProject {
            project_id: seg!("public-rag-default"),
        };
        let profile = arn::DataAutomationProfile {
            profile_id: Segment::ANY,
        };
        let invocation = arn::DataAutomationInvocationJob {
            job_id: Segment::ANY,
        };
        let here = self.here;
        self.with([
            Statement::allow(action::InvokeDataAutomationAsync)
                .on((
                    project.at(here.with_account(AccountId::AWS)),
                    profile.at(here),
                ))
                .checked(),
            Statement::allow(action::GetDataAutomationStatus)
                .on(invocation.at(here))
                .checked(),
        ])
    }

    /// Adds a key for [`data_automation`](Self::data_automation).
    pub fn data_automation_key(self, key: Arn<kms::arn::Key>) -> Self {
        let (account, via) = (account(self.here), via("bedrock", self.here));
        self.with([Statement::allow((
            kms::action::GenerateDataKey,
            kms::action::Decrypt,
            kms::action::DescribeKey,
            kms::action::CreateGrant,
        ))
        .on(key)
        .when(global::RESOURCE_ACCOUNT.string_equals(account))
        .when(kms::key::VIA_SERVICE.string_equals(via))
        .checked()])
    }

    /// Allows asynchronous invocations, which multimodal embedding models need for audio and video.
    ///
    /// In the page's example, the ARN has no account, unlike in the reference; the one here has the
    /// account of the role.
    pub fn asynchronous_embedding(self) -> Self {
        let invocations = arn::AsyncInvoke {
            resource_id: Segment::ANY,
        };
        let invocations = invocations.at(self.here);
        self.with([
            Statement::allow((action::InvokeModel, action::GetAsyncInvoke))
                .on(invocations)
                .checked(),
        ])
    }

    /// Adds a function that transforms documents, such as into chunks, and the bucket through which it
    /// receives and returns them. Allows all versions of the function.
    ///
    /// From "Use a custom transformation Lambda function to define how your data is ingested", which does
    /// not show statements.
    pub fn transformation(
        self,
        function: &Arn<lambda::arn::Function>,
        bucket: &Arn<s3::arn::Bucket>,
    ) -> Self {
        let lambda::arn::Function { function_name } = function.resource().clone();
        let versions = lambda::arn::Function {
            function_name: function_name.then(seg!(glob ":*")),
        };
        let account = account(self.here);
        self.with([Statement::allow(lambda::action::InvokeFunction)
            .on(versions.at(function.site()))
            .checked()])
            .with(uses(
                bucket,
                (s3::action::GetObject, s3::action::PutObject),
                &account,
            ))
    }

    /// Limits the trust policy to one knowledge base, as AWS recommends once it exists.
    pub fn knowledge_base_id(mut self, id: Segment) -> Self {
        self.knowledge_base_id = id;
        self
    }

    /// Returns the statements of the role's policy.
    #[must_use]
    pub fn permissions(&self) -> Vec<Statement> {
        self.permissions.clone()
    }

    /// Returns the statement of the role's trust policy.
    pub fn trust(&self) -> Statement {
        let knowledge_base = arn::KnowledgeBase {
            knowledge_base_id: self.knowledge_base_id.clone(),
        };
        let source = global::SOURCE_ARN.arn_like(knowledge_base.at(self.here));
        trust(BEDROCK, self.here, source)
    }

    /// Returns the statements of the policy of the key that encrypts the vectors: for indexing and for
    /// the role.
    ///
    /// From "Data protection and encryption in S3 Vectors".
    pub fn vector_key_policy(&self, role: &Arn<iam::arn::Role>) -> [Statement; 2] {
        let contexts = || {
            kms::key::ENCRYPTION_CONTEXT_KEYS
                .for_any_value()
                .string_equals(["aws:s3vectors:arn", "aws:s3vectors:resource-id"])
        };
        let buckets = s3vectors::arn::VectorBucket {
            bucket_name: Segment::ANY,
        };
        [
            Statement::allow(kms::action::Decrypt)
                .principal(Principal::service("indexing.s3vectors.amazonaws.com"))
                .on(AnyResource)
                .when(global::SOURCE_ARN.arn_like(buckets.at(self.here)))
                .when(global::SOURCE_ACCOUNT.string_equals(account(self.here)))
                .when(contexts())
                .checked(),
            Statement::allow((kms::action::Decrypt, kms::action::GenerateDataKey))
                .principal(Principal::arn(role.clone()))
                .on(AnyResource)
                .when(kms::key::VIA_SERVICE.string_equals(via("s3vectors", self.here)))
                .when(contexts())
                .checked(),
        ]
    }

    fn with(mut self, statements: impl IntoIterator<Item = Statement>) -> Self {
        self.permissions.extend(statements);
        self
    }
}

fn execute() -> Statement<ForeignAction, Unscoped> {
    Statement::allow(foreign_action!("redshift-data:ExecuteStatement"))
}
