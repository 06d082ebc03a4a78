//! Statements, which the compiler checks.

mod body;
mod mixed;
mod raw;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::condition::Condition;
use crate::condition::key::KeyId;
use crate::typed::action::Actions;
use crate::typed::resource::{AnyResource, ResourceList, ResourceSink};
use crate::typed::supports::{AllExcept, InEffect, LeavesSome, On, Supports, Unscoped};

pub(crate) use body::{Body, Element};
pub use raw::Raw;

/// Whether a statement allows or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Allows the actions, unless another statement denies them.
    Allow,
    /// Denies the actions, even if another statement allows them.
    Deny,
}

impl Effect {
    /// Returns the value in a policy: `Allow` or `Deny`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A statement of a policy: an effect, actions, resources and conditions.
///
/// A statement is written in IAM's order: [`allow`](Self::allow) or [`deny`](Self::deny), then
/// [`on`](Self::on), then [`when`](Self::when). It does not compile if an action can't be scoped to
/// one of the resources, or if a condition key is not in effect for every action and resource.
/// The type therefore contains the actions `A` and the resources `R`; [`checked`](Self::checked)
/// removes them, for lists of statements.
///
/// ```
/// # #[cfg(feature = "bedrock")] {
/// use bedrock_iam::bedrock::{action, arn, key};
/// use bedrock_iam::{Partition, Site, Statement, account, global, region, seg};
///
/// let here = Site::new(Partition::Aws, region!("eu-central-1"), account!("123456789012"));
/// let haiku = arn::FoundationModel { resource_id: seg!("anthropic.claude-3-haiku-20240307-v1:0") };
/// let statement = Statement::allow((action::InvokeModel, action::InvokeModelWithResponseStream))
///     .sid("InvokeHaiku")
///     .on(haiku.at(here))
///     .when(key::SERVICE_TIER.string_equals(["default", "flex"]))
///     .when(global::SECURE_TRANSPORT.bool(true));
/// # }
/// ```
///
/// ```compile_fail
/// # use bedrock_iam::{bedrock::{action, arn}, Segment, Site, Statement};
/// // `bedrock:InvokeAgent` cannot be scoped to `FoundationModel`
/// Statement::allow(action::InvokeAgent)
///     .on(arn::FoundationModel { resource_id: Segment::ANY }.at(Site::ANYWHERE));
/// ```
#[must_use = "a statement has no effect until it is added to a policy: `.with(statement)`"]
pub struct Statement<A = Checked, R = Checked> {
    pub(crate) body: Body,
    actions: A,
    of: PhantomData<fn() -> R>,
}

/// A marker in the type of a statement whose actions and resources are checked.
#[derive(Clone, Copy, Debug)]
pub struct Checked;

impl Statement {
    /// Returns a statement that allows these actions.
    ///
    /// It needs resources, from [`on`](Statement::on), or principals, from
    /// [`principal`](Statement::principal).
    pub fn allow<A: Actions>(actions: A) -> Statement<A, Unscoped> {
        let body = Body::about(Effect::Allow, &actions, false);
        Statement::of(body, actions)
    }

    /// Returns a statement that denies these actions.
    ///
    /// It denies a request only if all of its conditions match. A condition on a key that is
    /// missing from the request does not match, unless its operator is negated.
    pub fn deny<A: Actions>(actions: A) -> Statement<A, Unscoped> {
        let body = Body::about(Effect::Deny, &actions, false);
        Statement::of(body, actions)
    }

    /// Returns a statement that allows every action of every service except these: `NotAction`.
    ///
    /// This often allows more than intended; prefer
    /// [`deny_all_except`](Self::deny_all_except).
    pub fn allow_all_except<A: Actions>(actions: A) -> Statement<AllExcept<A>, Unscoped> {
        let body = Body::about(Effect::Allow, &actions, true);
        Statement::of(body, AllExcept(actions))
    }

    /// Returns a statement that denies every action of every service except these: `NotAction`.
    ///
    /// Only global condition keys are in effect, because requests to other services do not contain
    /// a service's own keys.
    pub fn deny_all_except<A: Actions>(actions: A) -> Statement<AllExcept<A>, Unscoped> {
        let body = Body::about(Effect::Deny, &actions, true);
        Statement::of(body, AllExcept(actions))
    }
}

impl<A, R> Statement<A, R> {
    pub(crate) const fn of(body: Body, actions: A) -> Self {
        Self {
            body,
            actions,
            of: PhantomData,
        }
    }

