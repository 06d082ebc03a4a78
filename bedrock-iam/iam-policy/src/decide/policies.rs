//! The policies that decide requests, by layer.

use std::fmt;

use crate::Policy;
use crate::arn::site::AccountId;
use crate::document::Document;

/// A layer of policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Layer {
    /// The identity-based policies of the caller.
    Identity,
    /// The policy of the resource: a bucket policy, a key policy, the trust policy of a role.
    Resource,
    /// The permissions boundary of the caller.
    Boundary,
    /// The session policies of the caller.
    Session,
    /// The service control policies of the caller's organization.
    ServiceControl,
    /// The resource control policies of the organization of the resource.
    ResourceControl,
    /// The policy of the VPC endpoint.
    VpcEndpoint,
}

impl Layer {
    /// All layers.
    pub const ALL: [Self; 7] = [
        Self::Identity,
        Self::Resource,
        Self::Boundary,
        Self::Session,
        Self::ServiceControl,
        Self::ResourceControl,
        Self::VpcEndpoint,
    ];

    /// Returns the layer's name in JSON and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Resource => "resource",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::ServiceControl => "scp",
            Self::ResourceControl => "rcp",
            Self::VpcEndpoint => "vpc_endpoint",
        }
    }

    /// Returns the name of one policy of the layer, such as `session policy`.
    #[must_use]
    pub const fn policy_name(self) -> &'static str {
        match self {
            Self::Identity => "identity-based policy",
            Self::Resource => "resource-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
            Self::ServiceControl => "service control policy",
            Self::ResourceControl => "resource control policy",
            Self::VpcEndpoint => "VPC endpoint policy",
        }
    }

    /// Returns whether statements of the layer name principals.
    pub(super) const fn has_principals(self) -> bool {
        matches!(
            self,
            Self::Resource | Self::ResourceControl | Self::VpcEndpoint
        )
    }

    /// Returns whether IAM completes an ARN with missing fields.
    pub(super) const fn completes_arns(self) -> bool {
        !matches!(self, Self::Resource | Self::ResourceControl | Self::Session)
    }

    /// Returns whether a policy of the layer belongs to one resource, which its statements need not
    /// name.
    pub(super) const fn is_of_resource(self) -> bool {
        matches!(self, Self::Resource)
    }
}

impl fmt::Display for Layer {
    /// Writes what a policy of the layer is called, in the plural if a caller can have several.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Identity => "identity-based policies",
            Self::Resource => "resource-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policies",
            Self::ServiceControl => "service control policies",
            Self::ResourceControl => "resource control policies",
            Self::VpcEndpoint => "VPC endpoint policy",
        })
    }
}

/// Where a statement stands in [`Policies`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Place {
    /// The layer.
    pub layer: Layer,
    /// The level of the organization, from the root down, for control policies; otherwise 0.
    pub level: u32,
    /// The index of the policy in its layer or level.
    pub policy: u32,
    /// The index of the statement in its policy.
    pub statement: u32,
}

impl Place {
    /// Returns the place of a statement by its indices.
    #[must_use]
    pub fn new(layer: Layer, level: usize, policy: usize, statement: usize) -> Self {
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            layer,
            level: index(level),
            policy: index(policy),
            statement: index(statement),
        }
    }
}

/// A policy to decide with: a [`Policy`] or a [`Document`].
pub trait IntoDocument {
    #[doc(hidden)]
    fn into_document(self) -> Document;
}

impl IntoDocument for Document {
    fn into_document(self) -> Document {
        self
    }
}

impl IntoDocument for Policy {
    fn into_document(self) -> Document {
        self.to_document()
    }
}

impl<T: IntoDocument + Clone> IntoDocument for &T {
    fn into_document(self) -> Document {
        self.clone().into_document()
    }
}

/// The policies that are in force for a request, by layer.
///
/// A layer that is not given is not in force: without service control policies, the account belongs to no
/// organization. (A federated user without session policies has only what the policy of a resource gives to
/// the session. The root user has neither identity-based policies nor a boundary, but the task policy of a
/// session of `AssumeRoot` denies as one of either layer.) The policies of one layer act together, and so do those of one level of an organization.
/// Every level of service control policies has to allow a request, so an empty one allows nothing.
/// Resource control policies only deny: AWS adds a policy to each of their levels that allows everything.
///
/// ```
/// # #[cfg(feature = "json")] {
/// use iam_policy::decide::{Caller, Outcome, Policies, Request};
/// use iam_policy::document::Document;
///
/// let policies = Policies::new().identity(Document::from_json(
///     r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::docs/*"}]}"#,
/// )?);
/// let caller: Caller = "arn:aws:iam::123456789012:user/ana".parse()?;
/// let request = Request::of(caller, "s3:GetObject", "arn:aws:s3:::docs/a.txt")?;
/// assert_eq!(policies.decide(&request).outcome(), Outcome::Allowed);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "policies have no effect until they decide a request"]
pub struct Policies {
    pub(super) identity: Vec<Document>,
    pub(super) resource: Option<Document>,
    pub(super) boundary: Option<Vec<Document>>,
    pub(super) session: Option<Vec<Document>>,
    pub(super) scp: Option<Vec<Vec<Document>>>,
    pub(super) rcp: Option<Vec<Vec<Document>>>,
    pub(super) vpc_endpoint: Option<Vec<Document>>,
    pub(super) management_account: Option<AccountId>,
}

