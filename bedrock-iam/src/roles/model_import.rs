//! The role of a custom model import job.

use iam_policy::{AnyResource, Arn, Principal, Segment, Site, Statement, foreign_key, global};

use super::bucket::SourceBucket;
use super::trust::{BEDROCK, trust};
use super::vpc::{JobTag, Vpc};
use crate::generated::{bedrock::arn, iam, kms, s3};

/// The role of a custom model import job.
///
/// From "Create a service role for importing pre-trained models" and "Cross-account access to Amazon S3
/// bucket for custom model import jobs". The key of the imported model itself is not a permission of the
/// role: the caller grants its use to the service. Foreign actions: those of `ec2` for a
/// [`vpc`](Self::vpc).
///
/// ```
/// use bedrock_iam::roles::{ModelImport, SourceBucket};
/// use bedrock_iam::{Partition, Policy, Site, account, region, s3, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let weights = s3::arn::Bucket { bucket_name: seg!("weights") };
/// let source = SourceBucket::new(weights.at(here)).folder(seg!("mistral-7b/"));
/// let role = ModelImport::new(here, source);
/// let policy = Policy::new().with_all(role.permissions()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.permissions()` and `.trust()` return the statements of the role's policies"]
pub struct ModelImport {
    here: Site,
    job_id: Segment,
    source: SourceBucket,
    vpc: Option<Vpc>,
}

impl ModelImport {
    /// Creates the role of a job that imports a model from a bucket.
    ///
    /// The page has one statement for the bucket and its objects. For a folder, they are separate,
    /// because requests for objects do not contain `s3:prefix`.
    pub fn new(here: Site, source: impl Into<SourceBucket>) -> Self {
        Self {
            here,
            job_id: Segment::ANY,
            source: source.into(),
            vpc: None,
        }
    }

    /// Adds the VPC in which the job runs.
    ///
    /// From "(Optional) Protect custom model import jobs using a VPC".
    pub fn vpc(mut self, vpc: Vpc) -> Self {
        self.vpc = Some(vpc);
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
        let mut permissions = self.source.reads_jointly(self.here);
        permissions.extend(self.source.describes_key());
        if let Some(vpc) = &self.vpc {
            let tag = JobTag {
                name: "BedrockModelImportJobArn",
                on_resource: foreign_key!("ec2:ResourceTag/BedrockModelImportJobArn"),
            };
            permissions.extend(vpc.for_models(self.here, &tag, &job(Segment::ANY, self.here)));
        }
        permissions
    }

    /// Returns the statement of the role's trust policy.
    pub fn trust(&self) -> Statement {
        let job = job(self.job_id.clone(), self.here);
        trust(BEDROCK, self.here, global::SOURCE_ARN.arn_equals(job))
    }

    /// Returns the statement of the bucket's policy that lets the role read it from another account.
    pub fn bucket_policy(&self, role: &Arn<iam::arn::Role>) -> Statement {
        Statement::allow((s3::action::ListBucket, s3::action::GetObject))
            .principal(Principal::arn(role.clone()))
            .on_mixed((&self.source.bucket, self.source.objects()))
            .checked()
    }

    /// Returns the statement of the key's policy that lets the role decrypt objects from another account.
    pub fn key_policy(&self, role: &Arn<iam::arn::Role>) -> Statement {
        Statement::allow((kms::action::Decrypt, kms::action::DescribeKey))
            .principal(Principal::arn(role.clone()))
            .on(AnyResource)
            .checked()
    }
}

fn job(resource_id: Segment, here: Site) -> Arn<arn::ModelImportJob> {
    arn::ModelImportJob { resource_id }.at(here)
}
