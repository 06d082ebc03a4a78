#![doc = include_str!("../README.md")]
mod access_level;
mod action;
mod action_pattern;
mod arn;
pub mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod condition;
#[cfg(feature = "convert")]
pub mod convert;
pub mod document;
mod effect;
mod facts;
mod glob;
mod json;
mod key;
mod many;
mod names;
#[cfg(feature = "bedrock")]
mod operations;
mod pattern;
mod policy;
mod principal;
#[cfg(feature = "bedrock")]
pub mod recipes;
mod resource;
mod segment;
#[cfg_attr(not(feature = "serde"), allow(dead_code))]
mod serde_support;
mod site;
mod snapshot;
mod statement;
pub mod typing;
pub mod value;
mod value_type;
mod values;

#[doc(hidden)]
pub mod runtime;

mod generated;
// `global`, and the modules of the services, each behind the cargo feature of its name
pub use generated::*;
#[cfg(feature = "bedrock")]
impl Versioned for bedrock::arn::Guardrail {}

pub use access_level::{AccessLevel, AccessLevels};
pub use action::{ActionError, ForeignAction};
pub use action_pattern::{ActionPattern, ActionPatternError, ActionSet, Catalogue, Minimize};
pub use arn::{Arn, ArnError, ArnFault, Resource, Version, Versioned, VersionedArn};
pub use condition::{Comparison, Condition, SetKey};
pub use facts::{ActionResource, ContextEntry, GlobalKey, Removed, RequiredAction};
pub use key::{ForeignKey, Key, KeyError};
pub use names::NameError;
#[cfg(feature = "bedrock")]
pub use operations::{Operations, OperationsError, Touched};
pub use pattern::ArnPattern;
pub use policy::{FaultKind, Policy, PolicyBuilder, PolicyError, PolicyFault, SizeLimit};
pub use principal::Principal;
pub use resource::{AnyResource, RawArn};
pub use segment::{Place, Segment, SegmentError, SegmentFault, Variable, VariableError, place};
pub use site::{AccountId, Partition, Region, Scope, Site, SiteError, SiteField};
pub use snapshot::{Layout, Snapshot};
pub use statement::{Effect, Statement};
pub use value_type::ValueType;
pub use values::{Bytes, Value};
