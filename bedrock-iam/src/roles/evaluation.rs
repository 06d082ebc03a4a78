//! The role of an evaluation job.

use iam_policy::{
    AnyResource, Arn, Principal, Segment, Site, Statement, foreign_action, global, place,
};

use super::bucket::objects;
use super::foreign::Endpoint;
use super::model::Model;
use super::trust::{BEDROCK, trust};
use crate::generated::bedrock::{action, arn};
use crate::generated::{kms, s3};

/// The role of an evaluation job, of models or of a knowledge base.
///
/// From "Service role requirements for automatic model evaluation jobs", "Required service role
/// permissions for creating a model evaluation job that uses a judge model", "Service role requirements
/// for human-based model evaluation jobs" and "Service role requirements for knowledge base evaluation
/// jobs". Foreign actions: those of `sagemaker`.
///
/// Without [`model`](Self::model), the role can use every model, as on the pages. Their statement also
/// has two actions that support none of its resources by the reference: `bedrock:ListInferenceProfiles`
/// is on `*` here, and `bedrock:StopModelInvocationJob` on batch inference jobs. In the pages' ARNs of
/// objects, `/*` is missing.
///
/// ```
/// use bedrock_iam::bedrock::arn;
/// use bedrock_iam::roles::Evaluation;
/// use bedrock_iam::{Partition, Policy, Site, account, region, s3, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let prompts = s3::arn::Bucket { bucket_name: seg!("prompts") };
/// let results = s3::arn::Bucket { bucket_name: seg!("results") };
/// let haiku = arn::FoundationModel { resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0") };
/// let role = Evaluation::automatic(here, prompts.at(here), results.at(here))
///     .dataset_folder(seg!("2026/"))
///     .model(haiku.at(here));
/// let policy = Policy::new().with_all(role.permissions()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.permissions()` and `.trust()` return the statements of the role's policies"]
pub struct Evaluation {
    here: Site,
    kind: Kind,
    dataset: Folder,
    output: Folder,
    models: Vec<Statement>,
    optional: Vec<Statement>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Automatic,
    Judge,
    Human,
    KnowledgeBase,
}

/// A bucket, and the objects in it that a job uses.
#[derive(Clone, Debug)]
struct Folder {
    bucket: Arn<s3::arn::Bucket>,
    objects: Arn<s3::arn::Object>,
}

impl Folder {
    fn new(bucket: Arn<s3::arn::Bucket>) -> Self {
        let objects = objects(&bucket, Segment::ANY);
        Self { bucket, objects }
    }

    fn limit(&mut self, prefix: Segment<place::Path>) {
        self.objects = objects(&self.bucket, prefix.then(Segment::ANY));
    }
}

impl Evaluation {
    /// Creates the role of an automatic evaluation, with the buckets of the prompts and the results.
    pub fn automatic(
        here: Site,
        dataset: Arn<s3::arn::Bucket>,
        output: Arn<s3::arn::Bucket>,
    ) -> Self {
        Self::new(Kind::Automatic, here, dataset, output)
    }

    /// Creates the role of an evaluation in which a model is the judge.
    ///
    /// The page has one statement for both buckets, which lets the role write the prompts as well.
    pub fn with_judge(
        here: Site,
        dataset: Arn<s3::arn::Bucket>,
        output: Arn<s3::arn::Bucket>,
    ) -> Self {
        Self::new(Kind::Judge, here, dataset, output)
    }

    /// Creates the role of an evaluation by human workers, which manages their tasks.
    pub fn with_human_workers(
        here: Site,
        dataset: Arn<s3::arn::Bucket>,
        output: Arn<s3::arn::Bucket>,
    ) -> Self {
        Self::new(Kind::Human, here, dataset, output)
    }

