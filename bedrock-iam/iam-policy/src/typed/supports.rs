//! Traits that relate actions to the resources that they support, and both to condition keys.
//!
//! Generated code implements these traits, so the compiler checks the methods of
//! [`Statement`](crate::Statement). The structure of the traits follows from how rustc reports a
//! missing implementation:
//!
//! - rustc takes the message of the innermost missing trait only if its `Self` differs from that of
//!   the outermost trait. Therefore `K: InEffect<A, R>` requires a trait of `R`, which requires a
//!   trait of `A`.
//! - rustc underlines the argument if the trait bound of the method is on the argument's type, and
//!   the method's result does not use an associated type of that trait.
//! - The messages are on generated traits, one for each action and each set of keys, so that they
//!   can list the valid resource types and keys.

mod tuples;

use crate::arn::RawArn;
use crate::arn::{Arn, Resource};
use crate::typed::resource::{AnyResource, ResourceList};

/// Actions that can be scoped to the resource type `R`.
///
/// Generated code implements it for each action; a tuple implements it if all of its actions do.
#[doc(hidden)]
pub trait On<R> {
    /// The condition keys in effect for the actions on `R`: a set, or a tuple of sets.
    type Keys;
}

/// Resources that all of the actions `A` can be scoped to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a valid statement resource",
    label = "expected an ARN",
    note = "an ARN needs a site: `arn::Agent {{ agent_id }}.at(site)`; `AnyResource` is `*`, \
            `raw_arn!(\"…\")` is any ARN; several go in a tuple, an array or a vector"
)]
pub trait Supports<A>: ResourceList {}

impl<A: On<R>, R: Resource> Supports<A> for Arn<R> {}
impl<A: On<AnyResource>> Supports<A> for AnyResource {}
impl<A: On<AnyResource>> Supports<A> for RawArn {}
impl<A, R: Supports<A> + ?Sized> Supports<A> for &R {}
impl<A, R: Supports<A>> Supports<A> for [R] {}
impl<A, R: Supports<A>, const N: usize> Supports<A> for [R; N] {}
impl<A, R: Supports<A>> Supports<A> for Vec<R> {}

/// Resources for which the key `K` is in effect with all of the actions `A`.
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` does not apply to `{Self}`",
    label = "conditions come after valid resources, and before `.checked()`"
)]
#[doc(hidden)]
pub trait Takes<K, A> {}

impl<K, A: On<R, Keys: Has<K>>, R: Resource> Takes<K, A> for Arn<R> {}
impl<K, A: On<AnyResource, Keys: Has<K>>> Takes<K, A> for AnyResource {}

/// Sets of keys that contain the key `K`; a tuple implements it if each of its sets does.
#[doc(hidden)]
pub trait Has<K> {}

/// Condition keys in effect for every pair of the actions `A` and resources `R` of a statement.
#[doc(hidden)]
pub trait InEffect<A, R> {}

impl<A, R> InEffect<A, R> for crate::ForeignKey {}

/// A marker in the type of a statement that has no resources yet.
#[derive(Clone, Copy, Debug)]
pub struct Unscoped;

/// A trait without implementations, for the message about a key before the resources.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` comes before the statement's resources",
    label = "this key is in effect for some resources only",
    note = "call `.on(…)` first, then `.when(…)`; only global keys can come before the resources"
)]
pub trait KnowsResources<K> {}

impl<K, A> Takes<K, A> for Unscoped where Self: KnowsResources<K> {}

/// A marker in the type of a statement with `NotAction`: all actions except `A`.
#[derive(Clone, Copy, Debug)]
pub struct AllExcept<A>(pub(crate) A);

/// The set of keys in effect for the actions of every service: only global keys.
#[doc(hidden)]
#[derive(Debug)]
pub struct GlobalOnly;

/// A trait without implementations, for the message about a service's key with `NotAction`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` in a `NotAction` statement",
    label = "requests to other services do not contain a service's own key",
    note = "a `NotAction` statement applies to the actions of every service, for which only the \
            keys in `global` are in effect; list the actions instead, or write \
            `foreign_key!(\"…\")` if the key may be absent"
)]
pub trait InEveryService<K> {}

impl<A, R> On<R> for AllExcept<A> {
    type Keys = GlobalOnly;
}

impl<K> Has<K> for GlobalOnly where Self: InEveryService<K> {}

/// The set of keys of a foreign action: all keys.
#[doc(hidden)]
#[derive(Debug)]
pub struct AnyKeys;

impl<K> Has<K> for AnyKeys {}

/// Resources that `NotResource` can exclude: any but [`AnyResource`].
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a statement on all resources except `{Self}` has no resources",
    label = "excludes every resource",
    note = "`.on_all_except(…)` takes ARNs"
)]
pub trait LeavesSome {}

impl<R: Resource> LeavesSome for Arn<R> {}
impl LeavesSome for RawArn {}
impl<R: LeavesSome + ?Sized> LeavesSome for &R {}
impl<R: LeavesSome> LeavesSome for [R] {}
impl<R: LeavesSome, const N: usize> LeavesSome for [R; N] {}
impl<R: LeavesSome> LeavesSome for Vec<R> {}

/// Makes the marker type of a set of keys, and states which keys are in it.
///
/// `key_set! { Keys1: InKeys1 { key::ServiceTier, … }, "note" }` also makes the trait
/// `InKeys1<K, R>`. The trait is a bound on the action, so that its message can name the key, the
/// action and the resource; the note lists the keys in the set.
#[doc(hidden)]
#[macro_export]
macro_rules! key_set {
    ($Set:ident: $Member:ident { $($Key:ty),* $(,)? }, $note:literal) => {
        #[diagnostic::on_unimplemented(
            message = "condition key `{K}` is not in effect for `{Self}` on `{R}`",
            label = "not in effect here",
            note = $note,
            note = "if other actions or resources of the statement have the key, give them a statement of their own",
            note = "`foreign_key!(\"…\")` names a key that the reference does not list"
        )]
        pub trait $Member<K, R> {}

        pub struct $Set<A, R>(::core::marker::PhantomData<(A, R)>);

        impl<K, A: $Member<K, R>, R> $crate::runtime::Has<K> for $Set<A, R> {}

        $(impl<A, R> $Member<$Key, R> for A {})*
    };
}
