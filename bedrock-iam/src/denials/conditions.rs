//! Conditions that policies commonly have on an action, for causes.

use iam_policy::words::list;

use super::statements::Request;

/// Actions, in lower case, and the condition that a `Deny` or `Allow` on them often has.
const COMMON: &[(&[&str], &str)] = &[
    (
        &[
            "bedrock:invokemodel",
            "bedrock:invokemodelwithresponsestream",
        ],
        "a guardrail (`bedrock:GuardrailIdentifier`), an inference profile (`bedrock:InferenceProfileArn`), a region (`aws:RequestedRegion`) or a VPC endpoint (`aws:SourceVpce`)",
    ),
    (
        &[
            "iam:createrole",
            "iam:createuser",
            "iam:putrolepolicy",
            "iam:putuserpolicy",
            "iam:attachrolepolicy",
            "iam:attachuserpolicy",
            "iam:putrolepermissionsboundary",
        ],
        "a permissions boundary that the call has to set (`iam:PermissionsBoundary`)",
    ),
    (
        &["iam:passrole"],
        "the service that the role is passed to (`iam:PassedToService`)",
    ),
    (
        &["s3:putobject"],
        "an encryption header (`s3:x-amz-server-side-encryption`), TLS (`aws:SecureTransport`) or a VPC endpoint (`aws:SourceVpce`)",
    ),
    (
        &["ec2:runinstances"],
        "an instance type (`ec2:InstanceType`), tags (`aws:RequestTag/…`), IMDSv2 or a region (`aws:RequestedRegion`)",
    ),
    (
        &["sts:assumerole"],
        "an external ID (`sts:ExternalId`), a session name (`sts:RoleSessionName`), a source identity, MFA or an organization (`aws:PrincipalOrgID`)",
    ),
    (
        &["sns:subscribe"],
        "a protocol (`sns:Protocol`) or an endpoint (`sns:Endpoint`)",
    ),
];

/// Conditions on requests of any service.
const ANY: &str = "a region (`aws:RequestedRegion`), a network or VPC endpoint (`aws:SourceIp`, `aws:SourceVpce`), MFA (`aws:MultiFactorAuthPresent`) or tags";

/// Returns the conditions that are common for the action of a request.
pub(super) fn common(request: &Request<'_>) -> String {
    let action = request.action();
    let mut rows = COMMON.iter();
    if let Some((_, text)) = rows.find(|(actions, _)| actions.contains(&&*action)) {
        return (*text).to_owned();
    }
    if action.starts_with("kms:") {
        return "the service that calls the key (`kms:ViaService`) or the encryption context"
            .to_owned();
    }
    match keys(request) {
        keys if keys.is_empty() => ANY.to_owned(),
        keys => format!("{}, or {ANY}", list(&keys, 3)),
    }
}

/// Returns the service's own condition keys of the action.
fn keys(request: &Request<'_>) -> Vec<&'static str> {
    let action = request.action();
    let Some(row) = request.catalog.rows(&action).first() else {
        return Vec::new();
    };
    let (service, facts) = request.catalog.action(*row);
    let pairs = facts.resources.iter().flat_map(|pair| pair.condition_keys);
    let indices = facts.condition_keys.iter().chain(pairs);
    let mut keys: Vec<_> = indices
        .map(|index| service.condition_keys[usize::from(*index)].name)
        .filter(|name| !name.starts_with("aws:") && !name.contains("${"))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
