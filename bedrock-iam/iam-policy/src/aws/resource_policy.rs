//! Policies of resources in the account of the resource: those that have to allow a request, and those that
//! the root user can change in any case.
//!
//! Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html> and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html>,
//! looked up on 2026-11-26.

/// Returns whether the policy of a resource has to allow the requests on it.
pub(crate) fn must_allow(prefix: &str, service: &str, resource: &str) -> bool {
    match service {
        "kms" => resource.starts_with("key/") && prefix.eq_ignore_ascii_case("kms"),
        "iam" => resource.starts_with("role/") && prefix.eq_ignore_ascii_case("sts"),
        _ => false,
    }
}

/// Actions by which the root user of an account reads or changes the policy of a resource in it, even if that
/// policy denies them. The policies of organizations and of VPC endpoints still do.
///
/// Sources, read on 2026-11-26: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html>, and for
/// the policies of queues <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html>.
const OF_ROOT: &[(&str, &str)] = &[
    ("s3", "DeleteBucketPolicy"),
    ("s3", "GetBucketPolicy"),
    ("s3", "PutBucketPolicy"),
    ("sqs", "SetQueueAttributes"),
];

/// Returns whether the policy of a resource cannot deny an action to the root user of its account.
pub(crate) fn is_of_root(prefix: &str, name: &str) -> bool {
    OF_ROOT
        .iter()
        .any(|row| row.0.eq_ignore_ascii_case(prefix) && row.1.eq_ignore_ascii_case(name))
}
