//! How the layers of policies combine to a decision.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html> and
//! the pages below it, and
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_authorization_policies.html>.

use crate::Effect;
use crate::aws::caller::CallerKind;
use crate::aws::{caller, protected, resource_control, resource_policy};
use crate::decide::Outcome;
use crate::decide::caller::Caller;
use crate::decide::pattern::Action;
use crate::decide::policies::{Layer, Place, Policies};
use crate::decide::principal::Match;
use crate::decide::request::Body;
use crate::decide::truth::Truth;

/// How the layers apply to a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope {
    /// Whether the caller is a user, a role or a session: something with policies of its own.
    pub(super) has_policies: bool,
    pub(super) is_same_account: bool,
    pub(super) scp: bool,
    pub(super) rcp: bool,
    pub(super) has_boundary: bool,
    /// Whether the policy of the resource takes part.
    pub(super) resource: bool,
    /// Whether the policy of the resource has to allow the request in any case.
    pub(super) resource_must_allow: bool,
    /// Why no policy can allow the request.
    pub(super) protected: Option<&'static str>,
    /// Whether it is not known that the caller has what the policies allow.
    pub(super) is_open: bool,
    /// Whether the action needs no permission, and cannot be denied.
    pub(super) is_free: bool,
}

impl Scope {
    pub(super) fn new(policies: &Policies, request: &Body, action: Action<'_>) -> Self {
        let by = request.caller.as_ref();
        let account = by.and_then(Caller::account);
        let resource_account = request.resource_account();
        let management = policies.management_account.as_ref().map(|it| it.as_str());
        let (prefix, name) = (action.prefix, action.name);
        let (service, resource) = (request.field(2), request.field(5));
        let is_same_account = account.is_some() && account == resource_account;
        let kind = by.map(Caller::kind);
        let is_service_linked = (policies.scp.is_some() || policies.rcp.is_some())
            && by.is_some_and(Caller::is_service_linked);
        Self {
            has_policies: account.is_some(),
            is_same_account,
            scp: policies.scp.is_some()
                && account.is_some()
                && !is_service_linked
                && account != management,
            rcp: policies.rcp.is_some()
                && !is_service_linked
                && !request.is_untyped
                && (management.is_none() || resource_account != management)
                && resource_control::applies(prefix, name),
            has_boundary: policies.boundary.is_some() && by.is_some_and(Caller::has_boundary),
            resource: !(is_same_account
                && kind == Some(CallerKind::Root)
                && resource_policy::is_of_root(prefix, name)),
            resource_must_allow: resource_policy::must_allow(prefix, service, resource),
            is_free: kind.is_some_and(|it| caller::is_free(it, prefix, name)),
            is_open: kind.is_some_and(|it| caller::is_open(it, prefix)),
            protected: kind
                .and_then(|it| caller::refused(it, prefix, name))
                .or_else(|| other_partition(by, request.field(1)))
                .or_else(|| protected::reason(prefix, name, request.field(4), resource)),
        }
    }

    /// Returns whether a layer takes part in the decision.
    pub(super) fn has(self, layer: Layer) -> bool {
        match layer {
            Layer::Identity | Layer::Session => self.has_policies,
            Layer::Boundary => self.has_boundary,
            Layer::Resource => self.resource,
            Layer::VpcEndpoint => true,
            Layer::ServiceControl => self.scp,
            Layer::ResourceControl => self.rcp,
        }
    }
}

/// Returns why the caller can't use a resource of this partition, if that is so: accounts of two
/// partitions have no access to each other.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>.
fn other_partition(caller: Option<&Caller>, partition: &str) -> Option<&'static str> {
    let caller = caller.filter(|it| it.account().is_some())?;
    let is_other = !partition.is_empty() && !caller.is_in(partition);
    is_other.then_some("the caller and the resource are in different partitions")
}

