//! The operations that can be called with Amazon Bedrock API keys.
//!
//! Source: <https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-reference.html>, read on 2026-11-26.

use iam_policy::AnyOperation;

/// The action that each call with an API key requires.
pub(super) const ACTION: &str = "bedrock:CallWithBearerToken";

/// The SDK clients that accept API keys.
pub(super) const CLIENTS: [&str; 2] = ["bedrock", "bedrock-runtime"];

/// The operation of these clients that does not accept them.
const EXCEPTION: &str = "InvokeModelWithBidirectionalStream";

/// Returns whether an operation can be called with an API key.
pub(super) fn are_accepted_by(operation: AnyOperation) -> bool {
    let AnyOperation { service, facts } = operation;
    let mut clients = facts.sdk_clients.iter();
    service.prefix == "bedrock"
        && facts.name != EXCEPTION
        && clients.any(|client| CLIENTS.contains(client))
}
