//! Facts about particular AWS services that their pages do not state. Only this module of the
//! engine names services. Each file covers one subject and states its source, with the day on which
//! the source was read.

pub(crate) mod pass_role;
mod policy_kind;
pub(crate) mod product_names;
pub(crate) mod secret;
pub(crate) mod service_name;
