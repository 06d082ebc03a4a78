//! The readers: one for each rendition, all ending in [`Tables`](crate::table::Tables).

pub(crate) mod grid;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod text;
