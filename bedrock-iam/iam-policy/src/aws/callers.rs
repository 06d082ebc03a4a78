//! Condition keys that limit who calls, or for whom a service calls.
//!
//! Sources, as of 2026-11-26; not every value was looked up again:
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
//! - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>, "The meaning
//!   of public"
//! - <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>

/// How the values of a key limit the callers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// By any value without a leading wildcard.
    Value,
    /// By an account id without wildcards.
    Account,
    /// By an id, or a pattern with enough of it before its first wildcard.
    Id,
    /// By an ARN with an account.
    Arn,
    /// By a network that is not the whole internet.
    Network,
}

/// The characters that a pattern of ids has at least before its first wildcard. Fewer are little more than the
/// prefix of the ids, such as `vpce-`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>, on
/// wildcards that are too permissive, looked up on 2026-11-26.
pub(crate) const LEAST_OF_ID: usize = 6;

/// The account of the resource for which a service calls.
pub(crate) const SOURCE_ACCOUNT: &str = "aws:SourceAccount";
/// The resource for which a service calls.
pub(crate) const SOURCE_ARN: &str = "aws:SourceArn";
/// The key of a web page that links to an object. Some guides used it for an account id.
pub(crate) const REFERER: &str = "aws:Referer";

/// Keys that limit the callers of a statement for everyone.
const CALLER_KEYS: &[(&str, Limit)] = &[
    ("aws:FederatedProvider", Limit::Arn),
    ("aws:PrincipalAccount", Limit::Account),
    ("aws:PrincipalArn", Limit::Arn),
    ("aws:PrincipalOrgID", Limit::Id),
    ("aws:PrincipalOrgPaths", Limit::Id),
    ("aws:PrincipalServiceName", Limit::Value),
    ("aws:PrincipalServiceNamesList", Limit::Value),
    (SOURCE_ACCOUNT, Limit::Account),
    (SOURCE_ARN, Limit::Arn),
    ("aws:SourceIp", Limit::Network),
    ("aws:SourceOrgID", Limit::Id),
    ("aws:SourceOrgPaths", Limit::Id),
    ("aws:SourceOwner", Limit::Account),
    ("aws:SourceVpc", Limit::Id),
    ("aws:SourceVpcArn", Limit::Arn),
    ("aws:SourceVpce", Limit::Id),
    ("aws:userid", Limit::Value),
    ("aws:username", Limit::Value),
    ("aws:VpceAccount", Limit::Account),
    ("aws:VpceOrgID", Limit::Id),
    ("aws:VpceOrgPaths", Limit::Id),
    ("aws:VpcSourceIp", Limit::Network),
    ("elasticfilesystem:AccessedViaMountTarget", Limit::Value),
    ("elasticfilesystem:AccessPointArn", Limit::Arn),
    ("kms:CallerAccount", Limit::Account),
    ("s3:DataAccessPointAccount", Limit::Account),
    ("s3:DataAccessPointArn", Limit::Arn),
    ("sns:Endpoint", Limit::Value),
];

/// Keys that limit for whom a service calls.
const SOURCE_KEYS: &[(&str, Limit)] = &[
    (SOURCE_ACCOUNT, Limit::Account),
    (SOURCE_ARN, Limit::Arn),
    ("aws:SourceOrgID", Limit::Id),
    ("aws:SourceOrgPaths", Limit::Id),
    ("aws:SourceOwner", Limit::Account),
    ("kms:CallerAccount", Limit::Account),
    ("kms:GrantIsForAWSResource", Limit::Value),
    ("lambda:EventSourceToken", Limit::Value),
    ("lambda:SourceFunctionArn", Limit::Arn),
];

/// The beginning of keys for a service's encryption context, which names what it encrypts.
const CONTEXT: &str = "kms:EncryptionContext:";

/// Service principals that call without a source, so that no condition can limit them.
///
/// Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html>.
pub(crate) const WITHOUT_SOURCE: &[&str] = &["logdelivery.elasticloadbalancing.amazonaws.com"];

/// Services that call only for resources with their own service field in the ARN.
///
/// Source: <https://docs.aws.amazon.com/bedrock/latest/userguide/cross-service-confused-deputy-prevention.html>, and the
/// pages of the same subject in the guides of the other services.
pub(crate) const SOURCE_SERVICES: &[(&str, &str)] = &[
    ("bedrock.amazonaws.com", "bedrock"),
    ("bedrock-agentcore.amazonaws.com", "bedrock-agentcore"),
    ("cloudfront.amazonaws.com", "cloudfront"),
    ("cloudtrail.amazonaws.com", "cloudtrail"),
    ("scheduler.amazonaws.com", "scheduler"),
    ("sns.amazonaws.com", "sns"),
    ("states.amazonaws.com", "states"),
];

/// Actions that only read what a resource is, without its content. Guides allow them to a service without a
/// source.
///
/// Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html>.
pub(crate) const ONLY_DESCRIBE: &[&str] = &["kms:DescribeKey", "s3:GetBucketAcl"];

/// Services in whose resource policies `*` is the resource of the policy. In those of the other services, the
/// resource has its ARN; a policy with `*` is then the policy of a VPC endpoint.
///
/// Source: <https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html>.
pub(crate) const STAR_IS_RESOURCE: &[&str] = &["secretsmanager", "codeartifact", "kms"];

/// The services whose ARNs of resources have no account, as `arn:aws:s3:::bucket`.
const WITHOUT_ACCOUNT: &[&str] = &["s3", "route53"];

fn find(keys: &[(&str, Limit)], key: &str) -> Option<Limit> {
    let mut rows = keys.iter();
    let found = rows.find(|(name, _)| name.eq_ignore_ascii_case(key))?;
    Some(found.1)
}

/// Returns how a condition key limits the callers of a statement for everyone.
pub(crate) fn limit_of_caller(key: &str) -> Option<Limit> {
    find(CALLER_KEYS, key).or_else(|| limit_of_context(key))
}

/// Returns how a condition key limits for whom a service calls.
pub(crate) fn limit_of_source(key: &str) -> Option<Limit> {
    find(SOURCE_KEYS, key).or_else(|| limit_of_context(key))
}

fn limit_of_context(key: &str) -> Option<Limit> {
    let begins = key.get(..CONTEXT.len())?.eq_ignore_ascii_case(CONTEXT);
    begins.then_some(Limit::Value)
}

/// Returns whether resources with this service field have no account in their ARNs.
pub(crate) fn has_no_account(service: &str) -> bool {
    WITHOUT_ACCOUNT.contains(&service)
}
