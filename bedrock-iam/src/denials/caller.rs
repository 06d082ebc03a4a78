//! The caller, as the ARN of a principal shows it.

use iam_policy::{AccountId, ArnPattern, Region};

/// A caller: a user, or the session of a role.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Caller<'a> {
    pub(super) partition: &'a str,
    /// The account, unless it is masked.
    pub(super) account: Option<AccountId>,
    /// The name of the role, for a session of it.
    pub(super) role: Option<&'a str>,
    /// The name of the session.
    pub(super) session: Option<&'a str>,
    /// Whether it is an IAM user.
    pub(super) is_user: bool,
    /// Whether the session is that of an EC2 instance, named for its ID, which may be masked.
    pub(super) is_instance: bool,
    /// Whether it is the user that was created with a Bedrock API key.
    pub(super) is_api_key: bool,
    /// Whether it is a session of `GetFederationToken`.
    pub(super) is_federated: bool,
}

/// The start of the names of roles that IAM Identity Center creates; their ARNs have a path.
const PERMISSION_SET: &str = "AWSReservedSSO_";

/// The start of the names of users that are created with Bedrock API keys.
const API_KEY: &str = "BedrockAPIKey-";

impl<'a> Caller<'a> {
    /// Reads the ARN of a principal, which may be masked.
    pub(super) fn read(arn: Option<&'a str>) -> Self {
        let mut fields = arn.unwrap_or_default().splitn(6, ':').skip(1);
        let partition = fields.next().unwrap_or_default();
        let account = fields.nth(2).and_then(|it| AccountId::parse(it).ok());
        let name = fields.next().unwrap_or_default();
        let (kind, rest) = name.split_once('/').unwrap_or_default();
        let in_session = kind == "assumed-role";
        let (role, session) = match rest.split_once('/') {
            Some((role, session)) => (role, Some(session)),
            None => (rest, None),
        };
        Self {
            partition,
            account,
            role: Some(role).filter(|it| in_session && is_plain(it)),
            session: session.filter(|it| in_session && is_plain(it)),
            is_instance: in_session && session.is_some_and(is_instance_id),
            is_user: kind == "user",
            is_api_key: kind == "user" && rest.starts_with(API_KEY),
            is_federated: kind == "federated-user",
        }
    }

    /// Returns the partition of ARNs to write, `aws` if it is not known.
    pub(super) fn partition(self) -> &'a str {
        match self.partition {
            known @ ("aws" | "aws-cn" | "aws-us-gov") => known,
            _ => "aws",
        }
    }

    /// Returns whether the role is a permission set of IAM Identity Center.
    pub(super) fn is_permission_set(self) -> bool {
        self.role
            .is_some_and(|role| role.starts_with(PERMISSION_SET))
    }

    /// Returns whether the role is one that a feature of Bedrock acts with.
    pub(super) fn is_service_role(self) -> bool {
        self.role
            .is_some_and(|role| role.starts_with("AmazonBedrock"))
    }

    /// Returns whether the session is one of Amazon Cognito's enhanced flow, which sets a session
    /// policy.
    pub(super) fn is_cognito(self) -> bool {
        self.session == Some("CognitoIdentityCredentials")
    }
}

/// Returns whether a name is the ID of an instance, such as `i-0123456789abcdef0` or `i-****`.
fn is_instance_id(name: &str) -> bool {
    let is_digit = |it: char| it.is_ascii_hexdigit() || it.eq_ignore_ascii_case(&'x');
    let id = name.strip_prefix("i-").filter(|id| !id.is_empty());
    id.is_some_and(|id| id.chars().all(is_digit) || !is_plain(id))
}

/// Returns whether a name has no mask, such as `<role>`, `***` or `…`.
pub(super) fn is_plain(text: &str) -> bool {
    let masks = ['<', '>', '{', '}', '[', ']', '*', '…', ' ', '$'];
    let is_masked = ["...", "xxxx", "XXXX", "REDACTED"]
        .iter()
        .any(|mask| text.contains(mask));
    !text.is_empty() && !text.contains(masks) && !is_masked
}

