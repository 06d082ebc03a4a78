//! The role of a model customization job.

use iam_policy::{Arn, Segment, Site, Statement, foreign_key, global, place};

use super::bucket::objects;
use super::model::Model;
use super::trust::{BEDROCK, trust};
use super::vpc::{JobTag, Vpc};
use crate::generated::{bedrock::arn, kms, s3};

/// The role of a model customization job, such as fine-tuning.
///
/// From "Create a service role for model customization" and "Model customization access and security".
/// The key of the custom model itself is not a permission of the role: its policy allows the service to
/// use it. Foreign actions: those of `ec2` for a [`vpc`](Self::vpc).
///
/// ```
/// use bedrock_iam::roles::ModelCustomization;
/// use bedrock_iam::{Partition, Policy, Site, account, region, s3, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let training = s3::arn::Bucket { bucket_name: seg!("training") };
/// let validation = s3::arn::Bucket { bucket_name: seg!("validation") };
/// let metrics = s3::arn::Bucket { bucket_name: seg!("metrics") };
/// let role = ModelCustomization::new(here, training.at(here), metrics.at(here))
///     .validation(validation.at(here));
/// let policy = Policy::new().with_all(role.permissions()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.permissions()` and `.trust()` return the statements of the role's policies"]
pub struct ModelCustomization {
    here: Site,
    job_id: Segment<place::Path>,
    data: Vec<Arn<s3::arn::Bucket>>,
    output: Arn<s3::arn::Bucket>,
    optional: Vec<Statement>,
}

impl ModelCustomization {
    /// Creates the role of a job with a bucket of training data and one for its output.
    pub fn new(here: Site, training: Arn<s3::arn::Bucket>, output: Arn<s3::arn::Bucket>) -> Self {
        Self {
            here,
            job_id: Segment::ANY,
            data: vec![training],
            output,
            optional: Vec::new(),
        }
    }

    /// Adds a bucket of validation data.
    pub fn validation(mut self, bucket: Arn<s3::arn::Bucket>) -> Self {
        self.data.push(bucket);
        self
    }

    /// Adds a key that encrypts the training, validation or output data.
    ///
    /// The pages require it without a statement for it.
    pub fn encrypted_data(self, key: Arn<kms::arn::Key>) -> Self {
        self.with([Statement::allow(kms::action::Decrypt).on(key).checked()])
    }

    /// Adds a model that the job invokes, such as a teacher through an inference profile.
    pub fn model(self, model: impl Into<Model>) -> Self {
        self.with([model.into().invoked()])
    }

    /// Adds the VPC in which the job runs.
    pub fn vpc(self, vpc: &Vpc) -> Self {
        let tag = JobTag {
            name: "BedrockModelCustomizationJobArn",
            on_resource: foreign_key!("ec2:ResourceTag/BedrockModelCustomizationJobArn"),
        };
        let statements = vpc.for_models(self.here, &tag, &job(Segment::ANY, self.here));
        self.with(statements)
    }

    /// Limits the trust policy to one job, by the part of its ARN after `model-customization-job/`.
    pub fn job_id(mut self, id: Segment<place::Path>) -> Self {
        self.job_id = id;
        self
    }

    /// Returns the statements of the role's policy.
    #[must_use]
    pub fn permissions(&self) -> Vec<Statement> {
        let of = |bucket| objects(bucket, Segment::ANY);
        let data: Vec<_> = self.data.iter().map(of).collect();
        let mut permissions = vec![
            Statement::allow((s3::action::GetObject, s3::action::ListBucket))
                .on_mixed((&self.data, data))
                .checked(),
            Statement::allow((
                s3::action::GetObject,
                s3::action::PutObject,
                s3::action::ListBucket,
            ))
            .on_mixed((&self.output, of(&self.output)))
            .checked(),
        ];
        permissions.extend(self.optional.iter().cloned());
        permissions
    }

    /// Returns the statement of the role's trust policy.
    pub fn trust(&self) -> Statement {
        let job = job(self.job_id.clone(), self.here);
        trust(BEDROCK, self.here, global::SOURCE_ARN.arn_equals(job))
    }

    fn with(mut self, statements: impl IntoIterator<Item = Statement>) -> Self {
        self.optional.extend(statements);
        self
    }
}

fn job(resource_id: Segment<place::Path>, here: Site) -> Arn<arn::ModelCustomizationJob> {
    arn::ModelCustomizationJob { resource_id }.at(here)
}
