//! Policies that are built from recipes, and the findings about them.

use bedrock_iam::check::Code;
use bedrock_iam::{Policy, Statement};
use serde_json::Value as Json;

/// The findings about recipes, by code and the beginning of the message, with their reasons.
const FINDINGS: &[(Code, &str, &str)] = &[
    (
        Code::FORGOTTEN_SIBLING,
        "`bedrock:InvokeModel` is allowed",
        "the documentation's roles invoke models without streaming",
    ),
    (
        Code::UNGUARDED_FOR_ALL_VALUES,
        "`ForAllValues:StringEquals` is also true for requests without `aws:TagKeys`",
        "the documentation's `ec2:CreateTags` has no `Null` condition",
    ),
    (
        Code::MISSING_DEPENDENT_ACTION,
        "`bedrock:CreateModelInvocationJob` also requires `iam:PassRole`",
        "the documentation's role of an evaluation does not pass roles",
    ),
    (
        Code::ACTION_WITHOUT_RESOURCE,
        "`logs:PutResourcePolicy` does not apply",
        "\"IAM Permissions for AgentCore Runtime\" has the action on a log group; the overlay of `logs` \
         does not know policies of single log groups",
    ),
    (
        Code::RESOURCE_WITHOUT_ACTION,
        "none of the statement's actions applies to `arn:aws:logs:eu-central-1:123456789012:log-group:\
         /aws/bedrock-agentcore/runtimes/support_agent-*`",
        "the same",
    ),
    (
        Code::UNMANAGEABLE_KEY,
        "",
        "the statements for a key are added to the key's own policy",
    ),
    (
        Code::SENSITIVE_ACTION,
        "`bedrock-agentcore:Get",
        "the options add access tokens, on the agent's own workload identity",
    ),
];

/// Returns the statements of a policy, which has to be valid and without other findings.
pub(crate) fn built(statements: impl IntoIterator<Item = Statement>) -> Json {
    let policy = Policy::new()
        .with_all(statements)
        .build()
        .expect("a policy");
    for finding in policy.check(bedrock_iam::catalog()).findings {
        let is_known = FINDINGS.iter().any(|(code, message, _)| {
            finding.code == *code && finding.message.starts_with(message)
        });
        assert!(is_known, "{finding}\n{policy:#}");
    }
    let document: Json = serde_json::from_str(&policy.to_json()).expect("JSON");
    document["Statement"].clone()
}
