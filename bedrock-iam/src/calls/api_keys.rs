//! The operations that can be called with Amazon Bedrock API keys.
//!
//! Source: <https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-reference.html>, read on 2026-11-26.

use iam_policy::words::code;

use super::call::Call;
use super::error::CallError;
use super::operation::Operation;

/// The SDK clients that accept API keys.
const CLIENTS: [&str; 3] = ["bedrock", "bedrock-mantle", "bedrock-runtime"];

/// The operation of these clients that does not accept them.
const EXCEPTION: &str = "InvokeModelWithBidirectionalStream";

/// Checks that a call with an API key is of an operation that accepts one.
pub(super) fn check(call: &Call, operation: &Operation) -> Result<(), CallError> {
    let Operation { name, client, .. } = operation;
    let is_accepted = name != EXCEPTION && CLIENTS.contains(&client.as_str());
    if call.api_key.is_none() || is_accepted {
        return Ok(());
    }
    let [first, second, third] = CLIENTS;
    Err(CallError::new(format!(
        "{} of {} does not accept API keys; expected an operation of the SDK client `{first}`, \
         `{second}` or `{third}` that does",
        code(name),
        code(client)
    )))
}
