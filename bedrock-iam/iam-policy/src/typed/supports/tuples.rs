//! Implementations for tuples of actions, resources and sets of keys.
//!
//! A tuple implements a trait if each of its elements does; elements can be tuples themselves.

use super::{Has, LeavesSome, On, Supports, Takes};
use crate::text::one_or_many::OneOrMany;
use crate::typed::action::{ActionUse, Actions};
use crate::typed::resource::{ResourceList, ResourceSink};

macro_rules! tuples {
    ($(($($T:ident $index:tt),+))*) => {$(
        impl<R, $($T: On<R>),+> On<R> for ($($T,)+) {
            type Keys = ($($T::Keys,)+);
        }

        impl<A, $($T: Supports<A>),+> Supports<A> for ($($T,)+) {}

        impl<Key, A, $($T: Takes<Key, A>),+> Takes<Key, A> for ($($T,)+) {}

        impl<Key, $($T: Has<Key>),+> Has<Key> for ($($T,)+) {}

        impl<$($T: LeavesSome),+> LeavesSome for ($($T,)+) {}

        impl<$($T: Actions),+> Actions for ($($T,)+) {
            fn push_to(&self, names: &mut OneOrMany) {
                $(self.$index.push_to(names);)+
            }

            fn uses(&self, uses: &mut Vec<ActionUse>) {
                $(self.$index.uses(uses);)+
            }
        }

        impl<$($T: ResourceList),+> ResourceList for ($($T,)+) {
            type Of = ($($T::Of,)+);

            fn push_to(&self, resources: &mut ResourceSink) {
                $(self.$index.push_to(resources);)+
            }
        }
    )*};
}

tuples! {
    (T0 0)
    (T0 0, T1 1)
    (T0 0, T1 1, T2 2)
    (T0 0, T1 1, T2 2, T3 3)
    (T0 0, T1 1, T2 2, T3 3, T4 4)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6, T7 7)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6, T7 7, T8 8)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6, T7 7, T8 8, T9 9)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6, T7 7, T8 8, T9 9, T10 10)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6, T7 7, T8 8, T9 9, T10 10, T11 11)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6, T7 7, T8 8, T9 9, T10 10, T11 11, T12 12)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6, T7 7, T8 8, T9 9, T10 10, T11 11, T12 12, T13 13)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6, T7 7, T8 8, T9 9, T10 10, T11 11, T12 12, T13 13,
     T14 14)
    (T0 0, T1 1, T2 2, T3 3, T4 4, T5 5, T6 6, T7 7, T8 8, T9 9, T10 10, T11 11, T12 12, T13 13,
     T14 14, T15 15)
}
