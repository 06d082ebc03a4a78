//! Facts about particular AWS services that their pages do not state. Only this module of the
//! engine names services. Each file covers one subject and states its source, with the day on which
//! the source was read.

pub(crate) mod assume_role;
pub(crate) mod caller;
pub(crate) mod callers;
pub(crate) mod every_resource;
pub(crate) mod global_service;
pub(crate) mod optional_keys;
pub(crate) mod pass_role;
pub(crate) mod policy_kind;
pub(crate) mod principal;
pub(crate) mod product_names;
pub(crate) mod protected;
pub(crate) mod quotas;
pub(crate) mod resource_control;
pub(crate) mod resource_policy;
pub(crate) mod secret;
pub(crate) mod service_linked;
pub(crate) mod service_name;
pub(crate) mod service_principal;
pub(crate) mod weak_keys;
