//! Files that `cargo xtask regen` makes.

#[cfg(feature = "global")]
#[rustfmt::skip]
pub mod global;
