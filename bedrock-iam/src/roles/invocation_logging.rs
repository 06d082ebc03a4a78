//! Logging of model invocations: the role for CloudWatch Logs, and the policy of a bucket.

use iam_policy::{
    AnyResource, Arn, Principal, Scope, Segment, Site, Statement, global, place, seg,
};

use super::bucket::objects;
use super::site::{account, all_of};
use super::trust::{BEDROCK, trust};
use crate::generated::{kms, logs, s3};

/// The role that logs model invocations to CloudWatch Logs.
///
/// From "Monitor model invocation using CloudWatch Logs and Amazon S3". Logging to S3 needs no role, but
/// [`InvocationLogBucket`]; so do large payloads of logs in CloudWatch Logs.
///
/// ```
/// use bedrock_iam::roles::InvocationLogging;
/// use bedrock_iam::{Partition, Policy, Site, account, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let role = InvocationLogging::new(here, seg!("bedrock/invocations"));
/// let policy = Policy::new().with_all(role.permissions()).build()?;
/// let trust = Policy::trust().with(role.trust()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.permissions()` and `.trust()` return the statements of the role's policies"]
pub struct InvocationLogging {
    here: Site,
    log_group: Segment<place::Slash>,
}

impl InvocationLogging {
    /// Creates the role from the name of the log group.
    pub const fn new(here: Site, log_group: Segment<place::Slash>) -> Self {
        Self { here, log_group }
    }

    /// Returns the statement of the role's policy. The service fixes the name of the log stream.
    #[must_use]
    pub fn permissions(&self) -> Vec<Statement> {
        let stream = logs::arn::LogStream {
            log_group_name: self.log_group.clone(),
            log_stream_name: seg!("aws/bedrock/modelinvocations"),
        };
        vec![
            Statement::allow((logs::action::CreateLogStream, logs::action::PutLogEvents))
                .on(stream.at(self.here))
                .checked(),
        ]
    }

    /// Returns the statement of the role's trust policy.
    pub fn trust(&self) -> Statement {
        let source = global::SOURCE_ARN.arn_like(all_of("bedrock", self.here));
        trust(BEDROCK, self.here, source)
    }
}

/// The bucket to which the service writes logs of model invocations, in the same account and region.
///
/// From "Monitor model invocation using CloudWatch Logs and Amazon S3".
///
/// ```
/// use bedrock_iam::roles::InvocationLogBucket;
/// use bedrock_iam::{Partition, Policy, Site, account, region, s3, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let logs = s3::arn::Bucket { bucket_name: seg!("invocation-logs") };
/// let bucket = InvocationLogBucket::new(here, logs.at(here)).prefix(seg!("bedrock"));
/// let policy = Policy::resource().with(bucket.bucket_policy()).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "`.bucket_policy()` returns the statement of the bucket's policy"]
pub struct InvocationLogBucket {
    here: Site,
    bucket: Arn<s3::arn::Bucket>,
    prefix: Option<Segment<place::Path>>,
}

impl InvocationLogBucket {
    /// Creates the bucket for the logs of an account and region.
    pub const fn new(here: Site, bucket: Arn<s3::arn::Bucket>) -> Self {
        Self {
            here,
            bucket,
            prefix: None,
        }
    }

    /// Sets the prefix of the logs' names, without a `/` at its end.
    pub fn prefix(mut self, prefix: Segment<place::Path>) -> Self {
        self.prefix = Some(prefix);
        self
    }

    /// Returns the statement of the bucket's policy that lets the service write logs.
    pub fn bucket_policy(&self) -> Statement {
        Statement::allow(s3::action::PutObject)
            .principal(Principal::service(BEDROCK))
            .on(self.logs())
            .when(global::SOURCE_ACCOUNT.string_equals(account(self.here)))
            .when(global::SOURCE_ARN.arn_like(all_of("bedrock", self.here)))
            .checked()
    }

    /// Returns the statement of the policy of the key that encrypts the bucket.
    pub fn key_policy(&self) -> Statement {
        Statement::allow(kms::action::GenerateDataKey)
            .principal(Principal::service(BEDROCK))
            .on(AnyResource)
            .when(global::SOURCE_ACCOUNT.string_equals(account(self.here)))
            .when(global::SOURCE_ARN.arn_like(all_of("bedrock", self.here)))
            .checked()
    }

    fn logs(&self) -> Arn<s3::arn::Object> {
        let account = match self.here.account() {
            Scope::One(account) => Segment::parse(account.as_str()).unwrap_or(Segment::ANY),
            Scope::Any | Scope::None => Segment::ANY,
        };
        let logs = seg!("AWSLogs/")
            .then(account)
            .then(seg!(glob "/BedrockModelInvocationLogs/*"));
        let name = match &self.prefix {
            Some(prefix) => prefix.clone().then(seg!("/")).then(logs),
            None => logs,
        };
        objects(&self.bucket, name)
    }
}
