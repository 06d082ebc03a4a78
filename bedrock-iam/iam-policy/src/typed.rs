//! Statements whose types make mistakes compile errors, and the macros behind generated modules.

pub(crate) mod action;
pub(crate) mod lists;
pub(crate) mod policy;
pub(crate) mod principal;
pub(crate) mod resource;
pub(crate) mod statement;
pub(crate) mod supports;
mod tables;
