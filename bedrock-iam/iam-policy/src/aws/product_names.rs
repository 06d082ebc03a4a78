//! Names of products, SDK clients and endpoints that are written instead of service prefixes.
//!
//! Source: the pages of <https://docs.aws.amazon.com/service-authorization/latest/reference/>, which
//! state the prefix of each product, read on 2026-11-26. Names that differ from the prefix only by
//! hyphens, or by `amazon` or `aws` in front, are not listed.

/// The names, sorted, in lower case and without hyphens, each with the prefix of its actions.
const NAMES: &[(&str, &str)] = &[
    ("agentcore", "bedrock-agentcore"),
    ("amp", "aps"),
    ("apigatewaymanagementapi", "execute-api"),
    ("apigatewayv2", "apigateway"),
    ("certificatemanager", "acm"),
    ("cloudmap", "servicediscovery"),
    ("cloudwatchevents", "events"),
    ("cloudwatchlogs", "logs"),
    ("cognito", "cognito-idp"),
    ("cognitoidentityprovider", "cognito-idp"),
    ("costexplorer", "ce"),
    ("databasemigrationservice", "dms"),
    ("directoryservice", "ds"),
    ("docdb", "rds"),
    ("documentdb", "rds"),
    ("dynamo", "dynamodb"),
    ("dynamodbstreams", "dynamodb"),
    ("ec2autoscaling", "autoscaling"),
    ("efs", "elasticfilesystem"),
    ("elasticsearch", "es"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("email", "ses"),
    ("emr", "elasticmapreduce"),
    ("eventbridge", "events"),
    ("eventbridgescheduler", "scheduler"),
    ("identitycenter", "sso"),
    ("iotdata", "iot"),
    ("keyspaces", "cassandra"),
    ("kinesisfirehose", "firehose"),
    ("lexv2", "lex"),
    ("location", "geo"),
    ("marketplace", "aws-marketplace"),
    ("msk", "kafka"),
    ("mwaa", "airflow"),
    ("neptune", "neptune-db"),
    ("opensearchserverless", "aoss"),
    ("opensearchservice", "es"),
    ("parameterstore", "ssm"),
    ("pinpoint", "mobiletargeting"),
    ("prometheus", "aps"),
    ("resourcegroupstaggingapi", "tag"),
    ("s3control", "s3"),
    ("sagemakerruntime", "sagemaker"),
    ("sesv2", "ses"),
    ("sfn", "states"),
    ("ssoadmin", "sso"),
    ("stepfunction", "states"),
    ("stepfunctions", "states"),
    ("systemsmanager", "ssm"),
    ("taggingapi", "tag"),
    ("timestreamquery", "timestream"),
    ("timestreamwrite", "timestream"),
    ("transitgateway", "ec2"),
    ("userpools", "cognito-idp"),
    ("vpc", "ec2"),
];

/// Returns the name of a product in the form of the table.
pub(crate) fn plain(name: &str) -> String {
    let lower = name.to_ascii_lowercase().replace(['-', '_', ' '], "");
    let owners = ["amazon", "aws"];
    let short = owners.iter().find_map(|owner| lower.strip_prefix(owner));
    short
        .filter(|it| !it.is_empty())
        .map_or_else(|| lower.clone(), str::to_owned)
}

/// Returns the prefix of the actions of a product, given by its [`plain`] name.
pub(crate) fn prefix(plain: &str) -> Option<&'static str> {
    let found = NAMES.binary_search_by(|(name, _)| name.cmp(&plain));
    found.ok().map(|at| NAMES[at].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_plain() {
        assert!(NAMES.is_sorted());
        for (name, _) in NAMES {
            assert_eq!(*name, plain(name));
        }
        assert_eq!(prefix(&plain("AWS Step-Functions")), Some("states"));
        assert_eq!(prefix("orchard"), None);
    }
}
