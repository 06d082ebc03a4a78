//! The requests that resource control policies reach.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>, from
//! a copy of 2026, looked up on 2026-11-26.

/// The day on which the list was looked up.
pub(crate) const DATE: &str = "2026-11-26";

/// The prefixes of the services that support resource control policies, sorted.
const PREFIXES: &[&str] = &[
    "aoss",
    "appconfig",
    "appstream",
    "autoscaling",
    "autoscaling-plans",
    "budgets",
    "clouddirectory",
    "cloudfront",
    "cloudsearch",
    "cloudtrail-data",
    "codeartifact",
    "codebuild",
    "codecommit",
    "codepipeline",
    "cognito-identity",
    "cognito-idp",
    "comprehend",
    "comprehendmedical",
    "compute-optimizer",
    "cost-optimization-hub",
    "dax",
    "dsql",
    "dynamodb",
    "ecr",
    "ecr-public",
    "events",
    "firehose",
    "fis",
    "fms",
    "gamelift",
    "health",
    "inspector-scan",
    "kendra",
    "kinesisvideo",
    "kms",
    "logs",
    "memorydb",
    "networkmonitor",
    "notifications",
    "opensearch",
    "pca-connector-ad",
    "personalize",
    "polly",
    "pricing",
    "resource-groups",
    "rolesanywhere",
    "s3",
    "secretsmanager",
    "servicediscovery",
    "signin",
    "sqs",
    "sts",
    "support",
    "swf",
    "textract",
    "timestream-influxdb",
    "transcribe",
    "transfer",
    "translate",
    "wafv2",
    "workspaces",
    "xray",
];

/// Returns whether resource control policies apply to an action.
pub(crate) fn applies(prefix: &str, name: &str) -> bool {
    // the grant names the principals that may retire it
    let is_retiring =
        prefix.eq_ignore_ascii_case("kms") && name.eq_ignore_ascii_case("RetireGrant");
    let mut prefixes = PREFIXES.iter();
    !is_retiring && prefixes.any(|it| it.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_sorted_and_found_without_regard_to_case() {
        assert!(PREFIXES.is_sorted());
        assert!(applies("S3", "GetObject") && applies("kms", "Decrypt"));
        assert!(!applies("kms", "retiregrant") && !applies("sns", "Publish"));
    }
}
