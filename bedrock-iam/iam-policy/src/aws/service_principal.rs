//! Service principals, the names by which AWS services act.
//!
//! AWS has no complete list. The names here are those of
//! <https://github.com/awsdocs/iam-user-guide/blob/main/doc_source/reference_service_principals_listing.md>,
//! of <https://github.com/kevinslin/cdk-constants/blob/master/lib/principals.ts>, of AWS's managed policies,
//! and about 50 names that are not confirmed by a page; as of 2026-11-26. A name that is missing may be
//! valid.

use std::borrow::Cow;

use super::product_names;
use crate::Region;
use crate::text::names::nearest;

/// The end of the names.
const SUFFIX: &str = ".amazonaws.com";

/// Other ends: services outside of AWS's own domain, and other partitions.
const OTHER_SUFFIXES: [&str; 4] = [
    ".amazonaws.com.cn",
    ".amazon.com",
    ".aws.internal",
    ".amazonaws.eu",
];

/// The names without their end, sorted.
const NAMES: &[&str] = &[
    "access-analyzer",
    "acm",
    "acm-pca",
    "agent-registry",
    "agentless.inspector2",
    "airflow",
    "airflow-serverless",
    "ami.inspector2",
    "amplify",
    "aoss",
    "apidestinations.events",
    "apigateway",
    "appconfig",
    "appflow",
    "application-autoscaling",
    "application-signals.cloudwatch",
    "apprunner",
    "appstream",
    "appstream.application-autoscaling",
    "appsync",
    "aps",
    "athena",
    "auditmanager",
    "autoscaling",
    "aws-artifact-account-sync",
    "backup",
    "batch",
    "batchoperations.s3",
    "bcm-data-exports",
    "bedrock",
    "bedrock-agentcore",
    "billingreports",
    "braket",
    "build.apprunner",
    "cassandra.application-autoscaling",
    "channels.lex",
    "chatbot",
    "chime",
    "cloud9",
    "clouddirectory",
    "cloudformation",
    "cloudfront",
    "cloudsearch",
    "cloudtrail",
    "cloudwatch",
    "codebuild",
    "codecommit",
    "codeconnections",
    "codedeploy",
    "codeguru-security",
    "codepipeline",
    "codestar-connections",
    "codestar-notifications",
    "cognito-idp",
    "comprehend",
    "compute-optimizer",
    "config",
    "config-multiaccountsetup",
    "connect",
    "continuousexport.discovery",
    "controltower",
    "cost-optimization-hub",
    "custom-resource.application-autoscaling",
    "databrew",
    "dataexchange",
    "datapipeline",
    "datasync",
    "datazone",
    "dax",
    "deeplens",
    "delivery.logs",
    "detective",
    "devicefarm",
    "directconnect",
    "directquery.opensearchservice",
    "dlm",
    "dms",
    "drs",
    "ds",
    "dynamodb",
    "ec2",
    "ec2.application-autoscaling",
    "ec2.application-status-checks",
    "ec2fleet",
    "ec2scheduled",
    "ecr",
    "ecs",
    "ecs-compute",
    "ecs-tasks",
    "ecs.application-autoscaling",
    "edgelambda",
    "eks",
    "eks-fargate-pods",
    "eks-nodegroup",
    "elasticache",
    "elasticbeanstalk",
    "elasticfilesystem",
    "elasticloadbalancing",
    "elasticmapreduce",
    "elastictranscoder",
    "email.cognito-idp",
    "emr-serverless",
    "es",
    "events",
    "firehose",
    "fis",
    "fms",
    "forecast",
    "frauddetector",
    "freertos",
    "fsx",
    "gamelift",
    "glacier",
    "glue",
    "grafana",
    "greengrass",
    "guardduty",
    "health",
    "healthlake",
    "iam",
    "imagebuilder",
    "importexport",
    "indexing.s3vectors",
    "inspector",
    "inspector2",
    "iot",
    "iotanalytics",
    "iotevents",
    "iotroborunner",
    "iotsitewise",
    "iotthingsgraph",
    "iottwinmaker",
    "jellyfish",
    "kafka",
    "kafkaconnect",
    "kendra",
    "kinesis",
    "kinesisanalytics",
    "kms",
    "lakeformation",
    "lambda",
    "lex",
    "lexv2",
    "license-manager",
    "license-manager.member-account",
    "lightsail",
    "logdelivery.elasticloadbalancing",
    "logging.s3",
    "logs",
    "machinelearning",
    "macie",
    "maintenance.elasticbeanstalk",
    "malware-protection-plan.guardduty",
    "malware-protection.guardduty",
    "managedservices",
    "managedupdates.elasticbeanstalk",
    "mediaconnect",
    "mediaconvert",
    "medialive",
    "mediapackage",
    "mediastore",
    "mediatailor",
    "member.org.stacksets.cloudformation",
    "memorydb",
    "metering-marketplace",
    "mgn",
    "migrationhub",
    "mobilehub",
    "monitoring",
    "monitoring.rds",
    "mq",
    "neptune-graph",
    "network-firewall",
    "network-security-director",
    "network.bedrock-agentcore",
    "observability.aoss",
    "omics",
    "opensearchservice",
    "ops.apigateway",
    "ops.emr-serverless",
    "opsworks",
    "opsworks-cm",
    "organizations",
    "osis-pipelines",
    "personalize",
    "pinpoint",
    "pipes",
    "pods.eks",
    "polly",
    "q",
    "qbusiness",
    "qldb",
    "quicksight",
    "ram",
    "rds",
    "redshift",
    "redshift-data",
    "redshift-serverless",
    "rekognition",
    "replication.dynamodb",
    "replicator.lambda",
    "reporting.trustedadvisor",
    "resiliencehub",
    "resource-explorer-2",
    "resource-groups",
    "robomaker",
    "rolesanywhere",
    "route53",
    "route53domains",
    "route53resolver",
    "s3",
    "sagemaker",
    "sagemaker.application-autoscaling",
    "scheduler",
    "schema-conversion.dms",
    "secretsmanager",
    "securityhub",
    "securitylake",
    "serverlessrepo",
    "servicecatalog",
    "servicediscovery",
    "servicequotas",
    "ses",
    "shield",
    "signer",
    "signin",
    "sms",
    "sns",
    "spot",
    "spotfleet",
    "sqlworkbench",
    "sqs",
    "ssm",
    "ssm-guiconnect",
    "ssm-incidents",
    "sso",
    "states",
    "storage-lens.s3",
    "storagegateway",
    "sts",
    "support",
    "swf",
    "synthetics",
    "tagging",
    "tagpolicies.tag",
    "tasks.apprunner",
    "telemetry-enablement.observabilityadmin",
    "textract",
    "thirdparty.inspector2",
    "timestream",
    "transcribe",
    "transfer",
    "translate",
    "trustedadvisor",
    "tts",
    "user-subscriptions",
    "vmie",
    "voiceconnector.chime",
    "vpc-flow-logs",
    "vpc-lattice",
    "waf",
    "waf-regional",
    "wafv2",
    "wisdom",
    "workdocs",
    "worklink",
    "workmail",
    "workspaces",
    "xray",
];

