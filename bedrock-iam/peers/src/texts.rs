//! Policies and requests. All are made by rules, so that each run measures the same.

use serde_json::{Value, json};

/// A request in strings.
#[derive(Clone, Debug)]
pub struct Call {
    pub principal: String,
    pub action: String,
    pub resource: String,
    pub context: Vec<(String, Vec<String>)>,
}

/// A policy in JSON, and the requests that it decides.
pub struct Setting {
    pub policy: String,
    pub calls: Vec<Call>,
}

const ORGANIZATION: &str = "o-a1b2c3d4e5";
const ACCOUNT: &str = "111122223333";
/// The number of requests of a setting.
const CALLS: usize = 1_000;

/// A sequence of numbers that look random (a linear congruential generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

fn policy(statements: &[Value]) -> String {
    let policy = json!({"Version": "2012-10-17", "Statement": statements});
    serde_json::to_string_pretty(&policy).expect("JSON")
}

fn calls(
    mut one: impl FnMut(&mut Numbers) -> (String, String, Vec<(&'static str, Vec<String>)>),
) -> Vec<Call> {
    let mut numbers = Numbers(17);
    let calls = (0..CALLS).map(|_| {
        let (action, resource, mut context) = one(&mut numbers);
        let principal = match numbers.below(2) {
            0 => format!("arn:aws:iam::{ACCOUNT}:user/user-{}", numbers.below(50)),
            _ => format!(
                "arn:aws:sts::{ACCOUNT}:assumed-role/role-{}/worker-{}",
                numbers.below(20),
                numbers.below(50)
            ),
        };
        let organization = if numbers.below(8) == 0 {
            "o-other00000"
        } else {
            ORGANIZATION
        };
        context.push(("aws:PrincipalOrgID", vec![organization.to_owned()]));
        context.push((
            "aws:SourceIp",
            vec![format!("203.0.113.{}", numbers.below(200))],
        ));
        let context = context
            .into_iter()
            .map(|(key, values)| (key.to_owned(), values));
        Call {
            principal,
            action,
            resource,
            context: context.collect(),
        }
    });
    calls.collect()
}

/// A policy of six statements, with conditions in five of them.
pub fn small() -> Setting {
    let queue = format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:orders-");
    let policy = policy(&[
        json!({
            "Sid": "ReadReports", "Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectVersion"],
            "Resource": "arn:aws:s3:::reports/2026/summary.csv",
            "Condition": {
                "StringEquals": {"s3:ExistingObjectTag/class": ["public", "internal"]},
                "Bool": {"aws:SecureTransport": "true"}
            }
        }),
        json!({"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": format!("{queue}*")}),
        json!({
            "Effect": "Allow", "Action": "sqs:CreateQueue", "Resource": "*",
            "Condition": {
                "StringEquals": {"aws:RequestTag/team": "billing"},
                "ForAllValues:StringEquals": {"aws:TagKeys": ["team", "stage"]}
            }
        }),
        json!({
            "Effect": "Deny", "Action": "sqs:DeleteQueue", "Resource": format!("{queue}*"),
            "Condition": {"StringEquals": {"aws:ResourceTag/stage": "prod"}}
        }),
        json!({
            "Effect": "Deny", "NotAction": ["s3:GetObject", "s3:ListBucket"], "Resource": "*",
            "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": ORGANIZATION}}
        }),
        json!({
            "Effect": "Allow", "Action": "iam:PassRole", "Resource": format!("arn:aws:iam::{ACCOUNT}:role/jobs"),
            "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}
        }),
    ]);
    let calls = calls(|numbers| {
        let tls = (
            "aws:SecureTransport",
            vec![numbers.one_of(&["true", "true", "false"]).to_owned()],
        );
        let text = |text: &str| vec![text.to_owned()];
        let name = format!("orders-{}", numbers.below(100));
        let queue = format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:{name}");
        match numbers.below(7) {
            0 | 1 => {
                let action = numbers.one_of(&["s3:GetObject", "s3:GetObjectVersion"]);
                let object =
                    numbers.one_of(&["2026/summary.csv", "2026/summary.csv", "2025/summary.csv"]);
                let class = numbers.one_of(&["public", "internal", "secret"]);
                let context = vec![("s3:ExistingObjectTag/class", text(class)), tls];
                (
                    action.to_owned(),
                    format!("arn:aws:s3:::reports/{object}"),
                    context,
                )
            }
            2 | 3 => ("sqs:SendMessage".to_owned(), queue, vec![tls]),
            4 => {
                let keys = numbers.one_of(&["team", "team,stage", "team,owner"]);
                let keys = keys.split(',').map(str::to_owned).collect();
                let team = numbers.one_of(&["billing", "search"]);
                let context = vec![
                    tls,
                    ("aws:RequestTag/team", text(team)),
                    ("aws:TagKeys", keys),
                ];
                ("sqs:CreateQueue".to_owned(), queue, context)
            }
            5 => {
                let stage = numbers.one_of(&["prod", "test"]);
                (
                    "sqs:DeleteQueue".to_owned(),
                    queue,
                    vec![tls, ("aws:ResourceTag/stage", text(stage))],
                )
            }
            _ => {
                let to = numbers.one_of(&["lambda.amazonaws.com", "ec2.amazonaws.com"]);
                let role = format!(
                    "arn:aws:iam::{ACCOUNT}:role/{}",
                    numbers.one_of(&["jobs", "admin"])
                );
                (
                    "iam:PassRole".to_owned(),
                    role,
                    vec![tls, ("iam:PassedToService", text(to))],
                )
            }
        }
    });
    Setting { policy, calls }
}

