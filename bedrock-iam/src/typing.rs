//! What stands in the types of statements, keys and conditions: bounds and markers.
//!
//! Code that writes policies has no need to name any of it. It is here for functions that are
//! generic over statements, and for reading what the compiler says.

pub use crate::action::{Actions, KnownAction};
pub use crate::condition::{Compares, MayLackKey, NullTest};
pub use crate::condition::{
    Several, Single, SuitsArn, SuitsBinary, SuitsBool, SuitsDate, SuitsIpAddress, SuitsNumeric,
    SuitsString,
};
pub use crate::effect::{AllExcept, InEffect, LeavesSome, On, Supports, Unscoped};
pub use crate::key::KeyId;
pub use crate::principal::IntoPrincipals;
pub use crate::resource::ResourceList;
pub use crate::statement::{Checked, Raw};
pub use crate::values::{IntoValue, IntoValues, operand};
