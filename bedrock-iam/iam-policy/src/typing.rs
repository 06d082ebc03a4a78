//! What stands in the types of statements, keys and conditions: bounds and markers.
//!
//! Code that writes policies has no need to name any of it. It is here for functions that are
//! generic over statements, and for reading what the compiler says.

pub use crate::condition::key::KeyId;
pub use crate::condition::operands::{IntoValue, IntoValues, operand};
pub use crate::condition::{Compares, MayLackKey, NullTest};
pub use crate::condition::{
    Several, Single, SuitsArn, SuitsBinary, SuitsBool, SuitsDate, SuitsIpAddress, SuitsNumeric,
    SuitsString,
};
pub use crate::typed::action::{Actions, KnownAction};
pub use crate::typed::principal::IntoPrincipals;
pub use crate::typed::resource::ResourceList;
pub use crate::typed::statement::{Checked, Raw};
pub use crate::typed::supports::{AllExcept, InEffect, LeavesSome, On, Supports, Unscoped};
