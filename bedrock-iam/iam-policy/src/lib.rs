//! Write, read and check AWS IAM policies for any service.
//!
//! Write a policy with [`Policy`] and [`Statement`]; [`to_json`](Policy::to_json) prints it:
//!
//! ```
//! use iam_policy::{AnyResource, Policy, Statement, foreign_action, global};
//!
//! let policy = Policy::new()
//!     .with(
//!         Statement::allow(foreign_action!("sts:GetCallerIdentity"))
//!             .on(AnyResource)
//!             .when(global::SECURE_TRANSPORT.bool(true)),
//!     )
//!     .build()?;
//! println!("{}", policy.to_json_pretty());
//! # Ok::<(), iam_policy::PolicyError>(())
//! ```
//!
//! This crate contains no facts about services. A crate with service modules, such as
//! `bedrock-iam`, adds types for the actions, ARNs and condition keys of its services. The compiler
//! then checks that they can be combined. For everything else, use the `foreign_…!` macros and
//! [`raw_arn!`].
//!
//! Other tasks start here:
//!
//! - Read an existing policy without loss and edit it: [`document`], or `Policy::from_json` with
//!   the feature `json`.
//! - Find mistakes in a policy: [`check`].
//! - Decide whether policies allow a request, and why: [`decide`].
//! - Describe a policy in English: [`explain`].
//! - Convert a policy from JSON to Rust: `convert`, with the feature of that name.
//! - Expand wildcards in actions, or minimize a list of them: [`ActionPattern`] and [`ActionSet`].
//! - Read an access-denied message: [`AccessDenied`].
//! - Query the facts of services: [`Catalog`].
//! - Parse and compare ARNs: [`Arn`], [`ArnPattern`] and [`RawArn`].

/// Tests the examples in the README.
#[cfg(all(doctest, feature = "json"))]
#[doc = include_str!("../README.md")]
struct Readme;

mod arn;
mod aws;
pub mod check;
mod condition;
#[cfg(feature = "convert")]
pub mod convert;
#[allow(dead_code, reason = "decisions will use all of it")]
pub mod decide;
mod denied;
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
pub use denied::{AccessDenied, DenialKind};
pub use document::PolicyKind;
pub use facts::{
    AccessLevel, AccessLevels, ActionFacts, ActionRef, ActionResource, AnyOperation, Catalog,
    ConditionKeyFacts, ContextEntry, FixedResource, GlobalKey, KeyRef, Layout, NotKey, NotPrefix,
    OperationFacts, OperationNeed, Overlay, PairFacts, Removed, RemovedFacts, RequiredAction,
    ResourceTypeFacts, ResourceTypeRef, RustModule, SensitiveActions, Service, ServicePrefixes,
    Sibling, Snapshot, Together, UseNeed,
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