impl Policies {
    /// Returns no policies: nothing is allowed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an identity-based policy of the caller.
    pub fn identity(mut self, policy: impl IntoDocument) -> Self {
        self.identity.push(policy.into_document());
        self
    }

    /// Sets the policy of the resource; for `sts:AssumeRole`, the trust policy of the role.
    pub fn resource(mut self, policy: impl IntoDocument) -> Self {
        self.resource = Some(policy.into_document());
        self
    }

    /// Sets the permissions boundary of the caller.
    pub fn boundary(mut self, policy: impl IntoDocument) -> Self {
        self.boundary
            .get_or_insert_default()
            .push(policy.into_document());
        self
    }

    /// Adds a session policy of the caller.
    pub fn session(mut self, policy: impl IntoDocument) -> Self {
        self.session
            .get_or_insert_default()
            .push(policy.into_document());
        self
    }

    /// Adds a level of service control policies, below those already added: first that of the
    /// organization's root, last that of the caller's account.
    pub fn scp_level<P: IntoDocument>(mut self, policies: impl IntoIterator<Item = P>) -> Self {
        let level = policies.into_iter().map(P::into_document).collect();
        self.scp.get_or_insert_default().push(level);
        self
    }

    /// Adds a level of resource control policies, below those already added.
    pub fn rcp_level<P: IntoDocument>(mut self, policies: impl IntoIterator<Item = P>) -> Self {
        let level = policies.into_iter().map(P::into_document).collect();
        self.rcp.get_or_insert_default().push(level);
        self
    }

    /// Adds the policy of the VPC endpoint through which the request comes.
    pub fn vpc_endpoint(mut self, policy: impl IntoDocument) -> Self {
        self.vpc_endpoint
            .get_or_insert_default()
            .push(policy.into_document());
        self
    }

    /// Sets the management account of the organization, whose users, roles and resources are not
    /// limited by control policies.
    pub fn management_account(mut self, account: AccountId) -> Self {
        self.management_account = Some(account);
        self
    }

    /// Returns whether a layer is in force.
    #[must_use]
    pub const fn has(&self, layer: Layer) -> bool {
        match layer {
            Layer::Identity => true,
            Layer::Resource => self.resource.is_some(),
            Layer::Boundary => self.boundary.is_some(),
            Layer::Session => self.session.is_some(),
            Layer::ServiceControl => self.scp.is_some(),
            Layer::ResourceControl => self.rcp.is_some(),
            Layer::VpcEndpoint => self.vpc_endpoint.is_some(),
        }
    }

    /// Returns the number of levels of service control policies.
    pub(super) fn scp_levels(&self) -> usize {
        self.scp.as_ref().map_or(0, Vec::len)
    }

    /// Calls a function with each policy and the place of its first statement, until it returns `false`.
    pub(super) fn each<'a>(&'a self, mut call: impl FnMut(Place, &'a Document) -> bool) {
        let mut one = |layer: Layer, level: usize, policies: &'a [Document]| {
            let mut all = policies.iter().enumerate();
            all.all(|(policy, document)| call(Place::new(layer, level, policy, 0), document))
        };
        let levels = |all: &'a Option<Vec<Vec<Document>>>| {
            all.as_deref().unwrap_or_default().iter().enumerate()
        };
        let list = |all: &'a Option<Vec<Document>>| all.as_deref().unwrap_or_default();
        let _ = one(Layer::Identity, 0, &self.identity)
            && one(Layer::Resource, 0, self.resource.as_slice())
            && one(Layer::Boundary, 0, list(&self.boundary))
            && one(Layer::Session, 0, list(&self.session))
            && levels(&self.scp).all(|(at, level)| one(Layer::ServiceControl, at, level))
            && levels(&self.rcp).all(|(at, level)| one(Layer::ResourceControl, at, level))
            && one(Layer::VpcEndpoint, 0, list(&self.vpc_endpoint));
    }

    /// Returns the policy at a place.
    #[must_use]
    pub fn document(&self, place: Place) -> Option<&Document> {
        let at = place.policy as usize;
        let level = place.level as usize;
        match place.layer {
            Layer::Identity => self.identity.get(at),
            Layer::Resource => self.resource.as_ref().filter(|_| at == 0),
            Layer::Boundary => self.boundary.as_ref()?.get(at),
            Layer::Session => self.session.as_ref()?.get(at),
            Layer::ServiceControl => self.scp.as_ref()?.get(level)?.get(at),
            Layer::ResourceControl => self.rcp.as_ref()?.get(level)?.get(at),
            Layer::VpcEndpoint => self.vpc_endpoint.as_ref()?.get(at),
        }
    }
}
