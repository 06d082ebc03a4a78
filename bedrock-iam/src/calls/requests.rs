//! The authorization requests of a call.

use std::collections::BTreeMap;

use super::call::Call;
use super::error::CallError;
use super::given::Given;
use super::operation::Operation;
use super::statements::Trust;

/// The authorization requests that a call causes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallRequests {
    /// Those of the caller.
    pub caller: Vec<CallRequest>,
    /// Those of the role that is passed, or with which the service runs.
    pub service_role: Vec<CallRequest>,
    /// The members without which some requests aren't known, each with what it has to state.
    pub missing: Vec<String>,
    /// The service to which a role is passed.
    pub(super) trust: Option<Trust>,
}

/// An action of a call, with the resources that it is authorized on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallRequest {
    /// The action with its prefix.
    pub action: String,
    /// The ARNs: each of them is authorized. The id of a new resource is `*`; `*` alone stands for an
    /// action that can't be scoped.
    pub resources: Vec<String>,
    /// The condition keys in the context that the call decides, with their values. The region of a
    /// request without `aws:RequestedRegion` is that of the call.
    pub context: BTreeMap<String, Vec<String>>,
    /// Whether the call fails without it. A request that is not required is needed only in the case that
    /// [`when`](Self::when) describes.
    pub required: bool,
    /// The part of the call that causes it.
    pub when: String,
}

impl Call {
    /// Returns the requests that the call causes.
    ///
    /// Destination regions of an inference profile are never guessed: without
    /// [`profile_models`](Self::profile_models), they are [`missing`](CallRequests::missing).
    ///
    /// # Errors
    ///
    /// Returns [`CallError`] if the operation is not one of the modules that the crate is built with, a
    /// member is malformed, or a model can't be used in this way.
    pub fn requests(&self) -> Result<CallRequests, CallError> {
        let operation = Operation::of(self)?;
        let given = Given::new(self, operation.service)?;
        let mut requests = given.caller(&operation)?;
        requests.service_role = given.service_role(&operation)?;
        requests.trust = given.trust(&operation, &requests.caller);
        Ok(requests)
    }
}