/// Returns whether a layer limits the caller. A federated user without session policies has no permissions
/// but those of resource-based policies. The policy of a session of the root user only denies.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html> and
/// <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SQSUnlockQueuePolicy.html>.
fn is_limited(layer: Layer, scope: Scope, policies: &Policies, caller: Option<&Caller>) -> bool {
    let kind = caller.map(Caller::kind);
    match layer {
        Layer::Boundary => scope.has_boundary,
        Layer::Session if kind == Some(CallerKind::FederatedUser) => true,
        Layer::Session if kind == Some(CallerKind::Root) => false,
        _ => policies.has(layer),
    }
}

/// The sums of the statements of all layers, for a request.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    deny: Truth,
    denied_by: Option<Place>,
    identity: Truth,
    boundary: Truth,
    session: Truth,
    vpc_endpoint: Truth,
    scp: Vec<Truth>,
    /// The Allow of the resource-based policy, by how it names the caller.
    resource: Match,
    /// The first statements that allow the request, in the identity-based policies and in that of the
    /// resource.
    identity_by: Option<Place>,
    account_by: Option<Place>,
    role_by: Option<Place>,
    direct_by: Option<Place>,
}

impl Tally {
    pub(super) fn new(policies: &Policies, scope: Scope) -> Self {
        Self {
            deny: Truth::False,
            denied_by: None,
            identity: Truth::False,
            boundary: Truth::False,
            session: Truth::False,
            vpc_endpoint: Truth::False,
            scp: match scope.scp {
                true => vec![Truth::False; policies.scp_levels()],
                false => Vec::new(),
            },
            resource: Match::NO,
            identity_by: None,
            account_by: None,
            role_by: None,
            direct_by: None,
        }
    }

    /// Adds what a statement says. Returns whether the decision is made: an explicit Deny.
    pub(super) fn add(&mut self, place: Place, effect: Option<Effect>, found: Match) -> bool {
        let truth = found.any();
        if truth == Truth::False {
            return false;
        }
        let denies = effect != Some(Effect::Allow);
        if denies {
            if truth == Truth::True {
                self.denied_by = Some(place);
            }
            self.deny = self.deny.or(truth);
        }
        if effect == Some(Effect::Deny) {
            return self.deny == Truth::True;
        }
        let sum = match place.layer {
            Layer::Identity => &mut self.identity,
            Layer::Boundary => &mut self.boundary,
            Layer::Session => &mut self.session,
            Layer::VpcEndpoint => &mut self.vpc_endpoint,
            // its only Allow is the one that AWS adds to each level
            Layer::ResourceControl => return false,
            Layer::ServiceControl => match self.scp.get_mut(place.level as usize) {
                Some(level) => level,
                None => return false,
            },
            Layer::Resource => {
                self.resource = self.resource.or(found);
                for (truth, by) in [
                    (found.account, &mut self.account_by),
                    (found.role, &mut self.role_by),
                    (found.direct, &mut self.direct_by),
                ] {
                    if truth == Truth::True {
                        by.get_or_insert(place);
                    }
                }
                return false;
            }
        };
        *sum = sum.or(truth);
        if place.layer == Layer::Identity && truth == Truth::True {
            self.identity_by.get_or_insert(place);
        }
        false
    }

    /// Returns the outcome, and the statement that decided: the Deny, or the first one that gives access.
    pub(super) fn outcome(
        &self,
        policies: &Policies,
        scope: Scope,
        caller: Option<&Caller>,
    ) -> (Outcome, Option<Place>) {
        if scope.is_free {
            return (Outcome::Allowed, None);
        }
        if self.deny == Truth::True {
            return (Outcome::ExplicitlyDenied, self.denied_by);
        }
        let allow = self.allows(policies, scope, caller);
        match (self.deny, allow) {
            (Truth::False, Truth::True) => {
                (Outcome::Allowed, self.allowed_by(policies, scope, caller))
            }
            (Truth::False, Truth::False) => (Outcome::ImplicitlyDenied, None),
            _ => (Outcome::Undecided, None),
        }
    }