    /// Sets the statement's Sid.
    ///
    /// A Sid consists of ASCII letters and digits and is unique in its policy, which
    /// [`build`](crate::PolicyBuilder::build) checks.
    pub fn sid(mut self, sid: impl Into<Cow<'static, str>>) -> Self {
        self.body.sid = Some(sid.into());
        self
    }

    /// Adds a condition. A request has to match all conditions of a statement.
    ///
    /// The key has to be in effect for each action on each resource of the statement, so a
    /// service's keys come after [`on`](Statement::on); global keys can come before it.
    ///
    /// A policy has one list of values for an operator and a key, and a request has to match one of them
    /// (for a negated operator, none of them). Two negated conditions are merged into such a list. For
    /// any other operator the list would require less than the two conditions, so the policy does not
    /// build: pass the values to one condition instead, `key.string_equals(["a", "b"])`.
    pub fn when<I: KeyId + InEffect<A, R>, O>(mut self, condition: Condition<I, O>) -> Self {
        self.body.conditions.add(condition.entry);
        self
    }

    /// Returns the same statement without the actions and resources in its type, so that it can be
    /// stored in a list or returned from a function.
    ///
    /// Only global and foreign condition keys can be added afterwards.
    pub fn checked(self) -> Statement {
        Statement::of(self.body, Checked)
    }

    /// Returns whether the statement allows or denies.
    #[must_use]
    pub const fn effect(&self) -> Effect {
        self.body.effect
    }
}

impl<A> Statement<A, Unscoped> {
    /// Sets the resources: an ARN, [`AnyResource`], or several in a tuple, an array or a vector.
    ///
    /// Each action of the statement has to support each of the resources. If some actions support
    /// only some of the resources, use [`on_mixed`](Statement::on_mixed).
    pub fn on<R: Supports<A>>(self, resources: R) -> Statement<A, R::Of> {
        let mut sink = ResourceSink::default();
        resources.push_to(&mut sink);
        self.scoped(sink, false)
    }

    /// Sets the resources to all except these: `NotResource`.
    ///
    /// The condition keys in effect are those for [`AnyResource`].
    pub fn on_all_except<R: Supports<A> + LeavesSome>(
        self,
        resources: R,
    ) -> Statement<A, AnyResource> {
        let mut sink = ResourceSink::default();
        resources.push_to(&mut sink);
        self.scoped(sink, true)
    }

    /// Sets the resources of a statement in which not every action supports every resource.
    ///
    /// Each action has to support at least one of the resources, and each resource has to be
    /// supported by at least one action, which [`build`](crate::PolicyBuilder::build) checks. A
    /// pair that the service does not support has no effect. The condition keys in effect are those
    /// for [`AnyResource`]. Every action accepts [`AnyResource`] and raw ARNs.
    pub fn on_mixed<R: ResourceList>(self, resources: R) -> Statement<A, AnyResource>
    where
        A: Actions + On<AnyResource>,
    {
        let mut sink = ResourceSink {
            kinds: Some(Vec::new()),
            ..ResourceSink::default()
        };
        resources.push_to(&mut sink);
        let mut uses = Vec::new();
        self.actions.uses(&mut uses);
        let kinds = sink.kinds.take().unwrap_or_default();
        sink.faults
            .extend(mixed::unmatched(&uses, sink.texts.as_slice(), &kinds));
        self.scoped(sink, false)
    }

    fn scoped<R>(mut self, sink: ResourceSink, negated: bool) -> Statement<A, R> {
        self.body.faults.extend(sink.faults);
        self.body.resources = Element {
            negated,
            values: sink.texts,
        };
        Statement::of(self.body, self.actions)
    }
}

impl<A: Clone, R> Clone for Statement<A, R> {
    fn clone(&self) -> Self {
        Self::of(self.body.clone(), self.actions.clone())
    }
}

impl<A, R> fmt::Debug for Statement<A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.body.fmt(f)
    }
}
