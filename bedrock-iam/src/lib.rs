#![doc = include_str!("../README.md")]
mod access_level;
mod action_pattern;
mod arn;
pub mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod document;
mod facts;
mod glob;
mod key;
mod names;
mod pattern;
mod segment;
#[cfg_attr(not(feature = "serde"), allow(dead_code))]
mod serde_support;
mod site;
mod snapshot;
pub mod value;
mod value_type;

#[doc(hidden)]
pub mod runtime;

mod generated;
#[cfg(feature = "bedrock")]
pub use generated::bedrock;
#[cfg(feature = "bedrock-agentcore")]
pub use generated::bedrock_agentcore;
#[cfg(feature = "bedrock-mantle")]
pub use generated::bedrock_mantle;
#[cfg(feature = "bedrock-websearch")]
pub use generated::bedrock_websearch;
#[cfg(feature = "bedrock")]
impl Versioned for bedrock::arn::Guardrail {}

pub use access_level::{AccessLevel, AccessLevels};
pub use action_pattern::{ActionPattern, ActionPatternError, ActionSet, Catalogue, Minimize};
pub use arn::{Arn, ArnError, ArnFault, Resource, Version, Versioned, VersionedArn};
pub use facts::{ActionResource, ContextEntry, RequiredAction};
pub use key::Key;
pub use names::NameError;
pub use pattern::ArnPattern;
pub use segment::{Place, Segment, SegmentError, SegmentFault, Variable, VariableError, place};
pub use site::{AccountId, Partition, Region, Scope, Site, SiteError, SiteField};
pub use snapshot::{Layout, Snapshot};
pub use value_type::ValueType;