    /// Returns the first statement that gives access: of the identity-based policies if they suffice, or else
    /// of the policy of the resource.
    fn allowed_by(
        &self,
        policies: &Policies,
        scope: Scope,
        caller: Option<&Caller>,
    ) -> Option<Place> {
        let suffices = |resource: Match| {
            !scope.is_same_account || self.given(resource, policies, scope, caller) == Truth::True
        };
        let account = Match {
            account: self.resource.account,
            ..Match::NO
        };
        let role = Match {
            role: self.resource.role,
            ..account
        };
        if let Some(by) = self
            .identity_by
            .or(self.account_by)
            .filter(|_| suffices(account))
        {
            return Some(by);
        }
        self.role_by.filter(|_| suffices(role)).or(self.direct_by)
    }

    /// Returns whether the layers allow the request together, apart from statements that deny. Each part
    /// stands in the formula once, so that an unknown part makes the result unknown only if it decides.
    pub(super) fn allows(
        &self,
        policies: &Policies,
        scope: Scope,
        caller: Option<&Caller>,
    ) -> Truth {
        let all = self.given(self.resource, policies, scope, caller);
        match scope.is_open {
            true => all.and(Truth::Unknown),
            false => all,
        }
    }

    /// Does the same with some Allows of the resource-based policy.
    fn given(
        &self,
        Match {
            account,
            role,
            direct,
        }: Match,
        policies: &Policies,
        scope: Scope,
        caller: Option<&Caller>,
    ) -> Truth {
        if scope.protected.is_some() {
            return Truth::False;
        }
        let limit = |layer: Layer, allows: Truth| match is_limited(layer, scope, policies, caller) {
            true => allows,
            false => Truth::True,
        };
        let levels = self.scp.iter().copied().fold(Truth::True, Truth::and);
        let outer = levels.and(limit(Layer::VpcEndpoint, self.vpc_endpoint));
        if !scope.has_policies {
            return outer.and(direct);
        }
        let is_root = caller.is_some_and(|it| it.kind() == CallerKind::Root);
        let identity = if is_root { Truth::True } else { self.identity };
        let limits = limit(Layer::Boundary, self.boundary).and(limit(Layer::Session, self.session));
        let resource = match () {
            () if !scope.is_same_account => {
                let named = account.or(role).or(direct);
                return outer.and(limits).and(identity).and(named);
            }
            () if scope.resource_must_allow => account,
            () => Truth::True,
        };
        let own = role.or(identity.and(resource));
        outer.and(direct.or(limits.and(own)))
    }

    /// Returns the layers that lack an Allow, so that none of the others can give access.
    pub(super) fn lacking(
        &self,
        policies: &Policies,
        scope: Scope,
        caller: Option<&Caller>,
    ) -> Vec<(Layer, u32)> {
        let lacks = |truth: Truth| truth != Truth::True;
        let mut layers = Vec::new();
        let is_root = caller.is_some_and(|it| it.kind() == CallerKind::Root);
        let Match { role, direct, .. } = self.resource;
        if scope.has_policies && !is_root {
            let given = scope.is_same_account && role.or(direct) == Truth::True;
            if lacks(self.identity) && !given {
                layers.push((Layer::Identity, 0));
            }
            let limited = !(scope.is_same_account && direct == Truth::True);
            for (layer, allows) in [
                (Layer::Boundary, self.boundary),
                (Layer::Session, self.session),
            ] {
                if is_limited(layer, scope, policies, caller) && lacks(allows) && limited {
                    layers.push((layer, 0));
                }
            }
        }
        let needs_resource =
            !scope.has_policies || !scope.is_same_account || scope.resource_must_allow;
        if needs_resource && lacks(self.resource.any()) {
            layers.push((Layer::Resource, 0));
        }
        let levels = self
            .scp
            .iter()
            .zip(0..)
            .filter(|(allows, _)| lacks(**allows));
        layers.extend(levels.map(|(_, level)| (Layer::ServiceControl, level)));
        if policies.has(Layer::VpcEndpoint) && lacks(self.vpc_endpoint) {
            layers.push((Layer::VpcEndpoint, 0));
        }
        layers
    }
}
