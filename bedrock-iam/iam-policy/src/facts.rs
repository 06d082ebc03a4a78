//! What is known of services: the facts that checks, wildcards and typed statements are made from.
//!
//! A [`Service`] holds the facts of one page of the Service Authorization Reference, in rows that
//! refer to each other by index. A generated module has one as a `static`; a [`Catalog`] is several
//! of them, with the global condition keys.

mod access_level;
mod catalog;
mod lookup;
mod overlay;
mod service;
mod snapshot;
mod typed_rows;

pub use access_level::{AccessLevel, AccessLevels};
pub(crate) use catalog::Named;
pub use catalog::{ActionRef, Catalog};
pub use lookup::{KeyRef, ResourceTypeRef};
pub use overlay::{
    NotPrefix, OperationNeed, Overlay, SensitiveActions, Sibling, Together, UseNeed,
};
pub use service::{
    ActionFacts, ConditionKeyFacts, OperationFacts, PairFacts, RemovedFacts, ResourceTypeFacts,
    RustModule, Service,
};
pub use snapshot::{Layout, Snapshot};
pub use typed_rows::{ActionResource, ContextEntry, GlobalKey, Removed, RequiredAction};
