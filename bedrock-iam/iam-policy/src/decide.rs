//! Decides requests as IAM does: is this call allowed, by which statement, or what is missing?
//!
//! [`Policies`] holds the policies in force by layer, a [`Request`] states who calls which action on which
//! resource, and a [`Decision`] says what IAM answers, and why:
//!
//! ```
//! # #[cfg(feature = "json")] {
//! use iam_policy::decide::{Caller, Policies, Request};
//! use iam_policy::document::Document;
//!
//! let policies = Policies::new().identity(Document::from_json(
//!     r#"{"Version": "2012-10-17", "Statement": [{
//!         "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::docs/*",
//!         "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
//!     }]}"#,
//! )?);
//! let caller: Caller = "arn:aws:iam::123456789012:user/ana".parse()?;
//! let request = Request::of(caller, "s3:GetObject", "arn:aws:s3:::docs/a.txt")?;
//! policies.assert_denies(&request);
//! policies.assert_allows(&request.key("aws:SourceIp", ["203.0.113.7"]));
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing is guessed: a request can be [partial](Request::partial), and what it leaves open makes a
//! decision [undecided](Outcome::Undecided), with the condition keys that would decide it.

mod caller;
#[cfg(feature = "json")]
mod case;
mod change;
mod compared;
mod condition;
mod considered;
mod context;
mod decision;
mod explanation;
#[cfg(feature = "json")]
mod json;
mod layers;
mod need;
mod pattern;
mod policies;
mod prepared;
mod principal;
mod request;
mod statement;
mod text;
mod truth;
mod typed;
mod unmodelled;
mod variables;

pub use crate::aws::caller::CallerKind;
pub use caller::{Caller, CallerError};
#[cfg(feature = "json")]
pub use case::{Case, Expected};
pub use change::Change;
pub use considered::{Considered, Mismatch};
pub use context::Context;
pub use decision::{Decision, Outcome};
pub use explanation::Explanation;
pub use need::Need;
pub use policies::{IntoDocument, Layer, Place, Policies};
pub use prepared::Prepared;
pub use request::{IntoCaller, Request, RequestError};

#[cfg(test)]
mod tests;
