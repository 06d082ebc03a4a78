//! API calls, and the authorization requests that they cause.
//!
//! A call can cause more requests than its name suggests: one through an inference profile is
//! authorized on the profile and on the model in each region that it routes to, and one with a
//! guardrail on the guardrail as well. [`Call::requests`] lists them:
//!
//! ```
//! use bedrock_iam::calls::Call;
//! use bedrock_iam::{account, region};
//!
//! let call = Call::converse("anthropic.claude-3-haiku-20240307-v1:0")
//!     .guardrail("abcdef123456", Some("1"))
//!     .at(region!("eu-central-1"), account!("123456789012"));
//! let actions: Vec<_> = call.requests()?.caller.into_iter().map(|it| it.action).collect();
//! assert_eq!(actions, ["bedrock:ApplyGuardrail", "bedrock:InvokeModel", "bedrock:GetGuardrail"]);
//! # Ok::<(), bedrock_iam::calls::CallError>(())
//! ```
//!
//! The actions come from the reference's table of operations and the overlays, the resources from the
//! reference's resource types and their ARN formats. The tables in `calls/rules.rs` have the rest.

mod api_keys;
mod call;
mod context;
mod error;
#[cfg(feature = "json")]
mod from_json;
mod given;
mod keys;
mod models;
mod needs;
mod operation;
mod profiles;
mod requests;
mod resources;
mod rows;
mod rules;
mod statements;
mod unused;

pub use call::{ApiKey, Call};
pub use error::CallError;
pub use requests::{CallRequest, CallRequests};
