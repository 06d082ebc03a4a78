//! Trust policies of service roles, and the permission to pass a role.

use iam_policy::{Arn, Condition, Principal, Site, Statement, global};

use super::site::account;
use crate::generated::{iam, sts};

/// The service principal of Amazon Bedrock.
pub(super) const BEDROCK: &str = "bedrock.amazonaws.com";

/// The service principal of Amazon Bedrock AgentCore.
pub(super) const AGENTCORE: &str = "bedrock-agentcore.amazonaws.com";

/// Returns the statement that lets a service assume a role for resources of one account.
///
/// Without the conditions, the service could assume the role for resources of other accounts (the
/// confused deputy problem).
pub(super) fn trust(
    service: &'static str,
    here: Site,
    source: Condition<global::SourceArn>,
) -> Statement {
    Statement::allow(sts::action::AssumeRole)
        .principal(Principal::service(service))
        .when(global::SOURCE_ACCOUNT.string_equals(account(here)))
        .when(source)
        .checked()
}

/// Returns the statement with which a caller passes a role to Amazon Bedrock.
///
/// The operations that create a resource or a job with a role need it beside their own action.
///
/// ```
/// use bedrock_iam::roles::pass_to_bedrock;
/// use bedrock_iam::{Partition, Policy, Site, account, iam, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let role = iam::arn::Role { role_name_with_path: seg!("handbook") };
/// let policy = Policy::new().with(pass_to_bedrock(role.at(here))).build()?;
/// # Ok::<(), bedrock_iam::PolicyError>(())
/// ```
pub fn pass_to_bedrock(role: Arn<iam::arn::Role>) -> Statement {
    pass(role, BEDROCK)
}

/// Returns the statement with which a caller passes a role to Amazon Bedrock AgentCore.
///
/// See [`pass_to_bedrock`].
pub fn pass_to_agentcore(role: Arn<iam::arn::Role>) -> Statement {
    pass(role, AGENTCORE)
}

fn pass(role: Arn<iam::arn::Role>, service: &str) -> Statement {
    Statement::allow(iam::action::PassRole)
        .on(role)
        .when(iam::key::PASSED_TO_SERVICE.string_equals(service))
        .checked()
}
