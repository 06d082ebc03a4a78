//! Actions on all resources of an account that policies also allow on the ARN of every resource. Other actions
//! without resource types need `*`.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/walkthrough1.html>, step 4.1, in the copy in
//! `awsdocs/amazon-s3-userguide`, read on 2026-11-26.

/// Returns the ARN by which a policy can name every resource of an action, in a partition.
pub(crate) fn arn(prefix: &str, name: &str, partition: &str) -> Option<String> {
    let is_listing =
        prefix.eq_ignore_ascii_case("s3") && name.eq_ignore_ascii_case("ListAllMyBuckets");
    is_listing.then(|| format!("arn:{partition}:s3:::*"))
}