/// Services whose principal has a region in every region.
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html>.
const REGIONAL: &[&str] = &["logs", "states"];

/// The regions that are enabled by default. In the others, some services have a principal with a region.
///
/// Source: <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>.
const DEFAULT_REGIONS: &[&str] = &[
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// Words that endpoints and SDK clients have at the end of a service's name, or before it as a part.
const ENDPOINT_WORDS: &[&str] = &[
    "agent",
    "agent-runtime",
    "agentruntime",
    "agents",
    "api",
    "control",
    "data",
    "data-automation",
    "data-automation-runtime",
    "fips",
    "runtime",
];

/// A fault of the name of a service principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NameFault {
    /// It can't be a service principal: it has the wrong form.
    Form {
        /// The name that is meant, if it is certain.
        meant: Option<String>,
    },
    /// It has a region, which the service's principal does not have.
    Regional {
        /// The name without the region.
        meant: String,
    },
    /// It is the name of an endpoint or client of a service.
    Endpoint {
        /// The service's principal.
        meant: String,
    },
    /// It is similar to a known one.
    Similar {
        /// The known one.
        meant: String,
    },
    /// It is not among the known ones.
    Unknown,
}

/// Returns whether a text looks like a service principal.
pub(crate) fn looks_like(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.ends_with(SUFFIX) || lower.ends_with(OTHER_SUFFIXES[0])
}

/// Returns the service principal that a text is meant to be.
pub(crate) fn meant(text: &str) -> Cow<'_, str> {
    match fault(text) {
        Some(
            NameFault::Form { meant: Some(meant) }
            | NameFault::Regional { meant }
            | NameFault::Endpoint { meant }
            | NameFault::Similar { meant },
        ) => meant.into(),
        _ => text.into(),
    }
}

/// Returns whether a text can't be a service principal.
pub(crate) fn is_malformed(text: &str) -> bool {
    matches!(fault(text), Some(NameFault::Form { .. }))
}

/// Returns what is wrong with the name of a service principal.
pub(crate) fn fault(text: &str) -> Option<NameFault> {
    let full = |name: &str| format!("{name}{SUFFIX}");
    let Some(name) = text.strip_suffix(SUFFIX).filter(|name| is_name(name)) else {
        let is_other = |end: &&str| {
            let name = text.strip_suffix(*end).filter(|name| is_name(name));
            // services of AWS itself have its own domain
            name.is_some_and(|name| end.contains("aws") || !is_known(name))
        };
        if OTHER_SUFFIXES.iter().any(is_other) {
            return None;
        }
        return Some(NameFault::Form {
            meant: known_within(text).map(full),
        });
    };
    if is_known(name) {
        return None;
    }
    if let Some((service, region)) = with_region(name) {
        let is_regional = REGIONAL.contains(&service);
        // The services that need a region in other regions are not documented in one place.
        let may_be = !DEFAULT_REGIONS.contains(&region) && !service.starts_with("bedrock");
        return (!is_regional && !may_be).then(|| NameFault::Regional {
            meant: full(service),
        });
    }
    if let Some(service) = of_endpoint(name) {
        return Some(NameFault::Endpoint {
            meant: full(service),
        });
    }
    if let Some(service) = of_product(name) {
        return Some(NameFault::Similar {
            meant: full(service),
        });
    }
    // A part of a known service, such as `ops.apigateway`.
    if name
        .rsplit_once('.')
        .is_some_and(|(_, service)| is_known(service))
    {
        return Some(NameFault::Unknown);
    }
    match nearest(NAMES.iter().copied(), name) {
        Some(meant) => Some(NameFault::Similar { meant: full(meant) }),
        None => Some(NameFault::Unknown),
    }
}

