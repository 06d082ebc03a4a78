//! Checks on a re-read page before it is accepted: a comparison with the committed snapshot and,
//! for a localized page, with the English page.

mod drift;
mod guard;

pub use drift::{Change, Drift, Localized, Names, drift};
pub use guard::{Accepted, Guard, Kind};
