//! The role of a batch inference job.

use iam_policy::{Arn, Segment, Site, Statement, foreign_key, global};

use super::bucket::{SourceBucket, objects};
use super::model::Model;
use super::site::account;
use super::trust::{BEDROCK, trust};
use super::vpc::{JobTag, Vpc};
use crate::generated::{bedrock::arn, kms, s3};

/// The role of a batch inference job.
///
/// From "Create a custom service role for batch inference". A foundation model that is not invoked
/// through an inference profile needs no statement. Foreign actions: those of `ec2` for a
/// [`vpc`](Self::vpc).
///
/// ```
/// use bedrock_iam::roles::BatchInference;
/// use bedrock_iam::{Partition, Policy, Site, account, region, s3, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let prompts = s3::arn::Bucket { bucket_name: seg!("prompts") };
/// let answers = s3::arn::Bucket { bucket_name: seg!("answers") };
/// let role = BatchInference::new(here, prompts.at(here), answers.at(here));
/// let policy = Policy::new().with_all(role.permissions()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.permissions()` and `.trust()` return the statements of the role's policies"]
pub struct BatchInference {
    here: Site,
    job_id: Segment,
    permissions: Vec<Statement>,
}

impl BatchInference {
    /// Creates the role of a job that reads one bucket and writes another, or the same.
    ///
    /// The page has one statement for both buckets, which lets the role write the input as well. If the
    /// input is in another account or limited to a folder, it has statements of its own that only read
    /// it; the page does not show them. "Configure access to Amazon S3 buckets" has the statement for an
    /// encrypted input.
    pub fn new(here: Site, input: impl Into<SourceBucket>, output: Arn<s3::arn::Bucket>) -> Self {
        let input = input.into();
        let mut permissions: Vec<_> = input.describes_key().into_iter().collect();
        let mut buckets = vec![output];
        if !input.is_whole_and_own(here) {
            permissions.extend(input.reads_jointly(here));
        } else if input.bucket != buckets[0] {
            buckets.insert(0, input.bucket);
        }
        let all: Vec<_> = buckets
            .iter()
            .map(|bucket| objects(bucket, Segment::ANY))
            .collect();
        let uses = Statement::allow((
            s3::action::GetObject,
            s3::action::PutObject,
            s3::action::ListBucket,
        ))
        .on_mixed((buckets, all))
        .when(global::RESOURCE_ACCOUNT.string_equals(account(here)));
        permissions.push(uses.checked());
        Self {
            here,
            job_id: Segment::ANY,
            permissions,
        }
    }

    /// Adds a model that is invoked through an inference profile.
    pub fn model(mut self, model: impl Into<Model>) -> Self {
        self.permissions.push(model.into().invoked());
        self
    }

    /// Adds the key that encrypts the output.
    ///
    /// From "Configure access to Amazon S3 buckets".
    pub fn encrypted_output(mut self, key: Arn<kms::arn::Key>) -> Self {
        let actions = (
            kms::action::Decrypt,
            kms::action::DescribeKey,
            kms::action::GenerateDataKey,
        );
        self.permissions
            .push(Statement::allow(actions).on(key).checked());
        self
    }

    /// Adds the VPC in which the job runs.
    ///
    /// From "Protect batch inference jobs using a VPC".
    pub fn vpc(mut self, vpc: &Vpc) -> Self {
        let tag = JobTag {
            name: "BedrockModelInvocationJobArn",
            on_resource: foreign_key!("ec2:ResourceTag/BedrockModelInvocationJobArn"),
        };
        let jobs = job(Segment::ANY, self.here);
        self.permissions
            .extend(vpc.for_batches(self.here, &tag, &jobs));
        self
    }

    /// Limits the trust policy to one job, as AWS recommends once it exists.
    pub fn job_id(mut self, id: Segment) -> Self {
        self.job_id = id;
        self
    }

    /// Returns the statements of the role's policy.
    #[must_use]
    pub fn permissions(&self) -> Vec<Statement> {
        self.permissions.clone()
    }

    /// Returns the statement of the role's trust policy.
    pub fn trust(&self) -> Statement {
        let job = job(self.job_id.clone(), self.here);
        trust(BEDROCK, self.here, global::SOURCE_ARN.arn_equals(job))
    }
}

fn job(job_identifier: Segment, here: Site) -> Arn<arn::ModelInvocationJob> {
    arn::ModelInvocationJob { job_identifier }.at(here)
}
