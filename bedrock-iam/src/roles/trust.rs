//! Trust policies of service roles.

use iam_policy::{Condition, Principal, Site, Statement, global};

use super::site::account;
use crate::generated::sts;

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
