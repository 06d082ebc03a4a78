//! What goes with what, in types: which actions with which resources, which keys with the two.
//!
//! All of it is decided while compiling, by generated implementations of the traits here; see
//! [`Statement`](crate::Statement) for what users see. How the traits are laid out follows from
//! what rustc says when one is missing:
//!
//! - A message is taken from the innermost trait that is missing only if that one's `Self` is
//!   another type than the outermost one's. So `K: InEffect<A, R>` asks something of `R`, and
//!   that of `A`.
//! - The argument is underlined if the trait that the method asks for is about the argument's
//!   type, and that trait has no associated type that the method's result is made of.
//! - Generated traits, one for each action and each set of keys, hold the messages, so that they
//!   can say in IAM's words what would be right.

mod tuples;

use crate::arn::RawArn;
use crate::arn::{Arn, Resource};
use crate::typed::resource::{AnyResource, ResourceList};

/// Actions that can be scoped to the resource type `R`.
///
/// Implemented for each action by generated code, for tuples where each of their actions can.
#[doc(hidden)]
pub trait On<R> {
    /// The condition keys in effect for the two: a set, or a tuple of sets.
    type Keys;
}

/// Resources that every one of the actions `A` can be scoped to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that a statement can be on",
    label = "expected an ARN",
    note = "an ARN says where it is: `arn::Agent {{ agent_id }}.at(site)`; `AnyResource` is `*`, \
            `raw_arn!(\"…\")` any ARN; several go in a tuple, an array or a vector"
)]
pub trait Supports<A>: ResourceList {}

impl<A: On<R>, R: Resource> Supports<A> for Arn<R> {}
impl<A: On<AnyResource>> Supports<A> for AnyResource {}
impl<A: On<AnyResource>> Supports<A> for RawArn {}
impl<A, R: Supports<A> + ?Sized> Supports<A> for &R {}
impl<A, R: Supports<A>> Supports<A> for [R] {}
impl<A, R: Supports<A>, const N: usize> Supports<A> for [R; N] {}
impl<A, R: Supports<A>> Supports<A> for Vec<R> {}

/// Resources for which the key `K` is in effect whichever of the actions `A` is asked for.
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` can't be held against `{Self}`",
    label = "a statement's conditions come before `.checked()`"
)]
#[doc(hidden)]
pub trait Takes<K, A> {}

impl<K, A: On<R, Keys: Has<K>>, R: Resource> Takes<K, A> for Arn<R> {}
impl<K, A: On<AnyResource, Keys: Has<K>>> Takes<K, A> for AnyResource {}

/// Sets of keys that hold the key `K`; a tuple of sets where each of them does.
#[doc(hidden)]
pub trait Has<K> {}

/// Condition keys in effect for every pair of the actions `A` and resources `R` of a statement.
#[doc(hidden)]
pub trait InEffect<A, R> {}

impl<A, R> InEffect<A, R> for crate::ForeignKey {}

/// A statement that does not say yet what it is on.
#[derive(Clone, Copy, Debug)]
pub struct Unscoped;

/// The key would be looked for once the resources are known.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` stands before the statement's resources",
    label = "this key is in effect for some resources only",
    note = "say `.on(…)` first, then `.when(…)`; global keys may stand anywhere"
)]
pub trait KnowsResources<K> {}

impl<K, A> Takes<K, A> for Unscoped where Self: KnowsResources<K> {}

/// All actions but these: what `NotAction` stands for.
#[derive(Clone, Copy, Debug)]
pub struct AllExcept<A>(pub(crate) A);

/// The keys in effect for the actions of every service: of a service's own, none.
#[doc(hidden)]
#[derive(Debug)]
pub struct GlobalOnly;

#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "condition key `{K}` in a `NotAction` statement",
    label = "a service's key is in no other service's requests",
    note = "a `NotAction` statement is about the actions of every service, for which only the \
            keys of `global` are in effect; name the actions, or say `foreign_key!(\"…\")` if the \
            key's absence is meant"
)]
pub trait InEveryService<K> {}

impl<A, R> On<R> for AllExcept<A> {
    type Keys = GlobalOnly;
}

impl<K> Has<K> for GlobalOnly where Self: InEveryService<K> {}

/// The keys of an action of which nothing is known: all.
#[doc(hidden)]
#[derive(Debug)]
pub struct AnyKeys;

impl<K> Has<K> for AnyKeys {}

/// Resources that leave something over, so that a statement can be on all others.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a statement on all resources except `{Self}` is on none",
    label = "nothing is left over",
    note = "`NotResource` takes ARNs"
)]
pub trait LeavesSome {}

impl<R: Resource> LeavesSome for Arn<R> {}
impl LeavesSome for RawArn {}
impl<R: LeavesSome + ?Sized> LeavesSome for &R {}
impl<R: LeavesSome> LeavesSome for [R] {}
impl<R: LeavesSome, const N: usize> LeavesSome for [R; N] {}
impl<R: LeavesSome> LeavesSome for Vec<R> {}

/// Makes the marker of a set of keys, and states which keys are in it.
///
/// `key_set! { Keys1: InKeys1 { key::ServiceTier, … }, "note" }` makes the trait `InKeys1<K, R>` too.
/// It is asked of the action, so that its message can name all three; the note lists the keys.
#[doc(hidden)]
#[macro_export]
macro_rules! key_set {
    ($Set:ident: $Member:ident { $($Key:ty),* $(,)? }, $note:literal) => {
        #[diagnostic::on_unimplemented(
            message = "condition key `{K}` is not in effect for `{Self}` on `{R}`",
            label = "not in effect here",
            note = $note,
            note = "`foreign_key!(\"…\")` takes a key that the reference lacks"
        )]
        pub trait $Member<K, R> {}

        pub struct $Set<A, R>(::core::marker::PhantomData<(A, R)>);

        impl<K, A: $Member<K, R>, R> $crate::runtime::Has<K> for $Set<A, R> {}

        $(impl<A, R> $Member<$Key, R> for A {})*
    };
}