/// Returns a stated ARN as a pattern for a statement: masked fields become `*`.
pub(super) fn unmasked(arn: &str) -> Option<String> {
    // the fields after an elided one are not known
    let fields = arn.split(':').count();
    let elided = (4..6).contains(&fields) && !arn.rsplit(':').next().is_some_and(is_plain);
    let padded = format!("{arn}{}", ":*".repeat(if elided { 6 - fields } else { 0 }));
    let pattern = ArnPattern::parse(&padded).ok()?;
    let region = match pattern.region() {
        text if text.is_empty() || Region::parse(text).is_ok() => text,
        _ => "*",
    };
    let account = match pattern.account() {
        "" => String::new(),
        "aws" => "aws".to_owned(),
        text if AccountId::parse(text).is_ok() => text.to_owned(),
        _ => "*".to_owned(),
    };
    let partition = match pattern.partition() {
        known @ ("aws" | "aws-cn" | "aws-us-gov") => known,
        _ => "aws",
    };
    let resource = pattern.resource();
    // a wildcard of the message, such as `instance/*`, stays
    let resource = match resource.strip_suffix("/*").filter(|head| is_plain(head)) {
        Some(_) => resource.to_owned(),
        None if is_plain(resource) || resource == "*" => resource.to_owned(),
        None => {
            let head = resource.char_indices().map(|(at, _)| &resource[..at]);
            let head = head
                .take_while(|head| head.is_empty() || is_plain(head))
                .last();
            let head = head.unwrap_or_default().trim_end_matches(['.', 'x', 'X']);
            format!("{head}*")
        }
    };
    let service = pattern.service();
    is_plain(service).then(|| format!("arn:{partition}:{service}:{region}:{account}:{resource}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_are_read_from_arns() {
        let caller = Caller::read(Some("arn:aws:sts::123456789012:assumed-role/node/i-0abc"));
        assert_eq!(
            (caller.role, caller.session),
            (Some("node"), Some("i-0abc"))
        );
        assert!(caller.is_instance && !caller.is_user && caller.account.is_some());
        for (session, is_instance) in [
            ("i-REDACTED", true),
            ("i-xxxxxx", true),
            ("i-xx", true),
            ("i-****", true),
            ("i-<id>", true),
            ("i-", false),
            ("i-am-ann", false),
        ] {
            let arn = format!("arn:aws:sts::123456789012:assumed-role/node/{session}");
            assert_eq!(
                Caller::read(Some(&arn)).is_instance,
                is_instance,
                "{session}"
            );
        }
        let caller = Caller::read(Some("arn:aws:iam::****:user/BedrockAPIKey-a"));
        assert!(caller.is_user && caller.is_api_key && caller.account.is_none());
        let caller = Caller::read(Some("arn:aws:sts::<acct>:assumed-role/<role>/x"));
        assert_eq!((caller.role, caller.partition()), (None, "aws"));
        assert!(!Caller::read(None).is_user);
    }

    #[test]
    fn masks_become_wildcards() {
        for (arn, pattern) in [
            (
                "arn:aws:bedrock:<region>::foundation-model/m",
                "arn:aws:bedrock:*::foundation-model/m",
            ),
            (
                "arn:aws:bedrock:us-east-1:XX:agent/A",
                "arn:aws:bedrock:us-east-1:*:agent/A",
            ),
            ("arn:aws:iam::***:role/<role>", "arn:aws:iam::*:role/*"),
            (
                "arn:aws:iam::***:role/cdk-<q>-x",
                "arn:aws:iam::*:role/cdk-*",
            ),
            (
                "arn:aws:ec2:eu-west-1:123456789012:instance/*",
                "arn:aws:ec2:eu-west-1:123456789012:instance/*",
            ),
            ("arn:aws:s3:::bucket/...", "arn:aws:s3:::bucket/*"),
            ("arn:aws:s3:::bucket/…", "arn:aws:s3:::bucket/*"),
            (
                "arn:aws:dynamodb:REGION:XXXX:table/T_xxxxxx",
                "arn:aws:dynamodb:*:*:table/T_*",
            ),
        ] {
            assert_eq!(unmasked(arn).as_deref(), Some(pattern), "{arn}");
        }
        let elided = Some("arn:aws:sqs:*:*:*");
        assert_eq!(unmasked("arn:aws:sqs:...").as_deref(), elided);
        assert_eq!(unmasked("arn:aws:sqs:…:***").as_deref(), elided);
        assert_eq!(unmasked("arn:aws:..."), None);
        assert_eq!(unmasked("arn:aws:sqs:eu-w"), None);
    }
}
