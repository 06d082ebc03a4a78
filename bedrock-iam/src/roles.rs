//! The IAM roles behind Bedrock features: permissions, trust policies, and policies on the other side.
//!
//! Each recipe is named for a feature. `new` takes what the feature always needs, and a method adds
//! each option. `permissions` returns the statements of the role's policy, `trust` the statement of its
//! trust policy. Some recipes also return a statement for the resource that the role uses: a bucket, a
//! key or a function. [`pass_to_bedrock`] returns the statement for those who pass the role.
//!
//! ```
//! use bedrock_iam::roles::{KnowledgeBase, VectorStore};
//! use bedrock_iam::{Partition, Policy, Site, account, bedrock, region, s3, s3vectors, seg};
//!
//! let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
//! let titan = bedrock::arn::FoundationModel { resource_id: seg!("amazon.titan-embed-text-v2:0") };
//! let index = s3vectors::arn::Index { bucket_name: seg!("vectors"), index_name: seg!("handbook") };
//! let handbook = s3::arn::Bucket { bucket_name: seg!("handbook") };
//! let role = KnowledgeBase::new(here, titan.at(here), VectorStore::S3Vectors(index.at(here)))
//!     .source(handbook.at(here));
//!
//! let permissions = Policy::new().with_all(role.permissions()).build()?;
//! let trust = Policy::trust().with(role.trust()).build()?;
//! # Ok::<(), bedrock_iam::PolicyError>(())
//! ```
//!
//! The statements follow AWS's documentation: each recipe names the title of the page, and where the
//! page and the Service Authorization Reference disagree, it says which of them it follows.
//!
//! The `here` of a recipe names one account and one region: they are in `aws:SourceAccount`,
//! `aws:SourceArn` and `kms:ViaService`. With [`Site::ANYWHERE`](crate::Site::ANYWHERE), a condition has
//! no value, which [`build`](crate::PolicyBuilder::build) reports.

mod agent;
mod agentcore_runtime;
mod batch_inference;
mod bucket;
mod evaluation;
mod flow;
mod foreign;
mod invocation_logging;
mod knowledge_base;
mod model;
mod model_customization;
mod model_import;
mod site;
mod trust;
mod vpc;

pub use agent::Agent;
pub use agentcore_runtime::AgentCoreRuntime;
pub use batch_inference::BatchInference;
pub use bucket::SourceBucket;
pub use evaluation::Evaluation;
pub use flow::Flow;
pub use invocation_logging::{InvocationLogBucket, InvocationLogging};
pub use knowledge_base::{KnowledgeBase, QueryEngine, SourceSecret, VectorStore};
pub use model::Model;
pub use model_customization::ModelCustomization;
pub use model_import::ModelImport;
pub use trust::{pass_to_agentcore, pass_to_bedrock};
pub use vpc::Vpc;
