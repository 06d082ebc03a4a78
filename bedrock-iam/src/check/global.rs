//! The global condition keys with their types.
//!
//! From the user guide's list of them
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>).

use crate::ValueType::{self, Arn, ArrayOfString, Bool, Date, IpAddress, Numeric, String};

/// Keys in effect for every action, except for the three of tags: those follow the action.
const KEYS: &[(&str, ValueType)] = &[
    ("aws:AssumedRoot", Bool),
    ("aws:CalledVia", ArrayOfString),
    ("aws:CalledViaAWSMCP", String),
    ("aws:CalledViaFirst", String),
    ("aws:CalledViaLast", String),
    ("aws:ChatbotSourceArn", Arn),
    ("aws:CurrentTime", Date),
    ("aws:Ec2InstanceSourcePrivateIPv4", IpAddress),
    ("aws:Ec2InstanceSourceVpc", String),
    ("aws:EpochTime", Date),
    ("aws:FederatedProvider", String),
    ("aws:IsMcpServiceAction", Bool),
    ("aws:MultiFactorAuthAge", Numeric),
    ("aws:MultiFactorAuthPresent", Bool),
    ("aws:PrincipalAccount", String),
    ("aws:PrincipalArn", Arn),
    ("aws:PrincipalIsAWSService", Bool),
    ("aws:PrincipalOrgID", String),
    ("aws:PrincipalOrgPaths", ArrayOfString),
    ("aws:PrincipalServiceName", String),
    ("aws:PrincipalServiceNamesList", ArrayOfString),
    ("aws:PrincipalType", String),
    ("aws:RequestedRegion", String),
    ("aws:ResourceAccount", String),
    ("aws:ResourceOrgID", String),
    ("aws:ResourceOrgPaths", ArrayOfString),
    ("aws:SecureTransport", Bool),
    ("aws:SourceAccount", String),
    ("aws:SourceArn", Arn),
    ("aws:SourceIdentity", String),
    ("aws:SourceIp", IpAddress),
    ("aws:SourceOrgID", String),
    ("aws:SourceOrgPaths", ArrayOfString),
    ("aws:SourceOwner", String),
    ("aws:SourceVpc", String),
    ("aws:SourceVpcArn", String),
    ("aws:SourceVpce", String),
    ("aws:TagKeys", ArrayOfString),
    ("aws:TokenIssueTime", Date),
    ("aws:UserAgent", String),
    ("aws:ViaAWSMCPService", Bool),
    ("aws:ViaAWSService", Bool),
    ("aws:VpcSourceIp", IpAddress),
    ("aws:VpceAccount", String),
    ("aws:VpceOrgID", String),
    ("aws:VpceOrgPaths", ArrayOfString),
    ("aws:referer", String),
    ("aws:userid", String),
    ("aws:username", String),
    ("ec2:RoleDelivery", Numeric),
    ("ec2:SourceInstanceArn", Arn),
    ("glue:CredentialIssuingService", String),
    ("glue:RoleAssumedBy", String),
    ("identitystore:UserId", String),
    ("lambda:SourceFunctionArn", Arn),
    ("ssm:SourceInstanceArn", Arn),
];

/// Prefixes of keys that end in a tag's key.
const TAGS: &[&str] = &["aws:PrincipalTag/", "aws:RequestTag/", "aws:ResourceTag/"];

/// What a name is among the global keys.
pub(super) fn find(name: &str) -> Option<ValueType> {
    if is_tag(name) {
        return Some(String);
    }
    let mut keys = KEYS.iter();
    keys.find(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, of)| *of)
}

/// Whether it is the key of a tag: those take every operator that compares values.
pub(super) fn is_tag(name: &str) -> bool {
    TAGS.iter()
        .any(|tag| begins(name, tag) && name.len() > tag.len())
}

/// Whether it is a key of tags that follows the action: in effect only where the reference says so.
pub(super) fn follows_action(name: &str) -> bool {
    name.eq_ignore_ascii_case("aws:TagKeys") || is_tag(name) && !begins(name, TAGS[0])
}

fn begins(name: &str, with: &str) -> bool {
    name.get(..with.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(with))
}

/// The nearest global key.
pub(super) fn near(name: &str) -> Option<&'static str> {
    static NAMES: std::sync::LazyLock<Vec<&'static str>> =
        std::sync::LazyLock::new(|| KEYS.iter().map(|(key, _)| *key).collect());
    crate::NameError::new(name, "condition key", "aws", &NAMES).suggestion()
}