    /// Creates the role of an evaluation of a knowledge base.
    ///
    /// The page restricts `bedrock:RetrieveAndGenerate` to the knowledge base; by the reference, the
    /// action takes no resource, so it is on `*`.
    pub fn of_knowledge_base(
        here: Site,
        dataset: Arn<s3::arn::Bucket>,
        output: Arn<s3::arn::Bucket>,
        knowledge_base: Arn<arn::KnowledgeBase>,
    ) -> Self {
        let mut role = Self::new(Kind::KnowledgeBase, here, dataset, output);
        role.optional = vec![
            Statement::allow(action::Retrieve)
                .on(knowledge_base)
                .checked(),
            Statement::allow(action::RetrieveAndGenerate)
                .on(AnyResource)
                .checked(),
        ];
        role
    }

    fn new(
        kind: Kind,
        here: Site,
        dataset: Arn<s3::arn::Bucket>,
        output: Arn<s3::arn::Bucket>,
    ) -> Self {
        Self {
            here,
            kind,
            dataset: Folder::new(dataset),
            output: Folder::new(output),
            models: Vec::new(),
            optional: Vec::new(),
        }
    }

    /// Limits the prompts to objects whose names begin with this prefix, such as `prompts/`.
    pub fn dataset_folder(mut self, prefix: Segment<place::Path>) -> Self {
        self.dataset.limit(prefix);
        self
    }

    /// Limits the results to objects whose names begin with this prefix, such as `results/`.
    pub fn output_folder(mut self, prefix: Segment<place::Path>) -> Self {
        self.output.limit(prefix);
        self
    }

    /// Limits the role to a model that is evaluated, or that is the judge; can be called several times.
    pub fn model(mut self, model: impl Into<Model>) -> Self {
        self.models.extend(model.into().evaluated());
        self
    }

    /// Adds a key that encrypts one of the buckets.
    ///
    /// The pages require it without a statement for it; "Required Key policy elements to encrypt your
    /// model evaluation job using AWS KMS" has the actions.
    pub fn encrypted_data(mut self, key: Arn<kms::arn::Key>) -> Self {
        let actions = (
            kms::action::GenerateDataKey,
            kms::action::Decrypt,
            kms::action::DescribeKey,
        );
        self.optional
            .push(Statement::allow(actions).on(key).checked());
        self
    }

    /// Returns the statements of the role's policy.
    #[must_use]
    pub fn permissions(&self) -> Vec<Statement> {
        let mut permissions = self.buckets();
        if self.models.is_empty() {
            permissions.push(self.any_model());
        } else {
            permissions.extend(self.models.iter().cloned());
        }
        let batches = arn::ModelInvocationJob {
            job_identifier: Segment::ANY,
        };
        permissions.push(
            Statement::allow((
                action::CreateModelInvocationJob,
                action::StopModelInvocationJob,
            ))
            .on(batches.at(self.here))
            .checked(),
        );
        if matches!(self.kind, Kind::Automatic | Kind::Human) {
            let list = Statement::allow(action::ListInferenceProfiles).on(AnyResource);
            permissions.push(list.checked());
        }
        if self.kind == Kind::Human {
            let tasks = Statement::allow([
                foreign_action!("sagemaker:StartHumanLoop"),
                foreign_action!("sagemaker:DescribeFlowDefinition"),
                foreign_action!("sagemaker:DescribeHumanLoop"),
                foreign_action!("sagemaker:StopHumanLoop"),
                foreign_action!("sagemaker:DeleteHumanLoop"),
            ]);
            permissions.push(tasks.on(AnyResource).checked());
        }
        permissions.extend(self.optional.iter().cloned());
        permissions
    }

