//! Facts about services, which checks, wildcards and typed statements rely on.
//!
//! A [`Service`] contains the facts of one page of the Service Authorization Reference, in rows
//! that refer to each other by index. Each generated module has one as a `static`; a [`Catalog`]
//! contains several of them, and the global condition keys.

mod access_level;
mod catalog;
#[cfg(feature = "json")]
mod from_json;
mod lookup;
mod overlay;
mod prefixes;
mod service;
mod snapshot;
mod typed_rows;
#[cfg(feature = "json")]
pub mod wire;

pub use access_level::{AccessLevel, AccessLevels};
pub(crate) use catalog::ActionEntry;
pub use catalog::{ActionRef, Catalog};
#[cfg(feature = "json")]
pub use from_json::FactsError;
#[cfg(feature = "json")]
pub(crate) use from_json::{read, read_after};
#[doc(hidden)]
pub use lookup::required_by;
pub use lookup::{KeyRef, ResourceTypeRef};
pub use overlay::{
    FixedResource, NotKey, NotPrefix, OperationNeed, Overlay, SensitiveActions, Sibling, Together,
    UseNeed,
};
pub use prefixes::ServicePrefixes;
pub use service::{
    ActionFacts, AnyOperation, ConditionKeyFacts, OperationFacts, PairFacts, RemovedFacts,
    ResourceTypeFacts, RustModule, Service,
};
pub use snapshot::{Layout, Snapshot};
pub use typed_rows::{ActionResource, ContextEntry, GlobalKey, Removed, RequiredAction};
