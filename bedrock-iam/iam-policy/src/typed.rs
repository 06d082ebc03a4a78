//! Statements that do not compile when they are wrong: what they are made of, and the macros that
//! give generated modules their behavior.

pub(crate) mod action;
pub(crate) mod lists;
pub(crate) mod policy;
pub(crate) mod principal;
pub(crate) mod resource;
pub(crate) mod statement;
pub(crate) mod supports;
mod tables;
