//! Policies and roles in an account that belong to AWS, and that no policy lets anyone change.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html> and
//! <https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html>, looked up on
//! 2026-11-26.

/// Returns why nobody can be allowed an action of IAM on a resource, if that is so.
pub(crate) fn reason(
    prefix: &str,
    name: &str,
    account: &str,
    resource: &str,
) -> Option<&'static str> {
    if !prefix.eq_ignore_ascii_case("iam") {
        return None;
    }
    let mut reads = ["Get", "List", "Generate", "Simulate"].into_iter();
    let is_reading = reads.any(|verb| {
        let start = name.get(..verb.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(verb))
    });
    if is_reading {
        return None;
    }
    if account == "aws" && resource.starts_with("policy/") {
        return Some("AWS owns the managed policy, and nobody else can change it");
    }
    resource
        .starts_with("role/aws-reserved/")
        .then_some("AWS owns the reserved role, and nobody else can change or pass it")
}
