//! The decision about a request.

use std::fmt;

use crate::decide::explanation::Explanation;
use crate::decide::layers::{Scope, Tally};
use crate::decide::policies::{Place, Policies};
use crate::decide::request::Body;

/// IAM's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The request is allowed.
    Allowed,
    /// A statement denies the request.
    ExplicitlyDenied,
    /// No statement denies the request, but a layer lacks a statement that allows it.
    ImplicitlyDenied,
    /// It depends on what the request does not state, or on something that is not modelled.
    Undecided,
}

impl Outcome {
    /// Returns the name in JSON, such as `implicitly-denied`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ExplicitlyDenied => "explicitly-denied",
            Self::ImplicitlyDenied => "implicitly-denied",
            Self::Undecided => "undecided",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The decision about a request: what IAM answers, and why.
///
/// `Display` writes the reasons: the statement that decided, or what is missing. [`explain`](Self::explain)
/// returns them.
///
/// # What is not modelled
///
/// - Access control lists, grants of KMS, S3 Block Public Access, access points, and other means of a
///   service beside policies.
/// - Whether the resource exists, and whether the service refuses the request for another reason, such as a
///   quota.
/// - Canonical user ids of S3 in `Principal`: a statement that depends on one is undecided.
/// - `NotPrincipal` in a Deny, for a session that is named without its role or the reverse, and for a
///   caller of another account that is named without its account: undecided, because it depends on the
///   service.
/// - The console: a federated user calls IAM only there, so that a request which its policies allow is
///   undecided. Sessions of `GetSessionToken` have the ARN of their user, and are decided like the user.
/// - Malformed statements, which IAM rejects: undecided if they are about the action. The exception is a
///   `Principal` in a layer whose policies have none, which is ignored.
/// - The actions that service control policies do not reach, apart from those of service-linked roles and
///   of the management account; keys of KMS that AWS manages, which resource control policies do not reach.
/// - The path of a session's role, which the session's ARN does not contain: see
///   [`Request`](super::Request).
/// - Several resources of one call: each is a request of its own.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub(super) policies: &'a Policies,
    pub(super) request: &'a Body,
    outcome: Outcome,
    deciding: Option<Place>,
}

impl<'a> Decision<'a> {
    pub(super) fn new(
        policies: &'a Policies,
        request: &'a Body,
        tally: &Tally,
        scope: Scope,
    ) -> Self {
        let (outcome, deciding) = match request.fault() {
            Some(_) => (Outcome::Undecided, None),
            None => tally.outcome(policies, scope, request.caller.as_ref()),
        };
        Self {
            policies,
            request,
            outcome,
            deciding,
        }
    }

    /// Returns the outcome.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Returns whether the request is allowed.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        self.outcome == Outcome::Allowed
    }

    /// Returns whether the request is denied, whatever is not stated.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        match self.outcome {
            Outcome::ExplicitlyDenied | Outcome::ImplicitlyDenied => true,
            Outcome::Allowed => false,
            Outcome::Undecided => self.explain().is_denied_either_way(),
        }
    }

    /// Returns the statement that decided: the one that denies, or the first one that gives access. A
    /// request that is denied implicitly has none, and neither has one of the root user that no policy
    /// limits.
    #[must_use]
    pub const fn deciding_statement(&self) -> Option<Place> {
        self.deciding
    }

    /// Returns the reasons: what each statement says about the request, and what is missing.
    #[must_use]
    pub fn explain(&self) -> Explanation<'a> {
        Explanation::new(*self)
    }
}

impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explain().fmt(f)
    }
}
