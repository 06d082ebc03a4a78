//! The authorization requests of a call.

use std::collections::BTreeMap;

use iam_policy::decide::{Caller, Request, RequestError};

use super::api_keys;
use super::call::Call;
use super::error::CallError;
use super::given::Given;
use super::operation::Operation;
use super::statements::Trust;
use crate::catalog::catalog;

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
    /// The members on which the requests do not depend, each as a sentence.
    pub unused: Vec<String>,
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
    /// The region of the call.
    pub(super) region: String,
}

impl CallRequest {
    /// Returns the requests that policies decide: one for each resource. The region is that of the call,
    /// unless the context states another.
    ///
    /// ```
    /// use bedrock_iam::calls::Call;
    /// use bedrock_iam::decide::{Caller, Policies};
    /// use bedrock_iam::{Policy, account, region};
    ///
    /// let call = Call::converse("amazon.nova-lite-v1:0")
    ///     .at(region!("eu-central-1"), account!("123456789012"));
    /// let requests = call.requests()?;
    /// let policy = Policy::identity().with_all(requests.statements()?).build()?;
    /// let policies = Policies::new().identity(policy);
    /// let caller: Caller = "arn:aws:iam::123456789012:role/app".parse()?;
    /// for request in requests.caller.iter().filter(|it| it.required) {
    ///     for request in request.to_requests(&caller)? {
    ///         policies.assert_allows(&request);
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`RequestError`] if the action or a resource is malformed, as a request of a call never is.
    pub fn to_requests(&self, caller: &Caller) -> Result<Vec<Request>, RequestError> {
        const REGION: &str = "aws:RequestedRegion";

        let request = |resource: &String| {
            let mut request =
                Request::of(caller.clone(), &self.action, resource)?.with_facts(catalog());
            if !self.context.contains_key(REGION) {
                request = request.key(REGION, [&self.region]);
            }
            for (key, values) in &self.context {
                request = request.key(key, values);
            }
            Ok(request)
        };
        self.resources.iter().map(request).collect()
    }
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
    /// member is malformed, a model can't be used in this way, or the operation does not accept API keys
    /// although the call has one.
    pub fn requests(&self) -> Result<CallRequests, CallError> {
        let mut requests = self.requests_only()?;
        requests.unused = self.unused(&Operation::of(self)?, &requests);
        Ok(requests)
    }

    /// Returns the requests without the members that do not matter.
    pub(super) fn requests_only(&self) -> Result<CallRequests, CallError> {
        let operation = Operation::of(self)?;
        api_keys::check(self, &operation)?;
        let given = Given::new(self, operation.service)?;
        let mut requests = given.caller(&operation)?;
        requests.service_role = given.service_role(&operation)?;
        requests.trust = given.trust(&operation, &requests.caller);
        Ok(requests)
    }
}
