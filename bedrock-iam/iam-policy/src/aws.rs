//! Facts about particular AWS services that their pages do not state. Only this module of the
//! engine names services. Each file has one subject, with its source and the day on which it was
//! read.

pub(crate) mod pass_role;
