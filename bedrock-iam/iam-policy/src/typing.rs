//! Traits and marker types in the signatures of statements, keys and conditions.
//!
//! Code that only writes policies does not name them. They are public for functions that are
//! generic over a [`Statement`](crate::Statement), a [`Key`](crate::Key) or a
//! [`Condition`](crate::Condition), and because compiler messages mention them.

pub use crate::condition::key::KeyId;
pub use crate::condition::operands::{IntoValue, IntoValues, operand};
pub use crate::condition::{Compares, MayLackKey, NullTest};
pub use crate::condition::{
    Several, Single, SuitsArn, SuitsBinary, SuitsBool, SuitsDate, SuitsIpAddress, SuitsNumeric,
    SuitsString,
};
pub use crate::typed::action::{Actions, KnownAction};
pub use crate::typed::policy::{Holds, WithResources, WithoutResources};
pub use crate::typed::principal::IntoPrincipals;
pub use crate::typed::resource::ResourceList;
pub use crate::typed::statement::{Checked, Raw};
pub use crate::typed::supports::{AllExcept, InEffect, LeavesSome, On, Supports, Unscoped};
