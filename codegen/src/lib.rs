//! From the pages of AWS's Service Authorization Reference to Rust.
//!
//! Text in, values out: nothing here touches a file, the network or a clock. Data flows one way:
//!
//! ```text
//! page text → Tables → Facts → Service → snapshot JSON → Rust
//!     page      table    facts   normal     model         emit
//!                                        with removed
//! ```
//!
//! Facts and snapshots are types of the engine, `iam_policy::wire`.

pub mod changes;
pub mod descriptions;
pub mod emit;
pub mod error;
pub mod facts;
pub mod global;
pub mod guard;
pub mod labels;
pub mod layout;
pub mod model;
pub mod names;
pub mod overlay;
pub mod page;
mod read;
mod reading;
pub mod reconcile;
pub mod removed;
mod render;
pub mod sensitive;
pub mod service_reference;
pub mod source;
pub mod stand_alone;
pub mod table;
pub mod template;
pub mod value_type;
pub mod words;

/// The normal form of a page's facts, which the engine defines.
pub mod normal {
    pub use iam_policy::wire::normal_form as service;
}

/// The languages that the reference is published in, which the engine lists.
pub mod locale {
    pub use iam_policy::wire::{Locale, UnknownLocale};
}

pub use error::{Error, Result};
pub use reading::{Page, interpret, read_page};
