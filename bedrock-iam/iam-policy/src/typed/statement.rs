//! Statements, checked while they are written.

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
    /// What it is about is allowed, unless another statement denies it.
    Allow,
    /// What it is about is denied, whatever else allows it.
    Deny,
}

impl Effect {
    /// The word in a policy.
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

/// A statement of a policy: an effect, actions, the resources they are on, and conditions.
///
/// A statement is written in IAM's order, and what the service does not support does not compile:
/// an action on a resource type that it can't be scoped to, a condition key that is not in effect
/// for each action and resource of the statement. To that end its type holds its actions `A` and
/// resources `R`; [`checked`](Self::checked) leaves them behind, for lists of statements.
///
/// ```
/// # #[cfg(feature = "bedrock")] {
/// use iam_policy::bedrock::{action, arn, key};
/// use iam_policy::{Partition, Site, Statement, account, global, region, seg};
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
/// # use iam_policy::{bedrock::{action, arn}, Segment, Site, Statement};
/// // `bedrock:InvokeAgent` cannot be scoped to `FoundationModel`
/// Statement::allow(action::InvokeAgent)
///     .on(arn::FoundationModel { resource_id: Segment::ANY }.at(Site::ANYWHERE));
/// ```
#[must_use = "a statement is in effect once a policy has it: `.with(statement)`"]
pub struct Statement<A = Checked, R = Checked> {
    pub(crate) body: Body,
    actions: A,
    of: PhantomData<fn() -> R>,
}

/// Takes the place of a statement's actions and resources once they are checked.
#[derive(Clone, Copy, Debug)]
pub struct Checked;

impl Statement {
    /// Allows these actions.
    pub fn allow<A: Actions>(actions: A) -> Statement<A, Unscoped> {
        let body = Body::about(Effect::Allow, &actions, false);
        Statement::of(body, actions)
    }

    /// Denies these actions.
    ///
    /// A condition of a Deny has to hold for the request to be denied: a key that the request
    /// lacks leaves it open, but for negated operators.
    pub fn deny<A: Actions>(actions: A) -> Statement<A, Unscoped> {
        let body = Body::about(Effect::Deny, &actions, false);
        Statement::of(body, actions)
    }

    /// Allows every action of every service except these: `NotAction`.
    ///
    /// Nearly always more than is meant: a Deny with `NotAction` is the usual form.
    pub fn allow_all_except<A: Actions>(actions: A) -> Statement<AllExcept<A>, Unscoped> {
        let body = Body::about(Effect::Allow, &actions, true);
        Statement::of(body, AllExcept(actions))
    }

    /// Denies every action of every service except these: `NotAction`.
    ///
    /// Only global condition keys go with it, for a service's own are in no other service's
    /// requests.
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

    /// Names the statement. A Sid holds ASCII letters and digits, and is a policy's only one of its
    /// name; [`build`](crate::PolicyBuilder::build) says so otherwise.
    pub fn sid(mut self, sid: impl Into<Cow<'static, str>>) -> Self {
        self.body.sid = Some(sid.into());
        self
    }

    /// Adds a condition. All conditions of a statement have to hold.
    ///
    /// The key has to be in effect for each action on each resource of the statement, so a
    /// service's keys come after [`on`](Statement::on); global keys may stand anywhere. Two
    /// conditions with the same operator and key become one with the values of both, of which one
    /// has to compare (for a negated operator all): a policy has no way to ask for both.
    pub fn when<I: KeyId + InEffect<A, R>, O>(mut self, condition: Condition<I, O>) -> Self {
        self.body.conditions.add(condition.entry);
        self
    }

    /// The same statement without its actions and resources in its type, to be kept in lists or
    /// returned. No service's key can be added to it any more.
    pub fn checked(self) -> Statement {
        Statement::of(self.body, Checked)
    }

    /// Whether it allows or denies.
    #[must_use]
    pub const fn effect(&self) -> Effect {
        self.body.effect
    }
}

impl<A> Statement<A, Unscoped> {
    /// Says what the statement is on: an ARN, [`AnyResource`], or several in a tuple, an array or
    /// a vector.
    ///
    /// Each action of the statement has to support each of the resources. Where they only
    /// match up crosswise, [`on_mixed`](Statement::on_mixed) takes them.
    pub fn on<R: Supports<A>>(self, resources: R) -> Statement<A, R::Of> {
        let mut sink = ResourceSink::default();
        resources.push_to(&mut sink);
        self.scoped(sink, false)
    }

    /// Says what the statement is not on: every other resource, `NotResource`.
    ///
    /// The keys in effect are those for any resource.
    pub fn on_all_except<R: Supports<A> + LeavesSome>(
        self,
        resources: R,
    ) -> Statement<A, AnyResource> {
        let mut sink = ResourceSink::default();
        resources.push_to(&mut sink);
        self.scoped(sink, true)
    }

    /// Says what the statement is on where not every action supports every resource: each action
    /// has to support one at least, and each resource has to be supported by one, which
    /// [`build`](crate::PolicyBuilder::build) checks.
    ///
    /// A pair that the service does not support allows nothing. The keys in effect are those for
    /// any resource. [`AnyResource`] and raw ARNs go with every action.
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