    fn buckets(&self) -> Vec<Statement> {
        let read = (s3::action::GetObject, s3::action::ListBucket);
        let use_all = (
            read,
            s3::action::PutObject,
            s3::action::GetBucketLocation,
            s3::action::AbortMultipartUpload,
            s3::action::ListBucketMultipartUploads,
        );
        let (dataset, output) = (&self.dataset, &self.output);
        if self.kind == Kind::Judge {
            return vec![
                Statement::allow(use_all)
                    .on_mixed((
                        &dataset.bucket,
                        &dataset.objects,
                        &output.bucket,
                        &output.objects,
                    ))
                    .checked(),
            ];
        }
        vec![
            Statement::allow(read)
                .on_mixed((&dataset.bucket, &dataset.objects))
                .checked(),
            Statement::allow(use_all)
                .on_mixed((&output.bucket, &output.objects))
                .checked(),
        ]
    }

    /// Returns the pages' statement about all models.
    fn any_model(&self) -> Statement {
        let foundation = arn::FoundationModel {
            resource_id: Segment::ANY,
        };
        let profile = arn::InferenceProfile {
            resource_id: Segment::ANY,
        };
        let provisioned = arn::ProvisionedModel {
            resource_id: Segment::ANY,
        };
        let imported = arn::ImportedModel {
            resource_id: Segment::ANY,
        };
        let invoke = (action::InvokeModel, action::CreateModelInvocationJob);
        if self.kind == Kind::Judge {
            let here = self.here;
            return Statement::allow(invoke)
                .on_mixed((
                    foundation.at(here),
                    profile.at(here),
                    provisioned.at(here),
                    imported.at(here),
                ))
                .checked();
        }
        let application_profile = arn::ApplicationInferenceProfile {
            resource_id: Segment::ANY,
        };
        let invoke_and_read = (
            invoke,
            action::InvokeModelWithResponseStream,
            action::GetProvisionedModelThroughput,
            action::GetInferenceProfile,
            action::GetImportedModel,
        );
        let site = match self.kind {
            Kind::KnowledgeBase => self.here,
            _ => self.here.any_region(),
        };
        let models = (
            foundation.at(site),
            profile.at(site),
            provisioned.at(site),
            imported.at(site),
            application_profile.at(site),
        );
        if self.kind == Kind::KnowledgeBase {
            let statement = Statement::allow(invoke_and_read).on_mixed(models);
            return statement.checked();
        }
        let router = arn::DefaultPromptRouter {
            resource_id: Segment::ANY,
        };
        Statement::allow((
            invoke_and_read,
            action::GetPromptRouter,
            foreign_action!("sagemaker:InvokeEndpoint"),
        ))
        .on_mixed((
            models,
            router.at(site),
            Endpoint { name: Segment::ANY }.at(site),
            arn::BedrockMarketplaceModelEndpoint.at(site),
        ))
        .checked()
    }

    /// Returns the statement of the role's trust policy, which has to name all jobs of the account.
    pub fn trust(&self) -> Statement {
        trust(
            BEDROCK,
            self.here,
            global::SOURCE_ARN.arn_equals(self.jobs()),
        )
    }

    /// Returns the statements of the policy of the key that encrypts the job.
    ///
    /// The page also has one statement for the three actions; requests for `kms:DescribeKey` have no
    /// encryption context, so they are two here, as in the page's complete example.
    pub fn key_policy(&self) -> [Statement; 2] {
        let jobs = self.jobs();
        let context = kms::key::encryption_context("evaluationJobArn");
        [
            Statement::allow((kms::action::GenerateDataKey, kms::action::Decrypt))
                .principal(Principal::service(BEDROCK))
                .on(AnyResource)
                .when(context.arn_like(&jobs))
                .when(global::SOURCE_ARN.arn_like(&jobs))
                .checked(),
            Statement::allow(kms::action::DescribeKey)
                .principal(Principal::service(BEDROCK))
                .on(AnyResource)
                .when(global::SOURCE_ARN.arn_like(&jobs))
                .checked(),
        ]
    }

    fn jobs(&self) -> Arn<arn::EvaluationJob> {
        let resource_id = Segment::ANY;
        arn::EvaluationJob { resource_id }.at(self.here)
    }
}
