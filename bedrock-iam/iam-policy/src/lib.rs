#![cfg_attr(feature = "json", doc = include_str!("../README.md"))]
#![cfg_attr(
    not(feature = "json"),
    doc = "Parse, check, explain, build and convert AWS IAM policies."
)]
mod arn;
mod aws;
pub mod check;
mod condition;
#[cfg(feature = "convert")]
pub mod convert;
pub mod document;
pub mod explain;
mod facts;
mod generated;
mod text;
mod typed;
pub mod typing;
mod wildcard;

#[doc(hidden)]
pub mod runtime;

#[cfg(feature = "global")]
pub use generated::global;

pub use arn::pattern::ArnPattern;
pub use arn::segment::{
    Place, Segment, SegmentError, SegmentFault, Variable, VariableError, place,
};
pub use arn::site::{AccountId, Partition, Region, Scope, Site, SiteError, SiteField};
pub use arn::{Arn, ArnError, ArnFault, RawArn, Resource, Version, Versioned, VersionedArn};
pub use condition::key::{ForeignKey, Key, KeyError};
pub use condition::operands::{Bytes, Value};
pub use condition::value_type::ValueType;
pub use condition::value_type::value;
pub use condition::{Comparison, Condition, SetKey};
pub use facts::{
    AccessLevel, AccessLevels, ActionFacts, ActionRef, ActionResource, Catalog, ConditionKeyFacts,
    ContextEntry, GlobalKey, KeyRef, Layout, NotPrefix, OperationFacts, OperationNeed, Overlay,
    PairFacts, Removed, RemovedFacts, RequiredAction, ResourceTypeFacts, ResourceTypeRef,
    RustModule, SensitiveActions, Service, Sibling, Snapshot, Together, UseNeed,
};
#[cfg(feature = "json")]
pub use facts::{FactsError, wire};
pub use text::names::NameError;
#[doc(hidden)]
pub use text::words;
pub use typed::action::{ActionError, ForeignAction};
pub use typed::policy::{FaultKind, Policy, PolicyBuilder, PolicyError, PolicyFault, SizeLimit};
pub use typed::principal::Principal;
pub use typed::resource::AnyResource;
pub use typed::statement::{Effect, Statement};
pub use wildcard::{ActionPattern, ActionPatternError, ActionSet, Minimize};