const SERVICES: [&str; 40] = [
    "acm",
    "athena",
    "backup",
    "batch",
    "bedrock",
    "cloudformation",
    "cloudtrail",
    "cloudwatch",
    "codebuild",
    "cognito-idp",
    "config",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "eks",
    "elasticache",
    "events",
    "firehose",
    "glue",
    "guardduty",
    "kafka",
    "kinesis",
    "kms",
    "lambda",
    "logs",
    "macie2",
    "mq",
    "rds",
    "redshift",
    "route53",
    "s3",
    "sagemaker",
    "secretsmanager",
    "sns",
    "sqs",
    "ssm",
    "states",
    "synthetics",
    "wafv2",
];
const VERBS: [&str; 8] = [
    "Create", "Delete", "Describe", "Get", "List", "Put", "Start", "Update",
];

/// A policy of 1,000 statements, 25 for each of 40 services: names of actions and patterns, with resources
/// of three forms, with a condition in every third, every tenth with the effect `Deny`.
pub fn mixed() -> Setting {
    let statements: Vec<_> = (0..1_000)
        .map(|at| {
            let (service, round) = (SERVICES[at % 40], at / 40);
            let verb = VERBS[round % 8];
            let actions = match round % 5 {
                0 => json!([format!("{service}:{verb}*")]),
                _ => json!([
                    format!("{service}:{verb}Thing"),
                    format!("{service}:{verb}Thing{round}")
                ]),
            };
            let resource = match round % 3 {
                0 => format!("arn:aws:{service}:eu-west-1:{ACCOUNT}:thing/t-{round}"),
                1 => format!("arn:aws:{service}:eu-west-1:{ACCOUNT}:thing/t-{round}*"),
                _ => format!("arn:aws:{service}:*:{ACCOUNT}:thing/*"),
            };
            let mut statement = json!({
                "Effect": if at % 10 == 9 { "Deny" } else { "Allow" },
                "Action": actions,
                "Resource": resource,
            });
            if at % 3 == 0 {
                statement["Condition"] =
                    json!({"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION}});
            }
            statement
        })
        .collect();
    let calls = calls(|numbers| {
        let (service, verb) = (numbers.one_of(&SERVICES), numbers.one_of(&VERBS));
        let action = match numbers.below(3) {
            0 => format!("{service}:{verb}Thing"),
            1 => format!("{service}:{verb}Thing{}", numbers.below(25)),
            _ => format!("{service}:{verb}Other{}", numbers.below(25)),
        };
        let resource = format!(
            "arn:aws:{service}:eu-west-1:{ACCOUNT}:thing/t-{}",
            numbers.below(40)
        );
        (action, resource, Vec::new())
    });
    Setting {
        policy: policy(&statements),
        calls,
    }
}

/// A policy of 1,000 statements about one action, each with another resource of one of three forms.
pub fn one_action() -> Setting {
    let statements: Vec<_> = (0..1_000)
        .map(|at| {
            let resource = match at % 3 {
                0 => format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:queue-{at}"),
                1 => format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:queue-{at}-*"),
                _ => format!("arn:aws:sqs:*:{ACCOUNT}:queue-{at}-*"),
            };
            let effect = if at % 10 == 9 { "Deny" } else { "Allow" };
            json!({"Effect": effect, "Action": "sqs:SendMessage", "Resource": resource})
        })
        .collect();
    let calls = calls(|numbers| {
        let end = numbers.one_of(&["", "-a", "-b"]);
        let resource = format!(
            "arn:aws:sqs:eu-west-1:{ACCOUNT}:queue-{}{end}",
            numbers.below(1_200)
        );
        ("sqs:SendMessage".to_owned(), resource, Vec::new())
    });
    Setting {
        policy: policy(&statements),
        calls,
    }
}

/// A policy with a statement for each family of condition operators, with policy variables, `NotResource`
/// and keys in another case.
pub fn operators() -> Setting {
    let table = format!("arn:aws:dynamodb:*:{ACCOUNT}:table/${{aws:username}}-*");
    let allow = |action: &str, operator: &str, key: &str, values: Value| {
        json!({
            "Effect": "Allow", "Action": action, "Resource": "arn:aws:ec2:*:*:instance/*",
            "Condition": {operator: {key: values}}
        })
    };
    let policy = policy(&[
        allow(
            "ec2:Reboot*",
            "IpAddress",
            "AWS:SourceIP",
            json!("203.0.113.0/25"),
        ),
        allow(
            "ec2:Start*",
            "NotIpAddress",
            "aws:SourceIp",
            json!(["203.0.113.0/26", "198.51.100.0/24"]),
        ),
        allow(
            "ec2:Stop*",
            "DateLessThan",
            "aws:CurrentTime",
            json!("2026-07-01T00:00:00Z"),
        ),
        allow(
            "ec2:Get*",
            "NumericLessThanEquals",
            "aws:MultiFactorAuthAge",
            json!("600"),
        ),
        allow(
            "ec2:Modify*",
            "BoolIfExists",
            "aws:MultiFactorAuthPresent",
            json!("true"),
        ),
        allow("ec2:Attach*", "Null", "aws:TokenIssueTime", json!("true")),
        allow(
            "ec2:Detach*",
            "ArnEquals",
            "aws:PrincipalArn",
            json!(format!("arn:aws:iam::{ACCOUNT}:user/user-1*")),
        ),
        allow(
            "ec2:CreateTag?",
            "ForAllValues:StringLike",
            "aws:TagKeys",
            json!(["team", "cost-*"]),
        ),
        allow(
            "ec2:DeleteTag?",
            "ForAnyValue:StringEquals",
            "aws:TagKeys",
            json!(["owner", "team"]),
        ),
        allow(
            "ec2:Describe*",
            "StringEqualsIgnoreCase",
            "aws:RequestedRegion",
            json!("EU-WEST-1"),
        ),
        json!({
            "Effect": "Allow", "Action": "ec2:Monitor*", "NotResource": "arn:aws:ec2:*:*:instance/i-1*",
            "Condition": {"StringNotLike": {"aws:userAgent": "*curl*"}}
        }),
        json!({"Effect": "Allow", "Action": ["dynamodb:Get*", "dynamodb:Query"], "Resource": table}),
        json!({
            "Effect": "Deny", "Action": "*", "Resource": "*",
            "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": ORGANIZATION}}
        }),
    ]);
    let calls = calls(|numbers| {
        let name = format!("i-{}", numbers.below(40));
        let verbs = [
            "Reboot", "Start", "Stop", "Get", "Modify", "Attach", "Detach", "Describe", "Monitor",
        ];
        let text = |text: &str| vec![text.to_owned()];
        let mut context = vec![(
            "aws:RequestedRegion",
            text(numbers.one_of(&["eu-west-1", "us-east-1"])),
        )];
        for (key, values) in [
            (
                "aws:CurrentTime",
                ["2026-06-01T12:00:00Z", "2026-08-01T12:00:00Z"],
            ),
            ("aws:MultiFactorAuthAge", ["30", "3600"]),
            ("aws:MultiFactorAuthPresent", ["true", "false"]),
            ("aws:TokenIssueTime", ["2026-06-01T12:00:00Z"; 2]),
            ("aws:UserAgent", ["curl/8.0", "sdk"]),
        ] {
            if numbers.below(3) > 0 {
                context.push((key, text(numbers.one_of(&values))));
            }
        }
        match numbers.below(4) {
            0 => {
                let action =
                    numbers.one_of(&["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"]);
                let owner = numbers.below(50);
                let table =
                    format!("arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/user-{owner}-orders");
                (action.to_owned(), table, context)
            }
            1 => {
                let keys = numbers.one_of(&["team", "team,cost-center", "stage,owner", "stage"]);
                context.push(("aws:TagKeys", keys.split(',').map(str::to_owned).collect()));
                let action = numbers.one_of(&["ec2:CreateTags", "ec2:DeleteTags"]);
                (
                    action.to_owned(),
                    format!("arn:aws:ec2:eu-west-1:{ACCOUNT}:instance/{name}"),
                    context,
                )
            }
            _ => {
                let action = format!("ec2:{}Instances", numbers.one_of(&verbs));
                (
                    action,
                    format!("arn:aws:ec2:eu-west-1:{ACCOUNT}:instance/{name}"),
                    context,
                )
            }
        }
    });
    Setting { policy, calls }
}