/// Returns the service and the region of a name that has both, in any order.
fn with_region(name: &str) -> Option<(&str, &str)> {
    let is_region =
        |text: &str| Region::find(text).is_some() && text.ends_with(|it: char| it.is_ascii_digit());
    if let Some((service, region)) = name.rsplit_once('.')
        && is_region(region)
    {
        return Some((service, region));
    }
    let (region, service) = name.split_once('.')?;
    is_region(region).then_some((service, region))
}

/// Returns the service of the name of an endpoint, such as `bedrock-runtime` or `runtime.sagemaker`.
fn of_endpoint(name: &str) -> Option<&str> {
    let without = |word: &&str| {
        let end = name.strip_suffix(word);
        let end = end.map(|it| it.strip_suffix('-').unwrap_or(it));
        let start = name.strip_prefix(word).and_then(|it| it.strip_prefix('.'));
        end.filter(|it| is_known(it))
            .or(start.filter(|it| is_known(it)))
    };
    ENDPOINT_WORDS.iter().find_map(without)
}

/// Returns the service of the name of a product, such as `step-functions` or `amazon-bedrock`.
fn of_product(name: &str) -> Option<&'static str> {
    let plain = product_names::plain(name);
    if plain == "opensearch" {
        return Some("opensearchservice");
    }
    let prefix = product_names::prefix(&plain).unwrap_or(&plain);
    let at = NAMES.binary_search(&prefix).ok()?;
    Some(NAMES[at])
}

fn is_known(name: &str) -> bool {
    NAMES.binary_search(&name).is_ok()
}

fn is_name(text: &str) -> bool {
    let is_char =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte);
    !text.is_empty() && text.bytes().all(is_char)
}

/// Returns the known service that a malformed name begins with, such as `bedrock` in
/// `https://bedrock.amazonaws.com/` or `bedrock.aws.com`.
fn known_within(text: &str) -> Option<&'static str> {
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = text.split(['/', ':']).next()?.to_ascii_lowercase();
    let first = host.split('.').next()?;
    let at = NAMES.binary_search(&first).ok()?;
    Some(NAMES[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn wrong_names_are_told_from_right_ones() {
        let meant = |name: &str| Some(format!("{name}.amazonaws.com"));
        for right in [
            "bedrock.amazonaws.com",
            "ec2.amazonaws.com.cn",
            "logs.us-east-1.amazonaws.com",
            "sns.af-south-1.amazonaws.com",
            "delivery.logs.amazonaws.com",
        ] {
            assert_eq!(fault(right), None, "{right}");
        }
        for (wrong, name) in [
            ("https://bedrock.amazonaws.com", Some("bedrock")),
            ("bedrock.aws.com", Some("bedrock")),
            ("Bedrock.amazonaws.com", Some("bedrock")),
            ("bedrock", Some("bedrock")),
            ("bedrock.amazon.com", Some("bedrock")),
            ("*.amazonaws.com", None),
            ("", None),
        ] {
            let meant = name.and_then(meant);
            assert_eq!(fault(wrong), Some(NameFault::Form { meant }), "{wrong}");
        }
        let bedrock = "bedrock.amazonaws.com".to_owned();
        let regional = NameFault::Regional {
            meant: bedrock.clone(),
        };
        assert_eq!(fault("bedrock.us-east-1.amazonaws.com"), Some(regional));
        let endpoint = NameFault::Endpoint {
            meant: bedrock.clone(),
        };
        for name in ["bedrock-runtime", "bedrock-agent-runtime", "agents.bedrock"] {
            let found = fault(&format!("{name}.amazonaws.com"));
            assert_eq!(found.as_ref(), Some(&endpoint), "{name}");
        }
        let meant = "states.amazonaws.com".to_owned();
        let product = Some(NameFault::Similar { meant });
        for name in ["stepfunctions", "step-functions", "aws-states"] {
            assert_eq!(fault(&format!("{name}.amazonaws.com")), product, "{name}");
        }
        assert_eq!(
            fault("bedrok.amazonaws.com"),
            Some(NameFault::Similar { meant: bedrock })
        );
        assert_eq!(fault("ops.bedrock.amazonaws.com"), Some(NameFault::Unknown));
    }
}
