//! Strings: wildcards, lookup of names with suggestions, lists, words of messages, JSON.

pub(crate) mod glob;
#[cfg(feature = "json")]
pub(crate) mod json;
pub(crate) mod json_writer;
pub(crate) mod names;
pub(crate) mod one_or_many;
#[cfg_attr(not(feature = "serde"), allow(dead_code))]
pub(crate) mod serde_str;
pub mod words;
