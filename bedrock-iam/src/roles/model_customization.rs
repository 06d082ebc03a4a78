//! The role of a model customization job.

use iam_policy::{
    AnyResource, Arn, Principal, Segment, Site, Statement, foreign_key, global, place,
};

use super::bucket::{SourceBucket, objects};
use super::model::Model;
use super::site::via;
use super::trust::{BEDROCK, trust};
use super::vpc::{JobTag, Vpc};
use crate::generated::{bedrock::arn, iam, kms, lambda, s3};

/// The role of a model customization job, such as fine-tuning.
///
/// From "Create a service role for model customization" and "Model customization access and security".
/// The key of the custom model itself is not a permission of the role, but of the key's policy:
/// [`model_key_policy`](Self::model_key_policy). Foreign actions: those of `ec2` for a [`vpc`](Self::vpc).
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
    data: Vec<SourceBucket>,
    output: Arn<s3::arn::Bucket>,
    optional: Vec<Statement>,
}

impl ModelCustomization {
    /// Creates the role of a job with a bucket of training data and one for its output.
    ///
    /// The page has one statement for the training and validation data. Data that is limited to a folder
    /// or that has a stated owner has statements of its own; the page does not show them.
    pub fn new(
        here: Site,
        training: impl Into<SourceBucket>,
        output: Arn<s3::arn::Bucket>,
    ) -> Self {
        Self {
            here,
            job_id: Segment::ANY,
            data: vec![training.into()],
            output,
            optional: Vec::new(),
        }
    }

    /// Adds a bucket of validation data.
    pub fn validation(mut self, bucket: impl Into<SourceBucket>) -> Self {
        self.data.push(bucket.into());
        self
    }

    /// Adds a bucket with logs of model invocations, which distillation and reinforcement fine-tuning use as
    /// training data.
    ///
    /// From "Reinforcement fine-tuning access and security".
    pub fn invocation_logs(mut self, bucket: impl Into<SourceBucket>) -> Self {
        self.data.push(bucket.into());
        self
    }

    /// Adds the reward function of reinforcement fine-tuning.
    ///
    /// From "Reinforcement fine-tuning access and security", whose example has the function in every
    /// region and account.
    pub fn reward_function(self, function: Arn<lambda::arn::Function>) -> Self {
        self.with([Statement::allow(lambda::action::InvokeFunction)
            .on(function)
            .checked()])
    }

    /// Adds a key that encrypts the training, validation or output data.
    ///
    /// The pages require it without a statement for it.
    pub fn encrypted_data(self, key: Arn<kms::arn::Key>) -> Self {
        self.with([decrypts(&key)])
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
        let is_joint = |data: &&SourceBucket| data.owner.is_none() && data.folder.is_none();
        let joint: Vec<_> = self.data.iter().filter(is_joint).collect();
        let mut permissions = Vec::new();
        if !joint.is_empty() {
            let buckets: Vec<_> = joint.iter().map(|data| &data.bucket).collect();
            let objects: Vec<_> = joint.iter().map(|data| data.objects()).collect();
            let read = Statement::allow((s3::action::GetObject, s3::action::ListBucket))
                .on_mixed((buckets, objects));
            permissions.push(read.checked());
        }
        for data in self.data.iter().filter(|data| !is_joint(data)) {
            permissions.extend(data.reads(data.owner.as_ref().map(std::slice::from_ref)));
        }
        let write = Statement::allow((
            s3::action::GetObject,
            s3::action::PutObject,
            s3::action::ListBucket,
        ));
        let output = (&self.output, objects(&self.output, Segment::ANY));
        permissions.push(write.on_mixed(output).checked());
        let keys = self.data.iter().filter_map(|data| data.key.as_ref());
        permissions.extend(keys.map(decrypts));
        permissions.extend(self.optional.iter().cloned());
        permissions
    }

    /// Returns the statement of the role's trust policy.
    pub fn trust(&self) -> Statement {
        let job = job(self.job_id.clone(), self.here);
        trust(BEDROCK, self.here, global::SOURCE_ARN.arn_equals(job))
    }

    /// Returns the statement of the policy of the custom model's key that lets a role create the model and
    /// invoke it.
    ///
    /// From "Encryption of custom models".
    pub fn model_key_policy(&self, role: &Arn<iam::arn::Role>) -> Statement {
        let via = via("bedrock", self.here);
        Statement::allow((
            kms::action::Decrypt,
            kms::action::GenerateDataKey,
            kms::action::DescribeKey,
            kms::action::CreateGrant,
        ))
        .principal(Principal::arn(role.clone()))
        .on(AnyResource)
        .when(kms::key::VIA_SERVICE.string_like(via))
        .checked()
    }

    /// Returns the statement of the policy of the custom model's key that lets a role only use the model:
    /// invoke it, or copy it to another account.
    ///
    /// From "Encryption of custom models".
    pub fn model_user_key_policy(&self, role: &Arn<iam::arn::Role>) -> Statement {
        let via = via("bedrock", self.here);
        Statement::allow(kms::action::Decrypt)
            .principal(Principal::arn(role.clone()))
            .on(AnyResource)
            .when(kms::key::VIA_SERVICE.string_like(via))
            .checked()
    }

    fn with(mut self, statements: impl IntoIterator<Item = Statement>) -> Self {
        self.optional.extend(statements);
        self
    }
}

fn job(resource_id: Segment<place::Path>, here: Site) -> Arn<arn::ModelCustomizationJob> {
    arn::ModelCustomizationJob { resource_id }.at(here)
}

fn decrypts(key: &Arn<kms::arn::Key>) -> Statement {
    Statement::allow(kms::action::Decrypt).on(key).checked()
}
